"""What nobody in their right mind would send: a clear error or a harmless pin, and nothing lost."""

import json

from inside import Inside, stat
from scene import ask, make_pin, nothing_happens

MIB = 1024 * 1024


def deep(levels: int) -> bytes:
    """JSON of so many lists in each other, as a pin that shows any JSON."""
    inner = b"[" * levels + b"]" * levels
    return b'{"pin_type":"json-viewer","title":"x","content":{"data":' + inner + b"}}"


BODIES = {
    "nothing": b"",
    "no end": b'{"title":',
    "two values": b"{} {}",
    "a comma too many": b'{"title":"x",}',
    "no quotes": b"{title:1}",
    "a comment": b'{"title":"x"/* */}',
    "NaN": b'{"pin_type":"json-viewer","title":"x","content":{"data":NaN}}',
    "infinity": b'{"pin_type":"json-viewer","title":"x","content":{"data":-Infinity}}',
    "too large for a double": b'{"pin_type":"json-viewer","title":"x","content":{"data":1e999}}',
    "a number of 5,000 digits": b'{"pin_type":"json-viewer","title":"x","content":{"data":'
    + b"9" * 5_000
    + b"}}",
    "half a character": b'{"pin_type":"markdown","title":"\\ud800","content":"x"}',
    "the other half": b'{"pin_type":"markdown","title":"x","content":"\\udc00"}',
    "half a character as a key": b'{"pin_type":"json-viewer","title":"x","content":{"\\ud83d":1}}',
    "halves the wrong way round": b'{"pin_type":"markdown","title":"x","content":"\\udc00\\ud800"}',
    "bytes that are no text": b'{"pin_type":"markdown","title":"\xff","content":"x"}',
    "an overlong slash": b'{"pin_type":"markdown","title":"x","content":"\xc0\xaf"}',
    "NUL": b'{"pin_type":"markdown","title":"x","content":"a\\u0000"}',
    "NUL as a key": b'{"pin_type":"json-viewer","title":"x","content":{"\\u0000":1}}',
    "a byte order mark": b"\xef\xbb\xbf" + json.dumps(stat(1)).encode(),
    "UTF-16": json.dumps(stat(1)).encode("utf-16"),
    "33 levels": deep(31),
    "100,000 levels": deep(100_000),
    "a list": b"[]",
    "a text": b'"x"',
    "null": b"null",
}


async def test_what_is_no_pin_is_refused_clearly(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    async with nothing_happens(inside):
        for name, body in BODIES.items():
            for method, path in (("POST", "/v1/pins"), ("PUT", f"/v1/pins/{pin_id}")):
                refused = await inside.call(method, path, body)
                assert (refused.status, refused.code) == (400, "VALIDATION_FAILED"), name
                assert len(refused.json["error"]["message"]) > 10


async def test_32_levels_are_kept(inside: Inside) -> None:
    made = await ask(inside, "POST", "/v1/pins", deep(30))
    pin = await ask(inside, "GET", f"/v1/pins/{made['id']}")
    assert json.dumps(pin["content"]["data"], separators=(",", ":")) == "[" * 30 + "]" * 30


async def test_one_mebibyte_is_read_and_one_byte_more_is_not(inside: Inside) -> None:
    body = json.dumps({**stat(1), "content": {"cards": [{"title": "x", "value": "y" * MIB}]}})
    filled = body.replace("y" * MIB, "y" * (MIB - (len(body) - MIB))).encode()
    assert len(filled) == MIB
    async with nothing_happens(inside):
        too_large_a_config = await inside.call("POST", "/v1/pins", filled)
        too_large = await inside.call("POST", "/v1/pins", filled + b" ")
    assert (too_large_a_config.status, too_large_a_config.code) == (400, "VALIDATION_FAILED")
    assert "512 KiB" in too_large_a_config.json["error"]["message"]
    assert (too_large.status, too_large.code) == (413, "PAYLOAD_TOO_LARGE")


async def test_a_config_of_512_kib_comes_back_whole(inside: Inside) -> None:
    config = {"data": ["ä🙂" * 10_000, *range(60_000)]}
    text = json.dumps(config, separators=(",", ":"), ensure_ascii=False).encode()
    assert 350_000 < len(text) <= 512 * 1024
    body = b'{"pin_type":"json-viewer","title":"x","content":' + text + b"}"
    made = await ask(inside, "POST", "/v1/pins", body)
    assert (await ask(inside, "GET", f"/v1/pins/{made['id']}"))["content"] == config


async def test_of_a_key_that_comes_twice_the_last_counts_everywhere(inside: Inside) -> None:
    body = (
        b'{"pin_type":"markdown","pin_type":"stat-cards","title":"a","title":"b",'
        b'"content":{"cards":[]},"content":{"cards":[{"title":"x","value":1,"value":2}]}}'
    )
    made = await ask(inside, "POST", "/v1/pins", body)
    async with inside.watching(pins=[made["id"]]) as watcher:
        shown = watcher.pins[made["id"]]
    pin = await ask(inside, "GET", f"/v1/pins/{made['id']}")
    assert (pin["title"], pin["pin_type"]) == ("b", "stat-cards")
    assert pin["content"]["cards"][0]["value"] == 2
    assert shown["pin_config"]["cards"][0]["value"] == 2


ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example",
    "/\\evil.example",
    "https://user@evil.example",
    "\x01https://x.example",
]


async def test_addresses_that_are_none_are_refused(inside: Inside) -> None:
    async with nothing_happens(inside):
        for address in ADDRESSES:
            for pin_type, config in (
                ("image", {"url": address}),
                ("embed", {"url": address}),
                ("alert-action", {"title": "x", "actions": [{"label": "x", "url": address}]}),
            ):
                body = {"pin_type": pin_type, "metadata": {"title": "x"}, "content": config}
                refused = await inside.call("POST", "/v1/pins", body)
                assert refused.status == 400, (pin_type, address)
                assert refused.json["error"]["details"]["reason"] == "PIN_CONFIG_INVALID"


PATHS = [
    "/v1/",
    "/v1//pins",
    "/v1/pins/",
    "/v1/pins//",
    "/v1/./pins",
    "/v1/../v1/pins",
    "/v1/pins/..",
    "/v1/pins/../users",
    "/v1/pins/p-\0",
    "/v1/pins/p-1;x=1",
    "/V1/pins".lower().replace("/v1/pins", "/v1/PINS"),
    "/v1/pins\\..\\users",
    "/v1/pins/%2e%2e/users",
    "/v1/pins/p-ä",
    "/v1/pins/" + "x" * 100_000,
    "/v1/" + "a/" * 5_000,
    "/v1/pins/'; DROP TABLE pins; --",
    "/v1/pins/p-1/revisions/-1",
    "/v1/pins/p-1/revisions/" + "9" * 50,
    "/v1/pins/p-1/revisions/١",
]


async def test_no_path_leads_astray(inside: Inside) -> None:
    await make_pin(inside)
    async with nothing_happens(inside):
        for path in PATHS:
            for method in ("GET", "PUT", "DELETE", "HEAD", "TRACE", "BREW"):
                answer = await inside.call(method, path, {} if method == "PUT" else None)
                assert answer.status in (400, 404, 405), (method, path, answer.body)
                assert answer.json["success"] is False
                assert "x-request-id" in answer.headers


HARMLESS = [
    ("content-type", "application/json; charset=utf-8"),
    ("content-type", "APPLICATION/JSON"),
    ("x-http-method-override", "DELETE"),
    ("x-forwarded-for", "10.0.0.1, ::1"),
    ("x-forwarded-host", "evil.example"),
    ("host", "evil.example"),
    ("forwarded", "host=evil.example"),
    ("content-length", "-1"),
    ("content-length", "x"),
    ("content-encoding", "identity"),
    ("cookie", "pindown_session=" + "x" * 10_000),
    ("cookie", "=;=;;,"),
    ("if-none-match", "x" * 10_000),
    ("accept", "text/html"),
    ("origin", "null"),
    ("te", "trailers"),
]


async def test_headers_change_nothing(inside: Inside) -> None:
    for name, value in HARMLESS:
        made = await inside.call("POST", "/v1/pins", stat(1), headers={name: value})
        assert made.status == 201, (name, value, made.body)
        assert made.data["shareable_url"].startswith("http://127.0.0.1:8000/")


HARMFUL = [
    ("content-type", "text/html", 415),
    ("content-type", "", 415),
    ("content-type", "multipart/form-data; boundary=" + "x" * 1_000, 415),
    ("content-length", str(10**30), 413),
    ("if-match", "x", 412),
    ("if-match", '"0"', 412),
    ("if-match", "\xff", 412),
    ("if-match", '"' + "9" * 1_000 + '"', 412),
    ("authorization", "Bearer", 401),
    ("authorization", "Bearer pk_live_", 401),
    ("authorization", "Basic YTpi", 401),
    ("authorization", "Bearer pk_live_" + "\0" * 32, 401),
    ("authorization", "Bearer " + "x" * 100_000, 401),
    ("idempotency-key", "", 400),
    ("idempotency-key", "x" * 201, 400),
    ("idempotency-key", "a\x01b", 400),
]


async def test_headers_that_say_something_wrong_are_refused(inside: Inside) -> None:
    path = f"/v1/pins/{await make_pin(inside)}"
    body = json.dumps(stat(2)).encode()
    async with nothing_happens(inside):
        for name, value, status in HARMFUL:
            scope = inside.scope("PUT", path, "ada")
            others = [pair for pair in scope["headers"] if pair[0] != name.encode()]
            scope["headers"] = [*others, (name.encode(), value.encode("latin-1"))]
            refused = await inside.send(scope, body)
            assert refused.status == status, (name, value, refused.body)
            assert refused.json["success"] is False


SENSELESS = [
    "limit=0",
    "limit=101",
    "limit=-1",
    "limit=1e2",
    "limit=٣",
    "limit=",
    "offset=-1",
    "offset=" + "9" * 50,
    "limit=1;DROP",
    "late=maybe",
    "q=%00",
    "tag=%00",
    "pin_type=%00",
    "q=" + "x" * 50_000,
]
USELESS = ["q=%ff", "q=%25_!", "q=' OR 1=1 --", "pin_type=x"]


async def test_queries_that_make_no_sense_are_refused(inside: Inside) -> None:
    for query in SENSELESS:
        refused = await inside.call("GET", f"/v1/pins?{query}")
        assert (refused.status, refused.code) == (400, "VALIDATION_FAILED"), query


async def test_queries_that_find_nothing_find_nothing(inside: Inside) -> None:
    await make_pin(inside)
    for query in USELESS:
        answer = await inside.call("GET", f"/v1/pins?{query}")
        assert (answer.status, answer.data["total"]) == (200, 0), query

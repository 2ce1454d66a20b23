"""Configs that nobody in their right mind would send."""

import json

import pytest
from pindown_server.pins.types import PIN_TYPES, PinType
from pindown_server.pins.types.checking import is_variable

TYPES = [pytest.param(found, id=name) for name, found in PIN_TYPES.items()]

NO_JSON = {
    "nothing": b"",
    "a byte that is no text": b"\xff",
    "half a character": b'{"cards":"\\ud800"}',
    "no number": b'{"cards":NaN}',
    "no end": b'{"cards":Infinity}',
    "something behind it": b"{} {}",
    "a byte order mark": b"\xef\xbb\xbf{}",
    "too deep": b"[" * 100_000,
    "too deep, and closed": b"[" * 100_000 + b"]" * 100_000,
    "braces": b'{"a":' * 100_000,
}


@pytest.mark.parametrize("found", TYPES)
@pytest.mark.parametrize("config", [pytest.param(text, id=name) for name, text in NO_JSON.items()])
def test_what_is_no_json_is_one_problem_of_the_whole(found: PinType, config: bytes) -> None:
    (problem,) = found.find_problems(config)
    assert problem.field == ""


DEEP = b"[" * 400 + b"]" * 400
FOR_A_VALUE = {
    "deep": DEEP,
    "deep objects": b'{"a":' * 400 + b"1" + b"}" * 400,
    "too large for a double": b"1" * 400,
    "too large to be written": b"9" * 5_000,
    "an exponent": b"1e999",
    "an empty object": b"{}",
    "a prototype": b'{"__proto__":1,"constructor":{}}',
}


@pytest.mark.parametrize("found", TYPES)
@pytest.mark.parametrize("value", [pytest.param(text, id=name) for name, text in FOR_A_VALUE.items()])  # fmt: skip
def test_no_value_anywhere_makes_it_raise(found: PinType, value: bytes) -> None:
    names = [name.encode() for name in found.schema["properties"]]
    whole = [b"{" + b",".join(b'"%s":%s' % (name, value) for name in names) + b"}", value]
    lists = [b"{" + b",".join(b'"%s":[%s]' % (name, value) for name in names) + b"}"]
    for config in [*whole, *lists]:
        if found.name != "json-viewer" or config == value:
            assert found.find_problems(config) != [] or found.name == "markdown"
        else:
            found.find_problems(config)


def test_a_number_no_double_can_hold_is_refused_in_its_place() -> None:
    config = b'{"score":1' + b"0" * 400 + b"}"
    (problem,) = PIN_TYPES["score-gauge"].find_problems(config)
    assert (problem.field, problem.message) == ("score", "must be a number or text")


@pytest.mark.parametrize(
    "text",
    ["{{" + "'" * 99_999, "{{" + 'a"' * 49_999 + "}}", "{{" * 50_000, "{{" + "}" * 99_999, "{{" + "{ " * 50_000],
)  # fmt: skip
def test_a_monstrous_variable_is_none(text: str) -> None:
    assert not is_variable(text)
    config = json.dumps({"url": text, "type": text}).encode()
    assert [problem.field for problem in PIN_TYPES["embed"].find_problems(config)] == [
        "url",
        "type",
    ]


REFUSED = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript:alert({{a}})",
    "data:text/html,<script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://a.example/x",
    "ftp://a.example",
    "//a.example",
    "/\\a.example",
    "\\\\a.example",
    "/\t/a.example",
    "https:a.example",
    "https:/a.example",
    "https:\\\\a.example",
    "https://",
    "https:///a",
    "https://a\\@b.example",
    "https://name:secret@a.example",
    "https://a.example@b.example/",
    "https://a.example\n",
    "\nhttps://a.example",
    " https://a.example",
    "https://a.example/\x00",
    "https://a b.example",
    "https://" + "a" * 5_000,
    "mailto:",
    "mailto:nobody",
    "example.com",
    "",
]


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_leads_astray_is_refused_everywhere(address: str) -> None:
    for pin_type, config in (
        ("embed", {"url": address}),
        ("image", {"url": address}),
        ("image", {"url": "/x.png", "link": address}),
        ("alert-action", {"title": "a", "actions": [{"url": address}]}),
    ):
        (problem,) = PIN_TYPES[pin_type].find_problems(json.dumps(config).encode())
        assert problem.field in ("url", "link", "actions/0/url")


@pytest.mark.parametrize(
    ("address", "takers"),
    [
        ("https://a.example", "frame picture link"),
        ("HTTPS://A.example:8443/x?y=z#w", "frame picture link"),
        ("https://a.example/@ada/a b?c=d@e", "frame picture link"),
        ("https://münchen.example/straße", "frame picture link"),
        ("https://a.example/{{day}}.png", "frame picture link"),
        ("https://[::1]:8000/", "frame picture link"),
        ("http://a.example/x", "picture link"),
        ("/share/pin/p-0a1b2c3d4e5f", "picture link"),
        ("/", "picture link"),
        ("mailto:ada@example.com?subject=Flour", "link"),
    ],
)
def test_each_place_takes_the_addresses_it_can_use(address: str, takers: str) -> None:
    places = {
        "frame": ("embed", {"url": address}),
        "picture": ("image", {"url": address}),
        "link": ("alert-action", {"title": "a", "actions": [{"url": address}]}),
    }
    taken = {
        place
        for place, (pin_type, config) in places.items()
        if PIN_TYPES[pin_type].find_problems(json.dumps(config).encode()) == []
    }
    assert taken == set(takers.split())


@pytest.mark.parametrize(
    "file_id", ["f-0A1B2C3D4E5F", "f-0a1b2c3d4e5", "f-0a1b2c3d4e5f\n", "../etc"]
)
def test_a_file_has_an_id_of_ours(file_id: str) -> None:
    (problem,) = PIN_TYPES["image"].find_problems(json.dumps({"fileId": file_id}).encode())
    assert problem.field == "fileId"


def test_text_that_is_no_text_is_refused() -> None:
    (problem,) = PIN_TYPES["markdown"].find_problems(b'{"content":"\xff"}')
    assert problem.field == ""

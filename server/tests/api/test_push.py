"""`POST /v1/push/:name`: the first push makes the pin, the next ones set its value."""

import asyncio
from typing import Any

from inside import Answer, Inside
from scene import ask, bring_key, get_board, make_pin, nothing_happens

TEXT, CSV, FORM = "text/plain", "text/csv", "application/x-www-form-urlencoded"
CARDS = {"cards": [{"title": "Ovens", "value": 3, "unit": "°C"}]}


async def push(
    inside: Inside, name: str, body: Any, kind: str = "application/json", who: str | None = "ada"
) -> Answer:
    sent = body.encode() if isinstance(body, str) and kind != "application/json" else body
    return await inside.call("POST", f"/v1/push/{name}", sent, who, {"content-type": kind})


async def config_of(inside: Inside, pushed: Answer) -> tuple[str, Any]:
    pin = await ask(inside, "GET", f"/v1/pins/{pushed.data['id']}")
    return pin["pin_type"], pin["pin_config"]


KINDS: list[tuple[Any, str, str, Any]] = [
        (12450.5, "application/json", "stat-cards", {"cards": [{"title": "Disk free", "value": 12450.5}]}),
        ("42", TEXT, "stat-cards", {"cards": [{"title": "Disk free", "value": 42}]}),
        (" -3.5\n", TEXT, "stat-cards", {"cards": [{"title": "Disk free", "value": -3.5}]}),
        ("42", FORM, "stat-cards", {"cards": [{"title": "Disk free", "value": 42}]}),
        ({"value": 7, "title": "Loaves", "unit": "kg"}, "application/json", "stat-cards",
            {"cards": [{"title": "Loaves", "value": 7, "unit": "kg"}]}),
        ("value=7&title=Loaves&change=%2B2", FORM, "stat-cards",
            {"cards": [{"title": "Loaves", "value": 7, "change": "+2"}]}),
        ({"value": "$12,450"}, "application/json", "stat-cards",
            {"cards": [{"title": "Disk free", "value": "$12,450"}]}),
        ([1, 2.5, 3], "application/json", "line-chart", {"series": [{"name": "Disk free", "data": [1, 2.5, 3]}]}),
        ([{"a": 1}, {"a": 2}], "application/json", "flexible-table", {"rows": [{"a": 1}, {"a": 2}]}),
        ("name,sold\nRye,12\nSpelt,\"1,5\"\n", CSV, "flexible-table",
            {"rows": [{"name": "Rye", "sold": 12}, {"name": "Spelt", "sold": "1,5"}]}),
        ("\ufeffname;sold\r\nRye;007\r\n\r\n", CSV, "flexible-table", {"rows": [{"name": "Rye", "sold": "007"}]}),
        ("a\tb\n1\t\n", "text/csv; charset=utf-8", "flexible-table", {"rows": [{"a": 1, "b": ""}]}),
        ("All ovens are **hot**", TEXT, "markdown", {"content": "All ovens are **hot**"}),
        ("Filesystem  Use%\r\n/dev/sda1    42%\n", TEXT, "markdown",
            {"content": "```text\nFilesystem  Use%\r\n/dev/sda1    42%\n```"}),
        ("````\nfence", TEXT, "markdown", {"content": "`````text\n````\nfence\n`````"}),
        ("# Two\n\nlines", "text/markdown", "markdown", {"content": "# Two\n\nlines"}),
        ("All ovens are hot", FORM, "markdown", {"content": "All ovens are hot"}),
        ("42", "text/markdown", "markdown", {"content": "42"}),
        ("down", "application/json", "markdown", {"content": "down"}),
        ({"ovens": {"hot": 2}}, "application/json", "json-viewer", {"data": {"ovens": {"hot": 2}}}),
        ([1, "a"], "application/json", "json-viewer", {"data": [1, "a"]}),
        ([], "application/json", "json-viewer", {"data": []}),
        (True, "application/json", "json-viewer", {"data": True}),
        (CARDS, "application/json", "stat-cards", CARDS),
        ('{"cards":[{"title":"Ovens","value":3}]}', FORM, "stat-cards", {"cards": [{"title": "Ovens", "value": 3}]}),
        ({"score": 80, "max": 90}, "application/json", "score-gauge", {"score": 80, "max": 90}),
        ({"level": "critical", "title": "Fire"}, "application/json", "alert-action", {"level": "critical", "title": "Fire"}),
        ({"type": "bar", "series": [{"data": [1]}]}, "application/json", "charts", {"type": "bar", "series": [{"data": [1]}]}),
        ({"pin_type": "score-gauge", "content": {"score": 5}}, "application/json", "score-gauge", {"score": 5}),
        ({"cards": "none"}, "application/json", "json-viewer", {"data": {"cards": "none"}}),
        ({"value": None}, "application/json", "json-viewer", {"data": {"value": None}}),
    ]  # fmt: skip


async def test_the_kind_of_pin_follows_the_value(inside: Inside) -> None:
    for body, kind, pin_type, config in KINDS:
        pushed = await push(inside, "disk-free", body, kind)
        assert pushed.status == 201, (body, pushed.body)
        assert await config_of(inside, pushed) == (pin_type, config)
        again = await push(inside, "disk-free", body, kind)
        assert (again.status, again.data["is_new"], again.data["revision"]) == (200, False, 1), body
        await ask(inside, "DELETE", f"/v1/pins/{pushed.data['id']}")


async def test_the_first_push_makes_a_pin_on_the_inbox_and_the_next_one_sets_it(
    inside: Inside,
) -> None:
    first = await push(inside, "ovens", 3)
    assert (first.status, first.headers["x-ratelimit-token-cost"]) == (201, "2")
    pin_id = first.data["id"]
    assert first.data == {
        "id": pin_id,
        "name": "ovens",
        "pin_type": "stat-cards",
        "is_new": True,
        "pinboard_id": first.data["pinboard_id"],
        "revision": 1,
        "version": 1,
        "updated_at": first.data["updated_at"],
        "shareable_url": f"http://127.0.0.1:8000/share/pin/{pin_id}",
    }
    board = await get_board(inside, first.data["pinboard_id"])
    assert (board["title"], board["pins"]) == ("Inbox", [pin_id])
    second = await push(inside, "ovens", 4)
    assert (second.data["id"], second.data["revision"], second.data["pinboard_id"]) == (
        pin_id,
        2,
        None,
    )
    other = await push(inside, "doors", 5)
    assert other.data["pinboard_id"] == board["id"]
    theirs = await push(inside, "ovens", 6, who="ben")
    assert theirs.data["id"] != pin_id
    assert theirs.data["pinboard_id"] != board["id"]


async def test_viewers_see_a_push_at_once(inside: Inside) -> None:
    pin_id = (await push(inside, "ovens", 3)).data["id"]
    async with inside.watching(pins=[pin_id]) as watcher:
        await push(inside, "ovens", 4)
        await watcher.until(lambda: watcher.named("pin"))
    assert watcher.pins[pin_id]["pin_config"]["cards"][0]["value"] == 4


async def test_the_inbox_is_known_by_itself_and_not_by_its_title(inside: Inside) -> None:
    board_id = (await push(inside, "a", 1)).data["pinboard_id"]
    await ask(inside, "PUT", f"/v1/pinboards/{board_id}", {"title": "Wall"})
    assert (await push(inside, "b", 1)).data["pinboard_id"] == board_id
    await ask(inside, "DELETE", f"/v1/pinboards/{board_id}")
    assert (await push(inside, "c", 1)).data["pinboard_id"] not in (None, board_id)


async def test_a_push_keeps_what_somebody_made_of_the_pin(inside: Inside) -> None:
    pin_id = (await push(inside, "ovens", 3)).data["id"]
    card = {"title": "Hot ovens", "value": 3, "unit": "°C", "color": "teal", "change": "+1"}
    await ask(inside, "PUT", f"/v1/pins/{pin_id}", {"content": {"cards": [card]}, "title": "Heat"})
    pushed = await push(inside, "ovens", 4)
    assert (await config_of(inside, pushed))[1] == {
        "cards": [{"title": "Hot ovens", "value": 4, "unit": "°C", "color": "teal"}]
    }
    pushed = await push(inside, "ovens", {"value": 5, "change": "+1"})
    assert (await config_of(inside, pushed))[1]["cards"] == [
        {"title": "Hot ovens", "value": 5, "unit": "°C", "color": "teal", "change": "+1"}
    ]
    assert (await ask(inside, "GET", f"/v1/pins/{pin_id}"))["title"] == "Heat"
    table = await push(inside, "stock", [{"a": 1}])
    looks = {"rows": [], "columns": [{"id": "a", "label": "Loaves"}]}
    await ask(inside, "PUT", f"/v1/pins/{table.data['id']}", {"content": looks})
    assert (await config_of(inside, await push(inside, "stock", "a\n2\n", CSV)))[1] == {
        **looks,
        "rows": [{"a": 2}],
    }


async def test_a_body_sets_more_the_first_time_only(inside: Inside) -> None:
    body = {
        "pin_type": "stat-cards",
        "content": CARDS,
        "metadata": {"title": "Heat", "tags": ["oven"]},
        "is_public": True,
    }
    pin_id = (await push(inside, "ovens", body)).data["id"]
    pin = await ask(inside, "GET", f"/v1/pins/{pin_id}")
    assert (pin["title"], pin["metadata"]["tags"], pin["is_public"]) == ("Heat", ["oven"], True)
    changed = {**body, "is_public": False, "title": "Cold", "content": {"cards": []}}
    changed["metadata"] = {"title": "Cold"}
    assert (await push(inside, "ovens", changed)).status == 200
    pin = await ask(inside, "GET", f"/v1/pins/{pin_id}")
    assert (pin["title"], pin["is_public"], pin["content"]) == ("Heat", True, {"cards": []})


MISFITS: list[tuple[Any, Any]] = [
    (3, [{"a": 1}]),
    (3, {"hot": True}),
    ([1, 2], 3),
    ([{"a": 1}], "text"),
    ({"score": 1}, [1]),
    (CARDS, {"pin_type": "markdown", "content": "x"}),
    (CARDS, {"pin_type": "stat-cards"}),
    (CARDS, {"pin_type": "stat-cards", "content": {"cards": [{}]}}),
    ({"cards": [*CARDS["cards"], *CARDS["cards"]]}, 3),
]


async def test_what_is_of_another_kind_is_refused(inside: Inside) -> None:
    for first, then in MISFITS:
        pushed = await push(inside, "ovens", first)
        assert pushed.status == 201
        async with nothing_happens(inside):
            refused = await push(inside, "ovens", then)
        assert (refused.status, refused.code) == (400, "VALIDATION_FAILED"), (first, then)
        await ask(inside, "DELETE", f"/v1/pins/{pushed.data['id']}")


async def test_a_name_is_a_slug(inside: Inside) -> None:
    async with nothing_happens(inside):
        for name in ("Ovens", "-a", "a-", "a b", "ö", "a.b", "a" * 65, "..", "a%2fb"):
            refused = await push(inside, name, 1)
            assert (refused.status, refused.code) == (400, "VALIDATION_FAILED"), name
            assert refused.json["error"]["details"]["field"] == "name"


UNREADABLE = [
        (b"", "application/json", 400),
        (b" \n", TEXT, 400),
        (b"{", "application/json", 400),
        (b'{"a":', FORM, 400),
        (b"NaN", "application/json", 400),
        (b'"\\ud800"', "application/json", 400),
        (b'"\\u0000"', "application/json", 400),
        (b"[" * 33 + b"]" * 33, "application/json", 400),
        (b"\xff\xfe", TEXT, 400),
        (b"a\0b", TEXT, 400),
        (b"x=%00", FORM, 400),
        (b"a,b\n1,2,3\n", CSV, 400),
        (b'a\n"b', CSV, 400),
        (b",".join(b"c%d" % n for n in range(300)) + b"\n", CSV, 400),
        (b"c" * 300 + b"\n1\n", CSV, 400),
        (b"a" * 100 + b"\n" + b"1\n" * 100_000, CSV, 400),
        (b'a\n"' + b"x" * 200_000 + b'"\n', CSV, 400),
        (b"&".join(b"a%d=1" % n for n in range(2_000)), FORM, 400),
        (b"x" * (600 * 1024), TEXT, 400),
        (b"id,name\n" + b"1,rye\n" * 1_000_000, CSV, 413),
        (b"<a/>", "application/xml", 415),
        (b"x", "multipart/form-data; boundary=x", 415),
        (b"x", "application/octet-stream", 415),
    ]  # fmt: skip


async def test_what_cannot_be_read_is_refused(inside: Inside) -> None:
    async with nothing_happens(inside):
        for body, kind, status in UNREADABLE:
            refused = await push(inside, "ovens", body, kind)
            assert refused.status == status, (body[:40], refused.body)
            assert refused.json["error"]["message"]


async def test_of_a_key_that_comes_twice_the_last_counts(inside: Inside) -> None:
    pushed = await push(inside, "ovens", b'{"value":1,"value":2}')
    assert (await config_of(inside, pushed))[1]["cards"][0]["value"] == 2


async def test_first_pushes_of_one_name_at_once_make_one_pin(inside: Inside) -> None:
    answers = await asyncio.gather(*(push(inside, "ovens", number) for number in range(12)))
    assert sorted(answer.status for answer in answers) == [200] * 11 + [201]
    assert len({answer.data["id"] for answer in answers}) == 1
    assert (await ask(inside, "GET", "/v1/pins"))["total"] == 1
    assert (await ask(inside, "GET", "/v1/pinboards"))["total"] == 1


async def test_first_pushes_of_many_names_at_once_make_one_inbox(inside: Inside) -> None:
    answers = await asyncio.gather(*(push(inside, f"oven-{number}", 1) for number in range(12)))
    assert [answer.status for answer in answers] == [201] * 12
    assert (await ask(inside, "GET", "/v1/pinboards"))["total"] == 1


async def test_a_deleted_pin_leaves_its_name_free(inside: Inside) -> None:
    first = await push(inside, "ovens", 1)
    await ask(inside, "DELETE", f"/v1/pins/{first.data['id']}")
    second = await push(inside, "ovens", [1, 2])
    assert (second.status, second.data["pin_type"]) == (201, "line-chart")


async def test_a_push_can_be_tried_and_repeated(inside: Inside) -> None:
    async with nothing_happens(inside):
        tried = await inside.call("POST", "/v1/push/ovens?dry_run=true", 1)
    assert (tried.status, tried.data["dry_run"]) == (201, True)
    headers = {"idempotency-key": "one"}
    first = await inside.call("POST", "/v1/push/ovens", 1, headers=headers)
    await push(inside, "ovens", 2)
    again = await inside.call("POST", "/v1/push/ovens", 1, headers=headers)
    assert (again.status, again.data) == (201, first.data)
    assert (await config_of(inside, first))[1]["cards"][0]["value"] == 2


async def test_who_may_push(inside: Inside) -> None:
    reader = await bring_key(inside, "ada", "pins:read")
    writer = await bring_key(inside, "ada", "pins:write")
    pin_id = (await push(inside, "ovens", 1, who=writer)).data["id"]
    narrow = await bring_key(inside, "ada", "pins:write", resources=[pin_id])
    elsewhere = await bring_key(inside, "ada", "pins:write", resources=[await make_pin(inside)])
    assert (await push(inside, "ovens", 2, who=narrow)).status == 200
    async with nothing_happens(inside):
        assert (await push(inside, "ovens", 3, who=None)).status == 401
        assert (await push(inside, "ovens", 3, who=reader)).code == "SCOPE_REQUIRED"
        assert (await push(inside, "doors", 3, who=narrow)).code == "FORBIDDEN"
        assert (await push(inside, "ovens", 3, who=elsewhere)).code == "NOT_FOUND"

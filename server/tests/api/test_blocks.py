"""The blocks of a pin: /v1/pins/:id/blocks."""

import asyncio
import json
from typing import Any

import pytest
from inside import Answer, Inside
from scene import ask, bring_key, give_role, make_pin, nothing_happens

TEXT = {"type": "markdown", "content": {"text": "**Hello**"}}
CHOICE = {
    "type": "conditional",
    "content": {"when": "false", "then": "for friends", "else": "for all"},
}
JSON_PATCH = {"content-type": "application/json-patch+json"}


async def _add(inside: Inside, pin: str, body: dict[str, Any] | None = None) -> str:
    block_id: str = (await ask(inside, "POST", f"/v1/pins/{pin}/blocks", body or TEXT))["id"]
    return block_id


async def _list(inside: Inside, pin: str, who: str = "ada") -> list[Any]:
    items: list[Any] = (await ask(inside, "GET", f"/v1/pins/{pin}/blocks", who=who))["items"]
    return items


async def _texts(inside: Inside, pin: str) -> list[str]:
    return [block["rendered"]["text"] for block in await _list(inside, pin)]


def _say(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "markdown", "content": {"text": text}, **more}


@pytest.mark.parametrize(
    ("kind", "content", "rendered"),
    [
        ("markdown", {"text": "# Hi"}, {"text": "# Hi"}),
        ("code", {"code": "1 + 1", "language": "python", "own": 1}, None),
        ("image", {"url": "/demo/a.svg", "alt": "A", "width": "60%"}, None),
        ("image", {"file_id": "f-0a1b2c3d4e5f", "width": 300}, {"width": 300, "url": "/v1/files/f-0a1b2c3d4e5f"}),
        ("image-steps", {"title": "T", "steps": [{"title": "One", "text": "*do*"}]}, None),
        ("image-steps", {"steps": [{"image": "https://a.example/b.png"}]},
         {"steps": [{"image": {"url": "https://a.example/b.png"}}]}),
        ("mermaid", {"source": "graph LR\n a --> b"}, None),
        ("conditional", CHOICE["content"], {"text": "for all"}),
        ("markdown", "plain", {"text": "plain"}),
        ("code", "plain", {"code": "plain"}),
        ("mermaid", "```mermaid\ngraph LR\n```", {"source": "graph LR"}),
        ("image", "![a](/b.png)\n*c*", {"text": "![a](/b.png)\n*c*"}),
        ("image-steps", "plain", {"text": "plain"}),
        ("conditional", "plain", {"text": "plain"}),
    ],
)  # fmt: skip
async def test_each_type_is_kept_as_sent_and_shown(
    inside: Inside, kind: str, content: Any, rendered: Any
) -> None:
    pin = await make_pin(inside)
    body = {"type": kind, "content": content, "name": "Part"}
    answer = await inside.call("POST", f"/v1/pins/{pin}/blocks", body)
    assert answer.status == 201
    made = answer.data
    assert made["id"].startswith("b-")
    assert (made["pin_id"], made["name"], made["type"], made["order"]) == (pin, "Part", kind, 0)
    assert made["content"] == content
    assert made["rendered"] == (content if rendered is None else rendered)
    # What decides may be in a dataset, so what is shown has more states than revisions.
    assert answer.headers["etag"] == ('"2-2"' if kind == "conditional" else '"2"')
    assert (await inside.call("GET", f"/v1/pins/{pin}/blocks/{made['id']}")).data == made
    (shown,) = (await ask(inside, "GET", f"/v1/pins/{pin}"))["blocks"]
    assert (shown["content"], shown["rendered"]) == (content, made["rendered"])


async def test_a_template_stands_for_the_content(inside: Inside) -> None:
    pin = await make_pin(inside)
    body = {"name": "Old", "type": "markdown", "template": "# {{sales.total}}", "order": 0}
    made = await ask(inside, "POST", f"/v1/pins/{pin}/blocks", body)
    assert made["content"] == "# {{sales.total}}"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"content": {"text": "x"}}, "type"),
        ({"type": "markdown"}, "content"),
        ({"type": "header", "content": "x"}, "type"),
        ({"type": "markdown", "content": {}}, "content/text"),
        ({"type": "markdown", "content": None}, "content"),
        ({"type": "markdown", "content": {"text": 5}}, "content/text"),
        ({"type": "image", "content": {"alt": "x"}}, "content/url"),
        ({"type": "image", "content": {"url": "javascript:alert(1)"}}, "content/url"),
        ({"type": "image", "content": {"url": "/a", "width": "1px;background:url(x)"}}, "content/width"),
        ({"type": "image", "content": {"file_id": "../../etc/passwd"}}, "content/file_id"),
        ({"type": "image-steps", "content": {"steps": [{"image": {}}]}}, "content/steps/0/image/url"),
        ({"type": "conditional", "content": {"when": " ", "then": "x"}}, "content/when"),
        ({"type": "conditional", "content": {"when": "true"}}, "content/then"),
        ({"type": "markdown", "content": "x", "template": "y"}, "template"),
        ({"type": "markdown", "content": "x", "order": -1}, "order"),
        ({"type": "markdown", "content": "x", "name": "n" * 201}, "name"),
        ({"type": "markdown", "content": "x", "colour": "red"}, "colour"),
        ({"type": "markdown", "content": "x" * 600_000}, "content"),
    ],
)  # fmt: skip
async def test_what_does_not_fit_is_refused_by_field(
    inside: Inside, body: dict[str, Any], field: str
) -> None:
    pin = await make_pin(inside)
    async with nothing_happens(inside):
        answer = await inside.call("POST", f"/v1/pins/{pin}/blocks", body)
    assert (answer.status, answer.code) == (400, "VALIDATION_FAILED")
    assert answer.json["error"]["details"]["field"] == field


async def test_blocks_stand_in_order(inside: Inside) -> None:
    pin = await make_pin(inside)
    for text, order in (("b", None), ("c", 99), ("a", 0)):
        await _add(inside, pin, _say(text) | ({} if order is None else {"order": order}))
    assert await _texts(inside, pin) == ["a", "b", "c"]
    first, second, third = [block["id"] for block in await _list(inside, pin)]
    order = {"order": [third, first, second]}
    answer = await ask(inside, "POST", f"/v1/pins/{pin}/blocks/reorder", order)
    assert [block["id"] for block in answer["items"]] == order["order"]
    await ask(inside, "PUT", f"/v1/pins/{pin}/blocks/{third}", {"order": 1})
    assert await _texts(inside, pin) == ["a", "c", "b"]
    assert [block["order"] for block in await _list(inside, pin)] == [0, 1, 2]


async def test_an_order_names_every_block_once(inside: Inside) -> None:
    pin = await make_pin(inside)
    one, two = await _add(inside, pin), await _add(inside, pin)
    other = await _add(inside, await make_pin(inside))
    for order in ([], [one], [one, one], [one, two, two], [one, other]):
        async with nothing_happens(inside):
            answer = await inside.call("POST", f"/v1/pins/{pin}/blocks/reorder", {"order": order})
        assert (answer.status, answer.json["error"]["details"]["field"]) == (400, "order")


async def test_only_what_is_sent_changes(inside: Inside) -> None:
    pin = await make_pin(inside)
    block = await _add(inside, pin, _say("old", name="Name"))
    path = f"/v1/pins/{pin}/blocks/{block}"
    changed = await ask(inside, "PUT", path, {"content": {"text": "new"}})
    assert (changed["name"], changed["rendered"]) == ("Name", {"text": "new"})
    same = await ask(inside, "PUT", path, changed)
    assert same["revision"] == changed["revision"] == 3
    wrong = await inside.call("PUT", path, {"type": "code"})
    assert wrong.json["error"]["details"]["reason"] == "BLOCK_CONTENT_INVALID"
    moved = await ask(inside, "PUT", path, {"type": "code", "content": {"code": "x"}})
    assert (moved["type"], moved["revision"]) == ("code", 4)


async def test_patches(inside: Inside) -> None:
    pin = await make_pin(inside)
    block = await _add(inside, pin, {"type": "code", "content": {"code": "x", "language": "sql"}})
    path = f"/v1/pins/{pin}/blocks/{block}"
    merged = await ask(inside, "PATCH", path, {"content": {"language": None, "own": 1}})
    assert merged["content"] == {"code": "x", "own": 1}

    async def patch(*operations: Any) -> Answer:
        return await inside.call("PATCH", path, list(operations), headers=JSON_PATCH)

    done = await patch(
        {"op": "test", "path": "/content/code", "value": "x"},
        {"op": "replace", "path": "/content/code", "value": "y"},
        {"op": "add", "path": "/name", "value": "Query"},
    )
    assert (done.data["content"]["code"], done.data["name"]) == ("y", "Query")
    async with nothing_happens(inside):
        failed = await patch({"op": "test", "path": "/content/code", "value": "x"})
        assert (failed.status, failed.json["error"]["details"]["reason"]) == (409, "TEST_FAILED")
        for hostile in (
            {"op": "remove", "path": "/type"},
            {"op": "add", "path": "/colour", "value": "red"},
            {"op": "replace", "path": "/type", "value": "html"},
            {"op": "replace", "path": "/content", "value": {"text": "x"}},
        ):
            assert (await patch(hostile)).status == 400
        bomb = [{"op": "copy", "from": "/content", "path": f"/content/c{i}"} for i in range(40)]
        assert (await patch(*bomb)).status == 400


async def test_a_blocks_change_is_a_change_of_its_pin(inside: Inside) -> None:
    pin = await make_pin(inside)
    async with inside.watching(pins=[pin]) as watcher:

        async def shown(revision: int) -> Any:
            await watcher.until(lambda: watcher.pins[pin]["revision"] == revision)
            return watcher.pins[pin]["blocks"]

        block = await _add(inside, pin)
        said = {"type": "markdown", "order": 0, "rendered": {"text": "**Hello**"}}
        assert await shown(2) == [{"id": block, "name": "", **said}]
        await ask(inside, "PUT", f"/v1/pins/{pin}/blocks/{block}", {"name": "Greeting"})
        assert await shown(3) == [{"id": block, "name": "Greeting", **said}]
        await ask(inside, "DELETE", f"/v1/pins/{pin}/blocks/{block}")
        assert await shown(4) == []
    assert [kind for kind, _ in watcher.events] == ["snapshot", "pin", "pin", "pin"]
    history = await ask(inside, "GET", f"/v1/pins/{pin}/revisions")
    assert [item["what"] for item in history["items"]] == ["blocks", "blocks", "blocks", "created"]


async def test_a_push_keeps_the_blocks(inside: Inside) -> None:
    pin = await make_pin(inside)
    await _add(inside, pin)
    async with inside.watching(pins=[pin]) as watcher:
        config = {"cards": [{"title": "Sales", "value": 2}]}
        await ask(inside, "PUT", f"/v1/pins/{pin}", {"content": config, "blocks": []})
        await watcher.until(lambda: watcher.named("pin"))
    assert watcher.named("pin")[0]["blocks"][0]["rendered"] == {"text": "**Hello**"}
    assert watcher.pins[pin]["pin_config"] == config


async def test_a_revision_brings_its_blocks_back(inside: Inside) -> None:
    pin = await make_pin(inside)
    block = await _add(inside, pin, _say("first"))
    before = await ask(inside, "GET", f"/v1/pins/{pin}")
    await ask(inside, "PUT", f"/v1/pins/{pin}/blocks/{block}", {"template": "second"})
    await ask(inside, "DELETE", f"/v1/pins/{pin}/blocks/{block}")
    old = await ask(inside, "GET", f"/v1/pins/{pin}/revisions/2")
    assert old["pin"]["blocks"] == before["blocks"]
    await ask(inside, "POST", f"/v1/pins/{pin}/revisions/2/restore")
    assert (await ask(inside, "GET", f"/v1/pins/{pin}"))["blocks"] == before["blocks"]
    await ask(inside, "POST", f"/v1/pins/{pin}/revisions/1/restore")
    assert await _list(inside, pin) == []
    at = await ask(inside, "GET", f"/v1/pins/{pin}?as_of={before['updated_at']}")
    assert (at["blocks"], at["revision"]) == (before["blocks"], 2)


async def test_a_change_minds_if_match(inside: Inside) -> None:
    pin = await make_pin(inside)
    block = await _add(inside, pin)
    for method, path, body in (
        ("POST", "", TEXT),
        ("PUT", f"/{block}", {"name": "x"}),
        ("PATCH", f"/{block}", {"name": "x"}),
        ("DELETE", f"/{block}", None),
        ("POST", "/reorder", {"order": [block]}),
    ):
        async with nothing_happens(inside):
            answer = await inside.call(
                method, f"/v1/pins/{pin}/blocks{path}", body, headers={"if-match": '"1"'}
            )
        assert (answer.status, answer.code) == (412, "PRECONDITION_FAILED")


async def test_who_may_not_edit_sees_the_chosen_text_only(inside: Inside) -> None:
    pin = await make_pin(inside, is_public=True)
    block = await _add(inside, pin, CHOICE)
    await give_role(inside, "pins", pin, "ben", "editor")
    await give_role(inside, "pins", pin, "cleo", "viewer")
    assert "content" in (await _list(inside, pin, "ben"))[0]
    async with inside.watching(None, pins=[pin]) as watcher:
        await ask(inside, "PUT", f"/v1/pins/{pin}/blocks/{block}", {"name": "Greeting"})
        await watcher.until(lambda: watcher.named("frame"))
    paths = (f"pins/{pin}/blocks", f"pins/{pin}/blocks/{block}", f"pins/{pin}")
    asked = [(path, who) for path in paths for who in ("cleo", "dan")]
    asked.append((f"shared/pins/{pin}", None))
    answers = [await inside.call("GET", "/v1/" + path, who=who) for path, who in asked]
    for text in [repr(watcher.events), *(answer.body.decode() for answer in answers)]:
        assert "for all" in text
        assert "for friends" not in text
        assert "when" not in text
    async with nothing_happens(inside):
        for path in ("?as_of=1", "/revisions", "/revisions/2"):
            answer = await inside.call("GET", f"/v1/pins/{pin}{path}", who="cleo")
            assert answer.status == 403


@pytest.mark.parametrize(("who", "status"), [("cleo", 403), ("dan", 404)])
async def test_who_may_not_edit_changes_nothing(inside: Inside, who: str, status: int) -> None:
    pin = await make_pin(inside)
    block = await _add(inside, pin)
    await give_role(inside, "pins", pin, "cleo", "viewer")
    for method, path, body in (
        ("POST", "", TEXT),
        ("PUT", f"/{block}", {"name": "x"}),
        ("PATCH", f"/{block}", {"name": "x"}),
        ("DELETE", f"/{block}", None),
        ("POST", "/reorder", {"order": [block]}),
    ):
        async with nothing_happens(inside):
            answer = await inside.call(method, f"/v1/pins/{pin}/blocks{path}", body, who)
        assert answer.status == status


async def test_everyone_may_edit_where_the_pin_says_so_and_sees_no_source(inside: Inside) -> None:
    pin = await make_pin(inside, is_public=True, allow_edit=True)
    block = await _add(inside, pin, CHOICE)
    path = f"/v1/pins/{pin}/blocks/{block}"
    changed = await ask(inside, "PUT", path, {"name": "By Dan"}, "dan")
    assert "content" not in changed
    async with nothing_happens(inside):
        test = [{"op": "test", "path": "/content/then", "value": "for friends"}]
        answer = await inside.call("PATCH", path, test, "dan", headers=JSON_PATCH)
    assert answer.status == 403


async def test_blocks_ride_on_the_scopes_of_pins(inside: Inside) -> None:
    pin, other = await make_pin(inside), await make_pin(inside)
    block = await _add(inside, pin)
    reader = await bring_key(inside, "ada", "pins:read")
    assert len(await _list(inside, pin, reader)) == 1
    async with nothing_happens(inside):
        answer = await inside.call("DELETE", f"/v1/pins/{pin}/blocks/{block}", who=reader)
    assert (answer.status, answer.code) == (403, "SCOPE_REQUIRED")
    narrow = await bring_key(inside, "ada", "*", resources=[other])
    assert (await inside.call("GET", f"/v1/pins/{pin}/blocks", who=narrow)).status == 404


async def test_unknown_blocks_and_those_of_other_pins_are_not_found(inside: Inside) -> None:
    pin, other = await make_pin(inside), await make_pin(inside)
    block = await _add(inside, other)
    for method, body in (("GET", None), ("PUT", {"name": "x"}), ("PATCH", {}), ("DELETE", None)):
        for name in (block, "b-000000000000", "..", "%2e%2e"):
            async with nothing_happens(inside):
                answer = await inside.call(method, f"/v1/pins/{pin}/blocks/{name}", body)
            assert (answer.status, answer.code) == (404, "NOT_FOUND")


async def test_there_is_a_most(inside: Inside) -> None:
    pin = await make_pin(inside)
    for _ in range(50):
        await _add(inside, pin)
    async with nothing_happens(inside):
        answer = await inside.call("POST", f"/v1/pins/{pin}/blocks", TEXT)
    assert (answer.status, answer.code) == (409, "CONFLICT")
    first = (await _list(inside, pin))[0]["id"]
    large = {"content": {"text": "x" * 300_000}}
    await ask(inside, "PUT", f"/v1/pins/{pin}/blocks/{first}", large)
    second = (await _list(inside, pin))[1]["id"]
    async with nothing_happens(inside):
        answer = await inside.call("PUT", f"/v1/pins/{pin}/blocks/{second}", large)
    assert answer.json["error"]["details"]["field"] == "content"


async def test_blocks_that_are_added_at_once_are_all_there(inside: Inside) -> None:
    pin = await make_pin(inside)
    async with asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(_add(inside, pin, _say(str(number))))
    assert sorted(map(int, await _texts(inside, pin))) == list(range(20))
    assert (await ask(inside, "GET", f"/v1/pins/{pin}"))["revision"] == 21


async def test_lists_of_pins_leave_blocks_out(inside: Inside) -> None:
    pin = await make_pin(inside)
    await _add(inside, pin, CHOICE)
    (item,) = (await ask(inside, "GET", "/v1/pins"))["items"]
    assert "blocks" not in item
    page = await ask(inside, "GET", f"/v1/pins/{pin}/blocks?limit=1&offset=1")
    assert (page["items"], page["total"]) == ([], 1)


@pytest.mark.parametrize(
    "content",
    [
        b'"a\\u0000b"',
        b'"\\ud800"',
        b'{"text": NaN}',
        b'{"text": 1e999}',
        b'{"text": "x", "own": ' + b"[" * 40 + b"]" * 40 + b"}",
        b'{"text": "x"',
        b'{"text": "x\xff"}',
    ],
)
async def test_hostile_json_is_refused(inside: Inside, content: bytes) -> None:
    pin = await make_pin(inside)
    block = await _add(inside, pin)
    async with nothing_happens(inside):
        for method, path, body in (
            ("POST", "", b'{"type": "markdown", "content": ' + content + b"}"),
            ("PUT", f"/{block}", b'{"content": ' + content + b"}"),
            ("PATCH", f"/{block}", b'{"content": ' + content + b"}"),
        ):
            answer = await inside.call(method, f"/v1/pins/{pin}/blocks{path}", body)
            assert (answer.status, answer.code) == (400, "VALIDATION_FAILED"), answer.body


async def test_hostile_text_is_kept_as_text_on_one_line(inside: Inside) -> None:
    pin = await make_pin(inside)
    text = "<script>alert(1)</script>\n\nevent: pin\ndata: {}\n\n\u2028"
    async with inside.watching(pins=[pin]) as watcher:
        pretty = (
            b'{"type": "markdown",\n "content":\n {\n"text": ' + json.dumps(text).encode() + b"}}"
        )
        block = await inside.call("POST", f"/v1/pins/{pin}/blocks", pretty)
        assert block.data["rendered"] == {"text": text}
        await watcher.until(lambda: watcher.pins[pin]["revision"] == 2)
    assert watcher.pins[pin]["blocks"][0]["rendered"] == {"text": text}
    assert [kind for kind, _ in watcher.events] == ["snapshot", "pin"]

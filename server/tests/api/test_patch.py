"""PATCH: what is taken away, what is merged, and what is said of a patch that cannot be."""

from typing import Any

import pytest
from inside import Answer, Inside
from scene import ask, make_pin

JSON_PATCH = {"content-type": "application/json-patch+json"}
MARKDOWN = {"type": "markdown", "name": "Note", "content": {"text": "x"}}


async def patch(inside: Inside, path: str, body: Any) -> Answer:
    """A JSON Patch if it is a list, else a merge patch."""
    headers = JSON_PATCH if isinstance(body, list) else None
    return await inside.call("PATCH", path, body, headers=headers)


def remove(path: str) -> list[dict[str, str]]:
    return [{"op": "remove", "path": path}]


async def test_a_merge_patch_goes_into_the_caller_s_own_metadata(inside: Inside) -> None:
    pin = await make_pin(inside, metadata={"title": "Sales", "own": {"a": 1, "b": 2}, "flat": 1})
    body = {"metadata": {"own": {"b": None, "c": {"d": None, "e": 3}}, "flat": None}}
    assert (await patch(inside, f"/v1/pins/{pin}", body)).status == 200
    metadata = (await ask(inside, "GET", f"/v1/pins/{pin}"))["metadata"]
    assert metadata["own"] == {"a": 1, "c": {"e": 3}}
    assert (metadata["title"], "flat" in metadata) == ("Sales", False)


@pytest.mark.parametrize("how", ["merge", "operations"])
async def test_what_a_patch_takes_away_is_as_on_a_new_pin(inside: Inside, how: str) -> None:
    told: dict[str, Any] = {"title": "Sales", "description": "d", "tags": ["t"], "own": 1}
    pin = await make_pin(inside, metadata=told, is_public=True, expect_every=60, grace=5)
    gone: Any = {
        "is_public": None,
        "expect_every": None,
        "grace": None,
        "metadata": {"description": None, "tags": None, "own": None},
    }
    if how == "operations":
        paths = ("/is_public", "/expect_every", "/grace", *("/metadata/" + n for n in told))
        gone = [part for path in paths if "title" not in path for part in remove(path)]
    assert (await patch(inside, f"/v1/pins/{pin}", gone)).status == 200
    shown = await ask(inside, "GET", f"/v1/pins/{pin}")
    assert (shown["is_public"], shown["expect_every"], shown["grace"]) == (False, None, None)
    metadata = shown["metadata"]
    assert (metadata["description"], metadata["tags"], "own" in metadata) == ("", [], False)
    assert (shown["revision"], shown["title"]) == (2, "Sales")


async def test_what_has_to_be_there_is_not_taken_away(inside: Inside) -> None:
    pin = await make_pin(inside)
    for body, field in (
        (remove("/metadata/title"), "metadata/title"),
        (remove("/metadata"), "metadata/title"),
        (remove("/pin_type"), "pin_type"),
        (remove("/content"), "pin_config"),
        ([{"op": "replace", "path": "/metadata", "value": 1}], "metadata"),
        ({"metadata": {"title": None}}, "metadata/title"),
        ({"pin_type": None}, "pin_type"),
        ({"metadata": 1, "tags": None}, "metadata"),
    ):
        refused = await patch(inside, f"/v1/pins/{pin}", body)
        assert (refused.status, refused.json["error"]["details"]["field"]) == (400, field)
    assert (await inside.call("PATCH", f"/v1/pins/{pin}", [None])).status == 400
    assert (await ask(inside, "GET", f"/v1/pins/{pin}"))["revision"] == 1


async def test_datasets_and_blocks_take_the_same(inside: Inside) -> None:
    body = {"name": "Sales", "data": {"a": 1}, "description": "d", "tags": ["t"]}
    for gone in (remove("/tags") + remove("/description"), {"tags": None, "description": None}):
        dataset = (await inside.call("POST", "/v1/datasets", body)).data["id"]
        assert (await patch(inside, f"/v1/datasets/{dataset}", gone)).status == 200
        shown = await ask(inside, "GET", f"/v1/datasets/{dataset}")
        assert (shown["tags"], shown["description"], shown["data"]) == ([], "", {"a": 1})
        refused = await patch(inside, f"/v1/datasets/{dataset}", remove("/name"))
        assert (refused.status, refused.json["error"]["details"]["field"]) == (400, "name")
    pin = await make_pin(inside)
    for gone in (remove("/name"), {"name": None}):
        made = await inside.call("POST", f"/v1/pins/{pin}/blocks", MARKDOWN)
        path = f"/v1/pins/{pin}/blocks/{made.data['id']}"
        assert (await patch(inside, path, gone)).data["name"] == ""
        refused = await patch(inside, path, remove("/content"))
        assert (refused.status, refused.json["error"]["details"]["field"]) == (400, "content")


async def test_a_refusal_says_which_operation_and_shows_nothing_of_the_pin(inside: Inside) -> None:
    pin = await make_pin(inside)
    good = {"op": "replace", "path": "/metadata/title", "value": "Other"}
    for wrong, field, said in (
        (
            {"op": "replace", "path": "/content/nowhere/x", "value": 1},
            "content/nowhere/x",
            "stands",
        ),
        (
            {"op": "test", "path": "/content/cards/0/value", "value": 9},
            "content/cards/0/value",
            "1",
        ),
        ({"op": "move", "from": "/gone", "path": "/tags"}, "tags", "'/gone'"),
        ({"op": "fly", "path": "/title"}, None, "fly"),
    ):
        refused = (await patch(inside, f"/v1/pins/{pin}", [good, wrong])).json["error"]
        assert refused["details"].get("field") == field
        assert "Operation 1" in refused["message"]
        assert said in refused["message"]
        assert "stat-cards" not in refused["message"]
    for start in ("content", "pin_config", "metadata/pin_config"):
        wrong = {"op": "replace", "path": f"/{start}/cards/0/title", "value": 4}
        refused = (await patch(inside, f"/v1/pins/{pin}", [wrong])).json["error"]
        assert refused["details"]["field"] == f"{start}/cards/0/title", "as it was sent"
    assert (await ask(inside, "GET", f"/v1/pins/{pin}"))["title"] == "Sales"

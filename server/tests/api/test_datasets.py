"""`/v1/datasets`: made, read, changed, appended to, used, deleted; and what is refused."""

import asyncio
from typing import Any

import pytest
from inside import Inside
from pindown_server.datasets.dataset import LARGEST_DATA, RESERVED, slugs_for
from pindown_server.templates import RESERVED_NAMES
from scene import ask, bring_key, make_pin, nothing_happens

SALES = {"name": "Q4 Sales", "data": {"total": 12, "rows": [{"day": 1}]}}


async def make_dataset(inside: Inside, who: str = "ada", **fields: Any) -> str:
    made = await ask(inside, "POST", "/v1/datasets", {**SALES, **fields}, who)
    dataset_id: str = made["id"]
    return dataset_id


async def test_a_dataset_is_made_and_read_by_its_id_and_by_its_slug(inside: Inside) -> None:
    body = {**SALES, "description": "By day", "tags": ["sales"]}
    answer = await inside.call("POST", "/v1/datasets", body)
    assert answer.status == 201
    assert answer.headers["etag"] == '"1"'
    made = answer.data
    assert made["id"].startswith("d-")
    assert (made["slug"], made["type"], made["revision"]) == ("q4_sales", "json", 1)
    assert (made["data"], made["description"], made["tags"]) == (SALES["data"], "By day", ["sales"])
    for name in (made["id"], "q4_sales"):
        assert await ask(inside, "GET", f"/v1/datasets/{name}") == made


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Q4 Sales", "q4_sales"),
        ("  Übersicht – März!", "ubersicht_marz"),
        ("2024", "data_2024"),
        ("売上", "data"),
        ("Each", "each_data"),
        ("x" * 200, "x" * 56),
    ],
)
def test_a_slug_is_the_name_in_snake_case(name: str, slug: str) -> None:
    first, second = next(slugs_for(name)), list(slugs_for(name))[1]
    assert first == [slug]
    assert second[0] == f"{slug}_2"


def test_what_a_template_reserves_is_no_slug() -> None:
    assert RESERVED == RESERVED_NAMES


async def test_a_name_may_be_given_twice_and_a_slug_not(inside: Inside) -> None:
    await make_dataset(inside)
    second = await make_dataset(inside)
    assert (await ask(inside, "GET", f"/v1/datasets/{second}"))["slug"] == "q4_sales_2"
    await make_dataset(inside, who="ben")
    async with nothing_happens(inside):
        answer = await inside.call("POST", "/v1/datasets", {**SALES, "slug": "q4_sales"})
        assert (answer.status, answer.code) == (409, "CONFLICT")
        answer = await inside.call("PUT", f"/v1/datasets/{second}", {"slug": "q4_sales"})
        assert (answer.status, answer.code) == (409, "CONFLICT")


async def test_of_many_made_at_once_each_gets_its_own_slug(inside: Inside) -> None:
    calls = [inside.call("POST", "/v1/datasets", SALES) for _ in range(8)]
    answers = await asyncio.gather(*calls)
    assert [answer.status for answer in answers] == [201] * 8
    assert len({answer.data["slug"] for answer in answers}) == 8


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"data": 1}, "name"),
        ({"name": ""}, "name"),
        ({"name": "a", "slug": "Ä"}, "slug"),
        ({"name": "a", "slug": "1a"}, "slug"),
        ({"name": "a", "slug": "this"}, "slug"),
        ({"name": "a", "type": "csv"}, "type"),
        ({"name": "a", "type": "markdown", "data": [1]}, "data"),
        ({"name": "a", "data": "x" * LARGEST_DATA}, "data"),
        ({"name": "a", "tags": "x"}, "tags"),
        ({"name": "a", "colour": "red"}, "colour"),
    ],
)
async def test_what_is_no_dataset_is_refused(inside: Inside, body: Any, field: str) -> None:
    async with nothing_happens(inside):
        answer = await inside.call("POST", "/v1/datasets", body)
        assert (answer.status, answer.code) == (400, "VALIDATION_FAILED")
        assert answer.json["error"]["details"]["field"] == field


async def test_a_text_is_a_markdown_dataset(inside: Inside) -> None:
    made = await ask(inside, "POST", "/v1/datasets", {"name": "Notes", "data": "# Hello"})
    assert (made["type"], made["data"]) == ("markdown", "# Hello")
    async with nothing_happens(inside):
        answer = await inside.call("PUT", f"/v1/datasets/{made['id']}", {"data": {"a": 1}})
        assert answer.status == 400


async def test_lists_leave_data_out_and_show_the_callers_own(inside: Inside) -> None:
    first = await make_dataset(inside)
    second = await make_dataset(inside, name="Notes", data="text")
    await make_dataset(inside, who="ben")
    listed = await ask(inside, "GET", "/v1/datasets")
    assert [item["id"] for item in listed["items"]] == [second, first]
    assert listed["total"] == 2
    assert "data" not in listed["items"][0]
    assert listed["items"][0]["size"] == len('"text"')
    only = await ask(inside, "GET", "/v1/datasets?type=json&limit=1")
    assert [item["id"] for item in only["items"]] == [first]
    assert (await inside.call("GET", "/v1/datasets?type=x")).status == 400


async def test_a_dataset_changes_in_part_and_keeps_its_past(inside: Inside) -> None:
    dataset = await make_dataset(inside)
    path = f"/v1/datasets/{dataset}"
    answer = await inside.call("PUT", path, {"data": {"total": 13}, "name": "Sales"})
    assert answer.headers["etag"] == '"2"'
    assert answer.data["slug"] == "q4_sales"
    assert (await inside.call("PUT", path, {"data": {"total": 13}})).data["revision"] == 2
    listed = await ask(inside, "GET", path + "/revisions")
    assert [(item["revision"], item["what"]) for item in listed["items"]] == [
        (2, "name, data"),
        (1, "created"),
    ]
    assert listed["items"][0]["by"]["user_id"] == inside.cast["ada"].user_id
    old = await ask(inside, "GET", path + "/revisions/1")
    assert (old["dataset"]["data"], old["dataset"]["name"]) == (SALES["data"], "Q4 Sales")
    await ask(inside, "POST", path + "/revisions/1/restore")
    now = await ask(inside, "GET", path)
    assert (now["data"], now["name"], now["revision"]) == (SALES["data"], "Q4 Sales", 3)
    assert (await inside.call("GET", path + "/revisions/9")).status == 404
    assert (await inside.call("GET", path + "/revisions/x")).status == 400


@pytest.mark.parametrize("slug", ["each", "Sales", "q4 sales", "4q", ""])
async def test_a_slug_that_is_none_is_taken_later_neither(inside: Inside, slug: str) -> None:
    dataset = await make_dataset(inside)
    async with nothing_happens(inside):
        refused = await inside.call("PATCH", f"/v1/datasets/{dataset}", {"slug": slug})
    assert (refused.status, refused.json["error"]["details"]["field"]) == (400, "slug")


async def test_an_answer_can_be_changed_and_sent_back(inside: Inside) -> None:
    dataset = await make_dataset(inside)
    got = await ask(inside, "GET", f"/v1/datasets/{dataset}")
    got["data"]["total"] = 14
    assert (await inside.call("PUT", f"/v1/datasets/{dataset}", got)).status == 200
    assert (await ask(inside, "GET", f"/v1/datasets/{dataset}"))["data"]["total"] == 14


async def test_a_merge_patch_and_a_json_patch(inside: Inside) -> None:
    dataset = await make_dataset(inside)
    path = f"/v1/datasets/{dataset}"
    await ask(inside, "PATCH", path, {"data": {"total": None, "closed": True}})
    assert (await ask(inside, "GET", path))["data"] == {"rows": [{"day": 1}], "closed": True}
    json_patch = {"content-type": "application/json-patch+json"}
    operations = [
        {"op": "test", "path": "/data/closed", "value": True},
        {"op": "add", "path": "/data/rows/-", "value": {"day": 2}},
        {"op": "replace", "path": "/name", "value": "Sales"},
    ]
    answer = await inside.call("PATCH", path, operations, headers=json_patch)
    assert answer.status == 200
    now = await ask(inside, "GET", path)
    assert (now["name"], now["data"]["rows"]) == ("Sales", [{"day": 1}, {"day": 2}])
    async with nothing_happens(inside):
        operations[0]["value"] = False
        answer = await inside.call("PATCH", path, operations, headers=json_patch)
        assert (answer.status, answer.json["error"]["details"]["reason"]) == (409, "TEST_FAILED")
        away = [{"op": "remove", "path": "/name"}]
        assert (await inside.call("PATCH", path, away, headers=json_patch)).status == 400


@pytest.mark.parametrize(
    ("data", "append", "after"),
    [
        ([1], {"items": [2, 3]}, [1, 2, 3]),
        ([1, 2], {"items": [3], "keep": 2}, [2, 3]),
        ({"rows": [1]}, {"path": "rows", "items": [2]}, {"rows": [1, 2]}),
        ({"rows": [1]}, {"path": "/rows", "items": [2]}, {"rows": [1, 2]}),
        ({}, {"path": "rows", "items": [2]}, {"rows": [2]}),
        ({"a": [{"b": []}]}, {"path": "a/0/b", "items": [2]}, {"a": [{"b": [2]}]}),
        ({"a/b": {"~": [1]}}, {"path": "a~1b/~0", "items": [2]}, {"a/b": {"~": [1, 2]}}),
        (None, {"items": [1]}, [1]),
    ],
)
async def test_items_are_appended(inside: Inside, data: Any, append: Any, after: Any) -> None:
    dataset = await make_dataset(inside, data=data)
    answer = await ask(inside, "POST", f"/v1/datasets/{dataset}/append", append)
    assert answer["revision"] == 2
    assert (await ask(inside, "GET", f"/v1/datasets/{dataset}"))["data"] == after


@pytest.mark.parametrize(
    ("append", "says"),
    [
        ({"path": "total", "items": [1]}, "no list at 'total'"),
        ({"path": "a/b", "items": [1]}, "no list at 'a/b'"),
        ({"path": "rows/7/x", "items": [1]}, "no list at 'rows/7/x'"),
        ({"path": "rows/0", "items": [1]}, "no list at 'rows/0'"),
        ({"items": [1]}, "The data itself is not a list"),
        ({"path": "rows", "items": []}, "items must not be empty"),
        ({"path": "rows", "items": [1], "keep": 0}, "keep must be at least 1"),
        ({"path": "rows", "items": [1], "keep": "2"}, "keep must be a whole number or null"),
        ({"path": "rows", "items": ["x" * LARGEST_DATA]}, ""),
        ({"path": "rows"}, "items is required"),
    ],
)
async def test_what_cannot_be_appended_is_refused(inside: Inside, append: Any, says: str) -> None:
    dataset = await make_dataset(inside)
    async with nothing_happens(inside):
        answer = await inside.call("POST", f"/v1/datasets/{dataset}/append", append)
        assert (answer.status, answer.code) == (400, "VALIDATION_FAILED")
        assert says in answer.json["error"]["message"]


async def test_appends_at_once_lose_nothing(inside: Inside) -> None:
    dataset = await make_dataset(inside, data=[])
    path = f"/v1/datasets/{dataset}/append"
    answers = await asyncio.gather(
        *(inside.call("POST", path, {"items": [number]}) for number in range(20))
    )
    assert {answer.status for answer in answers} == {200}
    now = await ask(inside, "GET", f"/v1/datasets/{dataset}")
    assert (sorted(now["data"]), now["revision"]) == (list(range(20)), 21)


async def test_another_revision_in_mind_changes_nothing(inside: Inside) -> None:
    dataset = await make_dataset(inside)
    path = f"/v1/datasets/{dataset}"
    stale = {"if-match": '"7"'}
    async with nothing_happens(inside):
        for method, where, body in (
            ("PUT", path, {"data": 1}),
            ("PATCH", path, {"data": 1}),
            ("POST", path + "/append", {"path": "rows", "items": [1]}),
            ("POST", path + "/revisions/1/restore", None),
            ("DELETE", path, None),
        ):
            answer = await inside.call(method, where, body, headers=stale)
            assert (answer.status, answer.code) == (412, "PRECONDITION_FAILED"), where
    fresh = {"if-match": '"1"'}
    assert (await inside.call("PUT", path, {"data": 1}, headers=fresh)).status == 200


async def test_a_dataset_is_its_owners_alone(inside: Inside) -> None:
    dataset = await make_dataset(inside)
    path = f"/v1/datasets/{dataset}"
    calls = (
        ("GET", path, None),
        ("PUT", path, {"data": 1}),
        ("PATCH", path, {"data": 1}),
        ("DELETE", path, None),
        ("POST", path + "/append", {"path": "rows", "items": [1]}),
        ("GET", path + "/uses", None),
        ("GET", path + "/revisions", None),
        ("GET", path + "/revisions/1", None),
        ("POST", path + "/revisions/1/restore", None),
        ("GET", "/v1/datasets/q4_sales", None),
    )
    async with nothing_happens(inside):
        for method, where, body in calls:
            answer = await inside.call(method, where, body, "ben")
            assert (answer.status, answer.code) == (404, "NOT_FOUND"), where
        for method, where, body in calls:
            assert (await inside.call(method, where, body, None)).status == 401


async def test_scopes_and_narrowed_keys(inside: Inside) -> None:
    one, other = await make_dataset(inside), await make_dataset(inside, name="Other")
    reads = await bring_key(inside, "ada", "datasets:read")
    pins = await bring_key(inside, "ada", "pins:write")
    narrow = await bring_key(inside, "ada", "datasets:write", resources=[one])
    assert (await inside.call("GET", f"/v1/datasets/{one}", who=reads)).status == 200
    listed = await ask(inside, "GET", "/v1/datasets", who=narrow)
    assert [item["id"] for item in listed["items"]] == [one]
    assert (await inside.call("PUT", f"/v1/datasets/{one}", {"data": 1}, narrow)).status == 200
    async with nothing_happens(inside):
        for who, method, path, body, status in (
            (reads, "PUT", one, {"data": 1}, 403),
            (reads, "DELETE", one, None, 403),
            (pins, "GET", one, None, 403),
            (narrow, "GET", other, None, 404),
            (narrow, "GET", "other", None, 404),
            (narrow, "PUT", other, {"data": 1}, 404),
            (narrow, "PUT", one, {"slug": "free"}, 403),
        ):
            answer = await inside.call(method, f"/v1/datasets/{path}", body, who)
            assert answer.status == status, (who, path)
        assert (await inside.call("POST", "/v1/datasets", SALES, narrow)).status == 403
        assert (await inside.call("POST", "/v1/datasets", SALES, reads)).status == 403


async def test_what_is_in_use_is_deleted_by_force_only(inside: Inside) -> None:
    dataset = await make_dataset(inside)
    pin = await make_pin(inside, value="{{q4_sales.total}}")
    await make_pin(inside, value="{{other.total}}")
    uses = await ask(inside, "GET", f"/v1/datasets/{dataset}/uses")
    assert uses["items"] == [{"id": pin, "title": "Sales"}]
    assert uses["total"] == 1
    async with nothing_happens(inside):
        answer = await inside.call("DELETE", f"/v1/datasets/{dataset}")
        assert (answer.status, answer.code) == (409, "CONFLICT")
        assert answer.json["error"]["details"]["pins"] == [pin]
        assert answer.json["error"]["message"].startswith("1 pin draws from this dataset.")
    blind = await bring_key(inside, "ada", "datasets:read")
    assert (await ask(inside, "GET", f"/v1/datasets/{dataset}/uses", who=blind))["items"] == [
        {"id": pin, "title": None}
    ]
    await ask(inside, "DELETE", f"/v1/datasets/{dataset}?force=true")
    assert (await inside.call("GET", f"/v1/datasets/{dataset}")).status == 404
    assert (await ask(inside, "GET", "/v1/datasets"))["total"] == 0
    shown = await ask(inside, "GET", f"/v1/pins/{pin}")
    assert shown["rendered"]["cards"][0]["value"] is None
    again = await make_dataset(inside, data={"total": 5})
    assert (await ask(inside, "GET", f"/v1/datasets/{again}"))["slug"] == "q4_sales"
    shown = await ask(inside, "GET", f"/v1/pins/{pin}")
    assert shown["rendered"]["cards"][0]["value"] == 5


async def test_a_dry_run_leaves_nothing(inside: Inside) -> None:
    dataset = await make_dataset(inside)
    await make_pin(inside, value="{{q4_sales.total}}")
    async with nothing_happens(inside):
        for method, path, body in (
            ("POST", "/v1/datasets?dry_run=true", SALES),
            ("PUT", f"/v1/datasets/{dataset}?dry_run=true", {"data": {"total": 1}}),
            ("POST", f"/v1/datasets/{dataset}/append?dry_run=true", {"path": "rows", "items": [1]}),
            ("DELETE", f"/v1/datasets/{dataset}?dry_run=true&force=true", None),
        ):
            answer = await inside.call(method, path, body)
            assert answer.data["dry_run"] is True

"""`/v1/bin`: what people deleted, for 30 days."""

import asyncio
from typing import Any

import pytest
from inside import Inside, stat
from pindown_server.bin.binned import KEPT
from pindown_server.bin.sweep import sweep
from pindown_server.clock import HOUR, now
from pindown_server.people.actions import remove_account
from pindown_server.storage import Database, take_lease
from scene import ask, bring_key, get_board, give_role, make_board, make_pin, nothing_happens, place

pytestmark = pytest.mark.usefixtures("by_hand")


async def binned(inside: Inside, who: str = "ada", query: str = "") -> list[str]:
    """The ids in somebody's bin, in order."""
    return [item["id"] for item in (await ask(inside, "GET", f"/v1/bin{query}", who=who))["items"]]


async def age(inside: Inside, table: str, thing_id: str, by: int) -> None:
    """Have been deleted longer ago."""
    async with inside.app.parts.database.transaction() as tx:
        await tx.run(
            f"UPDATE {table} SET deleted_at = deleted_at - :by WHERE id = :id",
            {"by": by, "id": thing_id},
        )


async def rows(database: Database, table: str, column: str, thing_id: str) -> int:
    async with database.reader() as reader:
        found = await reader.rows(f"SELECT 1 FROM {table} WHERE {column} = :id", {"id": thing_id})
    return len(found)


async def test_what_is_deleted_lies_in_the_bin_last_deleted_first(inside: Inside) -> None:
    pin_id, board_id = await make_pin(inside), await make_board(inside)
    await ask(inside, "DELETE", f"/v1/pins/{pin_id}")
    deleted = await ask(inside, "DELETE", f"/v1/pinboards/{board_id}")
    listed = await ask(inside, "GET", "/v1/bin")
    assert listed["total"] == 2
    board, pin = listed["items"]
    assert board == {
        "id": board_id,
        "kind": "pinboard",
        "title": "Harbour",
        "deleted_at": deleted["deleted_at"],
        "kept_until": deleted["deleted_at"] + KEPT,
    }
    assert (pin["id"], pin["kind"], pin["title"]) == (pin_id, "pin", "Sales")
    assert await binned(inside, query="?kind=pin") == [pin_id]
    assert await binned(inside, query="?limit=1&offset=1") == [pin_id]
    assert await binned(inside, "ben") == []


async def test_a_pin_comes_back_as_it_was_but_not_onto_pinboards(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside, value=7)
    await give_role(inside, "pins", pin_id, "ben", "editor")
    await place(inside, board_id, pin_id)
    await ask(inside, "DELETE", f"/v1/pins/{pin_id}")
    assert (await inside.call("GET", f"/v1/pins/{pin_id}", who="ben")).status == 404
    restored = await ask(inside, "POST", f"/v1/bin/{pin_id}/restore")
    assert restored == {"id": pin_id, "kind": "pin", "title": "Sales"}
    shown = await ask(inside, "GET", f"/v1/pins/{pin_id}", who="ben")
    assert (shown["pin_config"]["cards"][0]["value"], shown["role"]) == (7, "editor")
    assert (await get_board(inside, board_id))["pins"] == []
    revisions = await ask(inside, "GET", f"/v1/pins/{pin_id}/revisions")
    assert [item["what"] for item in revisions["items"]] == ["taken out of the bin", "created"]
    assert await binned(inside) == []
    async with nothing_happens(inside):
        again = await inside.call("POST", f"/v1/bin/{pin_id}/restore")
    assert (again.status, again.code) == (404, "NOT_FOUND")


async def test_a_pinboard_comes_back_with_what_is_still_there(inside: Inside) -> None:
    board_id = await make_board(inside)
    stays, goes = await make_pin(inside), await make_pin(inside)
    await place(inside, board_id, stays)
    await place(inside, board_id, goes)
    await give_role(inside, "pinboards", board_id, "cleo", "viewer")
    await ask(inside, "DELETE", f"/v1/pinboards/{board_id}")
    await ask(inside, "DELETE", f"/v1/pins/{goes}")
    assert (await inside.call("GET", f"/v1/pins/{stays}", who="cleo")).status == 404
    await ask(inside, "POST", f"/v1/bin/{board_id}/restore")
    assert (await get_board(inside, board_id, "cleo"))["pins"] == [stays]
    assert (await inside.call("GET", f"/v1/pins/{stays}", who="cleo")).status == 200


async def test_viewers_see_a_pin_come_back(inside: Inside) -> None:
    pin_id = await make_pin(inside, is_public=True)
    async with inside.watching("dan", pins=[pin_id]) as watcher:
        await ask(inside, "DELETE", f"/v1/pins/{pin_id}")
        await watcher.until(lambda: pin_id in watcher.denied)
        await ask(inside, "POST", f"/v1/bin/{pin_id}/restore")
        await watcher.until(lambda: pin_id in watcher.pins)
        assert watcher.pins[pin_id]["pin_config"]["cards"][0]["value"] == 1


@pytest.mark.parametrize("method", ["POST", "DELETE"])
async def test_only_the_owner_reaches_into_the_bin(inside: Inside, method: str) -> None:
    pin_id = await make_pin(inside)
    await give_role(inside, "pins", pin_id, "ben", "editor")
    await ask(inside, "DELETE", f"/v1/pins/{pin_id}")
    other = await make_pin(inside)
    narrow = await bring_key(inside, "ada", "*", resources=[other])
    boards = await bring_key(inside, "ada", "pinboards:write", "pins:read")
    path = f"/v1/bin/{pin_id}" + ("/restore" if method == "POST" else "")
    expected: list[tuple[Any, int]] = [("ben", 404), ("dan", 404), (None, 401), (narrow, 404)]
    for who, status in [*expected, (boards, 403)]:
        async with nothing_happens(inside):
            assert (await inside.call(method, path, who=who)).status == status, who
    assert await binned(inside, narrow) == []
    assert await binned(inside, boards) == [pin_id]
    assert await binned(inside, await bring_key(inside, "ada", "pinboards:write")) == []


async def test_a_list_of_the_bin_has_bounds(inside: Inside) -> None:
    for query in ("limit=101", "offset=10001", "kind=person", "offset=-1"):
        refused = await inside.call("GET", f"/v1/bin?{query}")
        assert (refused.status, refused.code) == (400, "VALIDATION_FAILED"), query


async def test_after_30_days_it_is_gone_for_good(inside: Inside) -> None:
    database = inside.app.parts.database
    old, young, kept = [await make_pin(inside) for _ in range(3)]
    board_id = await make_board(inside)
    for value in range(450):  # more than one slice of history
        await ask(inside, "PUT", f"/v1/pins/{old}", stat(value))
    for thing, kind in ((old, "pins"), (board_id, "pinboards")):
        await give_role(inside, kind, thing, "ben", "viewer")
        await ask(inside, "DELETE", f"/v1/{kind}/{thing}")
        await age(inside, kind, thing, KEPT + 1)
    await ask(inside, "DELETE", f"/v1/pins/{young}")
    assert await binned(inside) == [young]
    async with nothing_happens(inside):
        late = await inside.call("POST", f"/v1/bin/{old}/restore")
    assert late.status == 404
    assert await sweep(database, "node_test", now() - KEPT) >= 453
    for table, column in (("pins", "id"), ("revisions", "pin_id"), ("grants", "thing_id")):
        assert await rows(database, table, column, old) == 0, table
    for table, column in (("pinboards", "id"), ("grants", "thing_id")):
        assert await rows(database, table, column, board_id) == 0, table
    await ask(inside, "POST", f"/v1/bin/{young}/restore")
    assert (await inside.call("GET", f"/v1/pins/{kept}")).status == 200


async def test_what_is_taken_from_the_bin_is_swept_next(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    await ask(inside, "DELETE", f"/v1/pins/{pin_id}")
    assert await ask(inside, "DELETE", f"/v1/bin/{pin_id}") == {"id": pin_id, "kind": "pin"}
    assert await binned(inside) == []
    async with nothing_happens(inside):
        assert (await inside.call("POST", f"/v1/bin/{pin_id}/restore")).status == 404
    await sweep(inside.app.parts.database, "node_test", now() - KEPT)
    assert await rows(inside.app.parts.database, "pins", "id", pin_id) == 0


@pytest.mark.parametrize("kind", ["pins", "pinboards", "pages", "datasets"])
async def test_one_thing_taken_from_the_bin_leaves_all_others(inside: Inside, kind: str) -> None:
    body = {"title": "One of them", "name": "One of them", "content": "text"}
    names = {"pins": ("title", "content"), "datasets": ("name",)}.get(kind, ("title",))
    said = {name: body[name] for name in names}
    one, other, there = [(await ask(inside, "POST", f"/v1/{kind}", said))["id"] for _ in "123"]
    for thing_id in (one, other):
        await ask(inside, "DELETE", f"/v1/{kind}/{thing_id}")
    await ask(inside, "DELETE", f"/v1/bin/{one}")
    await sweep(inside.app.parts.database, "node_test", now() - KEPT)
    assert await binned(inside) == [other]
    left = [await rows(inside.app.parts.database, kind, "id", it) for it in (one, other, there)]
    assert left == [0, 1, 1]
    assert (await inside.call("GET", f"/v1/{kind}/{there}")).status == 200


async def test_one_node_at_a_time_sweeps(inside: Inside) -> None:
    database = inside.app.parts.database
    first, second = await make_pin(inside), await make_pin(inside)
    for pin_id in (first, second):
        await ask(inside, "DELETE", f"/v1/pins/{pin_id}")
        await age(inside, "pins", pin_id, KEPT + 1)
    async with database.transaction() as tx:
        assert await take_lease(tx, "bin", "node_one", now(), now() + HOUR)
    assert await sweep(database, "node_two", now() - KEPT) == 0
    assert await rows(database, "pins", "id", first) == 1
    # A node that stopped holds up nobody for long.
    async with database.transaction() as tx:
        await tx.run("UPDATE leases SET until = :past", {"past": now() - 1})
    assert await sweep(database, "node_two", now() - KEPT) > 0
    for pin_id in (first, second):
        assert await rows(database, "pins", "id", pin_id) == 0


async def test_pages_and_datasets_lie_there_too(inside: Inside) -> None:
    dataset = await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"total": 7}})
    page = await ask(inside, "POST", "/v1/pages", {"title": "Report"})
    for kind, thing in (("datasets", dataset), ("pages", page)):
        await ask(inside, "DELETE", f"/v1/{kind}/{thing['id']}")
    items = (await ask(inside, "GET", "/v1/bin"))["items"]
    assert {(item["kind"], item["title"]) for item in items} == {
        ("dataset", "Sales"),
        ("page", "Report"),
    }
    for kind, thing in (("datasets", dataset), ("pages", page)):
        await ask(inside, "POST", f"/v1/bin/{thing['id']}/restore")
        assert (await inside.call("GET", f"/v1/{kind}/{thing['id']}")).status == 200


async def test_pins_draw_again_from_a_dataset_that_comes_back(inside: Inside) -> None:
    dataset = await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"total": 7}})
    pin_id = await make_pin(inside, value="{{sales.total}}")
    path = f"/v1/datasets/{dataset['id']}?force=true"
    async with inside.watching("ada", pins=[pin_id]) as watcher:
        await ask(inside, "DELETE", path)
        await watcher.until(lambda: shown(watcher, pin_id) is None)
        await ask(inside, "POST", f"/v1/bin/{dataset['id']}/restore")
        await watcher.until(lambda: shown(watcher, pin_id) == 7)


def shown(watcher: Any, pin_id: str) -> Any:
    return watcher.pins[pin_id]["pin_config"]["cards"][0]["value"]


async def test_a_dataset_whose_slug_is_taken_comes_back_under_another(inside: Inside) -> None:
    first = await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"total": 7}})
    await ask(inside, "DELETE", f"/v1/datasets/{first['id']}")
    second = await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"total": 8}})
    assert second["slug"] == first["slug"]
    await ask(inside, "POST", f"/v1/bin/{first['id']}/restore")
    back = await ask(inside, "GET", f"/v1/datasets/{first['id']}")
    assert (back["slug"], back["data"]) == ("sales_2", {"total": 7})


async def test_the_past_of_datasets_and_boards_goes_with_them(inside: Inside) -> None:
    database = inside.app.parts.database
    dataset = await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"total": 7}})
    board_id = await make_board(inside)
    for kind, thing_id in (("datasets", dataset["id"]), ("pinboards", board_id)):
        await ask(inside, "DELETE", f"/v1/{kind}/{thing_id}")
        await age(inside, kind, thing_id, KEPT + 1)
    await sweep(database, "node_test", now() - KEPT)
    assert await rows(database, "dataset_revisions", "dataset_id", dataset["id"]) == 0
    assert await rows(database, "datasets", "id", dataset["id"]) == 0
    assert await rows(database, "board_revisions", "pinboard_id", board_id) == 0
    assert await rows(database, "pinboards", "id", board_id) == 0


async def test_nothing_is_left_of_the_things_of_a_removed_account(inside: Inside) -> None:
    database = inside.app.parts.database
    pin_id, board_id = await make_pin(inside), await make_board(inside)
    page = await ask(inside, "POST", "/v1/pages", {"title": "Report"})
    things = (("pins", pin_id), ("pinboards", board_id), ("pages", page["id"]))
    for kind, thing_id in things:
        await give_role(inside, kind, thing_id, "ben", "viewer")
    async with database.transaction() as tx:
        await remove_account(tx, inside.cast["ada"].user_id)
    for kind, thing_id in things:
        assert await rows(database, kind, "id", thing_id) == 0
        assert await rows(database, "grants", "thing_id", thing_id) == 0
    assert (await ask(inside, "GET", "/v1/pins/shared", who="ben"))["total"] == 0


@pytest.mark.parametrize("kind", ["pins", "pinboards", "pages", "datasets"])
async def test_what_two_want_out_of_the_bin_one_gets(inside: Inside, kind: str) -> None:
    body = stat(1) if kind == "pins" else {"title": "x", "name": "x", "data": 1}
    fields = ("name", "data") if kind == "datasets" else ("title",)
    sent = body if kind == "pins" else {field: body[field] for field in fields}
    thing_id = (await ask(inside, "POST", f"/v1/{kind}", sent))["id"]
    for ways in (("restore",) * 3, ("restore", None, None)):
        await ask(inside, "DELETE", f"/v1/{kind}/{thing_id}")
        path = f"/v1/bin/{thing_id}"
        taken = await asyncio.gather(
            *(
                inside.call("POST", f"{path}/{way}") if way else inside.call("DELETE", path)
                for way in ways
            )
        )
        assert sorted(answer.status for answer in taken) == [200, 404, 404]
        is_back = (await inside.call("GET", f"/v1/{kind}/{thing_id}")).status == 200
        restored = any(a.status == 200 and w for a, w in zip(taken, ways, strict=True))
        assert is_back == restored
        assert await binned(inside) == []

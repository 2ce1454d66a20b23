"""Pinboards as they were: `as_of`, and who changed what."""

import asyncio
from typing import Any

import pytest
from inside import PATIENCE, Inside, stat
from pindown_server.clock import HOUR, iso, now, parse
from pindown_server.pinboards.past import SHELF
from pindown_server.retention import read_rules
from pindown_server.settings import Settings
from pindown_server.storage.thinning import thin_shelf
from scene import ask, bring_key, give_role, make_board, make_pin, place


async def later() -> int:
    """A moment that is over when this returns: what follows happens after it."""
    moment = now()
    async with asyncio.timeout(PATIENCE):
        while now() == moment:
            await asyncio.wait({asyncio.ensure_future(asyncio.sleep(0))})
    return moment


async def push(inside: Inside, pin_id: str, value: int) -> None:
    await ask(inside, "PUT", f"/v1/pins/{pin_id}", {"content": stat(value)["content"]})


async def board_at(inside: Inside, board_id: str, at: int | str, who: str = "ada") -> Any:
    return await ask(inside, "GET", f"/v1/pinboards/{board_id}?as_of={at}", who=who)


def values(board: Any) -> dict[str, Any]:
    """What each pin of a board of then showed."""
    return {view["id"]: view["pin_config"]["cards"][0]["value"] for view in board["views"]}


async def test_a_board_is_shown_as_it_was_with_its_pins_as_they_were(inside: Inside) -> None:
    board_id = await make_board(inside)
    empty = await later()
    first, second = await make_pin(inside, value=1), await make_pin(inside, value=10)
    await place(inside, board_id, first, x=0, y=0, w=3, h=2)
    only_first = await later()
    await push(inside, first, 2)
    await place(inside, board_id, second, x=0, y=0, w=3, h=2)
    both = await later()
    await ask(inside, "PUT", f"/v1/pinboards/{board_id}", {"title": "Later", "tags": ["x"]})
    await ask(inside, "DELETE", f"/v1/pinboards/{board_id}/pins/{first}")
    await push(inside, first, 3)
    await push(inside, second, 11)

    was = await board_at(inside, board_id, empty)
    assert (was["pins"], was["views"], was["title"]) == ([], [], "Harbour")
    was = await board_at(inside, board_id, only_first)
    assert (was["layout"], values(was)) == ({first: {"x": 0, "y": 0, "w": 3, "h": 2}}, {first: 1})
    was = await board_at(inside, board_id, iso(both))
    assert (was["pins"], was["title"], was["tags"]) == ([second, first], "Harbour", [])
    assert was["layout"][first] == {"x": 0, "y": 2, "w": 3, "h": 2}, "it had made room"
    assert values(was) == {first: 2, second: 10}
    assert was["updated_at"] <= both
    assert all(view["updated_at"] <= both for view in was["views"])
    is_now = await board_at(inside, board_id, await later())
    assert (is_now["pins"], is_now["title"], values(is_now)) == ([second], "Later", {second: 11})


async def test_a_board_is_shown_as_a_revision_left_it(inside: Inside) -> None:
    board_id, first, second = (
        await make_board(inside),
        await make_pin(inside, value=1),
        await make_pin(inside, value=10),
    )
    for pin_id in (first, second):  # perhaps within one millisecond: `as_of` would show the latter
        await place(inside, board_id, pin_id)
    placed = await later()
    await push(inside, first, 2)
    path = f"/v1/pinboards/{board_id}/revisions"
    listed = (await ask(inside, "GET", path))["items"]
    for number, pins in ((1, []), (2, [first]), (3, [first, second])):
        one = await ask(inside, "GET", f"{path}/{number}")
        was = one.pop("pinboard")
        assert one == listed[3 - number]
        assert (was["revision"], was["pins"], was["late_count"]) == (number, pins, None)
        assert values(was) == {pin_id: {first: 1, second: 10}[pin_id] for pin_id in pins}
    at = await board_at(inside, board_id, placed)
    assert at == was
    for number, status in (("4", 404), ("0", 404), ("x", 400)):
        assert (await inside.call("GET", f"{path}/{number}")).status == status


async def test_a_time_before_the_board_is_refused(inside: Inside) -> None:
    board_id = await make_board(inside)
    for at in (1000, "never"):
        refused = await inside.call("GET", f"/v1/pinboards/{board_id}?as_of={at}")
        assert (refused.status, refused.json["error"]["details"]["field"]) == (400, "as_of")


@pytest.mark.parametrize("kind", ["pin", "pinboard"])
async def test_a_time_of_which_nothing_is_kept_is_refused_and_the_oldest_is_named(
    inside: Inside, kind: str
) -> None:
    make, table = {"pin": (make_pin, "revisions"), "pinboard": (make_board, "board_revisions")}[
        kind
    ]
    path = f"/v1/{kind}s/{await make(inside)}"
    born = (await ask(inside, "GET", path))["created_at"]
    over = await later()
    await ask(inside, "PUT", path, {"title": "Later"})
    async with inside.app.parts.database.transaction() as tx:  # as when it is old
        await tx.run(f"DELETE FROM {table} WHERE revision = 1", {})
    refused = (await inside.call("GET", f"{path}?as_of={born}")).json["error"]
    assert refused["details"]["field"] == "as_of"
    named = refused["details"]["expected"].removesuffix(" or later")
    assert (parse(named) or 0) > over
    assert named in refused["message"]
    assert (await ask(inside, "GET", f"{path}?as_of={named}"))["title"] == "Later"


async def test_owner_and_editors_look_back_and_see_what_is_theirs_to_see(inside: Inside) -> None:
    board_id = await make_board(inside, is_public=True)
    own, secret, bens = (
        await make_pin(inside),
        await make_pin(inside, who="dan"),
        await make_pin(inside, who="ben"),
    )
    await give_role(inside, "pinboards", board_id, "ben", "editor")
    await give_role(inside, "pins", secret, "ben", "viewer", who="dan")
    box = {"x": 6, "y": 0, "w": 3, "h": 2}
    await place(inside, board_id, own)
    await place(inside, board_id, secret, who="ben", **box)
    await place(inside, board_id, bens, who="ben")
    at = await later()
    for who in ("dan", "cleo"):
        path = f"/v1/pinboards/{board_id}"
        assert (await inside.call("GET", f"{path}?as_of={at}", who=who)).status == 403
        assert (await inside.call("GET", f"{path}/revisions", who=who)).status == 403
        assert (await inside.call("GET", f"{path}/revisions/4", who=who)).status == 403
    was = await board_at(inside, board_id, at)
    assert (was["hidden"], set(was["pins"])) == ([box], {own, bens})
    assert secret not in repr(was)
    assert set(values(was)) == {own}, "of other people's pins only the place: they keep their past"
    was = await board_at(inside, board_id, at, "ben")
    assert set(was["pins"]) == {own, secret, bens}
    assert set(values(was)) == {bens}
    boards = await bring_key(inside, "ada", "pinboards:read")
    assert (await board_at(inside, board_id, at, boards))["views"] == []


async def test_a_pin_that_was_deleted_since_is_a_hidden_place(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    await place(inside, board_id, pin_id)
    at = await later()
    await ask(inside, "DELETE", f"/v1/pins/{pin_id}")
    was = await board_at(inside, board_id, at)
    assert (was["pins"], len(was["hidden"]), was["views"]) == ([], 1, [])
    await ask(inside, "POST", f"/v1/bin/{pin_id}/restore")
    assert values(await board_at(inside, board_id, at)) == {pin_id: 1}


async def test_who_changed_a_board_and_what(inside: Inside) -> None:
    board_id = await make_board(inside)
    await give_role(inside, "pinboards", board_id, "ben", "editor")
    pin_id, other = await make_pin(inside), await make_pin(inside)
    await place(inside, board_id, pin_id)
    await ask(inside, "PUT", f"/v1/pinboards/{board_id}", {"title": "Quay"}, "ben")
    layout = {"layout": {pin_id: {"x": 4, "y": 4, "w": 3, "h": 2}}}
    await ask(inside, "PUT", f"/v1/pinboards/{board_id}/layout", layout)
    await place(inside, board_id, other)
    await ask(inside, "DELETE", f"/v1/pins/{other}")
    await ask(inside, "POST", f"/v1/pinboards/{board_id}/share", {"is_public": True})
    listed = await ask(inside, "GET", f"/v1/pinboards/{board_id}/revisions")
    board = await ask(inside, "GET", f"/v1/pinboards/{board_id}")
    assert [item["revision"] for item in listed["items"]] == list(range(board["revision"], 0, -1))
    assert [item["what"] for item in listed["items"]] == [
        "is_public", "pins", "pins", "layout", "title", "pins", "created",
    ]  # fmt: skip
    assert listed["items"][4]["by"]["user_id"] == inside.cast["ben"].user_id
    assert listed["items"][1]["by"] == {"user_id": None, "key_id": None}, "the pin went by itself"
    part = await ask(inside, "GET", f"/v1/pinboards/{board_id}/revisions?limit=2&offset=1")
    assert (part["items"], part["total"]) == (listed["items"][1:3], 7)


async def test_the_past_of_a_copy_begins_with_its_pins(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    await place(inside, board_id, pin_id)
    copy = await ask(inside, "POST", f"/v1/pinboards/{board_id}/duplicate")
    assert values(await board_at(inside, copy["id"], await later())) == {pin_id: 1}


@pytest.mark.usefixtures("by_hand")
async def test_the_past_of_boards_gets_thinner_too(inside: Inside) -> None:
    database = inside.app.parts.database
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    for x in range(9):
        await place(inside, board_id, pin_id, x=x, y=0, w=3, h=2)
    async with database.transaction() as tx:
        await tx.run("UPDATE board_revisions SET at = at - :by", {"by": 3 * HOUR})
        await tx.run("UPDATE pinboards SET thin_at = 1", {})
    await thin_shelf(database, SHELF, read_rules(Settings()), "node_test")
    listed = await ask(inside, "GET", f"/v1/pinboards/{board_id}/revisions")
    assert 1 <= listed["total"] <= 2
    assert listed["items"][0]["revision"] == 10
    was = await board_at(inside, board_id, now())
    assert was["layout"][pin_id]["x"] == 8


async def restore(inside: Inside, board_id: str, revision: int, who: str = "ada") -> Any:
    path = f"/v1/pinboards/{board_id}/revisions/{revision}/restore"
    return await ask(inside, "POST", path, who=who)


async def test_a_board_is_made_what_it_was(inside: Inside) -> None:
    board_id = await make_board(inside, tags=["quay"], metadata={"floor": 2})
    first, second, third = [await make_pin(inside) for _ in range(3)]
    await place(inside, board_id, first, x=0, y=0, w=3, h=2)
    await place(inside, board_id, second, x=3, y=0, w=6, h=4)
    path = f"/v1/pinboards/{board_id}"
    was = await ask(inside, "GET", path)
    await ask(inside, "PUT", path, {"title": "Later", "tags": [], "metadata": {"floor": 3}})
    await ask(inside, "POST", f"{path}/share", {"is_public": True})
    await ask(inside, "DELETE", f"{path}/pins/{first}")
    await place(inside, board_id, third, x=0, y=0, w=12, h=8)
    async with inside.watching(None, pinboards=[board_id]) as watcher:
        told = await restore(inside, board_id, was["revision"])
        await watcher.until(lambda: len(watcher.named("pinboard")) == 1)
        await watcher.until(lambda: watcher.pins.keys() == {first, second})
    board = await ask(inside, "GET", path)
    assert (told["left_out"], told["revision"], board["revision"]) == (0, 8, 8)
    for same in ("title", "tags", "pins", "layout", "mobile_layout", "hidden"):
        assert board[same] == was[same], same
    assert (board["metadata"]["floor"], board["is_public"]) == (2, True), "who sees it stays"
    newest = (await ask(inside, "GET", f"{path}/revisions"))["items"][0]
    assert (newest["revision"], newest["what"]) == (8, f"restored {was['revision']}")
    for wrong, status in (("99", 404), ("no", 400)):
        refused = await inside.call("POST", f"{path}/revisions/{wrong}/restore")
        assert refused.status == status


async def test_what_is_no_more_or_not_to_be_seen_is_left_out(inside: Inside) -> None:
    board_id = await make_board(inside)
    await give_role(inside, "pinboards", board_id, "ben", "editor")
    deleted, bens = await make_pin(inside), await make_pin(inside, "ben")
    await place(inside, board_id, deleted)
    then = (await place(inside, board_id, bens, "ben"))["revision"]
    await ask(inside, "DELETE", f"/v1/pins/{deleted}")
    await ask(inside, "DELETE", f"/v1/pinboards/{board_id}/pins/{bens}", who="ben")
    hidden = await make_pin(inside, "dan")
    await give_role(inside, "pins", hidden, "ben", "viewer", who="dan")
    box = {"x": 0, "y": 0, "w": 3, "h": 2}
    await place(inside, board_id, hidden, "ben", **box)
    assert (await restore(inside, board_id, then))["left_out"] == 2, "its owner took it away"
    board = await ask(inside, "GET", f"/v1/pinboards/{board_id}")
    assert (board["pins"], board["hidden"]) == ([], [box]), "what she does not see stays"
    assert (await restore(inside, board_id, then, "ben"))["left_out"] == 1
    board = await ask(inside, "GET", f"/v1/pinboards/{board_id}", who="ben")
    assert board["pins"] == [bens], "he sees the other, and put it away"


async def test_what_comes_back_opens_if_its_owner_had_opened_it_and_brings_it_back(
    inside: Inside,
) -> None:
    board_id = await make_board(inside, is_public=True)
    await give_role(inside, "pinboards", board_id, "ben", "editor")
    own = await make_pin(inside)
    await give_role(inside, "pins", own, "ben", "viewer")
    shared = f"/v1/shared/pinboards/{board_id}"
    closed = (await place(inside, board_id, own, "ben"))["revision"]
    opened = (await place(inside, board_id, own))["revision"]
    assert closed < opened
    crew = {"name": "Crew", "color": "#112233"}
    for who, revision, sees in (
        ("ada", closed, False),
        ("ben", opened, False),
        ("ada", opened, True),
        ("ada with roles", opened, False),
    ):
        await ask(inside, "DELETE", f"/v1/pinboards/{board_id}/pins/{own}")
        if "roles" in who:  # it may have asked for one that day
            await ask(inside, "POST", f"/v1/pinboards/{board_id}/roles", crew)
        await restore(inside, board_id, revision, who.split()[0])
        seen = await ask(inside, "GET", shared, who=None)
        assert (seen["pins"] == [own], len(seen["hidden"])) == (sees, int(not sees)), who

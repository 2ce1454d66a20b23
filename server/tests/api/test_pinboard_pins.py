"""`/v1/pinboards/:id/pins` and `/layout`: where pins lie, and to whom they open."""

from typing import Any

import pytest
from inside import Inside
from pindown_server.door.caller import Caller
from pindown_server.pinboards import actions, store
from pindown_server.sharing.snapshot import Asked, read_snapshot
from pindown_server.storage import Reader, Row
from scene import ask, bring_key, get_board, give_role, make_board, make_pin, nothing_happens, place

SEED = {"x": 0, "y": 0, "w": 2, "h": 1}


async def test_the_quickstarts_position_is_taken(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    placed = await inside.call(
        "POST", f"/v1/pinboards/{board_id}/pins", {"pin_id": pin_id, "position": SEED}
    )
    assert placed.status == 200
    assert (placed.data["position"], placed.data["opens"]) == (SEED, True)
    board = await get_board(inside, board_id)
    assert (board["pins"], board["pin_count"], board["layout"]) == ([pin_id], 1, {pin_id: SEED})
    assert board["mobile_layout"] == {pin_id: {"x": 0, "y": 0, "w": 1, "h": 1}}


async def test_without_a_position_it_takes_the_first_free_place(inside: Inside) -> None:
    board_id = await make_board(inside)
    wide = await ask(
        inside, "POST", "/v1/pins", {"metadata": {"title": "Wide"}, "pin_layout": "3x1"}
    )
    small = await make_pin(inside)
    assert (await place(inside, board_id, wide["id"]))["position"] == {
        "x": 0,
        "y": 0,
        "w": 9,
        "h": 2,
    }
    assert (await place(inside, board_id, small))["position"] == {"x": 9, "y": 0, "w": 3, "h": 2}
    phone = (await get_board(inside, board_id))["mobile_layout"]
    assert phone[wide["id"]] == {"x": 0, "y": 0, "w": 2, "h": 1}
    assert phone[small] == {"x": 0, "y": 1, "w": 1, "h": 1}


async def test_what_lies_in_the_way_moves_down(inside: Inside) -> None:
    board_id = await make_board(inside)
    first, second = await make_pin(inside), await make_pin(inside)
    await place(inside, board_id, first, **SEED)
    await place(inside, board_id, second, **SEED)
    board = await get_board(inside, board_id)
    assert board["layout"] == {second: SEED, first: {**SEED, "y": 1}}
    assert board["pins"] == [second, first]


async def test_placing_again_moves_it_and_changes_nothing_where_it_is(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    await place(inside, board_id, pin_id, **SEED)
    moved = await place(inside, board_id, pin_id, x=4, y=2, w=3, h=2)
    assert moved["position"] == {"x": 4, "y": 2, "w": 3, "h": 2}
    async with nothing_happens(inside):
        again = await place(inside, board_id, pin_id)
    assert again["position"] == moved["position"]
    assert (await get_board(inside, board_id))["pin_count"] == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "pin_id"),
        ({"position": {"x": 12, "y": 0, "w": 1, "h": 1}}, "position/x"),
        ({"position": {"x": 11, "y": 0, "w": 2, "h": 1}}, "position/w"),
        ({"position": {"x": 0, "y": -1, "w": 1, "h": 1}}, "position/y"),
        ({"position": {"x": 0, "y": 0, "w": 1, "h": 0}}, "position/h"),
        ({"position": {"x": 0.5, "y": 0, "w": 1, "h": 1}}, "position/x"),
        ({"position": {"x": 0, "w": 1, "h": 1}}, "position/y"),
        ({"where": 1}, "where"),
    ],
)
async def test_a_place_off_the_grid_is_refused(inside: Inside, body: Any, field: str) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    given = {"pin_id": pin_id, **body} if body else {}
    async with nothing_happens(inside):
        refused = await inside.call("POST", f"/v1/pinboards/{board_id}/pins", given)
    assert (refused.status, refused.code) == (400, "VALIDATION_FAILED")
    assert refused.json["error"]["details"]["field"] == field


async def test_a_pin_is_taken_away_and_stays(inside: Inside) -> None:
    board_id, pin_id, other = (
        await make_board(inside),
        await make_pin(inside),
        await make_pin(inside),
    )
    await place(inside, board_id, pin_id, **SEED)
    await place(inside, board_id, other, x=0, y=5, w=2, h=1)
    await ask(inside, "DELETE", f"/v1/pinboards/{board_id}/pins/{pin_id}")
    board = await get_board(inside, board_id)
    # Nothing floats up by itself.
    assert board["layout"] == {other: {"x": 0, "y": 5, "w": 2, "h": 1}}
    assert (await inside.call("GET", f"/v1/pins/{pin_id}")).status == 200
    async with nothing_happens(inside):
        again = await inside.call("DELETE", f"/v1/pinboards/{board_id}/pins/{pin_id}")
    assert (again.status, again.code) == (404, "NOT_FOUND")


async def test_a_layout_is_replaced_or_patched(inside: Inside) -> None:
    board_id = await make_board(inside)
    path = f"/v1/pinboards/{board_id}/layout"
    a, b, c = [await make_pin(inside) for _ in range(3)]
    for pin_id in (a, b, c):
        await place(inside, board_id, pin_id)
    box = {"x": 6, "y": 0, "w": 6, "h": 3}
    patched = await ask(inside, "PATCH", path, {"layout": {a: box}})
    assert patched["layout"][a] == box
    assert patched["layout"][b] == {"x": 3, "y": 0, "w": 3, "h": 2}
    assert patched["layout"][c] == {"x": 6, "y": 3, "w": 3, "h": 2}, "it made room"
    replaced = await ask(inside, "PUT", path, {"layout": {c: box}})
    assert replaced["layout"][c] == box
    assert {pin: at["y"] for pin, at in replaced["layout"].items()} == {c: 0, b: 3, a: 3}
    tall = {"x": 0, "y": 0, "w": 2, "h": 4}
    phone = await ask(inside, "PUT", path, {"mobile_layout": {b: tall}})
    assert phone["layout"] == replaced["layout"]
    assert next(iter(phone["mobile_layout"])) == b
    async with nothing_happens(inside):
        same = await ask(inside, "PUT", path, {"layout": phone["layout"]})
    assert same["revision"] == phone["revision"]
    board = await get_board(inside, board_id)
    assert (board["layout"], board["mobile_layout"]) == (same["layout"], same["mobile_layout"])


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
async def test_a_layout_names_every_mistake(inside: Inside, method: str) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    await place(inside, board_id, pin_id)
    elsewhere = await make_pin(inside)
    wrong: list[tuple[Any, list[str]]] = [
        ({}, ["layout"]),
        ({"layout": {elsewhere: SEED}}, [f"layout/{elsewhere}"]),
        ({"layout": {"no/pin": SEED}}, ["layout/no~1pin"]),
        (
            {"layout": {pin_id: {**SEED, "w": 13}}, "mobile_layout": {pin_id: {**SEED, "x": 2}}},
            [f"layout/{pin_id}/w", f"mobile_layout/{pin_id}/x"],
        ),
        ({"layout": {pin_id: {"x": 0}}}, [f"layout/{pin_id}/{name}" for name in "hwy"]),
        ({"order": []}, ["order"]),
    ]
    for body, fields in wrong:
        async with nothing_happens(inside):
            refused = await inside.call(method, f"/v1/pinboards/{board_id}/layout", body)
        assert refused.status == 400, body
        found = [problem["field"] for problem in refused.json["error"]["details"]["errors"]]
        assert found == fields


async def test_a_pin_opens_to_the_audience_when_its_owner_places_it(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    await give_role(inside, "pinboards", board_id, "cleo", "viewer")
    assert (await inside.call("GET", f"/v1/pins/{pin_id}", who="cleo")).status == 404
    assert (await place(inside, board_id, pin_id))["opens"] is True
    assert (await get_board(inside, board_id, "cleo"))["pins"] == [pin_id]
    assert (await inside.call("GET", f"/v1/pins/{pin_id}", who="cleo")).status == 200
    assert (await inside.call("PUT", f"/v1/pins/{pin_id}", {}, "cleo")).status == 403


async def test_other_peoples_pins_stay_hidden_places(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside, who="dan")
    await give_role(inside, "pinboards", board_id, "cleo", "viewer")
    await give_role(inside, "pinboards", board_id, "ben", "editor")
    await give_role(inside, "pins", pin_id, "ben", "viewer", who="dan")
    box = {"x": 2, "y": 1, "w": 4, "h": 2}
    assert (await place(inside, board_id, pin_id, who="ben", **box))["opens"] is False
    for who in ("ada", "cleo"):
        board = await get_board(inside, board_id, who)
        assert (board["hidden"], board["pin_count"]) == ([box], 0)
        assert (board["pins"], board["layout"], board["mobile_layout"]) == ([], {}, {})
        assert pin_id not in repr(board)
    assert (await get_board(inside, board_id, "ben"))["pins"] == [pin_id]
    # Its owner places it again, and that opens it.
    await give_role(inside, "pinboards", board_id, "dan", "editor")
    assert (await place(inside, board_id, pin_id, who="dan"))["opens"] is True
    assert (await get_board(inside, board_id, "cleo"))["pins"] == [pin_id]
    # Moved by somebody else it stays open.
    assert (await place(inside, board_id, pin_id, **SEED))["opens"] is True


async def test_a_hidden_pin_makes_room_and_cannot_be_moved_by_name(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    secret = await make_pin(inside, who="dan")
    await give_role(inside, "pinboards", board_id, "ben", "editor")
    await give_role(inside, "pins", secret, "ben", "viewer", who="dan")
    await place(inside, board_id, secret, who="ben", **SEED)
    await place(inside, board_id, pin_id, x=6, y=0, w=2, h=1)
    path = f"/v1/pinboards/{board_id}/layout"
    for method in ("PUT", "PATCH"):
        async with nothing_happens(inside):
            refused = await inside.call(method, path, {"layout": {secret: SEED}})
        assert refused.status == 400
    kept = await ask(inside, "PUT", path, {"layout": {pin_id: {"x": 4, "y": 0, "w": 2, "h": 1}}})
    assert kept["hidden"] == [SEED], "what is not in the way stays"
    pushed = await ask(inside, "PUT", path, {"layout": {pin_id: SEED}})
    assert (pushed["hidden"], pushed["layout"]) == ([{**SEED, "y": 1}], {pin_id: SEED})


@pytest.mark.parametrize(
    ("scopes", "opens"),
    [
        (["pinboards:write"], False),
        (["pinboards:write", "pins:read"], False),
        (["pinboards:write", "pins:write"], True),
        (["pinboards:write", "pins:share"], True),
    ],
)
async def test_a_key_opens_only_what_it_could_show(
    inside: Inside, scopes: list[str], *, opens: bool
) -> None:
    board_id, pin_id = await make_board(inside, is_public=True), await make_pin(inside)
    key = await bring_key(inside, "ada", *scopes)
    assert (await place(inside, board_id, pin_id, who=key))["opens"] is opens
    assert (await get_board(inside, board_id, "dan"))["pins"] == ([pin_id] if opens else [])
    # The whole account places it again.
    assert (await place(inside, board_id, pin_id))["opens"] is True
    assert (await get_board(inside, board_id, "dan"))["pins"] == [pin_id]


async def test_nobody_places_what_they_do_not_see(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside, who="dan")
    for wanted in (pin_id, "p-doesnotexist"):
        async with nothing_happens(inside):
            refused = await inside.call(
                "POST", f"/v1/pinboards/{board_id}/pins", {"pin_id": wanted}
            )
        assert (refused.status, refused.code) == (404, "NOT_FOUND")
        message = "Pin not found or you don't have access"
        assert refused.json["error"]["message"] == message
    key = await bring_key(inside, "ada", "*", resources=[board_id])
    own = await make_pin(inside)
    async with nothing_happens(inside):
        refused = await inside.call("POST", f"/v1/pinboards/{board_id}/pins", {"pin_id": own}, key)
    assert refused.status == 404


async def test_its_owner_takes_a_pin_from_a_pinboard_they_lost(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside, who="ben")
    await give_role(inside, "pinboards", board_id, "ben", "editor")
    await place(inside, board_id, pin_id, who="ben")
    people = f"/v1/pinboards/{board_id}/collaborators/{inside.cast['ben'].user_id}"
    await ask(inside, "DELETE", people)
    path = f"/v1/pinboards/{board_id}/pins/{pin_id}"
    narrow = await bring_key(inside, "ben", "*", resources=[pin_id])
    async with nothing_happens(inside):
        for who in ("dan", narrow):
            assert (await inside.call("DELETE", path, who=who)).status == 404
    await ask(inside, "DELETE", path, who="ben")
    assert (await get_board(inside, board_id))["hidden"] == []
    async with nothing_happens(inside):
        assert (await inside.call("DELETE", path, who="ben")).status == 404


class Counting(Reader):
    """A reader that counts its statements."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.count = 0

    async def find(self, sql: str, values: Any) -> Row | None:
        self.count += 1
        return await self._reader.find(sql, values)

    async def rows(self, sql: str, values: Any) -> Any:
        self.count += 1
        return await self._reader.rows(sql, values)


async def test_a_handful_of_statements_reads_a_full_pinboard(inside: Inside) -> None:
    board_id = await make_board(inside, is_public=True)
    for _ in range(40):
        await place(inside, board_id, await make_pin(inside))
    dan = Caller("session", budget="", user_id=inside.cast["dan"].user_id)
    async with inside.app.parts.database.reader() as reader:
        counting = Counting(reader)
        boards = await store.seen_pinboards(counting, [board_id], dan)
        ((_, shown),) = await actions.show_pinboards(counting, dan, boards)
        assert (len(shown.pins), counting.count) == (40, 3)
        counting.count = 0
        snapshot = await read_snapshot(counting, dan, Asked(pinboards=(board_id,)))
        assert (len(snapshot.pins), counting.count) == (40, 4)

"""A pinboard's own roles: who holds them, which pins ask for them, and what that hides."""

from typing import Any

import pytest
from inside import Inside
from scene import (
    ask,
    get_board,
    give_role,
    make_board,
    make_pin,
    nothing_happens,
    place,
)

CREW = {"name": "Night shift", "color": "#FFD700"}


async def make_role(inside: Inside, board_id: str, **fields: Any) -> str:
    """A role, and its id."""
    made = await ask(inside, "POST", f"/v1/pinboards/{board_id}/roles", {**CREW, **fields})
    assert made["roleId"] == made["id"] and made["id"].startswith("role-")
    return str(made["roleId"])


async def ask_for(inside: Inside, board_id: str, pin_id: str, *role_ids: str) -> None:
    path = f"/v1/pinboards/{board_id}/pins/{pin_id}/roles"
    told = await ask(inside, "PUT", path, {"role_ids": list(role_ids)})
    assert told == {"pin_id": pin_id, "role_ids": sorted(role_ids)}


async def give(inside: Inside, board_id: str, role_id: str, *names: str) -> None:
    users = [inside.cast[name].user_id for name in names]
    path = f"/v1/pinboards/{board_id}/roles/{role_id}/members"
    told = await ask(inside, "PUT", path, {"user_ids": users})
    assert told == {"id": role_id, "user_ids": sorted(users)}


async def shared_board(inside: Inside, **flags: Any) -> str:
    """Ada's pinboard, which Ben edits and Cleo and Dan view."""
    board_id = await make_board(inside, **flags)
    for name, role in (("ben", "editor"), ("cleo", "viewer"), ("dan", "viewer")):
        await give_role(inside, "pinboards", board_id, name, role)
    return board_id


async def test_roles_are_made_changed_listed_and_taken_away(inside: Inside) -> None:
    board_id = await shared_board(inside)
    path = f"/v1/pinboards/{board_id}/roles"
    role_id = await make_role(inside, board_id, permissions={"can_edit": False, "pins": ["p-1"]})
    await give(inside, board_id, role_id, "cleo")
    changed = await ask(inside, "PUT", f"{path}/{role_id}", {"name": "Late shift"})
    assert (changed["name"], changed["color"]) == ("Late shift", "#FFD700")
    cleo = inside.cast["cleo"].user_id
    role = {
        "name": "Late shift",
        "color": "#FFD700",
        "permissions": {"can_edit": False, "pins": ["p-1"]},
        "user_ids": [cleo],
    }
    assert await ask(inside, "GET", path) == {role_id: role | {"pins": []}}
    assert await ask(inside, "GET", path, who="cleo") == {role_id: role}
    await ask(inside, "DELETE", f"{path}/{role_id}")
    assert await ask(inside, "GET", path) == {}


async def test_a_sixth_role_is_refused(inside: Inside) -> None:
    board_id = await make_board(inside)
    for _ in range(5):
        await make_role(inside, board_id)
    async with nothing_happens(inside):
        refused = await inside.call("POST", f"/v1/pinboards/{board_id}/roles", CREW)
    assert (refused.status, refused.code) == (409, "CONFLICT")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"color": "#FFD700"}, "name"),
        ({"name": "x"}, "color"),
        ({"name": "x", "color": "gold"}, "color"),
        ({"name": "x", "color": "#FFD700;x"}, "color"),
        ({"name": "", "color": "#FFD700"}, "name"),
        ({**CREW, "permissions": {"x": "y" * 4096}}, "permissions"),
        ({**CREW, "permissions": ["all"]}, "permissions"),
        ({**CREW, "level": 1}, "level"),
    ],
)
async def test_what_is_no_role_is_refused_by_name(inside: Inside, body: Any, field: str) -> None:
    board_id = await make_board(inside)
    async with nothing_happens(inside):
        refused = await inside.call("POST", f"/v1/pinboards/{board_id}/roles", body)
    assert refused.status == 400
    assert refused.json["error"]["details"]["field"] == field
    assert "form" not in refused.json["error"]["message"], "it says what to send, not a pattern"


async def test_who_holds_none_of_the_roles_does_not_see_the_pin_there(inside: Inside) -> None:
    board_id = await shared_board(inside)
    own, public = await make_pin(inside), await make_pin(inside, is_public=True)
    for pin_id in (own, public):
        await place(inside, board_id, pin_id)
    first, second = await make_role(inside, board_id), await make_role(inside, board_id, name="Two")
    for pin_id in (own, public):
        await ask_for(inside, board_id, pin_id, first, second)
    await give(inside, board_id, second, "cleo")
    for who in ("ada", "ben", "cleo"):
        board = await get_board(inside, board_id, who)
        assert (set(board["pins"]), board["hidden"]) == ({own, public}, []), who
    board = await get_board(inside, board_id, "dan")
    assert (board["pins"], board["layout"], len(board["hidden"])) == ([], {}, 2)
    assert own not in repr(board) and public not in repr(board)
    shared = await ask(inside, "GET", f"/v1/shared/pinboards/{board_id}", who="dan")
    assert (shared["pins"], shared["views"]) == ([], [])
    # By itself a pin is seen as ever: what only the pinboard opened is closed, the rest is not.
    statuses = {
        (who, pin_id): (await inside.call("GET", f"/v1/pins/{pin_id}", who=who)).status
        for who in ("cleo", "dan")
        for pin_id in (own, public)
    }
    assert statuses == {
        ("cleo", own): 200,
        ("cleo", public): 200,
        ("dan", own): 404,
        ("dan", public): 200,
    }
    elsewhere = await make_board(inside, is_public=True)
    await place(inside, elsewhere, public)
    assert (await get_board(inside, elsewhere, "dan"))["pins"] == [public]


async def test_a_stream_follows_the_roles(inside: Inside) -> None:
    board_id, pin_id = await shared_board(inside), await make_pin(inside)
    await place(inside, board_id, pin_id)
    role_id = await make_role(inside, board_id)
    async with (
        inside.watching("cleo", pinboards=[board_id]) as watcher,
        inside.watching("cleo", pins=[pin_id]) as alone,
    ):
        assert pin_id in watcher.pins
        await ask_for(inside, board_id, pin_id, role_id)
        await watcher.until(lambda: pin_id in watcher.denied and watcher.named("pinboard"))
        await alone.until(lambda: pin_id in alone.denied)
        await give(inside, board_id, role_id, "cleo")
        await watcher.until(lambda: pin_id in watcher.pins)
        await alone.until(lambda: pin_id in alone.pins)
        await give(inside, board_id, role_id)
        await watcher.until(lambda: pin_id in watcher.denied)
        await alone.until(lambda: pin_id in alone.denied)
        await ask_for(inside, board_id, pin_id)
        await watcher.until(lambda: pin_id in watcher.pins)
        # A role that is taken away takes along what it showed.
        other = await make_role(inside, board_id, name="Late shift")
        await ask_for(inside, board_id, pin_id, role_id, other)
        await watcher.until(lambda: pin_id in watcher.denied)
        await give(inside, board_id, other, "cleo")
        await watcher.until(lambda: pin_id in watcher.pins)
        await ask(inside, "DELETE", f"/v1/pinboards/{board_id}/roles/{other}")
        await watcher.until(lambda: pin_id in watcher.denied)


async def test_who_comes_to_a_pinboard_without_its_pins_sees_what_asks_no_more(
    inside: Inside,
) -> None:
    board_id, pin_id = await shared_board(inside), await make_pin(inside)
    await place(inside, board_id, pin_id)
    await ask_for(inside, board_id, pin_id, await make_role(inside, board_id))
    async with inside.watching("dan", pinboards=[board_id]) as watcher:
        assert pin_id not in watcher.pins
        await ask_for(inside, board_id, pin_id)
        await watcher.until(lambda: pin_id in watcher.pins)


async def test_a_role_is_given_and_taken_by_itself(inside: Inside) -> None:
    board_id, elsewhere = await shared_board(inside), await shared_board(inside)
    first, second = await make_role(inside, board_id), await make_role(inside, board_id)
    far = await make_role(inside, elsewhere)
    cleo, dan = (inside.cast[name].user_id for name in ("cleo", "dan"))

    async def holders() -> list[list[str]]:
        near = await ask(inside, "GET", f"/v1/pinboards/{board_id}/roles")
        away = await ask(inside, "GET", f"/v1/pinboards/{elsewhere}/roles")
        return [near[first]["user_ids"], near[second]["user_ids"], away[far]["user_ids"]]

    await give(inside, board_id, first, "cleo")
    await give(inside, elsewhere, far, "cleo")
    await give(inside, board_id, second, "dan")
    assert await holders() == [[cleo], [dan], [cleo]]
    await give(inside, board_id, second)
    assert await holders() == [[cleo], [], [cleo]]
    await ask(inside, "DELETE", f"/v1/pinboards/{board_id}/collaborators/{cleo}")
    assert await holders() == [[], [], [cleo]]


async def test_a_role_that_a_pin_asks_for_alone_stays(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    await place(inside, board_id, pin_id)
    role_id, other = await make_role(inside, board_id), await make_role(inside, board_id)
    await ask_for(inside, board_id, pin_id, role_id)
    path = f"/v1/pinboards/{board_id}/roles/{role_id}"
    async with nothing_happens(inside):
        refused = await inside.call("DELETE", path)
    assert (refused.status, refused.json["error"]["details"]) == (409, {"pins": [pin_id]})
    await ask_for(inside, board_id, pin_id, role_id, other)
    await ask(inside, "DELETE", path)
    assert (await ask(inside, "GET", f"/v1/pinboards/{board_id}/roles"))[other]["pins"] == [pin_id]


async def test_only_people_of_the_pinboard_hold_its_roles(inside: Inside) -> None:
    board_id = await make_board(inside, is_public=True)
    await give_role(inside, "pinboards", board_id, "cleo", "viewer")
    role_id, pin_id = await make_role(inside, board_id), await make_pin(inside)
    await place(inside, board_id, pin_id)
    await ask_for(inside, board_id, pin_id, role_id)
    path = f"/v1/pinboards/{board_id}/roles/{role_id}/members"
    cleo, dan = (inside.cast[name].user_id for name in ("cleo", "dan"))
    async with nothing_happens(inside):
        refused = await inside.call("PUT", path, {"user_ids": [cleo, dan]})
    assert refused.json["error"]["details"]["field"] == "user_ids/1"
    await give(inside, board_id, role_id, "cleo")
    assert (await get_board(inside, board_id, "cleo"))["pins"] == [pin_id]
    # Who is removed holds it no more, though the pinboard is public.
    await ask(inside, "DELETE", f"/v1/pinboards/{board_id}/collaborators/{cleo}")
    assert (await get_board(inside, board_id, "cleo"))["pins"] == []
    assert (await ask(inside, "GET", f"/v1/pinboards/{board_id}/roles"))[role_id]["user_ids"] == []


async def test_a_pin_asks_only_where_it_lies_and_for_roles_of_that_pinboard(inside: Inside) -> None:
    board_id, other = await make_board(inside), await make_board(inside)
    pin_id, elsewhere = await make_pin(inside), await make_pin(inside)
    await place(inside, board_id, pin_id)
    role_id, foreign = await make_role(inside, board_id), await make_role(inside, other)
    for pin, role, status in ((elsewhere, role_id, 404), (pin_id, foreign, 400)):
        async with nothing_happens(inside):
            path = f"/v1/pinboards/{board_id}/pins/{pin}/roles"
            assert (await inside.call("PUT", path, {"role_ids": [role]})).status == status
    await ask_for(inside, board_id, pin_id, role_id)
    # Taken away and placed again it asks for nothing.
    await ask(inside, "DELETE", f"/v1/pinboards/{board_id}/pins/{pin_id}")
    await place(inside, board_id, pin_id)
    assert (await ask(inside, "GET", f"/v1/pinboards/{board_id}/roles"))[role_id]["pins"] == []


async def test_a_copy_holds_what_its_maker_sees(inside: Inside) -> None:
    board_id, pin_id = await shared_board(inside), await make_pin(inside, is_public=True)
    await place(inside, board_id, pin_id)
    await ask_for(inside, board_id, pin_id, await make_role(inside, board_id))
    for who, pins in (("dan", []), ("ben", [pin_id])):
        copy = await ask(inside, "POST", f"/v1/pinboards/{board_id}/duplicate", who=who)
        assert copy["pins"] == pins

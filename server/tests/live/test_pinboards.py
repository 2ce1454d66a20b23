"""Pinboards in the live stream: their pins come with them, and what is hidden may come into sight."""

from typing import Any

from inside import Inside, Watcher
from pindown_server.clock import now
from scene import ask, bring_key, get_board, give_role, make_board, make_pin, place


async def share(inside: Inside, kind: str, thing_id: str, who: str = "ada", **flags: Any) -> None:
    await ask(inside, "POST", f"/v1/{kind}/{thing_id}/share", flags, who)


async def push(inside: Inside, pin_id: str, value: object, who: str = "ada") -> None:
    config = {"cards": [{"title": "Sales", "value": value}]}
    await ask(inside, "PUT", f"/v1/pins/{pin_id}", {"content": config}, who)


def shows(watcher: Watcher, pin_id: str) -> Any:
    """The value that the viewer shows for a pin."""
    pin = watcher.pins.get(pin_id)
    return None if pin is None else pin["pin_config"]["cards"][0]["value"]


async def test_a_snapshot_holds_the_pinboard_and_its_pins(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    await place(inside, board_id, pin_id)
    async with inside.watching(pinboards=[board_id]) as watcher:
        view = watcher.pinboards[board_id]
        board = await get_board(inside, board_id)
        assert view == {name: board[name] for name in view}
        assert set(view) == {
            "id", "title", "description", "pins", "layout", "mobile_layout", "hidden",
            "revision", "updated_at",
        }  # fmt: skip
        await push(inside, pin_id, 2)
        await watcher.until(lambda: shows(watcher, pin_id) == 2)


async def test_a_change_says_to_read_the_pinboard_again(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    async with inside.watching(pinboards=[board_id]) as watcher:
        await ask(inside, "PUT", f"/v1/pinboards/{board_id}", {"title": "New"})
        await watcher.until(lambda: watcher.named("pinboard") == [{"id": board_id, "revision": 2}])
        await place(inside, board_id, pin_id)
        await watcher.until(lambda: watcher.named("pinboard")[-1]["revision"] == 3)
        await watcher.until(lambda: shows(watcher, pin_id) == 1)
        await push(inside, pin_id, 2)
        await watcher.until(lambda: shows(watcher, pin_id) == 2)
        box = {"x": 5, "y": 5, "w": 2, "h": 2}
        await ask(inside, "PATCH", f"/v1/pinboards/{board_id}/layout", {"layout": {pin_id: box}})
        await watcher.until(lambda: watcher.named("pinboard")[-1]["revision"] == 4)
    told = [change["revision"] for change in watcher.named("pinboard")]
    assert told == sorted(told), "it never goes back"


async def test_a_hidden_pin_comes_into_sight_and_goes_again(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside, is_public=True), await make_pin(inside, who="ben")
    await give_role(inside, "pins", pin_id, "ada", "viewer", who="ben")
    await place(inside, board_id, pin_id)
    async with inside.watching(None, pinboards=[board_id]) as watcher:
        assert (watcher.pins, len(watcher.pinboards[board_id]["hidden"])) == ({}, 1)
        await push(inside, pin_id, 2, "ben")
        await share(inside, "pins", pin_id, "ben", is_public=True)
        await watcher.until(lambda: shows(watcher, pin_id) == 2)
        # The revision is as it was, and yet there is something to read.
        await watcher.until(lambda: watcher.named("pinboard") == [{"id": board_id, "revision": 2}])
        await push(inside, pin_id, 3, "ben")
        await watcher.until(lambda: shows(watcher, pin_id) == 3)
        await share(inside, "pins", pin_id, "ben", is_public=False)
        await watcher.until(lambda: watcher.named("denied") == [{"id": pin_id}])
        await push(inside, pin_id, 4, "ben")
        await ask(inside, "PUT", f"/v1/pinboards/{board_id}", {"title": "After"})
        await watcher.until(lambda: watcher.named("pinboard")[-1]["revision"] == 3)
    assert '"value": 4' not in repr(watcher.events) and "'value': 4" not in repr(watcher.events)


async def test_who_watches_a_pin_alone_loses_it_with_the_pinboard_that_opened_it(
    inside: Inside,
) -> None:
    pin_id = await make_pin(inside)
    for close in ("unshare", "remove", "take", "delete"):
        board_id = await make_board(inside)
        await give_role(inside, "pinboards", board_id, "cleo", "viewer")
        await place(inside, board_id, pin_id)
        await share(inside, "pinboards", board_id, is_public=close == "unshare")
        who = "dan" if close == "unshare" else "cleo"
        async with inside.watching(who, pins=[pin_id]) as watcher:
            assert shows(watcher, pin_id) is not None, close
            path = f"/v1/pinboards/{board_id}"
            if close == "unshare":
                await share(inside, "pinboards", board_id, is_public=False)
            elif close == "remove":
                user_id = inside.cast["cleo"].user_id
                await ask(inside, "DELETE", f"{path}/collaborators/{user_id}")
            elif close == "take":
                await ask(inside, "DELETE", f"{path}/pins/{pin_id}")
            else:
                await ask(inside, "DELETE", path)
            await watcher.until(lambda w=watcher: w.named("denied") == [{"id": pin_id}])
        await inside.call("DELETE", f"/v1/pinboards/{board_id}")


async def test_who_asked_for_a_pin_sees_it_when_a_pinboard_opens_it(inside: Inside) -> None:
    pin_id, board_id = await make_pin(inside), await make_board(inside)
    path = f"/v1/pinboards/{board_id}"
    cleo = inside.cast["cleo"].user_id
    await give_role(inside, "pinboards", board_id, "cleo", "viewer")
    for how in ("place it", "place it among others", "take the pinboard out of the bin", "share"):
        async with inside.watching("cleo", pins=[pin_id]) as watcher:
            assert watcher.denied == {pin_id}, how
            if how == "place it":
                await place(inside, board_id, pin_id)
            elif how == "place it among others":
                await ask(inside, "POST", path + "/pins/batch", {"pin_ids": [pin_id]})
            elif how == "share":
                await give_role(inside, "pinboards", board_id, "cleo", "viewer")
            else:
                await ask(inside, "POST", f"/v1/bin/{board_id}/restore")
            await watcher.until(lambda w=watcher: shows(w, pin_id) == 1)
        if how == "place it":
            await ask(inside, "DELETE", f"{path}/pins/{pin_id}")
        elif how == "place it among others":
            await ask(inside, "DELETE", path)
        elif how != "share":
            await ask(inside, "DELETE", f"{path}/collaborators/{cleo}")


async def test_what_is_deleted_is_told_once(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    await place(inside, board_id, pin_id)
    async with inside.watching(pinboards=[board_id]) as watcher:
        await ask(inside, "DELETE", f"/v1/pins/{pin_id}")
        await watcher.until(lambda: watcher.named("pinboard"))
        await ask(inside, "DELETE", f"/v1/pinboards/{board_id}")
        await watcher.until(lambda: len(watcher.named("deleted")) == 2)
        inside.app.parts.database.when_changed_outside()
        async with inside.watching(pins=[await make_pin(inside)]):
            pass  # by now everybody was looked at again
    assert watcher.named("deleted") == [{"id": pin_id}, {"id": board_id}]
    assert watcher.named("denied") == []


async def test_what_expires_goes_out_of_sight_by_itself(inside: Inside) -> None:
    pin_id, public = await make_pin(inside), await make_pin(inside, is_public=True)
    board_id, empty = [await make_board(inside, is_public=True) for _ in "12"]
    await place(inside, board_id, pin_id)
    async with inside.watching("dan", pinboards=[board_id]) as board_watcher:
        assert set(board_watcher.pins) == {pin_id}
        soon = now() + 1_500
        for path in (f"pinboards/{board_id}", f"pinboards/{empty}", f"pins/{public}"):
            await ask(inside, "PUT", f"/v1/{path}", {"expires_at": soon})
        async with (
            inside.watching("dan", pinboards=[empty]) as empty_watcher,
            inside.watching("dan", pins=[public]) as public_watcher,
            inside.watching("dan", pins=[pin_id]) as pin_watcher,
        ):
            await board_watcher.until(lambda: board_watcher.denied == {board_id, pin_id})
            await pin_watcher.until(lambda: pin_watcher.denied == {pin_id})
            await public_watcher.until(lambda: public_watcher.denied == {public})
            await empty_watcher.until(lambda: empty_watcher.denied == {empty})
    assert now() >= soon


async def test_a_key_watches_with_its_scopes_and_resources(inside: Inside) -> None:
    board_id, pin_id, other = (
        await make_board(inside),
        await make_pin(inside),
        await make_pin(inside),
    )
    await place(inside, board_id, pin_id)
    pins_only = await bring_key(inside, "ada", "pins:read")
    async with inside.watching(pins_only, pins=[other], pinboards=[board_id]) as watcher:
        assert (set(watcher.pins), watcher.denied) == ({other}, {board_id})
    narrowed = await bring_key(inside, "ada", "*", resources=[board_id])
    async with inside.watching(narrowed, pins=[other], pinboards=[board_id]) as watcher:
        assert (set(watcher.pins), watcher.denied) == ({pin_id}, {other})
        await push(inside, pin_id, 2)
        await watcher.until(lambda: shows(watcher, pin_id) == 2)


async def test_a_slow_viewer_is_told_what_it_lost(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside, is_public=True), await make_pin(inside)
    await place(inside, board_id, pin_id)
    async with inside.watching(None, pinboards=[board_id]) as watcher:
        watcher.slow_down()
        for value in (2, 3, 4):
            await push(inside, pin_id, value)
        async with inside.watching(None, pinboards=[board_id]) as other:
            await share(inside, "pinboards", board_id, is_public=False)
            await other.until(lambda: other.denied == {board_id, pin_id})
        watcher.speed_up()
        await watcher.until(lambda: watcher.denied == {board_id, pin_id})
    assert shows(watcher, pin_id) is None


async def test_what_comes_into_sight_before_a_slow_stream_begins_is_told(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside, is_public=True), await make_pin(inside, who="ben")
    await give_role(inside, "pins", pin_id, "ada", "viewer", who="ben")
    await place(inside, board_id, pin_id)
    watcher = Watcher()
    watcher.slow_down()
    watcher.open(inside, None, {"pinboards": [board_id]})
    async with inside.watching(None, pinboards=[board_id]) as other:
        await share(inside, "pins", pin_id, "ben", is_public=True)
        await other.until(lambda: shows(other, pin_id))
        watcher.speed_up()
        await watcher.until(lambda: shows(watcher, pin_id))
        await watcher.until(
            lambda: watcher.pinboards[board_id]["pins"] == [pin_id] or watcher.named("pinboard")
        )
    await watcher.close()

"""Pages in the live stream: their pins come with them, and what is hidden may come into sight."""

from typing import Any

from inside import Inside, Watcher
from pindown_server.clock import now
from scene import add_to_page, ask, bring_key, get_page, give_role, make_page, make_pin


async def push(inside: Inside, pin_id: str, value: object, who: str = "ada") -> None:
    config = {"cards": [{"title": "Sales", "value": value}]}
    await ask(inside, "PUT", f"/v1/pins/{pin_id}", {"content": config}, who)


def shows(watcher: Watcher, pin_id: str) -> Any:
    """The value that the viewer shows for a pin."""
    pin = watcher.pins.get(pin_id)
    return None if pin is None else pin["pin_config"]["cards"][0]["value"]


async def test_a_snapshot_holds_the_page_and_its_pins(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    page_id = await make_page(inside, pins=[pin_id])
    async with inside.watching(pages=[page_id]) as watcher:
        view = watcher.pages[page_id]
        page = await get_page(inside, page_id)
        assert view == {name: page[name] for name in view}
        assert set(view) == {
            "id", "title", "description", "pins", "hidden", "revision", "updated_at",
        }  # fmt: skip
        await push(inside, pin_id, 2)
        await watcher.until(lambda: shows(watcher, pin_id) == 2)


async def test_a_change_says_to_read_the_page_again(inside: Inside) -> None:
    page_id, pin_id = await make_page(inside), await make_pin(inside)
    async with inside.watching(pages=[page_id]) as watcher:
        await ask(inside, "PUT", f"/v1/pages/{page_id}", {"title": "New"})
        await watcher.until(lambda: watcher.named("page") == [{"id": page_id, "revision": 2}])
        await add_to_page(inside, page_id, pin_id)
        await watcher.until(lambda: watcher.named("page")[-1]["revision"] == 3)
        await watcher.until(lambda: shows(watcher, pin_id) == 1)
        await push(inside, pin_id, 2)
        await watcher.until(lambda: shows(watcher, pin_id) == 2)
        other = await make_pin(inside)
        await add_to_page(inside, page_id, other)
        await ask(inside, "PUT", f"/v1/pages/{page_id}/pins/order", {"order": [other]})
        await watcher.until(lambda: watcher.named("page")[-1]["revision"] == 5)
    told = [change["revision"] for change in watcher.named("page")]
    assert told == sorted(told), "it never goes back"


async def test_a_hidden_pin_comes_into_sight_and_goes_again(inside: Inside) -> None:
    pin_id = await make_pin(inside, who="ben")
    await give_role(inside, "pins", pin_id, "ada", "viewer", who="ben")
    page_id = await make_page(inside, is_public=True, pins=[pin_id])
    share = f"/v1/pins/{pin_id}/share"
    async with inside.watching(None, pages=[page_id]) as watcher:
        assert (watcher.pins, len(watcher.pages[page_id]["hidden"])) == ({}, 1)
        await push(inside, pin_id, 2, "ben")
        await ask(inside, "POST", share, {"is_public": True}, "ben")
        await watcher.until(lambda: shows(watcher, pin_id) == 2)
        # The revision is as it was, and yet there is something to read.
        await watcher.until(lambda: watcher.named("page") == [{"id": page_id, "revision": 1}])
        await ask(inside, "POST", share, {"is_public": False}, "ben")
        await watcher.until(lambda: watcher.named("denied") == [{"id": pin_id}])
        await push(inside, pin_id, 4, "ben")
        await ask(inside, "PUT", f"/v1/pages/{page_id}", {"title": "After"})
        await watcher.until(lambda: watcher.named("page")[-1]["revision"] == 2)
    assert "'value': 4" not in repr(watcher.events)


async def test_who_watches_a_pin_alone_loses_it_with_the_page_that_opened_it(
    inside: Inside,
) -> None:
    pin_id = await make_pin(inside)
    for close in ("unpublish", "remove", "take", "delete"):
        page_id = await make_page(inside, pins=[pin_id], is_public=close == "unpublish")
        await give_role(inside, "pages", page_id, "cleo", "viewer")
        who = "dan" if close == "unpublish" else "cleo"
        async with inside.watching(who, pins=[pin_id]) as watcher:
            assert shows(watcher, pin_id) is not None, close
            path = f"/v1/pages/{page_id}"
            if close == "unpublish":
                await ask(inside, "POST", path + "/unpublish")
            elif close == "remove":
                user_id = inside.cast["cleo"].user_id
                await ask(inside, "DELETE", f"{path}/collaborators/{user_id}")
            elif close == "take":
                await ask(inside, "DELETE", f"{path}/pins/{pin_id}")
            else:
                await ask(inside, "DELETE", path)
            await watcher.until(lambda w=watcher: w.named("denied") == [{"id": pin_id}])
        await inside.call("DELETE", f"/v1/pages/{page_id}")


async def test_who_asked_for_a_pin_sees_it_when_a_page_opens_it(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    for how in ("begin with it", "add it"):
        async with inside.watching("dan", pins=[pin_id]) as watcher:
            assert watcher.denied == {pin_id}
            if how == "begin with it":
                page_id = await make_page(inside, pins=[pin_id], is_public=True)
            else:
                page_id = await make_page(inside, is_public=True)
                await add_to_page(inside, page_id, pin_id)
            await watcher.until(lambda w=watcher: shows(w, pin_id) == 1)
        await ask(inside, "DELETE", f"/v1/pages/{page_id}")


async def test_what_is_deleted_is_told_once(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    page_id = await make_page(inside, pins=[pin_id])
    async with inside.watching(pages=[page_id]) as watcher:
        await ask(inside, "DELETE", f"/v1/pins/{pin_id}")
        await watcher.until(lambda: watcher.named("page"))
        await ask(inside, "DELETE", f"/v1/pages/{page_id}")
        await watcher.until(lambda: len(watcher.named("deleted")) == 2)
        inside.app.parts.database.when_changed_outside()
        async with inside.watching(pins=[await make_pin(inside)]):
            pass  # by now everybody was looked at again
    assert watcher.named("deleted") == [{"id": pin_id}, {"id": page_id}]
    assert watcher.named("denied") == []


async def test_what_expires_goes_out_of_sight_by_itself(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    page_id = await make_page(inside, is_public=True, pins=[pin_id])
    async with inside.watching("dan", pages=[page_id]) as page_watcher:
        assert set(page_watcher.pins) == {pin_id}
        soon = now() + 1_000
        await ask(inside, "PUT", f"/v1/pages/{page_id}", {"expires_at": soon})
        async with inside.watching("dan", pins=[pin_id]) as pin_watcher:
            await page_watcher.until(lambda: page_watcher.denied == {page_id, pin_id})
            await pin_watcher.until(lambda: pin_watcher.denied == {pin_id})
    assert now() >= soon


async def test_a_key_watches_with_its_scopes_and_resources(inside: Inside) -> None:
    pin_id, other = await make_pin(inside), await make_pin(inside)
    page_id = await make_page(inside, pins=[pin_id])
    pins_only = await bring_key(inside, "ada", "pins:read")
    async with inside.watching(pins_only, pins=[other], pages=[page_id]) as watcher:
        assert (set(watcher.pins), watcher.denied) == ({other}, {page_id})
    pages_only = await bring_key(inside, "ada", "pages:read")
    async with inside.watching(pages_only, pins=[other], pages=[page_id]) as watcher:
        assert (watcher.pages[page_id]["pins"], watcher.pins) == ([pin_id], {})
    narrowed = await bring_key(inside, "ada", "*", resources=[page_id])
    async with inside.watching(narrowed, pins=[other], pages=[page_id]) as watcher:
        assert (set(watcher.pins), watcher.denied) == ({pin_id}, {other})
        await push(inside, pin_id, 2)
        await watcher.until(lambda: shows(watcher, pin_id) == 2)

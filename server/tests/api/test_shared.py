"""`/v1/shared/…`: what everybody sees of what is shared with everybody."""

from typing import Any

import pytest
from browser import give_passwords, signed_in
from inside import Inside
from scene import (
    LONG_AGO,
    add_to_page,
    ask,
    bring_key,
    give_role,
    make_board,
    make_page,
    make_pin,
    place,
)

PIN_VIEW = {
    "id", "pin_id", "pin_type", "pin_layout", "title", "description", "pin_config", "blocks",
    "revision", "version", "updated_at", "pushed_at", "is_late", "expect_every",
}  # fmt: skip
BOARD_VIEW = {
    "id", "title", "description", "pins", "layout", "mobile_layout", "hidden", "revision",
    "updated_at",
}  # fmt: skip

PAGE_VIEW = {"id", "title", "description", "pins", "hidden", "revision", "updated_at"}
KINDS = ("pins", "pinboards", "pages")
MAKERS = {"pins": make_pin, "pinboards": make_board, "pages": make_page}


async def make(inside: Inside, kind: str, **flags: Any) -> str:
    """A thing of Ada's; its id."""
    return await MAKERS[kind](inside, **flags)


async def test_a_visitor_sees_the_view_of_a_public_pin(inside: Inside) -> None:
    pin_id = await make_pin(inside, is_public=True, allow_comments=True)
    seen = await inside.call("GET", f"/v1/shared/pins/{pin_id}", who=None)
    assert (seen.status, set(seen.data)) == (200, {*PIN_VIEW, "allow_comments"})
    assert seen.data["pin_config"]["cards"][0]["value"] == 1
    assert seen.data["allow_comments"] is True


async def test_a_visitor_sees_a_public_pinboard_with_its_pins(inside: Inside) -> None:
    board_id = await make_board(inside, is_public=True, tags=["internal"])
    own, other = await make_pin(inside), await make_pin(inside, who="dan")
    await give_role(inside, "pins", other, "ada", "viewer", who="dan")
    await place(inside, board_id, own)
    await place(inside, board_id, other)
    seen = await inside.call("GET", f"/v1/shared/pinboards/{board_id}", who=None)
    assert (seen.status, set(seen.data)) == (200, {*BOARD_VIEW, "allow_comments", "views"})
    assert (seen.data["pins"], len(seen.data["hidden"])) == ([own], 1)
    assert [set(view) for view in seen.data["views"]] == [PIN_VIEW]
    for told in (other, "internal", "@", *(person.user_id for person in inside.cast.values())):
        assert told not in seen.body.decode()


async def test_a_visitor_sees_a_published_page_with_its_pins(inside: Inside) -> None:
    page_id = await make_page(inside, is_public=True, tags=["internal"])
    own, other = await make_pin(inside), await make_pin(inside, who="dan")
    await give_role(inside, "pins", other, "ada", "viewer", who="dan")
    await add_to_page(inside, page_id, other)
    await add_to_page(inside, page_id, own)
    seen = await inside.call("GET", f"/v1/shared/pages/{page_id}", who=None)
    assert (seen.status, set(seen.data)) == (200, {*PAGE_VIEW, "allow_comments", "views"})
    assert (seen.data["pins"], seen.data["hidden"]) == ([own], [{"position": 0}])
    assert [set(view) for view in seen.data["views"]] == [PIN_VIEW]
    for told in (other, "internal", "@", *(person.user_id for person in inside.cast.values())):
        assert told not in seen.body.decode()


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_private_is_not_there(inside: Inside, kind: str) -> None:
    thing_id = await make(inside, kind)
    for who in (None, "dan"):
        refused = await inside.call("GET", f"/v1/shared/{kind}/{thing_id}", who=who)
        missing = await inside.call("GET", f"/v1/shared/{kind}/{thing_id}x", who=who)
        assert (refused.status, refused.body) == (404, missing.body)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_key_or_a_session_counts(inside: Inside, kind: str) -> None:
    thing_id = await make(inside, kind)
    await give_role(inside, kind, thing_id, "cleo", "viewer")
    path = f"/v1/shared/{kind}/{thing_id}"
    assert (await inside.call("GET", path, who="cleo")).status == 200
    await give_passwords(inside)
    browser = await signed_in(inside, "cleo")
    assert (await browser.call("GET", path)).status == 200
    assert (await inside.call("GET", path, who=None)).status == 404
    assert (await inside.call("GET", path, None, None, {"authorization": "Bearer x"})).status == 401


@pytest.mark.parametrize("kind", KINDS)
async def test_sign_in_is_asked_for(inside: Inside, kind: str) -> None:
    thing_id = await make(inside, kind, is_public=True, require_sign_in=True)
    path = f"/v1/shared/{kind}/{thing_id}"
    refused = await inside.call("GET", path, who=None)
    assert (refused.status, refused.code) == (401, "UNAUTHORIZED")
    assert refused.json["error"]["details"] == {"reason": "SIGN_IN_REQUIRED"}
    assert (await inside.call("GET", path, who="dan")).status == 200


@pytest.mark.parametrize("kind", KINDS)
async def test_a_link_that_expired_is_gone(inside: Inside, kind: str) -> None:
    thing_id = await make(inside, kind, is_public=True, expires_at=LONG_AGO)
    path = f"/v1/shared/{kind}/{thing_id}"
    for who in (None, "dan"):
        refused = await inside.call("GET", path, who=who)
        assert (refused.status, refused.code) == (410, "GONE")
    assert (await inside.call("GET", path)).status == 200
    await ask(inside, "PUT", f"/v1/{kind}/{thing_id}", {"is_public": False})
    assert (await inside.call("GET", path, who=None)).status == 404


@pytest.mark.parametrize("kind", KINDS)
async def test_a_key_without_the_scope_sees_what_everybody_sees(inside: Inside, kind: str) -> None:
    public, private = await make(inside, kind, is_public=True), await make(inside, kind)
    key = await bring_key(inside, "ada", "datasets:read")
    assert (await inside.call("GET", f"/v1/shared/{kind}/{public}", who=key)).status == 200
    assert (await inside.call("GET", f"/v1/shared/{kind}/{private}", who=key)).status == 404


async def test_a_pinboards_layout_needs_no_scope_for_pins_and_their_views_do(
    inside: Inside,
) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    await place(inside, board_id, pin_id)
    key = await bring_key(inside, "ada", "pinboards:read")
    shared = await ask(inside, "GET", f"/v1/shared/pinboards/{board_id}", who=key)
    assert (shared["pins"], shared["views"]) == ([pin_id], [])
    async with inside.watching(key, pinboards=[board_id], pins=[pin_id]) as watcher:
        assert watcher.pinboards[board_id]["pins"] == [pin_id]
        assert (watcher.pins, watcher.denied) == ({}, {pin_id})

"""`POST …/duplicate`: a copy that belongs to whoever makes it."""

import pytest
from inside import Inside, stat
from scene import ask, bring_key, get_board, give_role, make_board, make_pin, nothing_happens, place


async def test_a_copy_says_the_same_and_is_private(inside: Inside) -> None:
    body = {
        **stat(7),
        "is_public": True,
        "expect_every": 60,
        "grace": 5,
        "pin_layout": "3x1",
        "metadata": {"title": "Sales", "description": "Of today", "tags": ["a"], "team": "north"},
    }
    pin = await ask(inside, "POST", "/v1/pins", body)
    await give_role(inside, "pins", pin["id"], "ben", "editor")
    copy = await ask(inside, "POST", f"/v1/pins/{pin['id']}/duplicate", who="ben")
    assert copy["id"] != pin["id"]
    assert (copy["title"], copy["owner_id"]) == ("Sales copy", inside.cast["ben"].user_id)
    for name in ("description", "pin_type", "pin_layout", "pin_config", "expect_every", "grace"):
        assert copy[name] == pin[name], name
    assert copy["metadata"]["tags"] == ["a"]
    assert copy["metadata"]["team"] == "north"
    assert (copy["is_public"], copy["revision"]) == (False, 1)
    assert (await inside.call("GET", f"/v1/pins/{copy['id']}", who="ada")).status == 404


async def test_the_title_of_a_copy_is_no_longer_than_a_title_may_be(inside: Inside) -> None:
    pin = await ask(inside, "POST", "/v1/pins", {"metadata": {"title": "x" * 200}})
    copy = await ask(inside, "POST", f"/v1/pins/{pin['id']}/duplicate")
    assert copy["title"] == "x" * 195 + " copy"


async def test_whoever_sees_a_pin_may_copy_what_it_shows(inside: Inside) -> None:
    pin = await ask(
        inside, "POST", "/v1/pins", {"content": "# Hello", "metadata": {"title": "Note"}}
    )
    await give_role(inside, "pins", pin["id"], "cleo", "viewer")
    copy = await ask(inside, "POST", f"/v1/pins/{pin['id']}/duplicate", who="cleo")
    assert copy["pin_config"] == {"content": "# Hello"}


async def test_nobody_copies_what_they_do_not_see_or_may_not_write(inside: Inside) -> None:
    pin_id, board_id = await make_pin(inside), await make_board(inside)
    reader = await bring_key(inside, "ada", "pins:read", "pinboards:read", "pages:read")
    page_id = (await ask(inside, "POST", "/v1/pages", {"title": "Report"}))["id"]
    narrow = await bring_key(inside, "ada", "*", resources=[pin_id, board_id, page_id])
    for kind, thing_id in (("pins", pin_id), ("pinboards", board_id), ("pages", page_id)):
        path = f"/v1/{kind}/{thing_id}/duplicate"
        for who, status in (("dan", 404), (narrow, 403), (reader, 403), (None, 401)):
            async with nothing_happens(inside):
                assert (await inside.call("POST", path, who=who)).status == status, (path, who)


async def test_a_copy_of_a_pinboard_shows_the_same_pins_in_the_same_places(
    inside: Inside,
) -> None:
    board_id = await make_board(inside, is_public=True, tags=["north"])
    first, second = await make_pin(inside), await make_pin(inside)
    await place(inside, board_id, first, x=3, y=1, w=4, h=2)
    await place(inside, board_id, second)
    before = await get_board(inside, board_id)
    copy = await ask(inside, "POST", f"/v1/pinboards/{board_id}/duplicate")
    assert (copy["title"], copy["is_public"], copy["tags"]) == ("Harbour copy", False, ["north"])
    for name in ("pins", "layout", "mobile_layout", "pin_count"):
        assert copy[name] == before[name], name
    assert await get_board(inside, copy["id"]) == copy
    assert (await inside.call("GET", f"/v1/pinboards/{copy['id']}", who="dan")).status == 404


@pytest.mark.parametrize("who", ["ada", "ben"])
async def test_pins_open_on_a_copy_only_to_whom_their_owner_opens_them(
    inside: Inside, who: str
) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    secret = await make_pin(inside, who="dan")
    await give_role(inside, "pinboards", board_id, "ben", "editor")
    await give_role(inside, "pins", secret, "ada", "viewer", who="dan")
    await place(inside, board_id, pin_id)
    await place(inside, board_id, secret)
    copy = await ask(inside, "POST", f"/v1/pinboards/{board_id}/duplicate", who=who)
    assert copy["pins"] == ([pin_id, secret] if who == "ada" else [pin_id])
    assert copy["hidden"] == []
    await give_role(inside, "pinboards", copy["id"], "cleo", "viewer", who=who)
    seen = (await get_board(inside, copy["id"], "cleo"))["pins"]
    assert seen == ([pin_id] if who == "ada" else [])


async def test_a_copy_of_a_page_has_the_same_pins_in_the_same_order(inside: Inside) -> None:
    first, second = await make_pin(inside), await make_pin(inside)
    secret = await make_pin(inside, who="dan")
    await give_role(inside, "pins", secret, "ben", "viewer", who="dan")
    page = await ask(inside, "POST", "/v1/pages", {"title": "Report", "pins": [second, first]})
    await give_role(inside, "pages", page["id"], "ben", "editor")
    await ask(inside, "POST", f"/v1/pages/{page['id']}/pins", {"pin_id": secret}, "ben")
    await ask(inside, "POST", f"/v1/pages/{page['id']}/publish")
    copy = await ask(inside, "POST", f"/v1/pages/{page['id']}/duplicate")
    assert (copy["metadata"]["title"], copy["is_public"]) == ("Report copy", False)
    assert (copy["pins"], copy["revision"]) == ([second, first], 1)
    assert (await inside.call("GET", f"/v1/pages/{copy['id']}", who="ben")).status == 404
    bens = await ask(inside, "POST", f"/v1/pages/{page['id']}/duplicate", who="ben")
    assert bens["owner_id"] == inside.cast["ben"].user_id
    assert bens["pins"] == [second, first, secret]

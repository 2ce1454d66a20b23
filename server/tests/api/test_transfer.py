"""Giving things to another owner: what goes along, and what does not."""

from typing import Any

import pytest
from inside import Inside
from scene import (
    add_to_page,
    ask,
    bring_key,
    get_board,
    get_page,
    give_role,
    make_board,
    make_page,
    make_pin,
    nothing_happens,
    place,
)

MAKERS = {"pins": make_pin, "pinboards": make_board, "pages": make_page}
KINDS = tuple(MAKERS)


async def give(inside: Inside, path: str, name: str, who: str = "ada") -> Any:
    body = {"email": inside.cast[name].email}
    return await ask(inside, "POST", path + "/transfer", body, who)


@pytest.mark.parametrize("kind", KINDS)
async def test_it_is_the_new_owners_and_the_old_one_edits(inside: Inside, kind: str) -> None:
    thing_id = await MAKERS[kind](inside)
    path = f"/v1/{kind}/{thing_id}"
    await give_role(inside, kind, thing_id, "ben", "viewer")
    given = await give(inside, path, "ben")
    assert (given["id"], given["owner_id"]) == (thing_id, inside.cast["ben"].user_id)
    thing = await ask(inside, "GET", path, who="ben")
    assert (thing["role"], thing["owner_id"]) == ("owner", inside.cast["ben"].user_id)
    assert thing["revision"] == given["revision"]
    assert (await ask(inside, "GET", path))["role"] == "editor"
    people = (await ask(inside, "GET", path + "/collaborators", who="ben"))["items"]
    assert [(p["user_id"], p["role"]) for p in people] == [(inside.cast["ada"].user_id, "editor")]
    async with nothing_happens(inside):
        back = {"user_id": inside.cast["ada"].user_id}
        assert (await inside.call("POST", path + "/transfer", back)).status == 403
    assert (await ask(inside, "GET", f"/v1/{kind}"))["total"] == 0
    assert (await ask(inside, "GET", f"/v1/{kind}", who="ben"))["total"] == 1
    mine = await ask(inside, "POST", path + "/transfer", back, "ben")
    assert mine["owner_id"] == inside.cast["ada"].user_id


@pytest.mark.parametrize("kind", KINDS)
async def test_a_new_owner_who_watches_sees_it_at_once(inside: Inside, kind: str) -> None:
    thing_id = await MAKERS[kind](inside)
    pin_id = thing_id if kind == "pins" else await make_pin(inside)
    if kind == "pinboards":
        await place(inside, thing_id, pin_id)
    elif kind == "pages":
        await add_to_page(inside, thing_id, pin_id)
    async with (
        inside.watching("ben", **{kind: [thing_id]}) as watcher,
        inside.watching("ben", pins=[pin_id]) as alone,
    ):
        assert (watcher.denied, alone.denied) == ({thing_id}, {pin_id})
        await give(inside, f"/v1/{kind}/{thing_id}", "ben")
        await watcher.until(lambda: pin_id in watcher.pins)
        await alone.until(lambda: pin_id in alone.pins)


@pytest.mark.parametrize("kind", [*KINDS, "datasets"])
async def test_who_cannot_be_given_it_is_told_why(inside: Inside, kind: str) -> None:
    if kind == "datasets":
        thing_id = (await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": 1}))["id"]
    else:
        thing_id = await MAKERS[kind](inside)
    path = f"/v1/{kind}/{thing_id}/transfer"
    ada, ben = inside.cast["ada"], inside.cast["ben"]
    for body, field in (
        ({"email": "nobody@x.example"}, "email"),
        ({"user_id": "usr_doesnotexist"}, "user_id"),
        ({"email": ada.email}, "email"),
        ({"email": ben.email, "user_id": ben.user_id}, "email"),
        ({}, "email"),
    ):
        async with nothing_happens(inside):
            refused = await inside.call("POST", path, body)
        assert refused.status == 400
        assert refused.json["error"]["details"]["field"] == field
    late = {"if-match": '"7"'}
    key = await bring_key(inside, "ada", f"{kind}:read")
    async with nothing_happens(inside):
        tried = await inside.call("POST", path + "?dry_run=true", {"email": ben.email})
        assert (tried.status, tried.data["dry_run"]) == (200, True)
        assert (await inside.call("POST", path, {"email": ben.email}, headers=late)).status == 412
        assert (await inside.call("POST", path, {"email": ben.email}, key)).status == 403


async def test_a_pin_takes_no_datasets_along(inside: Inside) -> None:
    secret = {"name": "Sales", "data": {"total": 4711}}
    await ask(inside, "POST", "/v1/datasets", secret)
    body = {
        "pin_type": "markdown",
        "content": "Sold: {{sales.total}}",
        "metadata": {"title": "Sales"},
        "is_public": True,
    }
    pin_id = (await ask(inside, "POST", "/v1/pins", body))["id"]
    path = f"/v1/pins/{pin_id}"
    assert "4711" in repr(await ask(inside, "GET", path, who="dan"))
    async with inside.watching("dan", pins=[pin_id]) as watcher:
        assert "4711" in repr(watcher.pins[pin_id])
        await give(inside, path, "ben")
        await watcher.until(lambda: "4711" not in repr(watcher.pins.get(pin_id, "4711")))
    for who in ("ada", "ben", "dan"):
        assert "4711" not in repr(await ask(inside, "GET", path, who=who))
    # Neither the old owner, now an editor, nor the new one opens the old owner's dataset.
    for who in ("ada", "ben"):
        again = {"content": f"Sold by {who}: {{{{sales.total}}}}"}
        await ask(inside, "PUT", path, {**again, "allow_sources": ["sales"]}, who)
        assert "4711" not in repr(await ask(inside, "GET", path, who="dan"))
    await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"total": 12}}, "ben")
    assert "Sold by ben: 12" in repr(await ask(inside, "GET", path, who="dan"))


async def test_what_a_pin_opened_is_closed_until_its_new_owner_places_it(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    board_id, page_id = await make_board(inside, is_public=True), await make_page(inside)
    await ask(inside, "POST", f"/v1/pages/{page_id}/publish")
    await place(inside, board_id, pin_id)
    await add_to_page(inside, page_id, pin_id)
    async with inside.watching("dan", pinboards=[board_id], pages=[page_id]) as watcher:
        assert pin_id in watcher.pins
        await give(inside, f"/v1/pins/{pin_id}", "ben")
        await watcher.until(lambda: pin_id in watcher.denied)
    assert (await get_board(inside, board_id, "dan"))["pins"] == []
    assert (await get_page(inside, page_id, "dan"))["pins"] == []
    await give_role(inside, "pinboards", board_id, "ben", "editor")
    assert (await place(inside, board_id, pin_id, who="ben"))["opens"] is True
    assert (await get_board(inside, board_id, "dan"))["pins"] == [pin_id]


async def test_a_pinboard_leaves_its_pins_whose_they_are(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    await place(inside, board_id, pin_id)
    invited = {"email": "eve@elsewhere.example", "role": "viewer"}
    people = f"/v1/pinboards/{board_id}/collaborators"
    told = await ask(inside, "POST", people, invited)
    await give(inside, f"/v1/pinboards/{board_id}", "ben")
    assert (await get_board(inside, board_id, "ben"))["pins"] == [pin_id]
    assert (await ask(inside, "GET", f"/v1/pins/{pin_id}", who="ben"))["role"] == "viewer"
    assert (await ask(inside, "GET", f"/v1/pins/{pin_id}"))["role"] == "owner"
    # What was sent still works, and is the new owner's to take back.
    token = told["invite_url"].partition("token=")[2]
    shown = await ask(inside, "GET", f"/v1/invitations/{token}", who=None)
    assert shown["invited_by"] == "Ben"
    assert (await ask(inside, "GET", "/v1/invitations"))["total"] == 0
    await ask(inside, "DELETE", f"/v1/invitations/{told['id']}", who="ben")


async def test_a_dataset_goes_altogether_and_under_a_free_slug(inside: Inside) -> None:
    made = await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"total": 1}})
    await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"total": 2}}, "ben")
    body = {"pin_type": "markdown", "content": "{{sales.total}}", "metadata": {"title": "S"}}
    pin_id = (await ask(inside, "POST", "/v1/pins", body))["id"]
    async with inside.watching("ada", pins=[pin_id]) as watcher:
        assert watcher.pins[pin_id]["pin_config"]["content"] == "1"
        await give(inside, f"/v1/datasets/{made['id']}", "ben")
        await watcher.until(lambda: watcher.pins[pin_id]["pin_config"]["content"] != "1")
    path = f"/v1/datasets/{made['id']}"
    assert (await inside.call("GET", path)).status == 404
    given = await ask(inside, "GET", path, who="ben")
    assert (given["data"], given["slug"] != "sales") == ({"total": 1}, True)
    assert (await ask(inside, "GET", "/v1/datasets/sales", who="ben"))["data"] == {"total": 2}

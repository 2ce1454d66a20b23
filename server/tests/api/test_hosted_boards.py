"""What is publicly known of the hosted service's pinboards, pages and people, fact by fact."""

import re

from facts import CARD, CARDS, MISSING, TITLED, fits, iso, ms
from inside import Inside
from scene import ask, make_board, make_page, make_pin


async def test_pinboards_answer_as_documented(inside: Inside) -> None:
    body = {"title": "Sales", "description": "d", "tags": ["a"], "is_public": True}
    board = (await ask(inside, "POST", "/v1/pinboards", body))["id"]
    path = f"/v1/pinboards/{board}"
    read = await ask(inside, "GET", path)
    address = f"http://127.0.0.1:8000/share/pinboard/{board}"
    fits(read, {"id": board, **body, "shareable_url": address, "pins": [], "layout": {}})
    fits(read, {"created_at": ms, "updated_at": ms, "owner_id": inside.cast["ada"].user_id})
    assert re.fullmatch(r"pb-[a-z0-9]+", board)
    changed = await ask(inside, "PUT", path, {"tags": ["b"]})
    fits(changed, {"id": board, "updated_at": ms})
    pin, other = await make_pin(inside), await make_pin(inside)
    position = {"x": 0, "y": 0, "w": 2, "h": 1}
    placed = await inside.call("POST", path + "/pins", {"pin_id": pin, "position": position})
    assert (placed.status, placed.json["success"]) == (200, True)
    assert placed.headers["x-ratelimit-token-cost"] == "2"
    added = await inside.call("POST", path + "/pins/batch", {"pin_ids": [pin, other, MISSING]})
    failed = [{"id": MISSING, "error": str}]
    fits(added.json, {"message": "Added 2 pins", "data": {"added": [pin, other], "failed": failed}})
    moved = {pin: {"x": 2, "y": 0, "w": 2, "h": 1}, other: {"x": 0, "y": 1, "w": 2, "h": 1}}
    phone = {pin: {"x": 0, "y": 0, "w": 2, "h": 1}, other: {"x": 0, "y": 1, "w": 2, "h": 1}}
    layouts = {"layout": moved, "mobile_layout": phone}
    laid = await inside.call("PUT", path + "/layout", layouts)
    assert (laid.status, laid.headers["x-ratelimit-token-cost"]) == (200, "2")
    fits(await ask(inside, "GET", path), {"pins": [pin, other], "mobile_layout": phone})
    shared = await inside.call("POST", path + "/share", {"allow_comments": True})
    flags = {"is_public": True, "require_sign_in": False, "allow_comments": True}
    fits(shared.data, {"id": board, **flags, "shareable_url": address})
    assert shared.headers["x-ratelimit-token-cost"] == "3"
    found = await inside.call("POST", "/v1/pinboards/batch/get", {"pinboard_ids": [board, "pb-no"]})
    told = {"id": board, "title": "Sales", "pins": list, "layout": dict, "owner_id": str}
    whole = {"found": [told], "not_found": ["pb-no"], "permission_denied": []}
    fits(found.json, {"message": "Retrieved 1 pinboards", "data": whole})
    secret = await make_board(inside, "dan")
    denied = await ask(inside, "POST", "/v1/pinboards/batch/get", {"pinboard_ids": [secret]})
    fits(denied, {"found": [], "not_found": [], "permission_denied": [secret]})
    removed = await inside.call("DELETE", path + "/pins/batch", {"pin_ids": [pin, MISSING]})
    fits(removed.json, {"message": "Removed 1 pins", "data": {"removed": [pin], "failed": failed}})
    assert (await inside.call("DELETE", f"{path}/pins/{other}")).status == 200
    assert (await inside.call("DELETE", path)).status == 200
    assert (await ask(inside, "GET", "/v1/pins"))["total"] == 2, "its pins stay"


async def test_pages_answer_as_documented(inside: Inside) -> None:
    first, second = await make_pin(inside), await make_pin(inside)
    made = await inside.call("POST", "/v1/pages", {"metadata": {"title": "Log", "tags": ["a"]}})
    page = made.data["id"]
    told = {"id": page, "title": "Log", "created_at": ms}
    fits(made.json, {"message": "Page created successfully", "data": told})
    filled = {"metadata": {"title": "Full"}, "pins": [second, first], "is_public": True}
    full = await ask(inside, "POST", "/v1/pages", filled)
    fits(await ask(inside, "GET", f"/v1/pages/{full['id']}"), filled)
    path = f"/v1/pages/{page}"
    for pin in (first, second):
        added = await inside.call("POST", path + "/pins", {"pin_id": pin})
        fits(added.json, {"success": True, "message": "Pin added to page successfully"})
    fits(
        await ask(inside, "GET", path),
        {
            "id": page,
            "owner_id": inside.cast["ada"].user_id,
            "is_public": False,
            "metadata": {"title": "Log", "tags": ["a"], "created_at": iso, "updated_at": iso},
            "pins": [first, second],
            "created_at": ms,
            "updated_at": ms,
        },
    )
    pins = [{"id": pin, "metadata": {"title": "Sales"}} for pin in (first, second)]
    listed = await ask(inside, "GET", path + "/pins")
    fits(listed, {"pins": pins, "total": 2})
    fits(await ask(inside, "PUT", path, {"metadata": {"title": "New"}}), {"id": page})
    for what, is_public in (("publish", True), ("unpublish", False)):
        await ask(inside, "POST", f"{path}/{what}")
        fits(await ask(inside, "GET", path), {"is_public": is_public})
    assert (await inside.call("DELETE", f"{path}/pins/{first}")).status == 200
    assert (await inside.call("DELETE", path)).status == 200


async def test_people_of_a_page_are_told_apart_until_they_come(inside: Inside) -> None:
    path = f"/v1/pages/{await make_page(inside)}"
    eve, ben = "eve@harbour.example", inside.cast["ben"]
    for email, role in ((eve, "editor"), (ben.email, "viewer")):
        sent = {"email": email, "role": role}
        assert (await inside.call("POST", path + "/invitations/send", sent)).status in (200, 201)
    await ask(inside, "PUT", f"{path}/users/{ben.user_id}/role", {"role": "editor"})
    there = {"user_id": ben.user_id, "email": ben.email, "role": "editor", "added_at": iso}
    waiting = {"email": eve, "role": "editor", "invited_at": iso}
    people = await ask(inside, "GET", path + "/invitations")
    fits(people, {"pending": [waiting], "active": [there]})
    assert (await inside.call("DELETE", f"{path}/invitations/{eve}")).status == 200
    fits(await ask(inside, "GET", path + "/invitations"), {"pending": [], "active": [there]})


async def test_people_are_invited_with_a_new_pin(inside: Inside) -> None:
    ben, eve = inside.cast["ben"].email, "eve@harbour.example"
    invited = {"pending_invites": {ben: "editor", eve: "viewer"}}
    pin = (await ask(inside, "POST", "/v1/pins", {**CARD, "content": CARDS, **TITLED, **invited}))[
        "id"
    ]
    listed = await ask(inside, "GET", f"/v1/pins/{pin}/collaborators")
    roles = {one["email"]: one["role"] for one in listed["items"]}
    assert roles == {ben: "editor", eve: "viewer"}
    changed = {"role": "viewer"}
    await ask(inside, "PUT", f"/v1/pins/{pin}/collaborators/{inside.cast['ben'].user_id}", changed)
    own = await ask(inside, "GET", f"/v1/pins/{pin}/permissions", who="ben")
    fits(own, {"role": "viewer"})


async def test_roles_of_a_pinboard_are_a_map_and_at_most_five(inside: Inside) -> None:
    path = f"/v1/pinboards/{await make_board(inside)}/roles"
    made = [
        await ask(inside, "POST", path, {"name": f"Crew {number}", "color": "#FFD700"})
        for number in range(5)
    ]
    fits(made[0], {"roleId": str})
    listed = await ask(inside, "GET", path)
    fits(listed, {made[0]["roleId"]: {"name": "Crew 0", "color": "#FFD700"}})
    sixth = await inside.call("POST", path, {"name": "Sixth", "color": "#FFD700"})
    assert 400 <= sixth.status < 500

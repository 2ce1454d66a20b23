"""`/v1/pages`: pins in an order, to be read from top to bottom."""

from typing import Any

import pytest
from inside import Inside
from scene import (
    add_to_page,
    ask,
    bring_key,
    get_page,
    give_role,
    make_page,
    make_pin,
    nothing_happens,
)

LOG = {"metadata": {"title": "Log book", "tags": ["sea"], "colour": "blue"}}


async def test_a_page_is_created(inside: Inside) -> None:
    pins = [await make_pin(inside) for _ in range(2)]
    made = await inside.call("POST", "/v1/pages", {**LOG, "pins": [*pins, pins[0]]})
    assert (made.status, made.json["message"]) == (201, "Page created successfully")
    page = made.data
    assert page["id"].startswith("pg-")
    assert (page["title"], page["tags"], page["pins"]) == ("Log book", ["sea"], pins)
    assert (page["is_public"], page["hidden"], page["pin_count"]) == (False, [], 2)
    assert page["metadata"]["colour"] == "blue"
    assert page["metadata"]["created_at"].endswith("Z")
    assert isinstance(page["created_at"], int)
    assert page["shareable_url"] == f"http://127.0.0.1:8000/share/pages/{page['id']}"
    assert (page["revision"], made.headers["etag"]) == (1, '"1"')
    assert await get_page(inside, page["id"]) == page


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "metadata/title"),
        ({"title": ""}, "title"),
        ({"metadata": {"title": 3}}, "metadata/title"),
        ({"title": "x", "titel": "y"}, "titel"),
        ({"title": "x", "allow_comments": True}, "allow_comments"),
        ({"title": "x", "pins": "p-1"}, "pins"),
        ({"title": "x", "pins": ["p-nowhere00000"]}, "pins/0"),
    ],
)
async def test_what_cannot_be_said_is_refused_by_name(
    inside: Inside, body: Any, field: str
) -> None:
    async with nothing_happens(inside):
        refused = await inside.call("POST", "/v1/pages", body)
    assert (refused.status, refused.code) == (400, "VALIDATION_FAILED")
    assert refused.json["error"]["details"]["field"] == field


async def test_nobody_begins_a_page_with_what_they_do_not_see(inside: Inside) -> None:
    secret = await make_pin(inside, who="dan")
    for wanted in (secret, "p-doesnotexist"):
        async with nothing_happens(inside):
            refused = await inside.call("POST", "/v1/pages", {**LOG, "pins": [wanted]})
        assert refused.status == 400
        message = "pins/0 is not found or you don't have access"
        assert refused.json["error"]["message"] == message


async def test_an_answer_can_be_changed_and_sent_back(inside: Inside) -> None:
    page = await get_page(inside, await make_page(inside))
    path = f"/v1/pages/{page['id']}"
    async with nothing_happens(inside):
        assert (await inside.call("PUT", path, page)).data["revision"] == 1
    saved = await ask(inside, "PUT", path, {**page, "title": "Growth"})
    assert (set(saved), saved["revision"]) == ({"id", "updated_at", "revision"}, 2)
    assert (await get_page(inside, page["id"]))["title"] == "Growth"


async def test_lists_hold_ones_own_and_what_others_share(inside: Inside) -> None:
    first, second = await make_page(inside), await make_page(inside)
    listed = await ask(inside, "GET", "/v1/pages?limit=1")
    rest = await ask(inside, "GET", "/v1/pages?offset=1")
    assert (listed["items"], listed["total"]) == (listed["pages"], 2)
    found = [page["id"] for page in listed["pages"] + rest["pages"]]
    assert sorted(found) == sorted([first, second])
    assert (await ask(inside, "GET", "/v1/pages", who="cleo"))["total"] == 0
    await give_role(inside, "pages", first, "cleo", "viewer")
    shared = await ask(inside, "GET", "/v1/pages/shared", who="cleo")
    assert [(page["id"], page["role"]) for page in shared["pages"]] == [(first, "viewer")]
    key = await bring_key(inside, "ada", "pages:read", resources=[first])
    assert (await ask(inside, "GET", "/v1/pages", who=key))["total"] == 1


async def test_pins_are_added_below_and_taken_away(inside: Inside) -> None:
    page_id = await make_page(inside)
    path = f"/v1/pages/{page_id}/pins"
    first, second = await make_pin(inside), await make_pin(inside, value=2)
    added = await inside.call("POST", path, {"pin_id": first})
    assert added.json["message"] == "Pin added to page successfully"
    assert (added.data["opens"], added.data["revision"]) == (True, 2)
    await add_to_page(inside, page_id, second)
    async with nothing_happens(inside):
        again = await add_to_page(inside, page_id, first)
    assert again["revision"] == 3
    listed = await ask(inside, "GET", path)
    assert ([pin["id"] for pin in listed["pins"]], listed["total"]) == ([first, second], 2)
    assert listed["pins"][0]["metadata"]["pin_type"] == "stat-cards"
    assert (await ask(inside, "GET", path + "?limit=1&offset=1"))["pins"] == listed["pins"][1:]
    await ask(inside, "DELETE", f"{path}/{first}")
    assert (await get_page(inside, page_id))["pins"] == [second]
    assert (await inside.call("GET", f"/v1/pins/{first}")).status == 200
    async with nothing_happens(inside):
        assert (await inside.call("DELETE", f"{path}/{first}")).status == 404


async def test_pins_are_put_in_an_order(inside: Inside) -> None:
    pins = [await make_pin(inside) for _ in range(4)]
    page_id = await make_page(inside, pins=pins)
    a, b, c, d = pins
    path = f"/v1/pages/{page_id}/pins/order"
    ordered = await ask(inside, "PUT", path, {"order": [d, b]})
    assert (ordered["pins"], ordered["revision"]) == ([d, b, a, c], 2)
    assert (await get_page(inside, page_id))["pins"] == [d, b, a, c]
    async with nothing_happens(inside):
        same = await ask(inside, "PUT", path, {"order": [d, b, a, c]})
    assert same["revision"] == 2
    elsewhere = await make_pin(inside)
    for order, fields in (
        ([elsewhere], ["order/0"]),
        ([a, a, elsewhere], ["order/1", "order/2"]),
    ):
        async with nothing_happens(inside):
            refused = await inside.call("PUT", path, {"order": order})
        errors = refused.json["error"]["details"]["errors"]
        assert (refused.status, [problem["field"] for problem in errors]) == (400, fields)


async def test_a_hidden_pin_stays_where_it_is(inside: Inside) -> None:
    first, secret, last = (
        await make_pin(inside),
        await make_pin(inside, who="ben"),
        await make_pin(inside),
    )
    await give_role(inside, "pins", secret, "ada", "viewer", who="ben")
    page_id = await make_page(inside, pins=[first, secret, last])
    await give_role(inside, "pages", page_id, "dan", "editor")
    page = await get_page(inside, page_id, "dan")
    assert (page["pins"], page["hidden"]) == ([first, last], [{"position": 1}])
    assert secret not in repr(page)
    path = f"/v1/pages/{page_id}/pins/order"
    async with nothing_happens(inside):
        assert (await inside.call("PUT", path, {"order": [secret]}, "dan")).status == 400
    ordered = await ask(inside, "PUT", path, {"order": [last, first]}, "dan")
    assert (ordered["pins"], ordered["hidden"]) == ([last, first], [{"position": 1}])
    assert (await get_page(inside, page_id))["pins"] == [last, secret, first]


async def test_a_pin_opens_to_the_audience_when_its_owner_adds_it(inside: Inside) -> None:
    page_id, own = await make_page(inside), await make_pin(inside)
    other = await make_pin(inside, who="dan")
    await give_role(inside, "pins", other, "ada", "viewer", who="dan")
    await give_role(inside, "pages", page_id, "cleo", "viewer")
    assert (await inside.call("GET", f"/v1/pins/{own}", who="cleo")).status == 404
    assert (await add_to_page(inside, page_id, own))["opens"] is True
    assert (await add_to_page(inside, page_id, other))["opens"] is False
    assert (await get_page(inside, page_id, "cleo"))["pins"] == [own]
    assert (await inside.call("GET", f"/v1/pins/{own}", who="cleo")).status == 200
    assert (await inside.call("GET", f"/v1/pins/{other}", who="cleo")).status == 404
    assert (await inside.call("PUT", f"/v1/pins/{own}", {}, "cleo")).status == 403
    # Its owner adds it again, and that opens it.
    await give_role(inside, "pages", page_id, "dan", "editor")
    assert (await add_to_page(inside, page_id, other, "dan"))["opens"] is True
    assert (await get_page(inside, page_id, "cleo"))["pins"] == [own, other]
    # Judged when it is viewed: what leaves the page is closed again.
    await ask(inside, "DELETE", f"/v1/pages/{page_id}/pins/{other}")
    assert (await inside.call("GET", f"/v1/pins/{other}", who="cleo")).status == 404
    await ask(inside, "DELETE", f"/v1/pages/{page_id}")
    assert (await inside.call("GET", f"/v1/pins/{own}", who="cleo")).status == 404


@pytest.mark.parametrize(
    ("scopes", "opens"),
    [(["pages:write"], False), (["pages:write", "pins:share"], True)],
)
async def test_a_key_opens_only_what_it_could_show(
    inside: Inside, scopes: list[str], *, opens: bool
) -> None:
    page_id, pin_id = await make_page(inside, is_public=True), await make_pin(inside)
    key = await bring_key(inside, "ada", *scopes)
    assert (await add_to_page(inside, page_id, pin_id, key))["opens"] is opens
    made = await ask(inside, "POST", "/v1/pages", {**LOG, "is_public": True, "pins": [pin_id]}, key)
    for seen in (page_id, made["id"]):
        assert (await get_page(inside, seen, "dan"))["pins"] == ([pin_id] if opens else [])


async def test_what_pins_say_needs_their_scope(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    page_id = await make_page(inside, pins=[pin_id])
    key = await bring_key(inside, "ada", "pages:read")
    listed = await ask(inside, "GET", f"/v1/pages/{page_id}/pins", who=key)
    assert listed["pins"] == [{"id": pin_id, "pin_id": pin_id}]


async def test_a_page_is_published_and_taken_back(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    page_id = await make_page(inside, pins=[pin_id])
    path = f"/v1/pages/{page_id}"
    published = await ask(inside, "POST", path + "/publish")
    assert (published["is_public"], published["revision"]) == (True, 2)
    assert published["shareable_url"].endswith(f"/share/pages/{page_id}")
    assert (await get_page(inside, page_id, "dan"))["pins"] == [pin_id]
    async with nothing_happens(inside):
        await ask(inside, "POST", path + "/publish")
    assert (await ask(inside, "POST", path + "/unpublish"))["is_public"] is False
    assert (await inside.call("GET", path, who="dan")).status == 404
    assert (await inside.call("GET", f"/v1/pins/{pin_id}", who="dan")).status == 404


async def test_if_match_refuses_what_somebody_changed(inside: Inside) -> None:
    page_id, pin_id = await make_page(inside), await make_pin(inside)
    path = f"/v1/pages/{page_id}"
    await ask(inside, "PUT", path, {"title": "Growth"})
    calls: list[tuple[str, str, Any]] = [
        ("PUT", path, {"title": "Late"}),
        ("DELETE", path, None),
        ("POST", path + "/publish", None),
        ("POST", path + "/pins", {"pin_id": pin_id}),
        ("PUT", path + "/pins/order", {"order": []}),
    ]
    for method, where, body in calls:
        async with nothing_happens(inside):
            refused = await inside.call(method, where, body, headers={"if-match": '"1"'})
        assert (refused.status, refused.code) == (412, "PRECONDITION_FAILED"), where


async def test_a_deleted_pin_leaves_every_page(inside: Inside) -> None:
    pin_id, other = await make_pin(inside), await make_pin(inside)
    pages = [await make_page(inside, pins=[pin_id, other]) for _ in range(2)]
    await ask(inside, "DELETE", f"/v1/pins/{pin_id}")
    for page_id in pages:
        page = await get_page(inside, page_id)
        assert (page["pins"], page["hidden"], page["revision"]) == ([other], [], 2)


async def test_its_owner_takes_a_pin_from_a_page_they_lost(inside: Inside) -> None:
    page_id, pin_id = await make_page(inside), await make_pin(inside, who="ben")
    await give_role(inside, "pages", page_id, "ben", "editor")
    await add_to_page(inside, page_id, pin_id, "ben")
    people = f"/v1/pages/{page_id}/collaborators/{inside.cast['ben'].user_id}"
    await ask(inside, "DELETE", people)
    path = f"/v1/pages/{page_id}/pins/{pin_id}"
    narrow = await bring_key(inside, "ben", "*", resources=[pin_id])
    async with nothing_happens(inside):
        for who in ("dan", narrow):
            assert (await inside.call("DELETE", path, who=who)).status == 404
    await ask(inside, "DELETE", path, who="ben")
    assert (await get_page(inside, page_id))["hidden"] == []
    async with nothing_happens(inside):
        assert (await inside.call("DELETE", path, who="ben")).status == 404


async def test_a_try_changes_nothing(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    page_id = await make_page(inside)
    async with nothing_happens(inside):
        tried = await inside.call("POST", "/v1/pages?dry_run=true", {**LOG, "pins": [pin_id]})
        assert (tried.status, tried.data["dry_run"]) == (201, True)
        path = f"/v1/pages/{page_id}/pins?dry_run=true"
        assert (await inside.call("POST", path, {"pin_id": pin_id})).data["opens"] is True


async def test_a_page_comes_out_of_the_bin_with_what_is_still_there(inside: Inside) -> None:
    kept, gone = await make_pin(inside), await make_pin(inside)
    page_id = await make_page(inside, pins=[kept, gone], is_public=True)
    await give_role(inside, "pages", page_id, "cleo", "viewer")
    await ask(inside, "DELETE", f"/v1/pages/{page_id}")
    (binned,) = (await ask(inside, "GET", "/v1/bin"))["items"]
    assert (binned["id"], binned["kind"]) == (page_id, "page")
    await ask(inside, "DELETE", f"/v1/pins/{gone}")
    assert (await inside.call("POST", f"/v1/bin/{page_id}/restore", who="cleo")).status == 404
    await ask(inside, "POST", f"/v1/bin/{page_id}/restore")
    for who in ("ada", "cleo", "dan"):
        assert (await get_page(inside, page_id, who))["pins"] == [kept]


async def test_pages_and_what_stands_on_them_are_found_by_words(inside: Inside) -> None:
    page_id, pin_id = await make_page(inside, title="Tide tables"), await make_pin(inside)
    await ask(inside, "PUT", f"/v1/pins/{pin_id}", {"title": "Low tide"})
    await add_to_page(inside, page_id, pin_id)
    search = "/v1/search?q=tide"
    assert (await ask(inside, "GET", search, who="cleo"))["items"] == []
    await give_role(inside, "pages", page_id, "cleo", "viewer")
    found = (await ask(inside, "GET", search, who="cleo"))["items"]
    assert [(item["kind"], item["id"], item["role"]) for item in found] == [
        ("page", page_id, "viewer"),
        ("pin", pin_id, "viewer"),
    ]
    key = await bring_key(inside, "cleo", "pages:read")
    assert [i["id"] for i in (await ask(inside, "GET", search, who=key))["items"]] == [page_id]

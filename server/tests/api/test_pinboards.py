"""`/v1/pinboards`: creating, reading, changing, listing, sharing, deleting."""

from typing import Any

import pytest
from inside import Inside
from scene import ask, bring_key, get_board, give_role, make_board, make_pin, nothing_happens, place

MARKETING = {
    "title": "Marketing Dashboard",
    "description": "Real-time marketing metrics",
    "tags": ["marketing", "kpis"],
    "is_public": False,
}


async def test_the_quickstarts_pinboard_is_created(inside: Inside) -> None:
    made = await inside.call("POST", "/v1/pinboards", MARKETING)
    assert (made.status, made.json["success"]) == (201, True)
    board = made.data
    assert {name: board[name] for name in MARKETING} == MARKETING
    assert board["id"].startswith("pb-")
    assert board["shareable_url"] == f"http://127.0.0.1:8000/share/pinboard/{board['id']}"
    assert (board["pins"], board["layout"], board["hidden"], board["pin_count"]) == ([], {}, [], 0)
    assert isinstance(board["created_at"], int)
    assert (board["revision"], made.headers["etag"]) == (1, '"1"')
    assert await get_board(inside, board["id"]) == board


async def test_title_description_and_tags_may_stand_in_metadata(inside: Inside) -> None:
    metadata = {"name": "Port", "description": "Ships", "tags": ["sea"], "colour": "blue"}
    made = await ask(inside, "POST", "/v1/pinboards", {"metadata": metadata})
    assert (made["title"], made["description"], made["tags"]) == ("Port", "Ships", ["sea"])
    assert made["metadata"]["colour"] == "blue"


async def test_an_update_changes_only_what_is_sent(inside: Inside) -> None:
    board_id = await make_board(inside, **MARKETING)
    before = await get_board(inside, board_id)
    saved = await ask(inside, "PUT", f"/v1/pinboards/{board_id}", {"title": "Growth"})
    assert set(saved) == {"id", "updated_at", "revision"}
    after = await get_board(inside, board_id)
    for changed in ("revision", "updated_at", "metadata"):
        before.pop(changed), after.pop(changed)
    assert after == {**before, "title": "Growth"}


async def test_an_answer_can_be_changed_and_sent_back(inside: Inside) -> None:
    board = await get_board(inside, await make_board(inside, **MARKETING))
    path = f"/v1/pinboards/{board['id']}"
    async with nothing_happens(inside):
        assert (await inside.call("PUT", path, board)).data["revision"] == 1
    saved = await ask(inside, "PUT", path, {**board, "title": "Growth"})
    assert saved["revision"] == 2
    assert (await get_board(inside, board["id"]))["title"] == "Growth"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"allow_edit": True}, "allow_edit"),
        ({"titel": "x"}, "titel"),
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"tags": ["x" * 51]}, "tags/0"),
        ({"is_public": "yes"}, "is_public"),
        ({"expires_at": "soon"}, "expires_at"),
        ({"metadata": {"title": 3}}, "metadata/title"),
        ({"title": "a", "metadata": {"title": "b"}}, "metadata/title"),
        ({"metadata": {"own": "x" * 17_000}}, "metadata"),
    ],
)
async def test_what_cannot_be_said_is_refused_by_name(
    inside: Inside, body: Any, field: str
) -> None:
    board_id = await make_board(inside)
    async with nothing_happens(inside):
        refused = await inside.call("PUT", f"/v1/pinboards/{board_id}", body)
    assert (refused.status, refused.code) == (400, "VALIDATION_FAILED")
    assert refused.json["error"]["details"]["field"] == field


async def test_a_title_is_needed(inside: Inside) -> None:
    async with nothing_happens(inside):
        refused = await inside.call("POST", "/v1/pinboards", {"description": "x"})
    assert (refused.status, refused.json["error"]["details"]["field"]) == (400, "title")


async def test_if_match_refuses_what_somebody_changed(inside: Inside) -> None:
    board_id = await make_board(inside)
    path = f"/v1/pinboards/{board_id}"
    await ask(inside, "PUT", path, {"title": "Growth"})
    calls: list[tuple[str, str, Any]] = [
        ("PUT", path, {"title": "Late"}),
        ("DELETE", path, None),
        ("POST", path + "/share", {"is_public": True}),
        ("POST", path + "/pins", {"pin_id": await make_pin(inside)}),
        ("PATCH", path + "/layout", {"layout": {}}),
    ]
    for method, where, body in calls:
        async with nothing_happens(inside):
            refused = await inside.call(method, where, body, headers={"if-match": '"1"'})
        assert (refused.status, refused.code) == (412, "PRECONDITION_FAILED"), where
    saved = await inside.call("PUT", path, {"title": "Now"}, headers={"if-match": 'W/"2"'})
    assert saved.status == 200


async def test_a_read_that_has_nothing_new_is_304(inside: Inside) -> None:
    board_id = await make_board(inside)
    known = {"if-none-match": '"1"'}
    assert (await inside.call("GET", f"/v1/pinboards/{board_id}", headers=known)).status == 304


async def test_the_etag_tells_when_a_hidden_pin_comes_into_sight(inside: Inside) -> None:
    board_id = await make_board(inside, is_public=True)
    pin_id = await make_pin(inside, who="ben")
    await give_role(inside, "pins", pin_id, "ada", "viewer", who="ben")
    await place(inside, board_id, pin_id)
    path = f"/v1/pinboards/{board_id}"
    hidden = await inside.call("GET", path, who="dan")
    assert hidden.headers["etag"].startswith('"2-')
    await ask(inside, "POST", f"/v1/pins/{pin_id}/share", {"is_public": True}, "ben")
    known = {"if-none-match": hidden.headers["etag"]}
    seen = await inside.call("GET", path, who="dan", headers=known)
    assert (seen.status, seen.headers["etag"], seen.data["pins"]) == (200, '"2"', [pin_id])


async def test_lists_hold_ones_own_newest_first(inside: Inside) -> None:
    first, second, third = [await make_board(inside) for _ in range(3)]
    await make_board(inside, who="ben")
    listed = await ask(inside, "GET", "/v1/pinboards?limit=2")
    assert listed["items"] == listed["pinboards"]
    assert (listed["total"], listed["limit"], listed["offset"]) == (3, 2, 0)
    rest = await ask(inside, "GET", "/v1/pinboards?limit=2&offset=2")
    order = [board["id"] for board in listed["items"] + rest["items"]]
    assert order == [third, second, first]
    assert (await inside.call("GET", "/v1/pinboards?limit=101")).status == 400


async def test_shared_lists_what_others_shared(inside: Inside) -> None:
    board_id = await make_board(inside, is_public=True)
    assert (await ask(inside, "GET", "/v1/pinboards/shared", who="ben"))["items"] == []
    await give_role(inside, "pinboards", board_id, "ben", "viewer")
    listed = await ask(inside, "GET", "/v1/pinboards/shared", who="ben")
    assert [(board["id"], board["role"]) for board in listed["pinboards"]] == [(board_id, "viewer")]
    assert (await ask(inside, "GET", "/v1/pinboards", who="ben"))["items"] == []


async def test_sharing_answers_flags_and_the_link(inside: Inside) -> None:
    board_id = await make_board(inside, allow_comments=True)
    shared = await ask(inside, "POST", f"/v1/pinboards/{board_id}/share", {"is_public": True})
    assert shared == {
        "id": board_id,
        "is_public": True,
        "require_sign_in": False,
        "allow_comments": True,
        "expires_at": None,
        "shareable_url": f"http://127.0.0.1:8000/share/pinboard/{board_id}",
        "revision": 2,
    }
    async with nothing_happens(inside):
        await ask(inside, "POST", f"/v1/pinboards/{board_id}/share", {"is_public": True})


@pytest.mark.parametrize("scope", ["pinboards:share", "pinboards:invite"])
async def test_either_sharing_scope_shares(inside: Inside, scope: str) -> None:
    board_id = await make_board(inside)
    key = await bring_key(inside, "ada", scope)
    path = f"/v1/pinboards/{board_id}"
    await ask(inside, "POST", path + "/share", {"is_public": True}, key)
    await ask(inside, "GET", path + "/collaborators", who=key)


async def test_an_editor_sends_flags_back_but_does_not_change_them(inside: Inside) -> None:
    board_id = await make_board(inside, is_public=True)
    await give_role(inside, "pinboards", board_id, "ben", "editor")
    path = f"/v1/pinboards/{board_id}"
    await ask(inside, "PUT", path, {"title": "Ben's", "is_public": True}, "ben")
    for body in ({"is_public": False}, {"expires_at": 4_000_000_000_000}, {"allow_comments": True}):
        async with nothing_happens(inside):
            refused = await inside.call("PUT", path, {"title": "More", **body}, "ben")
        assert (refused.status, refused.code) == (403, "FORBIDDEN")


async def test_a_deleted_pinboard_is_gone_and_its_pins_stay(inside: Inside) -> None:
    board_id, pin_id = await make_board(inside), await make_pin(inside)
    await place(inside, board_id, pin_id)
    deleted = await ask(inside, "DELETE", f"/v1/pinboards/{board_id}")
    assert (deleted["id"], isinstance(deleted["deleted_at"], int)) == (board_id, True)
    gone = await inside.call("GET", f"/v1/pinboards/{board_id}")
    message = "Pinboard not found or you don't have access"
    assert (gone.status, gone.json["error"]["message"]) == (404, message)
    assert (await ask(inside, "GET", "/v1/pinboards"))["total"] == 0
    assert (await ask(inside, "GET", f"/v1/pins/{pin_id}"))["id"] == pin_id


async def test_a_deleted_pin_leaves_every_pinboard(inside: Inside) -> None:
    pin_id, other = await make_pin(inside), await make_pin(inside)
    boards = [await make_board(inside), await make_board(inside, who="ben")]
    await give_role(inside, "pins", pin_id, "ben", "viewer")
    await place(inside, boards[0], other)
    await place(inside, boards[0], pin_id)
    await place(inside, boards[1], pin_id, who="ben")
    async with inside.watching("ben", pinboards=[boards[1]]) as watcher:
        await ask(inside, "DELETE", f"/v1/pins/{pin_id}")
        await watcher.until(lambda: watcher.named("pinboard"))
    assert watcher.named("pinboard") == [{"id": boards[1], "revision": 3}]
    assert watcher.named("deleted") == [{"id": pin_id}]
    assert (await get_board(inside, boards[0]))["pins"] == [other]
    emptied = await get_board(inside, boards[1], "ben")
    assert (emptied["pins"], emptied["hidden"], emptied["revision"]) == ([], [], 3)


async def test_a_narrowed_key_sees_its_pinboard_and_creates_none(inside: Inside) -> None:
    board_id, other = await make_board(inside), await make_board(inside)
    pin_id = await make_pin(inside)
    await place(inside, board_id, pin_id)
    key = await bring_key(inside, "ada", "*", resources=[board_id])
    assert (await get_board(inside, board_id, key))["pins"] == [pin_id]
    listed = await ask(inside, "GET", "/v1/pinboards", who=key)
    assert [board["id"] for board in listed["items"]] == [board_id]
    for path in (f"/v1/pinboards/{other}", f"/v1/pins/{pin_id}"):
        assert (await inside.call("GET", path, who=key)).status == 404
    for path, body in (
        ("/v1/pinboards", {"title": "x"}),
        ("/v1/pins", {"metadata": {"title": "x"}}),
    ):
        async with nothing_happens(inside):
            refused = await inside.call("POST", path, body, key)
        assert (refused.status, refused.code) == (403, "FORBIDDEN")

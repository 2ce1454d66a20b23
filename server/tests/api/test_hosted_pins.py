"""What is publicly known of the hosted service's API v1, fact by fact: what a client sends there,
and what it looks for in the answer.

Its pages are of different age and say different things: answers have what each of them says. What
is different here on purpose is told in `docs/using/from-the-hosted-service.md`.
"""

from typing import Any

import pytest
from facts import CARD, CARDS, MISSING, OTHERS, TABLE, TITLED, fits, iso, ms, pin_id
from inside import Inside
from scene import ask, give_role, make_board, make_page, make_pin, place

ONE_CARD = {"pin_type": "stat-cards", "content": CARDS, "pin_config": CARDS}
WRITTEN: dict[str, tuple[Any, Any]] = {
    "the payload as content": ({**CARD, "content": CARDS, **TITLED}, ONE_CARD),
    "the payload as pin_config": ({**CARD, "pin_config": CARDS, **TITLED}, ONE_CARD),
    "the payload in metadata": (
        {**CARD, "metadata": {"title": "Users", "pin_config": CARDS}},
        {**ONE_CARD, "metadata": {"pin_config": CARDS, "pin_type": "stat-cards"}},
    ),
    "the type in metadata": (
        {"metadata": {"title": "Users", "pin_type": "stat-cards", "pin_config": CARDS}},
        ONE_CARD,
    ),
    "the type under its first name": (
        {"data_type": "pin-card", "pin_card_type": "stat-cards", "content": CARDS, **TITLED},
        ONE_CARD,
    ),
    "the title under its first name": (
        {**CARD, "content": CARDS, "metadata": {"name": "Users"}},
        {"title": "Users", "metadata": {"title": "Users"}},
    ),
    "the layout at the root": (
        {**CARD, "content": CARDS, "pin_layout": "3x2", **TITLED},
        {"pin_layout": "3x2", "metadata": {"pin_layout": "3x2"}},
    ),
    "the layout in metadata": (
        {**CARD, "content": CARDS, "metadata": {"title": "Users", "pin_layout": "4x4"}},
        {"pin_layout": "4x4", "metadata": {"pin_layout": "4x4"}},
    ),
    "public in metadata": (
        {**CARD, "content": CARDS, "metadata": {"title": "Users", "is_public": True}},
        {"is_public": True},
    ),
    "flags at the root": (
        {
            **CARD, "content": CARDS, **TITLED,
            "is_public": True, "allow_edit": True, "require_sign_in": True, "allow_comments": True,
        },
        {
            "is_public": True,
            "metadata": {"allow_edit": True, "require_sign_in": True, "allow_comments": True},
        },
    ),
    "a title and nothing else": (
        TITLED,
        {
            "pin_type": "markdown", "is_public": False,
            "metadata": {"allow_edit": False, "require_sign_in": False, "allow_comments": False},
        },
    ),
    "markdown as text": (
        {"data_type": "markdown", "content": "# Users", **TITLED},
        {"pin_type": "markdown", "content": "# Users", "data_type": "markdown"},
    ),
    "markdown as a config": (
        {"pin_type": "markdown", "pin_config": {"content": "# Users"}, **TITLED},
        {"pin_type": "markdown", "metadata": {"pin_config": {"content": "# Users"}}},
    ),
    "json without a type": (
        {"data_type": "json", "content": {"sold": 3}, **TITLED},
        {"data_type": "json", "content": {"sold": 3}, "metadata": {"pin_config": {"sold": 3}}},
    ),
    "text without a type": (
        {"data_type": "text", "content": "Sold 3", **TITLED},
        {"data_type": "text", "content": "Sold 3", "pin_type": "markdown"},
    ),
    "a description and tags": (
        {**CARD, "content": CARDS, "metadata": {"title": "U", "description": "d", "tags": ["t"]}},
        {"description": "d", "metadata": {"tags": ["t"]}},
    ),
    "a table with labels": (
        {**CARD, "pin_type": "flexible-table", "content": TABLE, **TITLED},
        {"pin_type": "flexible-table", "content": TABLE},
    ),
    "a table with names": (
        {
            "pin_type": "table", **TITLED,
            "pin_config": {"columns": [{"id": "a", "name": "A", "type": "number"}], "rows": []},
        },
        {"pin_type": "table", "pin_config": {"columns": [{"id": "a", "name": "A"}]}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("fact", WRITTEN)
async def test_a_pin_is_written_as_every_page_says_and_read_in_all_their_shapes(
    inside: Inside, fact: str
) -> None:
    body, told = WRITTEN[fact]
    made = await inside.call("POST", "/v1/pins", body)
    fits(
        made.json,
        {
            "success": True,
            "data": {
                "pin_id": pin_id,
                "id": made.data["pin_id"],
                "shareable_url": f"http://127.0.0.1:8000/share/pin/{made.data['id']}",
                "created_at": iso,
            },
        },
    )
    read = await ask(inside, "GET", f"/v1/pins/{made.data['id']}")
    shape = {
        "id": made.data["id"],
        "title": read["metadata"]["title"],
        "description": str,
        "owner_id": inside.cast["ada"].user_id,
        "data_type": str,
        "is_public": bool,
        "content": read["content"],
        "created_at": ms,
        "updated_at": ms,
        "metadata": {
            "title": str,
            "tags": list,
            "pin_type": read["pin_type"],
            "pin_layout": read["pin_layout"],
            "pin_config": read["pin_config"],
            "created_at": iso,
            "updated_at": iso,
        },
    }
    fits(read, shape)
    fits(read, told)


async def test_lists_have_the_names_of_every_age(inside: Inside) -> None:
    """`pins` and `items`; `limit` 50 and `offset` 0 unless they are sent."""
    first, second = await make_pin(inside, is_public=True), await make_pin(inside)
    item = {
        "data_type": "pin-card",
        "pin_type": "stat-cards",
        "pin_layout": str,
        "title": "Sales",
        "metadata": {"title": "Sales", "tags": list},
        "created_at": ms,
        "updated_at": ms,
    }
    items = [
        {**item, "pin_id": second, "id": second, "is_public": False},
        {**item, "pin_id": first, "id": first, "is_public": True},
    ]
    whole = {"pins": items, "items": items, "total": 2, "limit": 50, "offset": 0}
    fits(await ask(inside, "GET", "/v1/pins"), whole)
    part = {"pins": items[1:], "items": items[1:], "total": 2, "limit": 100, "offset": 1}
    fits(await ask(inside, "GET", "/v1/pins?limit=100&offset=1"), part)
    board_id = await make_board(inside, tags=["x"])
    board = {"id": board_id, "title": "Harbour", "pin_count": 0, "tags": ["x"]}
    fits(await ask(inside, "GET", "/v1/pinboards"), {"pinboards": [board], "total": 1})
    page_id = await make_page(inside)
    fits(await ask(inside, "GET", "/v1/pages"), {"pages": [{"id": page_id}], "total": 1})
    await give_role(inside, "pages", page_id, "ben", "viewer")
    shared = await ask(inside, "GET", "/v1/pages/shared", who="ben")
    fits(shared, {"pages": [{"id": page_id}], "total": 1})


CHANGED: dict[str, tuple[Any, Any]] = {
    "content": ({"content": OTHERS}, {"content": OTHERS, "title": "Sales"}),
    "pin_config": ({"pin_config": OTHERS}, {"content": OTHERS, "title": "Sales"}),
    "metadata.pin_config": (
        {"metadata": {"pin_config": OTHERS}},
        {"content": OTHERS, "title": "Sales", "metadata": {"tags": ["shop"]}},
    ),
    "title and tags alone": (
        {"metadata": {"title": "New", "tags": ["a", "b"]}},
        {"title": "New", "metadata": {"title": "New", "tags": ["a", "b"]}, "content": CARDS},
    ),
    "flags alone": (
        {"is_public": True, "allow_edit": True, "require_sign_in": True, "allow_comments": True},
        {
            "title": "Sales", "content": CARDS, "is_public": True,
            "metadata": {"allow_edit": True, "require_sign_in": True, "allow_comments": True},
        },
    ),
    "another type with its config": (
        {"pin_type": "table", "pin_config": TABLE}, {"pin_type": "table", "pin_config": TABLE},
    ),
    "the layout": ({"pin_layout": "2x2"}, {"pin_layout": "2x2", "content": CARDS}),
}  # fmt: skip


@pytest.mark.parametrize("fact", CHANGED)
async def test_a_change_takes_what_is_sent_and_leaves_the_rest(inside: Inside, fact: str) -> None:
    body, told = CHANGED[fact]
    pin = {**CARD, "content": CARDS, "metadata": {"title": "Sales", "tags": ["shop"]}}
    made = await ask(inside, "POST", "/v1/pins", pin)
    path = f"/v1/pins/{made['id']}"
    changed = await inside.call("PUT", path, body)
    assert (changed.status, changed.headers["x-ratelimit-token-cost"]) == (200, "2")
    fits(changed.json, {"success": True, "data": {"id": made["id"], "updated_at": ms}})
    fits(await ask(inside, "GET", path), told)


async def test_sharing_and_deleting_answer_as_documented(inside: Inside) -> None:
    pin, board = await make_pin(inside), await make_board(inside)
    await place(inside, board, pin)
    path = f"/v1/pins/{pin}"
    shared = await ask(inside, "POST", path + "/share", {"is_public": True, "allow_edit": True})
    flags = {"is_public": True, "allow_edit": True, "require_sign_in": False}
    told = {"id": pin, **flags, "allow_comments": False}
    fits(shared, {**told, "shareable_url": f"http://127.0.0.1:8000/share/pin/{pin}"})
    commented = await ask(inside, "POST", path + "/share", {"allow_comments": True})
    fits(commented, {**told, "allow_comments": True})
    deleted = await inside.call("DELETE", path)
    assert (deleted.status, deleted.headers["x-ratelimit-token-cost"]) == (200, "2")
    fits(deleted.json, {"success": True, "data": {"deleted_at": ms}})
    assert (await inside.call("GET", path)).status == 404
    assert (await ask(inside, "GET", "/v1/pins"))["total"] == 0
    fits(await ask(inside, "GET", f"/v1/pinboards/{board}"), {"pins": [], "layout": {}})


async def test_batches_answer_element_by_element(inside: Inside) -> None:
    secret = await make_pin(inside, "dan")
    body = {"pins": [{**CARD, "content": CARDS, **TITLED}, {"metadata": {}}]}
    created = await inside.call("POST", "/v1/pins/batch", body)
    fits(
        created.json,
        {
            "success": True,
            "message": "Created 1 pins",
            "data": {
                "created": [{"id": pin_id, "index": 0, "created_at": ms}],
                "failed": [{"index": 1, "error": "metadata.title is required"}],
            },
        },
    )
    own = created.data["created"][0]["id"]
    found = await inside.call("POST", "/v1/pins/batch/get", {"pin_ids": [own, MISSING, secret]})
    fits(
        found.json,
        {
            "message": "Retrieved 1 pins",
            "data": {
                "found": [
                    {
                        "id": own,
                        "title": "Users",
                        "pin_type": "stat-cards",
                        "is_public": False,
                        "metadata": {"title": "Users", "pin_config": CARDS},
                        "created_at": ms,
                        "updated_at": ms,
                        "owner_id": inside.cast["ada"].user_id,
                    }
                ],
            },
        },
    )
    assert {*found.data["not_found"], *found.data["permission_denied"]} == {MISSING, secret}
    updates = [{"id": own, "pin_config": OTHERS}, {"id": MISSING, "is_public": True}]
    updated = await inside.call("PATCH", "/v1/pins/batch", {"updates": updates})
    refused = [{"id": MISSING, "error": str}]
    data = {"updated": [own], "failed": refused, "updated_at": ms}
    fits(updated.json, {"message": "Updated 1 pins", "data": data})
    deleted = await inside.call("DELETE", "/v1/pins/batch", {"pin_ids": [own, MISSING]})
    data = {"deleted": [own], "failed": refused}
    fits(deleted.json, {"message": "Deleted 1 pins", "data": data})


async def test_an_editor_cannot_delete_and_is_told_so(inside: Inside) -> None:
    pin = await make_pin(inside)
    await give_role(inside, "pins", pin, "ben", "editor")
    refused = await inside.call("DELETE", f"/v1/pins/{pin}", who="ben")
    assert refused.status == 403
    fits(refused.json, {"success": False, "error": {"code": "FORBIDDEN", "message": str}})
    body = {"pin_ids": [pin]}
    batch = await ask(inside, "DELETE", "/v1/pins/batch", body, who="ben")
    fits(batch, {"deleted": [], "failed": [{"id": pin, "error": str}]})

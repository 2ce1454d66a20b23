"""Comments on pins and pinboards."""

from typing import Any

import pytest
from inside import Inside
from scene import LONG_AGO, ask, bring_key, give_role, make_board, make_pin, nothing_happens, place

KINDS = ("pins", "pinboards")


async def _make(inside: Inside, kind: str, **flags: Any) -> str:
    """A thing that takes comments, and the path of its comments."""
    make = make_pin if kind == "pins" else make_board
    thing_id = await make(inside, **{"allow_comments": True, **flags})
    return f"/v1/{kind}/{thing_id}"


async def _say(inside: Inside, thing: str, text: str, who: str = "ada") -> Any:
    return await ask(inside, "POST", thing + "/comments", {"text": text}, who)


@pytest.mark.parametrize("kind", KINDS)
async def test_people_talk_about_a_thing(inside: Inside, kind: str) -> None:
    thing = await _make(inside, kind, is_public=True)
    first = await _say(inside, thing, "**Why** the dip?")
    second = await _say(inside, thing, "The oven was off.", "dan")
    assert first["id"].startswith("c-")
    assert first["author"] == {"id": inside.cast["ada"].user_id, "name": "Ada"}
    assert (second["author"]["name"], second["text"]) == ("Dan", "The oven was off.")
    page = await ask(inside, "GET", thing + "/comments", who="dan")
    assert page == {"items": [second, first], "total": 2, "limit": 50, "offset": 0}
    page = await ask(inside, "GET", thing + "/comments?limit=1&offset=1")
    assert (page["items"], page["total"]) == ([first], 2)
    assert "example" not in repr(page)  # no e-mail


@pytest.mark.parametrize("kind", KINDS)
async def test_an_author_changes_and_deletes_what_they_said(inside: Inside, kind: str) -> None:
    thing = await _make(inside, kind, is_public=True)
    said = await _say(inside, thing, "Frist", "dan")
    path = f"{thing}/comments/{said['id']}"
    changed = await ask(inside, "PATCH", path, {"text": "First"}, "dan")
    assert (changed["text"], changed["created_at"]) == ("First", said["created_at"])
    async with nothing_happens(inside):
        for who in ("ada", "cleo"):
            answer = await inside.call("PATCH", path, {"text": "Last"}, who)
            assert (answer.status, answer.code) == (403, "FORBIDDEN")
        assert (await inside.call("DELETE", path, who="cleo")).status == 403
    await ask(inside, "DELETE", path, who="dan")
    other = await _say(inside, thing, "Second", "dan")
    await ask(inside, "DELETE", f"{thing}/comments/{other['id']}")  # Ada owns it
    assert (await ask(inside, "GET", thing + "/comments"))["items"] == []


@pytest.mark.parametrize("kind", KINDS)
async def test_where_comments_are_off_nobody_reads_or_writes(inside: Inside, kind: str) -> None:
    thing = await _make(inside, kind, is_public=True)
    said = await _say(inside, thing, "Before", "dan")
    await ask(inside, "POST", thing + "/share", {"allow_comments": False})
    async with nothing_happens(inside):
        for method, path, body in (
            ("GET", "/comments", None),
            ("POST", "/comments", {"text": "x"}),
            ("PATCH", f"/comments/{said['id']}", {"text": "x"}),
            ("DELETE", f"/comments/{said['id']}", None),
        ):
            for who in ("ada", "dan"):
                answer = await inside.call(method, thing + path, body, who)
                assert (answer.status, answer.code) == (403, "FORBIDDEN")
        shared = thing.replace("/v1/", "/v1/shared/") + "/comments"
        assert (await inside.call("GET", shared, who=None)).status == 403


@pytest.mark.parametrize("kind", KINDS)
async def test_visitors_read_names_and_texts_of_public_things(inside: Inside, kind: str) -> None:
    thing = await _make(inside, kind, is_public=True)
    said = await _say(inside, thing, "Hello")
    shared = thing.replace("/v1/", "/v1/shared/") + "/comments"
    (item,) = (await ask(inside, "GET", shared, who=None))["items"]
    assert item == {**said, "author": {"name": "Ada"}}
    assert (await inside.call("GET", thing + "/comments", who=None)).status == 401
    async with nothing_happens(inside):
        answer = await inside.call("POST", thing + "/comments", {"text": "x"}, None)
        assert (answer.status, answer.code) == (401, "UNAUTHORIZED")
        assert (await inside.call("POST", shared, {"text": "x"}, None)).status == 405
    for flags, status in (
        ({"require_sign_in": True}, 401),
        ({"expires_at": LONG_AGO}, 410),
        ({"is_public": False}, 404),
    ):
        await ask(inside, "POST", thing + "/share", flags)
        assert (await inside.call("GET", shared, who=None)).status == status
        await ask(inside, "POST", thing + "/share", {"require_sign_in": False, "expires_at": None})


async def test_a_pin_that_a_board_opens_is_discussed_there(inside: Inside) -> None:
    pin = await _make(inside, "pins")
    board = await make_board(inside)
    await place(inside, board, pin.rpartition("/")[2])
    await give_role(inside, "pinboards", board, "cleo", "viewer")
    await _say(inside, pin, "Seen here", "cleo")
    async with nothing_happens(inside):
        answer = await inside.call("POST", pin + "/comments", {"text": "x"}, "dan")
    assert (answer.status, answer.code) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": " \n"}, {"text": "x" * 4001}, {"text": 1}, {"text": "x", "author": "Ben"}]
)  # fmt: skip
async def test_what_says_nothing_or_too_much_is_refused(inside: Inside, body: Any) -> None:
    thing = await _make(inside, "pins")
    async with nothing_happens(inside):
        answer = await inside.call("POST", thing + "/comments", body)
    assert (answer.status, answer.code) == (400, "VALIDATION_FAILED")
    assert answer.json["error"]["details"]["field"] in ("text", "author")


async def test_hostile_text_is_kept_as_text(inside: Inside) -> None:
    thing = await _make(inside, "pins")
    text = "<script>alert(1)</script> ![x](javascript:1) {{sales.total}} \u202e\u2028"
    assert (await _say(inside, thing, text))["text"] == text
    refused = await inside.call("POST", thing + "/comments", b'{"text": "a\\u0000b"}')
    assert refused.status == 400


async def test_comments_ride_on_the_scopes_of_their_parents(inside: Inside) -> None:
    pin, board = await _make(inside, "pins"), await _make(inside, "pinboards")
    key = await bring_key(inside, "ada", "pins:read", "pinboards:write")
    await _say(inside, board, "From a key", key)
    await ask(inside, "GET", pin + "/comments", who=key)
    async with nothing_happens(inside):
        answer = await inside.call("POST", pin + "/comments", {"text": "x"}, key)
    assert answer.json["error"]["details"] == {"required_scope": "pins:write"}


async def test_a_comment_belongs_to_its_thing(inside: Inside) -> None:
    pin, other, board = [await _make(inside, kind) for kind in ("pins", "pins", "pinboards")]
    said = await _say(inside, pin, "Here")
    async with nothing_happens(inside):
        for thing in (other, board):
            path = f"{thing}/comments/{said['id']}"
            for method, body in (("PATCH", {"text": "x"}), ("DELETE", None)):
                answer = await inside.call(method, path, body)
                assert (answer.status, answer.code) == (404, "NOT_FOUND")


async def test_there_is_a_most(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pindown_server.comments.actions.MOST_COMMENTS", 2)
    thing = await _make(inside, "pins")
    for text in ("one", "two"):
        await _say(inside, thing, text)
    async with nothing_happens(inside):
        answer = await inside.call("POST", thing + "/comments", {"text": "three"})
    assert (answer.status, answer.code) == (409, "CONFLICT")


async def test_a_comment_is_no_change_of_its_thing(inside: Inside) -> None:
    thing = await _make(inside, "pins")
    before = await ask(inside, "GET", thing)
    await _say(inside, thing, "Fine")
    assert await ask(inside, "GET", thing) == before

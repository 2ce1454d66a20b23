"""`/v1/users` for admins, and `/v1/me`."""

from typing import Any

import pytest
from browser import PASSWORD, Browser, give_passwords, signed_in
from inside import Inside, stat
from pindown_server.people import store


@pytest.fixture
async def ada(inside: Inside) -> Browser:
    """The admin: of the cast, the first to come."""
    await give_passwords(inside)
    return await signed_in(inside)


async def users(inside: Inside) -> dict[str, Any]:
    async with inside.app.parts.database.reader() as reader:
        return {account.email: account for account in await store.all_accounts(reader)}


async def test_an_admin_sees_all_accounts_newest_first(inside: Inside, ada: Browser) -> None:
    listed = await ada.call("GET", "/v1/users?limit=3")
    assert listed.data["total"] == 4
    assert len(listed.data["items"]) == 3
    times = [item["created_at"] for item in listed.data["items"]]
    assert times == sorted(times, reverse=True)
    assert set(listed.data["items"][0]) == {
        "id", "email", "name", "tier", "is_admin", "created_at",
    }  # fmt: skip


async def test_an_admin_makes_an_account_with_a_password_or_a_link(
    inside: Inside, ada: Browser
) -> None:
    body = {"email": "Eve@x.example", "password": PASSWORD, "tier": "team"}
    made = await ada.call("POST", "/v1/users", body)
    assert (made.status, made.data["email"], made.data["tier"]) == (201, "eve@x.example", "team")
    assert "reset_url" not in made.data

    made = await ada.call("POST", "/v1/users", {"email": "fay@x.example"})
    address, _, token = made.data["reset_url"].partition("?token=")
    assert address == "http://127.0.0.1:8000/reset"
    body = {"token": token, "password": "a password of fay's"}
    assert (await Browser(inside).call("POST", "/v1/auth/reset", body)).status == 200


async def test_an_admin_changes_tier_and_admins(inside: Inside, ada: Browser) -> None:
    ben = inside.cast["ben"].user_id
    assert (await inside.call("GET", "/v1/users", who="ben")).status == 403
    body = {"tier": "hobby", "is_admin": True, "name": "Benjamin"}
    changed = await ada.call("PATCH", f"/v1/users/{ben}", body)
    assert {**changed.data, **body} == changed.data
    seen = await inside.call("GET", "/v1/users", who="ben")
    assert (seen.status, seen.headers["x-ratelimit-limit-minute"]) == (200, "50")


async def test_an_admin_removes_an_account_with_everything_in_it(
    inside: Inside, ada: Browser
) -> None:
    ben = inside.cast["ben"].user_id
    pin_id = (await inside.call("POST", "/v1/pins", stat(1), who="ben")).data["id"]
    browser = await signed_in(inside, "ben")
    async with inside.watching("ben", pins=[pin_id]) as watcher:
        assert (await ada.call("DELETE", f"/v1/users/{ben}")).status == 200
        await watcher.until(lambda: watcher.is_closed)
        assert watcher.events[-1] == ("denied", {})
    for path in ("/v1/me", "/v1/pins", "/v1/api-keys/current", f"/v1/pins/{pin_id}"):
        assert (await inside.call("GET", path, who="ben")).status == 401
    assert not await browser.is_signed_in()
    assert (await browser.sign_in("ben")).status == 401
    async with inside.app.parts.database.reader() as reader:
        assert await reader.rows("SELECT 1 FROM pins", {}) == []


async def test_who_is_no_admin_has_no_say_over_accounts(inside: Inside, ada: Browser) -> None:
    before = await users(inside)
    own = inside.cast["ada"].user_id
    for method, path, body in [
        ("GET", "/v1/users", None),
        ("POST", "/v1/users", {"email": "eve@x.example", "is_admin": True}),
        ("PATCH", f"/v1/users/{inside.cast['ben'].user_id}", {"is_admin": True}),
        ("DELETE", f"/v1/users/{own}", None),
    ]:
        refused = await inside.call(method, path, body, who="ben")
        assert (refused.status, refused.code) == (403, "FORBIDDEN")
        refused = await inside.call(method, path, body, who=None)
        assert (refused.status, refused.code) == (401, "UNAUTHORIZED")
    assert await users(inside) == before


async def test_the_last_admin_stays(inside: Inside, ada: Browser) -> None:
    before = await users(inside)
    own = inside.cast["ada"].user_id
    for method, path, body in [
        ("PATCH", f"/v1/users/{own}", {"is_admin": False}),
        ("DELETE", f"/v1/users/{own}", None),
        ("DELETE", "/v1/me", None),
    ]:
        refused = await ada.call(method, path, body)
        assert (refused.status, refused.code) == (409, "CONFLICT")
    assert await users(inside) == before
    await ada.call("PATCH", f"/v1/users/{inside.cast['ben'].user_id}", {"is_admin": True})
    assert (await ada.call("DELETE", "/v1/me")).status == 200
    assert set(await users(inside)) == set(before) - {inside.cast["ada"].email}
    assert ada.cookies == {}


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"email": "nobody"}, 400),
        ({"password": "short"}, 400),
        ({"tier": "golden"}, 400),
        ({"tier": 5}, 400),
        ({"rank": "king"}, 400),
    ],
)
async def test_an_account_that_cannot_be_is_refused(
    inside: Inside, ada: Browser, wrong: dict[str, Any], status: int
) -> None:
    before = await users(inside)
    refused = await ada.call("POST", "/v1/users", {"email": "eve@x.example", **wrong})
    assert refused.status == status
    assert await users(inside) == before


async def test_an_account_with_a_taken_email_is_refused(inside: Inside, ada: Browser) -> None:
    before = await users(inside)
    taken = await ada.call("POST", "/v1/users", {"email": inside.cast["ben"].email.upper()})
    assert (taken.status, taken.code) == (409, "CONFLICT")
    assert await users(inside) == before


async def test_everybody_may_call_themselves_something_else(inside: Inside, ada: Browser) -> None:
    body = {"name": "  Ada\u202e\n Lovelace ", "email": "AL@harbour.example"}
    changed = await ada.call("PATCH", "/v1/me", body)
    assert (changed.data["name"], changed.data["email"]) == ("Ada Lovelace", "al@harbour.example")
    again = await ada.call("PATCH", "/v1/me", {**changed.data, "name": ""})
    assert (again.status, again.data["name"]) == (200, "al")


async def test_an_email_is_changed_to_a_free_one_and_only_when_signed_in(
    inside: Inside, ada: Browser
) -> None:
    before = await users(inside)
    taken = await ada.call("PATCH", "/v1/me", {"email": inside.cast["ben"].email.upper()})
    assert (taken.status, taken.code) == (409, "CONFLICT")
    by_key = await inside.call("PATCH", "/v1/me", {"email": "new@harbour.example"})
    assert (by_key.status, by_key.code) == (403, "FORBIDDEN")
    assert await users(inside) == before


async def test_nobody_makes_themselves_an_admin(inside: Inside, ada: Browser) -> None:
    before = await users(inside)
    ben = await signed_in(inside, "ben")
    await ben.call("PATCH", "/v1/me", {"is_admin": True, "tier": "team"})
    assert await users(inside) == before

"""`POST /v1/auth/sign-in`, `/sign-out` and `/reset`."""

import json

import pytest
from browser import ADDRESS, PASSWORD, Browser, give_passwords, signed_in
from inside import Inside
from pindown_server.people import actions, store


@pytest.fixture(autouse=True)
async def passwords(inside: Inside) -> None:
    await give_passwords(inside)


async def session_count(inside: Inside) -> int:
    async with inside.app.parts.database.reader() as reader:
        row = await reader.find("SELECT count(*) FROM sessions", {})
    assert row is not None
    count: int = row[0]
    return count


async def link_for(inside: Inside, name: str) -> str:
    async with inside.app.parts.database.transaction() as tx:
        return await actions.create_password_link(tx, inside.cast[name].user_id)


async def test_signing_in_opens_a_session_and_tells_the_account(inside: Inside) -> None:
    browser = Browser(inside)
    answer = await browser.sign_in()
    assert answer.status == 200
    assert answer.data["email"] == inside.cast["ada"].email
    assert PASSWORD not in answer.body.decode()
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("pindown_session=")
    assert {"Path=/", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    assert (await browser.call("GET", "/v1/me")).data == answer.data


async def test_the_email_is_the_same_in_any_case(inside: Inside) -> None:
    body = {"email": f" {inside.cast['ada'].email.upper()}", "password": PASSWORD}
    assert (await Browser(inside).call("POST", "/v1/auth/sign-in", body)).status == 200


async def test_a_wrong_name_and_a_wrong_password_look_the_same(inside: Inside) -> None:
    answers = []
    for email, password in [
        (inside.cast["ada"].email, "not the password"),
        ("nobody@harbour.example", PASSWORD),
        ("not an address", PASSWORD),
    ]:
        browser = Browser(inside)
        body = {"email": email, "password": password}
        answer = await browser.call("POST", "/v1/auth/sign-in", body)
        assert browser.cookies == {}
        answers.append((answer.status, answer.json))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 401
    assert answers[0][1]["error"]["details"] == {"reason": "WRONG_PASSWORD"}
    assert await session_count(inside) == 0


async def test_an_account_without_a_password_cannot_be_signed_in_to(inside: Inside) -> None:
    async with inside.app.parts.database.transaction() as tx:
        account = await actions.create_account(
            tx, "eve@x.example", "Eve", None, "self-hosted", is_admin=False
        )
    for password in ("", "None", "a password that nobody has"):
        body = {"email": account.email, "password": password}
        assert (await Browser(inside).call("POST", "/v1/auth/sign-in", body)).status == 401
    assert await session_count(inside) == 0


@pytest.mark.usefixtures("one_minute")
async def test_guessing_is_slowed_down_for_an_account_and_address(inside: Inside) -> None:
    browser = Browser(inside)
    for _ in range(10):
        assert (await browser.sign_in(password="a wrong guess")).status == 401
    refused = await browser.sign_in()
    assert (refused.status, refused.code) == (429, "RATE_LIMIT_EXCEEDED")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert await session_count(inside) == 0
    assert (await Browser(inside).sign_in("ben")).status == 200  # others are not held up


async def test_each_sign_in_is_a_session_of_its_own_and_replaces_that_of_its_browser(
    inside: Inside,
) -> None:
    browser, other = await signed_in(inside), await signed_in(inside)
    before = dict(browser.cookies)
    assert before != other.cookies
    await browser.sign_in("ben")
    assert browser.cookies != before
    left = Browser(inside)
    left.cookies = before
    assert not await left.is_signed_in()
    assert await other.is_signed_in()


async def test_signing_out_ends_the_session_and_its_streams(inside: Inside) -> None:
    browser, other = await signed_in(inside), await signed_in(inside)
    old = Browser(inside)
    old.cookies = dict(browser.cookies)

    answer = await browser.call("POST", "/v1/auth/sign-out")

    assert answer.status == 200
    assert browser.cookies == {}
    assert not await old.is_signed_in()
    assert await other.is_signed_in()


@pytest.mark.parametrize("path", ["sign-in", "sign-up", "reset"])
async def test_other_pages_cannot_sign_their_visitors_in_here(inside: Inside, path: str) -> None:
    browser = Browser(inside)
    body = {
        "email": inside.cast["ada"].email,
        "password": PASSWORD,
        "token": await link_for(inside, "ada"),
    }
    for origin in ("https://evil.example", "null", "http://127.0.0.1:8000.evil.example"):
        refused = await browser.call("POST", f"/v1/auth/{path}", body, headers={"origin": origin})
        assert (refused.status, refused.code) == (403, "FORBIDDEN")
    assert browser.cookies == {}
    assert await session_count(inside) == 0


async def test_a_change_with_a_cookie_must_come_from_our_own_pages(inside: Inside) -> None:
    browser = await signed_in(inside)
    refused = await browser.call(
        "PATCH", "/v1/me", {"name": "Mallory"}, headers={"origin": "https://evil.example"}
    )
    assert (refused.status, refused.code) == (403, "FORBIDDEN")
    assert (await browser.call("GET", "/v1/me")).data["name"] == "Ada"


async def test_a_link_sets_a_password_once_and_ends_all_sessions(inside: Inside) -> None:
    old = await signed_in(inside)
    token = await link_for(inside, "ada")
    spare = await link_for(inside, "ada")
    browser = Browser(inside)

    answer = await browser.call(
        "POST", "/v1/auth/reset", {"token": token, "password": "quite another one"}
    )

    assert answer.status == 200
    assert answer.data["email"] == inside.cast["ada"].email
    assert await browser.is_signed_in()
    assert not await old.is_signed_in()
    assert (await Browser(inside).sign_in()).status == 401
    assert (await Browser(inside).sign_in(password="quite another one")).status == 200
    for used in (token, spare, "x" * 32):
        again = await browser.call(
            "POST", "/v1/auth/reset", {"token": used, "password": "a third one"}
        )
        assert (again.status, again.json["error"]["details"]["field"]) == (400, "token")
    assert (await Browser(inside).sign_in(password="quite another one")).status == 200


async def test_a_link_survives_a_password_that_is_too_short(inside: Inside) -> None:
    token = await link_for(inside, "ben")
    browser = Browser(inside)
    refused = await browser.call("POST", "/v1/auth/reset", {"token": token, "password": "short"})
    assert (refused.status, refused.json["error"]["details"]["field"]) == (400, "password")
    done = await browser.call("POST", "/v1/auth/reset", {"token": token, "password": "long enough"})
    assert done.status == 200


async def test_what_is_stored_tells_nobody_a_password_or_a_cookie(inside: Inside) -> None:
    browser = await signed_in(inside)
    async with inside.app.parts.database.reader() as reader:
        stored = await store.get_password(reader, inside.cast["ada"].user_id)
        row = await reader.find("SELECT digest FROM sessions", {})
    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert row is not None
    assert browser.cookies["pindown_session"] not in row[0]


@pytest.mark.usefixtures("one_minute")
async def test_many_addresses_of_one_household_are_one(inside: Inside) -> None:
    """Anybody has 2^64 addresses of IPv6: taking a new one for each try does not help."""
    email = inside.cast["ada"].email
    body = json.dumps({"email": email, "password": "not it at all"}).encode()

    async def attempt(address: str) -> int:
        scope = inside.scope("POST", "/v1/auth/sign-in", None, {"origin": ADDRESS})
        scope["client"] = (address, 5000)
        return (await inside.send(scope, body)).status

    tried = [await attempt(f"2001:db8:1:2::{number}") for number in range(11)]
    assert (set(tried[:10]), tried[10]) == ({401}, 429)
    assert await attempt("2001:db8:1:3::1") == 401
    assert await attempt("::ffff:192.0.2.1") == 401

"""`/v1/me/sessions`, `/v1/me/password`, and what becomes of sessions."""

import asyncio

import pytest
from browser import PASSWORD, Browser, give_passwords, signed_in
from inside import Inside, Watcher, stat
from pindown_server.clock import now


@pytest.fixture(autouse=True)
async def passwords(inside: Inside) -> None:
    await give_passwords(inside)


async def run(inside: Inside, sql: str, **values: object) -> None:
    async with inside.app.parts.database.transaction() as tx:
        await tx.run(sql, values)
    inside.app.parts.callers.forget()


class Stream(Watcher):
    """A stream opened with a session's cookie."""

    def open_in(self, browser: Browser, pin_id: str) -> None:
        inside, name, value = browser.inside, *next(iter(browser.cookies.items()))
        scope = inside.scope("GET", f"/v1/live?pins={pin_id}", None, {"cookie": f"{name}={value}"})
        self._task = asyncio.get_running_loop().create_task(
            inside.app(scope, self._receive, self._send)
        )
        self._task.add_done_callback(lambda _: self._close())


async def test_a_session_knows_itself_among_the_others(inside: Inside) -> None:
    first, second = await signed_in(inside), await signed_in(inside)
    listed = await second.call("GET", "/v1/me/sessions")
    assert listed.data["total"] == 2
    assert [item["is_current"] for item in listed.data["items"]].count(True) == 1
    assert all(item["agent"] == "Tests/1.0" for item in listed.data["items"])
    secrets = [*first.cookies.values(), *second.cookies.values()]
    assert not any(secret in listed.body.decode() for secret in secrets)


async def test_sessions_are_listed_in_parts(inside: Inside) -> None:
    browsers = [await signed_in(inside) for _ in range(3)]
    whole = (await browsers[0].call("GET", "/v1/me/sessions")).data
    assert (whole["total"], whole["limit"], whole["offset"]) == (3, 50, 0)
    part = (await browsers[0].call("GET", "/v1/me/sessions?limit=1&offset=1")).data
    assert part == {"items": whole["items"][1:2], "total": 3, "limit": 1, "offset": 1}


async def test_one_session_can_be_ended_by_its_id(inside: Inside) -> None:
    here, there = await signed_in(inside), await signed_in(inside)
    listed = (await here.call("GET", "/v1/me/sessions")).data["items"]
    other = next(item["id"] for item in listed if not item["is_current"])
    assert (await here.call("DELETE", f"/v1/me/sessions/{other}")).status == 200
    assert not await there.is_signed_in()
    assert await here.is_signed_in()


async def test_nobody_can_end_somebody_elses_session(inside: Inside) -> None:
    ada, dan = await signed_in(inside), await signed_in(inside, "dan")
    session = (await ada.call("GET", "/v1/me/sessions")).data["items"][0]["id"]
    refused = await dan.call("DELETE", f"/v1/me/sessions/{session}")
    assert (refused.status, refused.code) == (404, "NOT_FOUND")
    assert await ada.is_signed_in()


async def test_all_other_sessions_can_be_ended_at_once(inside: Inside) -> None:
    here, there, dan = [await signed_in(inside, name) for name in ("ada", "ada", "dan")]
    assert (await here.call("DELETE", "/v1/me/sessions")).data == {"ended": 1}
    assert await here.is_signed_in()
    assert not await there.is_signed_in()
    assert await dan.is_signed_in()


async def test_changing_the_password_ends_the_other_sessions(inside: Inside) -> None:
    here, there = await signed_in(inside), await signed_in(inside)
    body = {"current_password": PASSWORD, "password": "something else now"}
    assert (await here.call("POST", "/v1/me/password", body)).status == 200
    assert await here.is_signed_in()
    assert not await there.is_signed_in()
    assert (await Browser(inside).sign_in()).status == 401
    assert (await Browser(inside).sign_in(password="something else now")).status == 200


async def test_a_wrong_present_password_changes_nothing(inside: Inside) -> None:
    here, there = await signed_in(inside), await signed_in(inside)
    body = {"current_password": "a wrong guess", "password": "something else now"}
    refused = await here.call("POST", "/v1/me/password", body)
    assert (refused.status, refused.json["error"]["details"]["field"]) == (400, "current_password")
    assert await there.is_signed_in()
    assert (await Browser(inside).sign_in()).status == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/me/password"),
        ("GET", "/v1/me/sessions"),
        ("DELETE", "/v1/me/sessions"),
        ("DELETE", "/v1/me/sessions/ses_x"),
        ("DELETE", "/v1/me"),
    ],
)
async def test_a_key_has_no_say_over_passwords_sessions_and_the_account(
    inside: Inside, method: str, path: str
) -> None:
    browser = await signed_in(inside)
    body = {"current_password": PASSWORD, "password": "something else now"}
    refused = await inside.call(method, path, body if method == "POST" else None)
    assert (refused.status, refused.code) == (403, "FORBIDDEN")
    assert await browser.is_signed_in()
    assert (await Browser(inside).sign_in()).status == 200
    visitor = await inside.call(method, path, who=None)
    assert (visitor.status, visitor.code) == (401, "UNAUTHORIZED")


async def test_a_session_that_is_over_is_nobody(inside: Inside) -> None:
    browser = await signed_in(inside)
    await run(inside, "UPDATE sessions SET expires_at = :at", at=now() - 1)
    assert not await browser.is_signed_in()
    assert (await browser.call("GET", "/v1/me")).status == 401


@pytest.mark.parametrize("cookie", ["", "x", "a" * 32, "ä" * 32, "=;==", "' OR 1=1 --"])
async def test_a_made_up_cookie_is_nobody(inside: Inside, cookie: str) -> None:
    browser = Browser(inside)
    answer = await inside.call(
        "GET", "/v1/auth/state", who=None, headers={"cookie": f"pindown_session={cookie}; a=b"}
    )
    assert answer.data["signed_in"] is False
    assert not await browser.is_signed_in()


async def test_a_session_in_use_is_prolonged(inside: Inside) -> None:
    browser = await signed_in(inside)
    await run(inside, "UPDATE sessions SET expires_at = :at", at=now() + 60_000)
    assert await browser.is_signed_in()
    await inside.app._callers.save_last_used()
    session = (await browser.call("GET", "/v1/me/sessions")).data["items"][0]
    assert session["expires_at"] > now() + 29 * 24 * 3600 * 1000


async def test_the_streams_of_an_ended_session_end(inside: Inside) -> None:
    pin_id = (await inside.call("POST", "/v1/pins", stat(1))).data["id"]
    here, there = await signed_in(inside), await signed_in(inside)
    kept, lost = Stream(), Stream()
    kept.open_in(here, pin_id)
    lost.open_in(there, pin_id)
    for stream in (kept, lost):
        await stream.until(lambda stream=stream: stream.events)
    await here.call("DELETE", "/v1/me/sessions")
    await lost.until(lambda: lost.is_closed)
    assert lost.events[-1] == ("denied", {})
    await inside.call("PUT", f"/v1/pins/{pin_id}", {"content": stat(2)["content"]})
    await kept.until(lambda: kept.named("pin"))
    assert not kept.is_closed
    await kept.close()

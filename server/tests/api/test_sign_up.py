"""`POST /v1/auth/sign-up` and `GET /v1/auth/state`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from browser import Browser
from inside import Inside
from pindown_server.app import create_app
from pindown_server.people import actions, store
from pindown_server.settings import Settings
from pindown_server.storage import open_database

ADA = {"email": "Ada@Harbour.Example ", "password": "a ladder by the harbour", "name": "Ada"}


@asynccontextmanager
async def new_server(
    data: Path, database_url: str, sign_up: str = "invited", public_url: str = ""
) -> AsyncIterator[Inside]:
    """A server on which nobody has an account."""
    settings = Settings(data=data, database=database_url, sign_up=sign_up, public_url=public_url)
    database = await open_database(settings)
    app = create_app(settings, database)
    await app.start()
    try:
        yield Inside(app, {})
    finally:
        await app.stop()


async def first_code(inside: Inside) -> str:
    async with inside.app.parts.database.transaction() as tx:
        code = await actions.create_first_code(tx)
    assert code is not None
    return code


async def emails(inside: Inside) -> list[str]:
    async with inside.app.parts.database.reader() as reader:
        return [account.email for account in await store.all_accounts(reader)]


async def test_the_first_account_needs_the_code_and_becomes_the_admin(
    tmp_path: Path, database_url: str
) -> None:
    async with new_server(tmp_path, database_url) as inside:
        browser = Browser(inside)
        state = await browser.call("GET", "/v1/auth/state")
        assert state.data == {
            "signed_in": False,
            "needs_setup": True,
            "sign_up": "invited",
            "mails": False,
        }
        code = await first_code(inside)

        made = await browser.call("POST", "/v1/auth/sign-up", {**ADA, "code": code})

        assert made.status == 201
        assert made.data["email"] == "ada@harbour.example"
        assert (made.data["name"], made.data["is_admin"]) == ("Ada", True)
        assert set(made.data) == {"id", "email", "name", "tier", "is_admin", "created_at"}
        state = await browser.call("GET", "/v1/auth/state")
        assert state.data == {
            "signed_in": True,
            "needs_setup": False,
            "sign_up": "invited",
            "mails": False,
        }
        assert (await browser.call("GET", "/v1/me")).data == made.data


@pytest.mark.parametrize("code", ["", "x" * 32])
async def test_without_the_right_code_there_is_no_first_account(
    tmp_path: Path, database_url: str, code: str
) -> None:
    async with new_server(tmp_path, database_url) as inside:
        await first_code(inside)
        browser = Browser(inside)

        refused = await browser.call("POST", "/v1/auth/sign-up", {**ADA, "code": code})

        assert (refused.status, refused.code) == (403, "FORBIDDEN")
        assert browser.cookies == {}
        assert await emails(inside) == []


async def test_a_code_makes_one_account_however_many_use_it_at_once(
    tmp_path: Path, database_url: str
) -> None:
    async with new_server(tmp_path, database_url) as inside:
        codes = [await first_code(inside), await first_code(inside)]
        answers = await asyncio.gather(
            *(
                Browser(inside).call(
                    "POST",
                    "/v1/auth/sign-up",
                    {**ADA, "email": f"p{number}@x.example", "code": codes[number % 2]},
                )
                for number in range(4)
            )
        )
        assert sum(answer.status == 201 for answer in answers) == 1
        assert {answer.status for answer in answers} <= {201, 403, 409}
        assert len(await emails(inside)) == 1


async def test_later_accounts_are_by_invitation(tmp_path: Path, database_url: str) -> None:
    async with new_server(tmp_path, database_url) as inside:
        code = await first_code(inside)
        await Browser(inside).call("POST", "/v1/auth/sign-up", {**ADA, "code": code})
        browser = Browser(inside)
        for body in (
            {**ADA, "email": "ben@x.example"},
            {**ADA, "email": "b@x.example", "code": code},
        ):
            refused = await browser.call("POST", "/v1/auth/sign-up", body)
            assert (refused.status, refused.code) == (403, "FORBIDDEN")
        assert browser.cookies == {}
        assert await emails(inside) == ["ada@harbour.example"]


async def test_where_sign_up_is_open_anybody_may_but_not_with_a_taken_email(
    tmp_path: Path, database_url: str
) -> None:
    async with new_server(tmp_path, database_url, sign_up="open") as inside:
        code = await first_code(inside)
        await Browser(inside).call("POST", "/v1/auth/sign-up", {**ADA, "code": code})

        made = await Browser(inside).call(
            "POST", "/v1/auth/sign-up", {"email": "ben@x.example", "password": "eight letters"}
        )
        assert (made.status, made.data["name"], made.data["is_admin"]) == (201, "ben", False)

        browser = Browser(inside)
        taken = await browser.call(
            "POST", "/v1/auth/sign-up", {"email": "BEN@x.example", "password": "another one"}
        )
        assert (taken.status, taken.code) == (409, "CONFLICT")
        assert browser.cookies == {}
        assert sorted(await emails(inside)) == ["ada@harbour.example", "ben@x.example"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "a b@x.example"}, "email"),
        ({"email": "a" * 250 + "@x.example"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "x" * 201}, "password"),
        ({"password": None}, "password"),
        ({"is_admin": True, "admin": True}, "admin"),
    ],
)
async def test_a_body_that_does_not_fit_is_refused_by_field(
    tmp_path: Path, wrong: dict[str, object], field: str
) -> None:
    async with new_server(tmp_path, "", sign_up="open") as inside:
        code = await first_code(inside)
        refused = await Browser(inside).call(
            "POST", "/v1/auth/sign-up", {**ADA, "code": code, **wrong}
        )
        assert (refused.status, refused.code) == (400, "VALIDATION_FAILED")
        assert field in [problem["field"] for problem in refused.json["error"]["details"]["errors"]]
        assert await emails(inside) == []


async def test_behind_https_the_cookie_belongs_to_this_host_alone(tmp_path: Path) -> None:
    async with new_server(tmp_path, "", public_url="https://pins.example") as inside:
        code = await first_code(inside)
        browser = Browser(inside)
        answer = await browser.call(
            "POST",
            "/v1/auth/sign-up",
            {**ADA, "code": code},
            headers={"origin": "https://pins.example"},
        )
        text = answer.headers["set-cookie"]
        assert text.startswith("__Host-pindown_session=")
        assert {"Path=/", "HttpOnly", "SameSite=Lax", "Secure"} <= set(text.split("; "))
        assert (await browser.call("GET", "/v1/auth/state")).data["signed_in"] is True

"""`POST /v1/auth/forgot`: a link by mail for who forgot a password."""

from pathlib import Path

import pytest
from browser import PASSWORD, Browser, give_passwords, signed_in
from inside import Inside, running
from pindown_server.clock import HOUR
from post import post_office
from scene import nothing_happens

pytestmark = pytest.mark.usefixtures("patient_mail")

NEW = "another quiet harbour"


async def test_a_link_comes_by_mail_and_sets_a_password_once(
    tmp_path: Path, database_url: str
) -> None:
    async with (
        post_office() as post,
        running(
            tmp_path, database_url, smtp=post.address, mail_from="pindown@harbour.example"
        ) as inside,
    ):
        await give_passwords(inside)
        elsewhere = await signed_in(inside, "ada")
        browser, email = Browser(inside), inside.cast["ada"].email
        assert (await browser.call("GET", "/v1/auth/state")).data["mails"] is True
        asked = await browser.call("POST", "/v1/auth/forgot", {"email": email.upper()})
        unknown = await browser.call("POST", "/v1/auth/forgot", {"email": "nobody@x.example"})
        assert (asked.status, asked.body) == (unknown.status, unknown.body) == (200, asked.body)
        await post.until(lambda: post.letters)
        await inside.app.parts.mail.close()
        ((to, letter),) = post.letters
        assert to == [email]
        token = letter.get_content().partition("http://127.0.0.1:8000/reset?token=")[2][:32]
        body = {"token": token, "password": NEW}
        assert (await browser.call("POST", "/v1/auth/reset", body)).status == 200
        assert await browser.is_signed_in() and not await elsewhere.is_signed_in()
        assert (await Browser(inside).sign_in("ada", PASSWORD)).status == 401
        assert (await Browser(inside).call("POST", "/v1/auth/reset", body)).status == 400


async def test_the_link_is_for_an_hour(tmp_path: Path, database_url: str) -> None:
    async with (
        post_office() as post,
        running(
            tmp_path, database_url, smtp=post.address, mail_from="pindown@harbour.example"
        ) as inside,
    ):
        body = {"email": inside.cast["ada"].email}
        await Browser(inside).call("POST", "/v1/auth/forgot", body)
        await post.until(lambda: post.letters)
        token = post.letters[0][1].get_content().partition("token=")[2][:32]
        async with inside.app.parts.database.transaction() as tx:
            await tx.run("UPDATE links SET expires_at = expires_at - :hour", {"hour": HOUR})
        late = {"token": token, "password": NEW}
        assert (await Browser(inside).call("POST", "/v1/auth/reset", late)).status == 400


@pytest.mark.usefixtures("one_minute")
async def test_nobody_floods_a_mailbox_or_tries_without_end(
    tmp_path: Path, database_url: str
) -> None:
    async with (
        post_office() as post,
        running(
            tmp_path, database_url, smtp=post.address, mail_from="pindown@harbour.example"
        ) as inside,
    ):
        statuses = []
        for email in (inside.cast["ada"].email, "nobody@x.example"):
            answers = [
                (await Browser(inside).call("POST", "/v1/auth/forgot", {"email": email})).status
                for _ in range(11)
            ]
            statuses.append(answers)
        assert statuses == [[200] * 10 + [429]] * 2
        await inside.app.parts.mail.close()
        assert len(post.letters) == 2


async def test_without_a_mail_server_it_says_so(inside: Inside) -> None:
    async with nothing_happens(inside):
        answer = await Browser(inside).call(
            "POST", "/v1/auth/forgot", {"email": inside.cast["ada"].email}
        )
    assert (answer.status, answer.data) == (200, {"mail": "off"})
    assert "ask whoever runs it" in answer.json["message"]

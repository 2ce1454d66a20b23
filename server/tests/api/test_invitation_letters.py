"""The letters that invite people, and those that tell what was shared with them."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from inside import Inside, running
from inviting import EVE, invite, sign_up
from pindown_server.sharing import posting
from pindown_server.tiers import Tier
from post import PostOffice, post_office
from scene import ask, make_board, make_pin

pytestmark = pytest.mark.usefixtures("patient_mail")


@asynccontextmanager
async def with_mail(tmp_path: Path, database_url: str) -> AsyncIterator[tuple[Inside, PostOffice]]:
    """A server that sends mail to a post office."""
    async with (
        post_office() as post,
        running(
            tmp_path, database_url, smtp=post.address, mail_from="pindown@harbour.example"
        ) as inside,
    ):
        inside.app.parts.mail.pauses = (0.0, 0.0)
        yield inside, post


@pytest.mark.usefixtures("one_minute")
async def test_letters_are_sent_after_the_commit(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As many as are sent: what is only tried spends nothing of it.
    monkeypatch.setattr(posting, "SENT", Tier(per_hour=3, per_minute=3))
    async with with_mail(tmp_path, database_url) as (inside, post):
        pin_id = await make_pin(inside)
        path = f"/v1/pins/{pin_id}/collaborators"
        body = {"email": EVE, "role": "viewer", "message": "Have a look\nBcc: all@x.example"}
        await inside.call("POST", path + "?dry_run=true", body)
        told = await ask(inside, "POST", path, body)
        assert "invite_url" not in told
        await post.until(lambda: post.letters)
        ((to, letter),) = post.letters
        assert (to, letter["To"], letter["Bcc"]) == ([EVE], EVE, None)
        assert letter["From"].endswith("<pindown@harbour.example>")
        assert letter["Subject"] == "Ada shares “Sales” with you"
        assert letter.get_content_type() == "text/plain"
        text = letter.get_content()
        assert "> Have a look" in text and "> Bcc: all@x.example" in text
        token = text.partition("http://127.0.0.1:8000/invitation?token=")[2][:32]
        assert (await sign_up(inside, token))[1].status == 201

        ben = {"email": inside.cast["ben"].email, "role": "viewer"}
        assert (await ask(inside, "POST", path, ben))["status"] == "active"
        await post.until(lambda: len(post.letters) == 2)
        assert f"http://127.0.0.1:8000/share/pin/{pin_id}" in post.letters[1][1].get_content()

        own, to_ben = f"/v1/pins/{pin_id}/transfer", {"email": inside.cast["ben"].email}
        for query in ("?dry_run=true", ""):
            await ask(inside, "POST", own + query, to_ben)
        await post.until(lambda: len(post.letters) == 3)
        (to, letter) = post.letters[2]
        assert (to, letter["Subject"]) == ([to_ben["email"]], "Ada gave you “Sales”")
        assert f"http://127.0.0.1:8000/pins/{pin_id}" in letter.get_content()
        again = await inside.call("POST", own, {"email": inside.cast["ada"].email}, "ada")
        assert again.status == 403


@pytest.mark.parametrize("title", ["Sales\r\nBcc: all@x.example", "Sales\nX-Spam: no\n\nbody"])
async def test_a_title_is_never_a_header(tmp_path: Path, database_url: str, title: str) -> None:
    async with with_mail(tmp_path, database_url) as (inside, post):
        board_id = await make_board(inside, title=title)
        await ask(inside, "PATCH", "/v1/me", {"name": "Ada\r\nBcc: all@x.example"})
        await invite(inside, f"/v1/pinboards/{board_id}")
        await post.until(lambda: post.letters)
        ((to, letter),) = post.letters
        assert (to, letter["Bcc"], letter["X-Spam"]) == ([EVE], None, None)
        assert "\n" not in letter["Subject"]


async def test_a_mail_server_that_is_away_is_asked_again(
    tmp_path: Path, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with with_mail(tmp_path, database_url) as (inside, post):
        path = f"/v1/pins/{await make_pin(inside)}"
        post.refusals = ["451 later", "451 later"]
        await invite(inside, path)
        await post.until(lambda: post.letters)
        assert post.tries == 3
        with caplog.at_level(logging.ERROR):
            post.refusals = ["554 never"]
            await invite(inside, path, "fay@elsewhere.example")
            await post.until(lambda: post.tries == 4)
            await inside.app.parts.mail.close()
        assert len(post.letters) == 1
        told = caplog.text
        assert "a mail to somebody at elsewhere.example was not sent" in told and "554" in told
        assert "token" not in told and "fay" not in told

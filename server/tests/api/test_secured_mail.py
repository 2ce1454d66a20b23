"""Letters to a mail server that wants them encrypted and knows who hands them in."""

import ssl
from pathlib import Path

import pytest
import trustme
from browser import Browser
from inside import running
from post import WHO, post_office

pytestmark = pytest.mark.usefixtures("patient_mail")

SENDER = "pindown@harbour.example"


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """Who signs certificates, as this machine believes."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return authority


def certified(authority: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.mark.parametrize("security", ["smtps", "starttls"])
async def test_a_letter_goes_encrypted_and_signed_in(
    security: str, authority: trustme.CA, tmp_path: Path, database_url: str
) -> None:
    async with (
        post_office(security, certified(authority)) as post,
        running(tmp_path, database_url, smtp=post.address, mail_from=SENDER) as inside,
    ):
        email = inside.cast["ada"].email
        await Browser(inside).call("POST", "/v1/auth/forgot", {"email": email})
        await post.until(lambda: post.letters)
        assert [to for to, _ in post.letters] == [[email]]
        assert post.sign_ins == [WHO]


@pytest.mark.parametrize("security", ["smtps", "starttls"])
@pytest.mark.parametrize("certificate", ["another server's", "nobody's"])
async def test_nothing_is_told_to_who_cannot_prove_to_be_the_mail_server(
    security: str,
    certificate: str,
    authority: trustme.CA,
    tmp_path: Path,
    database_url: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    signed = (
        certified(authority, "elsewhere.example")
        if certificate == "another server's"
        else certified(trustme.CA())
    )
    async with (
        post_office(security, signed) as post,
        running(tmp_path, database_url, smtp=post.address, mail_from=SENDER) as inside,
    ):
        inside.app.parts.mail.pauses = ()
        await Browser(inside).call("POST", "/v1/auth/forgot", {"email": inside.cast["ada"].email})
        await inside.app.parts.mail.close()
        assert (post.sign_ins, post.letters) == ([], [])
        assert "a mail to somebody at harbour.example was not sent" in caplog.text


async def test_starttls_is_not_done_without(
    tmp_path: Path, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        post_office() as post,
        running(
            tmp_path,
            database_url,
            smtp=post.address.replace("smtp://", "starttls://harbour:secret@"),
            mail_from=SENDER,
        ) as inside,
    ):
        inside.app.parts.mail.pauses = ()
        await Browser(inside).call("POST", "/v1/auth/forgot", {"email": inside.cast["ada"].email})
        await inside.app.parts.mail.close()
        assert (post.sign_ins, post.letters) == ([], [])
        assert "a mail to somebody at harbour.example was not sent" in caplog.text

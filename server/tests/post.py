"""A mail server of the tests' own, which keeps what it is given and can refuse it."""

import asyncio
import ssl
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import quote

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

PATIENCE = 30.0  # s
WHO = LoginPassword(b"harbour", b"a tide:table/")  # whom a secured post office takes letters from


class PostOffice:
    """What arrived, and what it says to the next letters."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], EmailMessage]] = []
        self.refusals: list[str] = []  # said to the next tries, first one first
        self.tries = 0
        self.address = ""  # what `PINDOWN_SMTP` has to be
        self.sign_ins: list[LoginPassword] = []
        self._news = asyncio.Event()

    async def until(self, there: Callable[[], Any]) -> None:
        """Wait for the thing itself."""
        async with asyncio.timeout(PATIENCE):
            while not there():
                self._news.clear()
                await self._news.wait()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd asks for it by this name
        """Take a letter, as aiosmtpd asks."""
        self.tries += 1
        self._news.set()
        if self.refusals:
            return self.refusals.pop(0)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append((envelope.rcpt_tos, letter))
        return "250 kept"

    def admit(self, _server: Any, _session: Any, _envelope: Any, _way: str, who: Any) -> AuthResult:
        """Whether somebody may hand in letters, as aiosmtpd asks."""
        self.sign_ins.append(who)
        self._news.set()
        return AuthResult(success=who == WHO, handled=False)


@asynccontextmanager
async def post_office(
    security: str = "smtp", secured_by: ssl.SSLContext | None = None
) -> AsyncIterator[PostOffice]:
    """An open post office; a secured one takes letters of `WHO` only."""
    post = PostOffice()
    loop = asyncio.get_running_loop()
    wrapped, upgraded = (secured_by if security == kind else None for kind in ("smtps", "starttls"))

    def counter() -> SMTP:
        with warnings.catch_warnings():  # it does not see that smtps is encrypted from the start
            warnings.simplefilter("ignore", UserWarning)
            return SMTP(
                post,
                hostname="post.test",
                tls_context=upgraded,
                require_starttls=upgraded is not None,
                authenticator=post.admit,
                auth_required=secured_by is not None,
                auth_require_tls=wrapped is None,
            )

    server = await loop.create_server(counter, "127.0.0.1", 0, ssl=wrapped)
    port = server.sockets[0].getsockname()[1]
    name, password = (quote(part.decode(), safe="") for part in WHO)
    post.address = f"{security}://{name}:{password}@127.0.0.1:{port}"
    if secured_by is None:
        post.address = f"{security}://127.0.0.1:{port}"
    try:
        yield post
    finally:
        server.close()

"""A mail server of the tests' own, which keeps what it is given and can refuse it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP

PATIENCE = 10.0  # s


class PostOffice:
    """What arrived, and what it says to the next letters."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], EmailMessage]] = []
        self.refusals: list[str] = []  # said to the next tries, first one first
        self.tries = 0
        self.port = 0
        self._news = asyncio.Event()

    @property
    def address(self) -> str:
        """What `PINDOWN_SMTP` has to be."""
        return f"smtp://127.0.0.1:{self.port}"

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


@asynccontextmanager
async def post_office() -> AsyncIterator[PostOffice]:
    """An open post office."""
    post = PostOffice()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(post, hostname="post.test"), "127.0.0.1", 0)
    post.port = server.sockets[0].getsockname()[1]
    try:
        yield post
    finally:
        server.close()

"""Sends letters beside everything else; a mail server that is away is asked again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiosmtplib

from ..settings import Settings, SmtpServer
from .letter import Letter, as_message

log = logging.getLogger(__name__)

PAUSES = (2.0, 15.0, 60.0)  # s between tries; then whoever invited has to do it again
TIMEOUT = 20.0  # s for each answer of the mail server
AT_ONCE = 4  # connections; a mail server takes few from one client
MOST_WAITING = 1_000  # letters; about 4 MiB
LAST_TRY = 5.0  # s that what is under way gets when the server ends

# Codes from 500 on are final: the same letter would be refused again.
_FINAL = 500


class Mailer:
    """Letters on their way. Without a mail server there are none."""

    def __init__(self, settings: Settings) -> None:
        self.pauses = PAUSES
        self._server = settings.smtp_server
        self._sender = settings.mail_from
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._under_way: set[asyncio.Task[None]] = set()

    @property
    def is_on(self) -> bool:
        """Whether there is a mail server to send with."""
        return self._server is not None

    def send(self, letter: Letter) -> None:
        """Have a letter sent; never waits and never raises. Given to `after_commit`."""

        async def written() -> Letter:
            return letter

        self.write(written)

    def write(self, write: Callable[[], Awaitable[Letter | None]]) -> None:
        """Have a letter written and sent, if there is one to write; never waits and never raises.

        Whoever asked for it cannot tell by the time that took whether there was one.
        """
        if self._server is None:
            return
        if len(self._under_way) >= MOST_WAITING:
            log.error("a mail was not sent: too many are waiting")
            return
        task = asyncio.get_running_loop().create_task(self._write(write, self._server))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Give what is on its way a moment, then let go of it."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=LAST_TRY)
        for task in list(self._under_way):
            task.cancel()

    async def _write(
        self, write: Callable[[], Awaitable[Letter | None]], server: SmtpServer
    ) -> None:
        try:
            letter = await write()
        except Exception:
            log.exception("a mail could not be written")
            return
        if letter is not None:
            await self._deliver(letter, server)

    async def _deliver(self, letter: Letter, server: SmtpServer) -> None:
        for pause in (*self.pauses, None):
            try:
                async with self._turns:
                    await self._try(letter, server)
            except (aiosmtplib.SMTPException, OSError, ValueError) as error:
                # What the mail server said may repeat the letter: only its kind and code are told.
                if pause is None or _is_final(error):
                    log.error("a mail to %s was not sent: %s", _where(letter), _kind(error))  # noqa: TRY400  a traceback could hold the letter
                    return
                await asyncio.sleep(pause)
            else:
                return

    async def _try(self, letter: Letter, server: SmtpServer) -> None:
        await aiosmtplib.send(
            as_message(letter, self._sender),
            sender=self._sender,
            recipients=[letter.to],
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            use_tls=server.security == "smtps",
            start_tls={"starttls": True, "smtp": None, "smtps": False}[server.security],
            timeout=TIMEOUT,
        )


def _where(letter: Letter) -> str:
    """Enough of the address to look into the matter: the log is no list of people."""
    return "somebody at " + letter.to.rpartition("@")[2]


def _is_final(error: Exception) -> bool:
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(refused.code >= _FINAL for refused in error.recipients)
    code = getattr(error, "code", 0)
    return isinstance(error, ValueError) or (isinstance(code, int) and code >= _FINAL)


def _kind(error: Exception) -> str:
    code = getattr(error, "code", None)
    return type(error).__name__ + (f" {code}" if isinstance(code, int) else "")

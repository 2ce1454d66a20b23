"""A Pindown server, as seen with one key."""

from collections.abc import AsyncGenerator, Generator, Sequence
from types import TracebackType
from typing import Self

import httpx2

from .audit import Audit
from .bin import Bin
from .datasets import Datasets
from .files import Files
from .invitations import Invitations
from .keys import Keys
from .live import LiveEvent, OnStatus, watch, watch_async, watching
from .pages import Pages
from .pin_types import PinTypes
from .pinboards import Pinboards
from .pins import Pins
from .push_addresses import Push
from .search import Search
from .sending import AwaitingSender, Settings, WaitingSender
from .templates import Templates
from .users import Users

RETRIES = 2
TIMEOUT = 30.0  # seconds one attempt may take


class Pindown:
    """Calls that wait for their answers.

    `api_key` defaults to `PINDOWN_API_KEY`, `url` (with or without `/v1`) to `PINDOWN_URL` or a server
    on this machine. Calls raise a PindownError.
    """

    def __init__(
        self,
        api_key: str | None = None,
        url: str | None = None,
        *,
        max_retries: int = RETRIES,
        timeout: float = TIMEOUT,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        settings = Settings.of(api_key, url, max_retries, timeout)
        self._sender = WaitingSender(settings, transport)
        self.pins = Pins(self._sender)
        self.pinboards = Pinboards(self._sender)
        self.pin_types = PinTypes(self._sender)
        self.pages = Pages(self._sender)
        self.datasets = Datasets(self._sender)
        self.templates = Templates(self._sender)
        self.users = Users(self._sender)
        self.files = Files(self._sender)
        self.bin = Bin(self._sender)
        self.invitations = Invitations(self._sender)
        self.keys = Keys(self._sender)
        self.push = Push(self._sender).push
        self.audit = Audit(self._sender).audit
        self.search = Search(self._sender).search

    def live(
        self,
        pins: Sequence[str] = (),
        pinboards: Sequence[str] = (),
        pages: Sequence[str] = (),
        *,
        on_status: OnStatus | None = None,
    ) -> Generator[LiveEvent, None, None]:
        """Watch up to 200 things: `for event, data in pindown.live(pins=[…])`."""
        return watch(self._sender, watching(pins, pinboards, pages), on_status)

    def close(self) -> None:
        """Close the connections."""
        self._sender.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.close()


class AsyncPindown:
    """Calls that are awaited. Everything else is as with Pindown."""

    def __init__(
        self,
        api_key: str | None = None,
        url: str | None = None,
        *,
        max_retries: int = RETRIES,
        timeout: float = TIMEOUT,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        settings = Settings.of(api_key, url, max_retries, timeout)
        self._sender = AwaitingSender(settings, transport)
        self.pins = Pins(self._sender)
        self.pinboards = Pinboards(self._sender)
        self.pin_types = PinTypes(self._sender)
        self.pages = Pages(self._sender)
        self.datasets = Datasets(self._sender)
        self.templates = Templates(self._sender)
        self.users = Users(self._sender)
        self.files = Files(self._sender)
        self.bin = Bin(self._sender)
        self.invitations = Invitations(self._sender)
        self.keys = Keys(self._sender)
        self.push = Push(self._sender).push
        self.audit = Audit(self._sender).audit
        self.search = Search(self._sender).search

    def live(
        self,
        pins: Sequence[str] = (),
        pinboards: Sequence[str] = (),
        pages: Sequence[str] = (),
        *,
        on_status: OnStatus | None = None,
    ) -> AsyncGenerator[LiveEvent, None]:
        """Watch up to 200 things: `async for event, data in pindown.live(pins=[…])`.

        Whoever leaves the loop early closes the stream, best with `contextlib.aclosing`.
        """
        return watch_async(self._sender, watching(pins, pinboards, pages), on_status)

    async def close(self) -> None:
        """Close the connections."""
        await self._sender.http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        await self.close()

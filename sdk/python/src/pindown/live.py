"""`GET /v1/live`: one stream that keeps itself open."""

import asyncio
import json
import random
import time
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from typing import Any, Literal, NamedTuple

import httpx2

from .errors import ConnectionFailed, PindownError, RateLimited, Refused, ServerFailed
from .request import Request, path_of
from .sending import AwaitingSender, WaitingSender

LiveStatus = Literal["connecting", "live", "reconnecting", "ended"]
OnStatus = Callable[[LiveStatus], object]

KNOWN = frozenset(
    {
        "snapshot",
        "pin",
        "frame",
        "pinboard",
        "page",
        "alive",
        "late",
        "on_time",
        "deleted",
        "denied",
    }
)
FIRST_PAUSE = 2.0  # seconds, unless the server says another
LONGEST_PAUSE = 30.0


class LiveEvent(NamedTuple):
    """Something that happened: its name and what the server says about it.

    `snapshot` comes first, and again after a broken line: it replaces all that was known. `pin` is one
    view, `frame` holds views that belong together in `pins`, `pinboard` and `page` say: read it again.
    `alive`, `late` and `on_time` tell of pushes; `deleted` and `denied` end a thing, and a `denied`
    without id ends the stream.
    """

    event: str
    data: dict[str, Any]


class Feed:
    """What one stream has told so far. Knows nothing of connections."""

    def __init__(self, on_status: OnStatus | None) -> None:
        self.status: LiveStatus = "connecting"
        self._on_status = on_status
        self._versions: dict[str, int] = {}
        self._pause = FIRST_PAUSE
        self._least = 0.0
        self._failures = 0

    def read(self, message: httpx2.ServerSentEvent) -> LiveEvent | None:
        """The event of a message; None if it says nothing new, or nothing this client knows."""
        if message.retry is not None:
            self._pause = message.retry / 1000
        data = _object(message.data)
        if data is None or message.event not in KNOWN:
            return None
        if message.event == "snapshot":
            self._begin(data)
        elif message.event == "pin" and not self._is_newer(data):
            return None
        elif message.event == "frame":
            data["pins"] = [view for view in data.get("pins", ()) if self._is_newer(view)]
            if not data["pins"]:
                return None
        elif message.event == "denied" and "id" not in data:
            self.become("ended")
        return LiveEvent(message.event, data)

    def broke(self, error: PindownError | None) -> None:
        """The line is gone; raises the error if trying again cannot help."""
        if isinstance(error, Refused):
            if not isinstance(error, RateLimited | ServerFailed):
                raise error
            self._least = error.retry_after or 0.0
        elif error is not None and not isinstance(error, ConnectionFailed):
            raise error
        self.become("reconnecting")

    def pause(self) -> float:
        """Seconds until the next attempt: doubled each time, scattered so that not all come at once."""
        grown = min(self._pause * 2.0**self._failures, max(LONGEST_PAUSE, self._pause))
        self._failures = min(self._failures + 1, 10)
        least, self._least = self._least, 0.0
        return least + grown * random.uniform(0.5, 1)  # noqa: S311  scatters, guards nothing

    def become(self, status: LiveStatus) -> None:
        """Tell a change of status; what has ended stays so."""
        if self.status in (status, "ended"):
            return
        self.status = status
        if self._on_status is not None:
            self._on_status(status)

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will come."""
        return self.status == "ended"

    def _begin(self, snapshot: dict[str, Any]) -> None:
        self._versions = {view["id"]: view["version"] for view in snapshot.get("pins", ())}
        self._failures = 0
        self.become("live")

    def _is_newer(self, view: dict[str, Any]) -> bool:
        """The same version may come twice, drawn anew: what it says about time moves on by itself."""
        if view["version"] < self._versions.get(view["id"], 0):
            return False
        self._versions[view["id"]] = view["version"]
        return True


def watch(
    sender: WaitingSender, request: Request[Any], on_status: OnStatus | None
) -> Generator[LiveEvent, None, None]:
    """Everything that happens, beginning with a snapshot, until the loop is left."""
    feed = Feed(on_status)
    try:
        while not feed.has_ended:
            broken: PindownError | None = None
            try:
                with sender.stream(request) as messages:
                    for message in messages:
                        event = feed.read(message)
                        if event is not None:
                            yield event
                        if feed.has_ended:
                            return
            except PindownError as error:
                broken = error
            feed.broke(broken)
            time.sleep(feed.pause())  # before it connects again: a server that starts is left alone
    finally:
        feed.become("ended")


async def watch_async(
    sender: AwaitingSender, request: Request[Any], on_status: OnStatus | None
) -> AsyncGenerator[LiveEvent, None]:
    """Everything that happens, beginning with a snapshot, until the loop is left."""
    feed = Feed(on_status)
    try:
        while not feed.has_ended:
            broken: PindownError | None = None
            try:
                async with sender.stream(request) as messages:
                    async for message in messages:
                        event = feed.read(message)
                        if event is not None:
                            yield event
                        if feed.has_ended:
                            return
            except PindownError as error:
                broken = error
            feed.broke(broken)
            await asyncio.sleep(feed.pause())
    finally:
        feed.become("ended")


def watching(
    pins: Sequence[str], pinboards: Sequence[str], pages: Sequence[str]
) -> Request[LiveEvent]:
    """The request for a stream of up to 200 things."""
    asked = {"pins": pins, "pinboards": pinboards, "pages": pages}
    return Request(
        "GET", path_of("live"), {name: ",".join(ids) for name, ids in asked.items() if ids}
    )


def _object(text: str) -> dict[str, Any] | None:
    try:
        data = json.loads(text)
    except ValueError:
        return None
    return data if isinstance(data, dict) else None

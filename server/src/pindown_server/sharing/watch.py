"""`GET /v1/live`: the one realtime door, and what becomes of a stream when rights change.

Watch first, read second: a stream is registered before its snapshot is read, and versions sort
out what came twice.
"""

import asyncio
import logging

import msgspec

from ..changes import Change
from ..clock import now
from ..door.call import Call, Receive, Send, Stream
from ..door.caller import Caller
from ..door.route import Query, Routes
from ..errors import invalid
from ..live import stream, wire
from ..live.hub import hidden
from ..live.viewer import Viewer
from ..parts import Parts
from ..pins.pin import view
from .snapshot import Asked, Snapshot, read_snapshot

log = logging.getLogger(__name__)
routes = Routes()
_encode = msgspec.json.Encoder().encode

MOST_IDS = 200
ENDED = wire.event("denied", b"{}")


class Watching(msgspec.Struct):
    """Who opened a stream and what for."""

    caller: Caller
    asked: Asked
    shown: set[str]  # ids the reader was given and not yet denied


@routes.add(
    "GET",
    "/v1/live",
    access="anyone",
    is_streaming=True,
    query=(
        Query("pins", "string", "ids of pins, separated by commas"),
        Query("pinboards", "string", "ids of pinboards; their pins come with them"),
        Query("pages", "string", "ids of pages; their pins come with them"),
    ),
)
async def live(call: Call, parts: Parts) -> Stream:
    """Watch pins, pinboards and pages: a snapshot, then every change, as Server-Sent Events."""
    asked = _asked(call)
    watching = Watching(call.caller, asked, set())
    viewer = Viewer(watching)
    parts.hub.watch(viewer, {*call.caller.topics, *asked.ids})
    try:
        snapshot = await _read_watched(parts, viewer, watching)
    except BaseException:
        parts.hub.leave(viewer)
        raise
    watching.shown = snapshot.topics
    _end_in_time(viewer, call.caller)
    text, seen = snapshot.encode(), snapshot.seen

    async def run(headers: list[tuple[bytes, bytes]], receive: Receive, send: Send) -> None:
        nonlocal text, seen
        opening, at = text, seen
        text, seen = b"", {}
        await stream.run(parts.hub, viewer, opening, at, headers, receive, send)

    return Stream(run)


async def _read_watched(parts: Parts, viewer: Viewer, watching: Watching) -> Snapshot:
    """Read what the caller sees until all of it was watched before it was read."""
    caller, asked = watching.caller, watching.asked
    while True:
        async with parts.database.reader() as reader:
            snapshot = await read_snapshot(reader, caller, asked)
        topics = snapshot.topics
        unwatched = topics - viewer.topics
        parts.hub.watch(viewer, unwatched | {hidden(i) for i in (*snapshot.denied, *snapshot.hidden)})
        if not unwatched:
            keep = topics | set(caller.topics)
            parts.hub.unwatch(viewer, {t for t in viewer.topics if t[0] != "?" and t not in keep})
            return snapshot


class RightsWatch:
    """Looks again at what viewers may see when rights change."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._waiting: dict[Viewer, None] = {}
        self._task: asyncio.Task[None] | None = None

    def when_rights_changed(self, change: Change, viewers: list[Viewer]) -> None:
        """End streams whose caller is gone; have the others looked at, showing nothing meanwhile."""
        for viewer in viewers:
            if change.kind == "ended":
                self._parts.hub.leave(viewer)
                viewer.end(ENDED)
            else:
                self._parts.hub.unwatch(viewer, {change.topic} & set(viewer.owner.shown))
                self.look_at(viewer)

    def look_at(self, viewer: Viewer) -> None:
        """Look again at what this viewer may see."""
        self._waiting[viewer] = None
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._look())

    def look_at_everybody(self) -> None:
        """Look again at what anybody may see."""
        for viewer in self._parts.hub.viewers():
            self.look_at(viewer)

    async def _look(self) -> None:
        try:
            while self._waiting:
                viewer = next(iter(self._waiting))
                del self._waiting[viewer]
                if viewer.is_open:
                    await self._look_at(viewer)
                await asyncio.sleep(0)
        except Exception:
            # Rights that cannot be read are no rights: those streams begin anew.
            log.exception("rights could not be read again")
            for viewer in list(self._waiting):
                self._parts.hub.leave(viewer)
                viewer.end()
            self._waiting.clear()
        finally:
            self._task = None

    async def _look_at(self, viewer: Viewer) -> None:
        watching: Watching = viewer.owner
        caller = await self._parts.callers.refresh(watching.caller)
        if caller is None:
            self._parts.hub.leave(viewer)
            viewer.end(ENDED)
            return
        watching.caller = caller
        snapshot = await _read_watched(self._parts, viewer, watching)
        lost = watching.shown - snapshot.topics
        watching.shown = snapshot.topics
        changes = [Change(thing, "denied", data=_encode({"id": thing})) for thing in sorted(lost)]
        _offer_anyway(viewer, changes)
        moment = now()
        fresh = [
            Change(
                pin.id,
                "pin",
                version=pin.version,
                pushed_at=pin.pushed_at,
                data=_encode(view(pin, moment)),
                frame="rights",
            )
            for pin in snapshot.pins.values()
        ]
        news = [change for change in fresh if viewer.takes(change)]
        if news:
            viewer.offer(news, wire.of_changes(news))


def _offer_anyway(viewer: Viewer, changes: list[Change]) -> None:
    """What the reader has to be told although it does not watch it any more."""
    for change in changes:
        viewer.seen.pop(change.topic, None)
    if changes:
        viewer.offer(changes, wire.of_changes(changes))


def _end_in_time(viewer: Viewer, caller: Caller) -> None:
    """End the stream when the key or session expires."""
    if caller.expires_at is not None:
        seconds = max(0.0, (caller.expires_at - now()) / 1000)
        # A timer may be set for a month at most; streams do not live that long anyway.
        asyncio.get_running_loop().call_later(min(seconds, 30 * 86400), viewer.end, ENDED)


def _asked(call: Call) -> Asked:
    asked = Asked(
        **{
            name: tuple(dict.fromkeys(filter(None, call.query.get(name, "").split(","))))
            for name in ("pins", "pinboards", "pages")
        }
    )
    if not asked.ids:
        raise invalid("pins", "Name what to watch: pins, pinboards or pages", "ids")
    if len(asked.pins) + len(asked.pinboards) + len(asked.pages) > MOST_IDS:
        raise invalid("pins", f"A stream watches at most {MOST_IDS} ids", f"≤ {MOST_IDS} ids")
    return asked

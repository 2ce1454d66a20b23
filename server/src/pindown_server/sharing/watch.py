"""`GET /v1/live`: the one realtime door, and what becomes of a stream when rights change.

Watch first, read second: a stream is registered before its snapshot is read, and versions sort
out what came twice.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from functools import partial
from sys import intern

import msgspec

from ..changes import DRAWN, Change, rights_changed
from ..clock import now
from ..door.call import Call, Stream
from ..door.caller import Caller
from ..door.route import Query, Routes
from ..errors import RateLimitExceeded, invalid
from ..live import stream, wire
from ..live.hub import Hub, hidden
from ..live.viewer import GONE, NOTHING, Viewer
from ..pages import store as pages
from ..pages.actions import page_changed
from ..parts import Parts
from ..pinboards import store as pinboards
from ..pinboards.actions import pinboard_changed
from ..pins import store as pins
from ..pins.actions import status
from ..pins.drawing import MOST_AT_ONCE, Patience
from ..pins.pin import Pin
from .snapshot import Asked, Snapshot, read_snapshot

log = logging.getLogger(__name__)
routes = Routes()
_encode = msgspec.json.Encoder().encode

MOST_IDS = 200
NO_MARKS: Mapping[str, int] = {}  # of all who watch nothing but pins
LONGEST_ID = 60  # characters; no id has half of them
# Of all streams of visitors from one address, some 30 MiB: a house full of people looks at boards.
MOST_BY_ADDRESS = 50_000
ENDED = wire.event("denied", b"{}")


class Watching(msgspec.Struct):
    """Who opened a stream and what for."""

    caller: Caller
    asked: Asked
    hub: Hub
    # Which pins of each pinboard and page the reader was told of.
    marks: Mapping[str, int] = msgspec.field(default_factory=lambda: NO_MARKS)
    is_opening: bool = True
    has_moved: bool = False  # rights changed since they were read
    timer: asyncio.TimerHandle | None = None

    def wake(self, at: int, then: Callable[[], None]) -> None:
        """Do something soon after a point in time, in place of what was to be done before."""
        self.forget()
        # A timer may be set for a month at most; streams do not live that long anyway.
        seconds = min(max(0.0, (at - now()) / 1000) + 0.01, 30 * 86400)
        self.timer = asyncio.get_running_loop().call_later(seconds, then)

    def end(self) -> None:
        """The stream is gone."""
        self.forget()
        if self.caller.kind == "visitor":
            self.hub.let_go(self.caller.budget, len(self.asked.ids))

    def forget(self) -> None:
        """Nothing more is to be done in time."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


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
    _hold(parts.hub, call.caller, len(asked.ids))
    watching = Watching(call.caller, asked, parts.hub)
    viewer = Viewer(watching)
    unseen = {hidden(thing) for thing in asked.ids}
    parts.hub.watch(viewer, {*call.caller.topics, *asked.ids, *unseen})
    try:
        snapshot = await _read_watched(parts, viewer, watching)
        opening = await snapshot.encode(parts.turns)
        while watching.has_moved:  # rights did, while it was rendered
            snapshot = await _read_watched(parts, viewer, watching)
            opening = await snapshot.encode(parts.turns)
    except BaseException:
        parts.hub.leave(viewer)
        watching.end()
        raise
    watching.is_opening, watching.marks = False, snapshot.marks or NO_MARKS
    viewer.shown = snapshot.topics
    viewer.opening = (opening, snapshot.seen)
    viewer.when_gone = watching.end
    return Stream(partial(stream.run, parts.hub, viewer))


def _hold(hub: Hub, caller: Caller, count: int) -> None:
    """Count what a visitor watches on their address; raises RateLimitExceeded."""
    if caller.kind == "visitor" and not hub.hold(caller.budget, count, MOST_BY_ADDRESS):
        raise RateLimitExceeded(
            f"Visitors from one address watch at most {MOST_BY_ADDRESS} things at once",
            details={"limit": MOST_BY_ADDRESS},
            headers={"Retry-After": "60"},
        )


async def _read_watched(parts: Parts, viewer: Viewer, watching: Watching) -> Snapshot:
    """Read what the caller sees until all of it was watched, and watched over, before it was read.

    What lies hidden on its pinboards and pages is watched as well: it may come into sight.
    """
    while True:
        watching.has_moved = False
        mark = parts.redraws.mark
        async with parts.database.reader() as reader:
            snapshot = await read_snapshot(reader, watching.caller, watching.asked)
        topics = snapshot.topics | {hidden(i) for i in (*snapshot.denied, *snapshot.hidden)}
        unwatched = topics - viewer.topics
        parts.hub.watch(viewer, unwatched)
        drawn = snapshot.pins.values()
        parts.redraws.learn(drawn)
        is_known = parts.redraws.knew(drawn, mark)
        if (
            not unwatched
            and is_known
            and not watching.has_moved
            and not _is_behind(snapshot, viewer)
        ):
            parts.hub.unwatch(viewer, viewer.topics - topics - set(watching.caller.topics))
            _look_in_time(parts, viewer, watching, snapshot.ends_at)
            return snapshot


def _shown(snapshot: Snapshot, pin: Pin, moment: int, patience: Patience) -> Change:
    """The view of a pin; of many, what is drawn from datasets has to come at once."""
    return Change(
        pin.id,
        "pin",
        version=pin.version,
        pushed_at=pin.pushed_at,
        data=lambda: _encode(snapshot.pin_view(pin, moment, patience)),
        frame=DRAWN,
    )


def _is_behind(snapshot: Snapshot, viewer: Viewer) -> bool:
    """Whether the reader was told of something that came after the snapshot was read."""
    return any(
        (pin.version, pin.pushed_at) < viewer.seen.get(pin.id, NOTHING) < GONE
        for pin in snapshot.pins.values()
    )


class RightsWatch:
    """Looks again at what viewers may see when rights change."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._waiting: dict[Viewer, None] = {}
        self._task: asyncio.Task[None] | None = None

    def close(self) -> None:
        """Look at nobody any more."""
        if self._task is not None:
            self._task.cancel()

    def when_rights_changed(self, change: Change, viewers: list[Viewer]) -> None:
        """End streams whose caller is gone; have the others looked at, showing nothing meanwhile."""
        for viewer in viewers:
            if change.kind == "ended":
                self._parts.hub.leave(viewer)
                viewer.end(ENDED)
            else:
                # Also what it has only begun to watch: the look under way will read again.
                self._parts.hub.unwatch(viewer, {change.topic} - set(viewer.owner.caller.topics))
                if not viewer.owner.is_opening:
                    viewer.hold()
                self.look_at(viewer)

    def look_at(self, viewer: Viewer) -> None:
        """Look again at what this viewer may see."""
        viewer.owner.has_moved = True
        if viewer.owner.is_opening:
            return  # whoever opens it reads until nothing moved
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
                    await self._look_at_or_end(viewer)
                await asyncio.sleep(0)
        finally:
            self._task = None

    async def _look_at_or_end(self, viewer: Viewer) -> None:
        try:
            await self._look_at(viewer)
        except Exception:
            # Rights that cannot be read are no rights: the stream begins anew.
            log.exception("rights could not be read again")
            self._parts.hub.leave(viewer)
            viewer.end()

    async def _look_at(self, viewer: Viewer) -> None:
        watching: Watching = viewer.owner
        caller = await self._parts.callers.refresh(watching.caller)
        if caller is None or (caller.expires_at is not None and caller.expires_at <= now()):
            self._parts.hub.leave(viewer)
            viewer.end(ENDED)
            return
        watching.caller = caller
        marks = watching.marks
        viewer.hold()
        snapshot = await _read_watched(self._parts, viewer, watching)
        # Asked after the reading: what was watched meanwhile may have been shown meanwhile.
        lost, viewer.shown = viewer.shown - snapshot.topics, snapshot.topics
        await self._tell_lost(viewer, lost)
        if watching.has_moved:
            return  # meanwhile: it is looked at again
        for thing in viewer.seen.keys() - snapshot.topics:
            del viewer.seen[thing]  # if it comes into sight again, it is new
        watching.marks = snapshot.marks or NO_MARKS
        moment = now()
        patience = Patience(MOST_AT_ONCE)
        shown = [_shown(snapshot, pin, moment, patience) for pin in snapshot.pins.values()]
        newest = {
            change.topic: change for change in (*shown, *viewer.release()) if viewer.takes(change)
        }
        news = list(newest.values())
        for pin in snapshot.pins.values():
            if pin.late_told and pin.id not in marks:  # perhaps whoever marked it was killed
                late = status("late", pin.id, pin.pushed_at)
                news += [late] if viewer.takes(late) else []
        for change in _layouts(snapshot):
            is_news = viewer.takes(change)
            if marks.get(change.topic) != snapshot.marks[change.topic]:
                # Pins of it came into sight or went out of it, which its revision does not tell:
                # newer than what a stream begins with, though of the same revision.
                news.append(msgspec.structs.replace(change, pushed_at=moment))
            elif is_news:
                news.append(change)
        if news:
            viewer.offer(news, wire.Message(wire.of_changes(news)))

    async def _tell_lost(self, viewer: Viewer, lost: set[str]) -> None:
        """Tell the reader what it sees no more, and whether that is gone for everybody."""
        if not lost:
            return
        things = sorted(lost)
        async with self._parts.database.reader() as reader:
            left = await pins.list_existing(reader, things)
            left |= await pinboards.list_existing(reader, things)
            left |= await pages.list_existing(reader, things)
        changes = [
            Change(
                thing,
                "denied" if thing in left else "deleted",
                data=_encode({"id": thing}),
                is_last=True,
            )
            for thing in things
        ]
        for thing in things:
            viewer.seen.pop(thing, None)
        viewer.offer(changes, wire.Message(wire.of_changes(changes)))


def _layouts(snapshot: Snapshot) -> list[Change]:
    """What tells a reader to read each pinboard and page again."""
    boards = [
        pinboard_changed(board.id, board.revision) for board, _ in snapshot.pinboards.values()
    ]
    return boards + [page_changed(page.id, page.revision) for page, _ in snapshot.pages.values()]


def _look_in_time(parts: Parts, viewer: Viewer, watching: Watching, ends_at: int | None) -> None:
    """Look again when the key or session expires, or something that is shown does."""
    ends = [end for end in (ends_at, watching.caller.expires_at) if end is not None]
    watching.forget()
    if ends:
        look = rights_changed("")
        watching.wake(min(ends), lambda: parts.hub.when_rights_changed(look, [viewer]))


def _asked(call: Call) -> Asked:
    # A thousand viewers of one thing hold its id once.
    asked = Asked(
        **{
            name: tuple(
                dict.fromkeys(map(intern, filter(None, call.query.get(name, "").split(","))))
            )
            for name in ("pins", "pinboards", "pages")
        }
    )
    if not asked.ids:
        raise invalid("pins", "Name what to watch: pins, pinboards or pages", "ids")
    if len(asked.pins) + len(asked.pinboards) + len(asked.pages) > MOST_IDS:
        raise invalid("pins", f"A stream watches at most {MOST_IDS} ids", f"≤ {MOST_IDS} ids")
    if any(len(one) > LONGEST_ID for one in asked.ids):
        raise invalid(
            "pins", f"An id has at most {LONGEST_ID} characters", f"≤ {LONGEST_ID} characters"
        )
    return asked

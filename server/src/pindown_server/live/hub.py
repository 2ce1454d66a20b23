"""Who watches which topic on this node, and getting changes to them."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from sys import intern

import msgspec

from ..changes import Change
from . import wire
from .viewer import Viewer

log = logging.getLogger(__name__)

# s from one write to the next: what arrives meanwhile leaves together. Longer ticks deliver more
# under a storm of pushes; this one is below what a person or the 5 ms of a glance would notice.
TICK = 0.005
SLICE = 200  # viewers written to before other work gets a turn, about 2 ms
HEARTBEAT = 15.0  # s; well under the 60 s after which many proxies cut silent connections


def hidden(topic: str) -> str:
    """The topic of those who asked for a thing they may not see: they hear only that rights moved."""
    return intern("?" + topic)


class Hub:
    """Open streams by topic. The first change leaves at once, what follows within a tick joins."""

    def __init__(self) -> None:
        self._watching: dict[str, dict[Viewer, None]] = {}
        self._viewers: dict[Viewer, None] = {}
        self._held: Counter[str] = Counter()
        self._pending: dict[tuple[str, str], Change] = {}
        self._flushing: asyncio.Task[None] | None = None
        self._beating: asyncio.Task[None] | None = None
        # Called with the topic and the viewers whose rights or whose caller changed.
        self.when_rights_changed: Callable[[Change, list[Viewer]], None] = _ignore
        # Called when a key, session or account is gone or different, on whichever node.
        self.when_caller_ended: Callable[[], None] = _ignore
        # Called with the pins that have to be drawn again.
        self.when_redrawn: Callable[[list[str]], None] = _ignore

    @property
    def viewer_count(self) -> int:
        """Open streams."""
        return len(self._viewers)

    def open(self) -> None:
        """Begin the heartbeat."""
        self._beating = asyncio.get_running_loop().create_task(self._beat())

    async def close(self) -> None:
        """End every stream."""
        if self._beating is not None:
            self._beating.cancel()
        if self._flushing is not None:
            self._flushing.cancel()
        for viewer in list(self._viewers):
            self.leave(viewer)
            viewer.end()

    def hold(self, who: str, count: int, most: int) -> bool:
        """Count topics on somebody's account until `let_go`; False, and none, if it were too many."""
        if self._held[who] + count > most:
            return False
        self._held[who] += count
        return True

    def let_go(self, who: str, count: int) -> None:
        """Count topics on somebody's account no more."""
        self._held[who] -= count
        if self._held[who] <= 0:
            del self._held[who]

    def is_watched(self, topic: str) -> bool:
        """Whether anybody on this node watches the topic."""
        return topic in self._watching

    def viewers(self) -> list[Viewer]:
        """Everybody who watches something."""
        return list(self._viewers)

    def watch(self, viewer: Viewer, topics: set[str]) -> None:
        """Show the viewer the changes of these topics, in addition to those it watches."""
        self._viewers[viewer] = None
        for topic in topics:
            self._watching.setdefault(topic, {})[viewer] = None
        viewer.topics |= topics

    def unwatch(self, viewer: Viewer, topics: set[str]) -> None:
        """Stop showing the viewer these topics."""
        for topic in topics:
            watching = self._watching.get(topic)
            if watching is not None:
                watching.pop(viewer, None)
                if not watching:
                    del self._watching[topic]
        viewer.topics -= topics

    def leave(self, viewer: Viewer) -> None:
        """Forget a viewer."""
        self.unwatch(viewer, set(viewer.topics))
        self._viewers.pop(viewer, None)

    def deliver(self, changes: list[Change]) -> None:
        """Take changes that were committed, on this node or another; never waits, never raises."""
        drawn = [change for change in changes if change.kind == "redraw"]
        if drawn:
            changes = self._draw_again(drawn, changes)
        for change in changes:
            if change.kind == "ended":
                self.when_caller_ended()
            if change.kind in ("rights", "ended"):
                self._look_again(change)
            elif change.topic in self._watching:
                self._keep(change)
        if self._pending and self._flushing is None:
            # A task of its own: the pusher's answer does not wait for a thousand viewers.
            self._flushing = asyncio.get_running_loop().create_task(self._flush())

    def _draw_again(self, drawn: list[Change], changes: list[Change]) -> list[Change]:
        """Have pins drawn again, with those that belong into one frame with them; the others."""
        frames = {change.frame for change in drawn} - {""}
        together = [change for change in changes if change.kind == "pin" and change.frame in frames]
        topics = [topic for change in drawn for topic in msgspec.json.decode(change.encoded())]
        self.when_redrawn([*topics, *(change.topic for change in together)])
        kept = {id(change) for change in (*drawn, *together)}
        return [change for change in changes if id(change) not in kept]

    def _look_again(self, change: Change) -> None:
        """Have the rights of those concerned read again; until then they are shown nothing of it."""
        concerned = {
            **self._watching.get(change.topic, {}),
            **self._watching.get(hidden(change.topic), {}),
        }
        if concerned:
            self.when_rights_changed(change, list(concerned))

    def _keep(self, change: Change) -> None:
        key = (change.topic, change.kind)
        older = self._pending.pop(key, None)
        if older is not None and older.at > change.at:
            change = older  # announcements of two commits may overtake each other
        self._pending[key] = change

    async def _flush(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._pending:
                next_write = loop.time() + TICK
                pending, self._pending = self._pending, {}
                try:
                    await self._write(list(pending.values()))
                except Exception:
                    log.exception("changes could not be delivered")
                await asyncio.sleep(max(0.0, next_write - loop.time()))
        finally:
            self._flushing = None

    async def _write(self, changes: list[Change]) -> None:
        """Give each viewer its part; what is the same for many is encoded once."""
        if len(changes) == 1:
            await self._write_one(changes)
            return
        concerned: dict[Viewer, list[Change]] = {}
        for change in changes:
            for viewer in self._watching.get(change.topic, ()):
                concerned.setdefault(viewer, []).append(change)
        written: dict[tuple[int, ...], wire.Message] = {}
        for count, (viewer, part) in enumerate(concerned.items(), 1):
            # Asked at the last moment: rights may have moved while others were written to.
            news = [
                change
                for change in part
                if change.topic in viewer.topics and viewer.accepts(change)
            ]
            if news:
                key = (id(news[0]),) if len(news) == 1 else tuple(map(id, news))
                message = written.get(key)
                if message is None:
                    message = written[key] = wire.Message(wire.of_changes(news))
                viewer.offer(news, message)
            if count % SLICE == 0:
                await asyncio.sleep(0)

    async def _write_one(self, changes: list[Change]) -> None:
        """The same for a single change, as most ticks bring: nothing is made for each viewer."""
        (change,) = changes
        watching = self._watching.get(change.topic, {})
        message = wire.Message(wire.of_changes(changes))
        for count, viewer in enumerate(list(watching), 1):
            if viewer in watching and viewer.accepts(change):
                viewer.offer(changes, message)
            if count % SLICE == 0:
                await asyncio.sleep(0)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            for count, viewer in enumerate(self.viewers()):
                if viewer.is_open:
                    viewer.beat()
                if count % SLICE == SLICE - 1:
                    await asyncio.sleep(0)


def _ignore(*_: object) -> None:
    """Until the app says what becomes of them."""

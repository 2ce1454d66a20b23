"""One open stream and what still has to reach it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from msgspec.structs import replace

from ..changes import DRAWN, STATUS, VERSIONED, Change
from . import direct, wire

Send = Callable[[Any], Awaitable[None]]

SAYS_ALL = frozenset({*VERSIONED, "denied", "deleted", *STATUS})

# Of a thing the reader got: its version, and when it was pushed.
Seen = tuple[int, int]
NOTHING: Seen = (0, 0)
# A view that was read before the end is no news after it; one of what came back is.
FOREVER = 1 << 62
MOST_AT_ONCE = 16 * 1024 * 1024  # bytes of what waited for a slow reader, in one write
GONE: Seen = (FOREVER, 0)


class Viewer:
    """A reader of some topics.

    A change is written straight to the stream, without a task or a queue. That rests on one
    property of uvicorn: `send` suspends before it writes, and only while the connection takes no
    more. A `send` that suspends means a slow reader: then the newest change per topic waits in
    the outbox, and a task waits for the drain.
    """

    __slots__ = (
        "_catching_up",
        "_flow",
        "_outbox",
        "_send",
        "_transport",
        "held",
        "is_open",
        "opening",
        "owner",
        "reading",
        "seen",
        "shown",
        "topics",
        "when_gone",
    )

    def __init__(self, owner: Any) -> None:
        self.owner = owner  # of whoever opened the stream; nothing here looks inside
        self.topics: set[str] = set()
        self.seen: dict[str, Seen] = {}
        self.shown: set[str] = set()  # what the reader was given and not told to have lost
        self.is_open = True
        self.opening: tuple[bytes, dict[str, Seen]] | None = None  # the snapshot until it is out
        self.reading: asyncio.Task[object] | None = None  # waits until the reader goes
        self.when_gone: Callable[[], None] | None = None
        # What is drawn from datasets, while it is not clear what of it the reader may see.
        self.held: dict[str, Change] | None = None
        self._send: Send | None = None  # not before the snapshot is out
        # The connection itself, where there is a straight way to it.
        self._flow: direct.Flow | None = None
        self._transport: Any = None
        self._outbox: dict[tuple[str, str], Change] | None = {}
        self._catching_up: asyncio.Task[None] | None = None

    def accepts(self, change: Change) -> bool:
        """Whether a change of what it watches is to be written now: nothing holds it back, it is news."""
        if not self.is_open or (self.held is not None and self._keeps_back(change)):
            return False
        return self._is_news(change)

    def takes(self, change: Change) -> bool:
        """Whether the reader watches this and it is news to them."""
        return change.topic in self.topics and self._is_news(change)

    def _is_news(self, change: Change) -> bool:
        """Whether it is newer than what was shown: announcements of two commits may overtake each other."""
        topic = change.topic
        if change.kind in VERSIONED:
            at, seen = change.at, self.seen.get(topic, NOTHING)
            if at < seen or (at == seen and not change.repeats):
                return False
            self.shown.add(topic)
            self.seen[topic] = at
        elif change.kind == "deleted":
            gone = (change.version, FOREVER) if change.version else GONE
            if gone <= self.seen.get(topic, NOTHING):
                return False  # it came back meanwhile
            self.seen[topic] = gone
        elif change.kind in STATUS:
            version, pushed_at = self.seen.get(topic, NOTHING)
            if change.pushed_at < pushed_at:
                return False
            self.seen[topic] = (version, change.pushed_at)
        return True

    def hold(self) -> None:
        """Show nothing that is drawn from datasets until `release`: some of it is being looked at.

        What waits in the outbox is read again by then.
        """
        if self.held is None:
            self.held = {}
            outbox = self._outbox or {}
            for key, change in list(outbox.items()):
                if change.frame == DRAWN:
                    outbox.pop(key)
                    self.seen.pop(change.topic, None)

    def _keeps_back(self, change: Change) -> bool:
        """Whether this is held; the newest of each topic is."""
        if self.held is None or change.frame != DRAWN:
            return False
        older = self.held.get(change.topic)
        if older is None or older.version <= change.version:
            self.held[change.topic] = change
        return True

    def release(self) -> list[Change]:
        """What was held, newest of each topic."""
        held, self.held = self.held or {}, None
        return list(held.values())

    def offer(self, changes: list[Change], message: wire.Message) -> None:
        """Write what the reader takes, or keep the newest per topic while it is slow."""
        if self._outbox is not None:
            self._keep(changes)
        elif self._write(message):
            self._note_deleted(changes)
        else:
            self._outbox = {}
            self._keep(changes)
            self._catching_up = asyncio.get_running_loop().create_task(self._catch_up())

    def beat(self) -> None:
        """Show the reader that the stream lives; a slow one has bytes to come anyway."""
        if self._outbox is None:
            self._write(wire.HEARTBEAT)

    async def begin(self, send: Send) -> None:
        """Write the snapshot, then what came while it was read and is newer."""
        assert self._outbox is not None, "a stream begins once"
        assert self.opening is not None, "a stream begins with a snapshot"
        (snapshot, seen), self.opening = self.opening, None
        for key, change in list(self._outbox.items()):
            shown = seen.get(change.topic, NOTHING)
            if (
                (change.kind in VERSIONED and change.at <= shown)
                or (change.kind in STATUS and change.pushed_at < shown[1])
                or (change.kind == "deleted" and 0 < change.version < shown[0])
            ):
                del self._outbox[key]
        for topic, at in seen.items():
            self.seen[topic] = max(at, self.seen.get(topic, NOTHING))
        await send(wire.Message(wire.OPENING + wire.event("snapshot", snapshot)).asgi)
        self._send = send
        self._flow, self._transport = direct.connection_of(send)
        await self._catch_up()

    def end(self, last: bytes = b"") -> None:
        """Write one more thing if the reader takes it, then let go of it."""
        if not self.is_open:
            return
        if last and self._send is not None and self._outbox is None:
            self._write(wire.Message(last))
        self.is_open = False
        self._outbox = {}
        if self._catching_up is not None:
            self._catching_up.cancel()
        if self.reading is not None:
            self.reading.cancel()
        if self.when_gone is not None:
            self.when_gone()

    def _keep(self, changes: list[Change]) -> None:
        assert self._outbox is not None
        for change in changes:
            # A view, or that there is none any more, says everything about a thing; a status
            # says everything about its freshness.
            for kind in STATUS if change.kind in STATUS else SAYS_ALL:
                self._outbox.pop((change.topic, kind), None)
            key = (change.topic, change.kind)
            self._outbox.pop(key, None)
            self._outbox[key] = change

    def _take_waiting(self) -> list[Change]:
        """Take out of the outbox as much as one write has room for.

        What may not leave has not been seen, if it comes into sight again.
        """
        outbox, self._outbox = self._outbox or {}, {}
        for change in outbox.values():
            if not self._may_leave(change):
                self.seen.pop(change.topic, None)
        leaving = [change for change in outbox.values() if self._may_leave(change)]
        leaving.sort(key=lambda change: change.frame == DRAWN)  # last, and all of it as one
        room, frame = MOST_AT_ONCE, ""
        for count, change in enumerate(leaving):
            room -= len(change.encoded())
            if room < 0 and count and not frame == change.frame == DRAWN:
                self._outbox = {(left.topic, left.kind): left for left in leaving[count:]}
                leaving = leaving[:count]
                break
            frame = change.frame
        self._note_deleted(leaving)
        return leaving

    def _note_deleted(self, changes: list[Change]) -> None:
        """What the reader was told is gone is no longer shown; not before: it may still wait here."""
        for change in changes:
            if change.kind == "deleted":
                self.shown.discard(change.topic)

    def _may_leave(self, change: Change) -> bool:
        """What the reader may not see any more does not leave; that it may not, does."""
        return change.topic in self.topics or change.is_last

    def _write(self, message: wire.Message) -> bool:
        """Whether it was written without waiting."""
        if self._flow is not None:
            return direct.write(self._flow, self._transport, message.chunk)
        assert self._send is not None
        sending: Any = self._send(message.asgi)
        try:
            sending.send(None)
        except StopIteration:
            return True
        sending.close()  # it waits before it writes: nothing of this has left
        return False

    async def _catch_up(self) -> None:
        """Send what waits until nothing does."""
        assert self._send is not None
        while self._outbox:
            # What the reader may not see any more does not leave, however long it waited.
            waiting = self._take_waiting()
            if waiting:
                together = [replace(c, frame=DRAWN) if c.kind == "pin" else c for c in waiting]
                await self._send(wire.Message(wire.of_changes(together)).asgi)
        self._outbox = None
        self._catching_up = None

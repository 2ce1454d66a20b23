"""Drawing again what draws from datasets, on this node, for whoever watches it here.

No viewer may see two cards of one dataset at two revisions. Whatever changes such a pin only says
that it is to be drawn again. Here it is read, together with every other watched pin that may draw
from the same datasets and is not what was shown last, and with the datasets, in one state of the
store; then rendered in slices, and handed on as one frame. Versions sort out what comes twice.

What streams show at first is read elsewhere. It has to be known here before: only then do all
frames that are newer than what was read hold whatever of it belongs together.
"""

import asyncio
import logging
from collections.abc import Iterable, Sequence

import msgspec

from ..changes import DRAWN, Change
from ..clock import MINUTE, now
from ..errors import Unavailable
from ..live.hub import Hub
from ..pins.drawing import Patience, gather, render_pin
from ..pins.pin import Pin
from ..pins.room import MOST_READ
from ..pins.shown import view
from ..pins.sources import store
from ..pins.sources.sources import is_clocked
from ..storage import Database, Reader

log = logging.getLogger(__name__)
_encode = msgspec.json.Encoder().encode

CHUNK = 500  # ids in one statement
FORGOTTEN_EACH = 10_000  # pins that became known, after which those nobody watches are forgotten
RETRY = 1.0  # s after the store was away


class Known(msgspec.Struct):
    """A pin that draws from datasets and is watched here: every viewer has this version or newer."""

    version: int
    learned: int  # at which mark it became known
    is_clocked: bool


class Redrawing:
    """Draws pins again, one round after the other."""

    def __init__(self, database: Database, hub: Hub) -> None:
        self._database = database
        self._hub = hub
        self._known: dict[str, dict[str, Known]] = {}  # by the pins' owner: datasets are an owner's
        self._mark = 0
        self._forget_at = FORGOTTEN_EACH
        self._pending: dict[str, None] = {}
        self._drawing: asyncio.Task[None] | None = None
        self._clock: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to draw again what shows a time that passes, each minute."""
        self._clock = asyncio.get_running_loop().create_task(self._keep_time())

    def close(self) -> None:
        """Draw nothing any more."""
        for task in (self._clock, self._drawing):
            if task is not None:
                task.cancel()

    @property
    def mark(self) -> int:
        """Grows with whatever becomes known."""
        return self._mark

    def learn(self, pins: Iterable[Pin]) -> None:
        """Watch over pins that somebody is about to be shown."""
        if self._mark >= self._forget_at:
            self._forget_unwatched()
        for pin in pins:
            if pin.sources is not None:
                known = self._known.setdefault(pin.owner_id, {})
                if pin.id not in known:
                    self._mark += 1
                    known[pin.id] = Known(pin.version, self._mark, is_clocked(pin))

    def knew(self, pins: Iterable[Pin], mark: int) -> bool:
        """Whether all of these were watched over already at this mark."""
        return all(
            pin.sources is None
            or ((known := self._known.get(pin.owner_id, {}).get(pin.id)) and known.learned <= mark)
            for pin in pins
        )

    def draw_again(self, pin_ids: Sequence[str]) -> None:
        """Have pins drawn again that are watched here; never waits, never raises."""
        self._pending.update((i, None) for i in pin_ids if self._hub.is_watched(i))
        if self._pending and self._drawing is None:
            self._drawing = asyncio.get_running_loop().create_task(self._draw())

    def list_clocked(self) -> list[str]:
        """The pins that are watched here and show a time that passes."""
        return [
            pin_id
            for known in self._known.values()
            for pin_id, one in known.items()
            if one.is_clocked and self._hub.is_watched(pin_id)
        ]

    async def _draw(self) -> None:
        try:
            while self._pending:
                pending, self._pending = self._pending, {}
                try:
                    await self._draw_round([i for i in pending if self._hub.is_watched(i)])
                except Exception as error:
                    if not isinstance(error, Unavailable):
                        log.exception("pins could not be drawn again")
                    self._pending = pending | self._pending
                    await asyncio.sleep(RETRY)
        finally:
            self._drawing = None

    async def _draw_round(self, pin_ids: list[str]) -> None:
        """Read in one state of the store, render a slice at a time, show all of it at once."""
        if not pin_ids:
            return
        async with self._database.reader() as reader:
            pins = await _read(reader, pin_ids)
            # Asked only now that the state is fixed which is looked at: what becomes known from
            # here on is read by others in a newer one.
            moved = await self._find_moved(reader, pins)
            pins += await _read(reader, moved)
            gone = {*pin_ids, *moved} - {pin.id for pin in pins}
            material = await gather(reader, pins)
        moment, patience = now(), Patience()
        changes = [
            # Told here too: it must not stand beside what is newer.
            Change(pin_id, "deleted", self._forget(pin_id), data=_encode({"id": pin_id}))
            for pin_id in gone
        ]
        for pin in pins:
            shown = view(render_pin(pin, material, moment, patience), moment)
            changes.append(
                Change(
                    pin.id,
                    "pin",
                    version=pin.version,
                    pushed_at=pin.pushed_at,
                    data=_encode(shown),
                    frame=DRAWN,
                    repeats=is_clocked(pin),
                )
            )
            await asyncio.sleep(0)
        for pin in pins:
            self._note(pin)
        self._hub.deliver(changes)

    async def _find_moved(self, reader: Reader, pins: list[Pin]) -> list[str]:
        """Other pins of the same owners that are not what was shown last."""
        read = {pin.id for pin in pins}
        moved = []
        for owner_id in dict.fromkeys(pin.owner_id for pin in pins):
            known = self._known.get(owner_id, {})
            self._keep_watched(known)
            others = [pin_id for pin_id in known if pin_id not in read]
            for chunk in _chunks(others):
                versions = dict(map(tuple, await store.list_versions(reader, chunk)))
                moved += [i for i in chunk if i in known and versions.get(i) != known[i].version]
        return moved

    def _note(self, pin: Pin) -> None:
        """Remember what everybody is shown from now on."""
        known = self._known.setdefault(pin.owner_id, {})
        if pin.sources is None:
            known.pop(pin.id, None)
        elif pin.id in known:
            known[pin.id].version = pin.version
            known[pin.id].is_clocked = is_clocked(pin)
        else:
            self._forget(pin.id)  # it was somebody else's
            self.learn([pin])

    def _forget_unwatched(self) -> None:
        """Let go of what nobody watches any more, now and then: owners may rest for ever."""
        for known in self._known.values():
            self._keep_watched(known)
        self._known = {owner_id: known for owner_id, known in self._known.items() if known}
        self._forget_at = self._mark + FORGOTTEN_EACH

    def _keep_watched(self, known: dict[str, Known]) -> None:
        for pin_id in [i for i in known if not self._hub.is_watched(i)]:
            del known[pin_id]

    def _forget(self, pin_id: str) -> int:
        """A pin is gone; the version it was shown at."""
        for known in self._known.values():
            if pin_id in known:
                return known.pop(pin_id).version
        return 1

    async def _keep_time(self) -> None:
        while True:
            await asyncio.sleep((MINUTE - now() % MINUTE) / 1000)
            self.draw_again(self.list_clocked())


async def _read(reader: Reader, pin_ids: list[str]) -> list[Pin]:
    pins, room = list[Pin](), MOST_READ
    for chunk in _chunks(pin_ids):
        found = await store.list_pins_by_id(reader, chunk, room)
        room = max(0, room - sum(len(pin.config) + len(pin.blocks or "") for pin in found))
        pins += found
    return pins


def _chunks(pin_ids: list[str]) -> list[list[str]]:
    return [pin_ids[at : at + CHUNK] for at in range(0, len(pin_ids), CHUNK)]

"""Thinning the past in slices: what goes, the rules of `retention` say.

A thing whose past may have to be thinned carries the time in `thin_at`, with an index: what is to
be done is found without looking at anything else. Marks in the table `thinned` say how far each
stage has come, so nothing is looked at twice, and a restart goes on where it stopped.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import NamedTuple

from .. import ids
from ..clock import MINUTE, now
from ..errors import Unavailable
from ..retention import Kept, Rules, thin
from .database import Database, Row, Transaction
from .lease import drop_lease, take_lease

log = logging.getLogger(__name__)

SLICE = 250  # pieces looked at in one transaction: on SQLite everybody waits for it
EVERY = 10.0  # s between looks for something to do
HELD = 2 * MINUTE  # a node that stopped leaves the work to another after this
ROOM = 8  # when there is too much, an eighth more goes: else each push would ask for thinning


class Line(NamedTuple):
    """Pieces of the past in one table, as statements for the thing `:id`.

    `read`: those from the key `:mark` on, `:most` of them; `oldest`: those of them that go first
    when there is too much; both as `Kept`, in order. `drop`: those with `:keys*`.
    """

    name: str
    read: str
    oldest: str
    drop: str


class Shelf(NamedTuple):
    """The things of a kind and their past.

    `due`: `(id, kept_bytes)` of one thing whose `thin_at` is `:now` or earlier, locked; `save`
    stores its `:thin_at` and that `:freed` bytes less are kept.
    """

    name: str
    due: str
    save: str
    lines: tuple[Line, ...]


async def keep_thinning(database: Database, shelves: Sequence[Shelf], rules: Rules) -> None:
    """Thin what is due, on one node at a time, for ever."""
    holder = ids.new_id("node_")
    while True:
        for shelf in shelves:
            try:
                await thin_shelf(database, shelf, rules, holder)
            except Unavailable:
                log.warning("the past cannot be thinned while the store is away")
            except Exception:
                log.exception("the past of %s could not be thinned", shelf.name)
        await asyncio.sleep(EVERY)


async def thin_shelf(
    database: Database, shelf: Shelf, rules: Rules, holder: str, moment: int | None = None
) -> int:
    """Thin whatever of a shelf is due; how many slices that took.

    Between two slices others have their turn.
    """
    slices = 0
    async with database.reader() as reader:
        at = now() if moment is None else moment
        if await reader.find(shelf.due.replace("{lock}", ""), {"now": at}) is None:
            return 0  # most times: nothing is written
    while True:
        at = now() if moment is None else moment
        async with database.transaction() as tx:
            if not await take_lease(tx, "thinning", holder, now(), now() + HELD):
                return slices
            due = await tx.find(shelf.due, {"now": at})
            if due is None:
                await drop_lease(tx, "thinning", holder)
                return slices
            await _thin_thing(tx, shelf, rules, due, at)
        slices += 1
        await asyncio.sleep(0)


async def _thin_thing(tx: Transaction, shelf: Shelf, rules: Rules, thing: Row, moment: int) -> None:
    """One slice of one thing's past. If there is more to do, it stays due."""
    thing_id, kept_bytes = thing
    marks = await _read_marks(tx, thing_id)
    dues: list[int] = []
    freed = 0
    for line in shelf.lines:
        for stage in rules.stages:
            name = f"{line.name} {stage.name}"
            mark = marks.get(name, 0)
            rows = await _read(tx, line.read, thing_id, mark)
            found = thin(rows, stage, moment, is_all=len(rows) < SLICE)
            freed += await _drop(tx, line, thing_id, rows, found.doomed)
            if found.mark is not None and found.mark != mark:
                await _save_mark(tx, thing_id, name, found.mark)
            if found.due is not None:
                dues.append(found.due)
            if found.goes_on:
                await tx.run(shelf.save, {"id": thing_id, "thin_at": moment, "freed": freed})
                return
    if kept_bytes - freed > rules.most_bytes:
        wanted = kept_bytes - freed - rules.most_bytes * (ROOM - 1) // ROOM
        least = await _drop_oldest(tx, shelf, thing_id, wanted)
        freed += least
        if 0 < least < wanted:
            dues.append(moment)
    values = {"id": thing_id, "thin_at": min(dues, default=None), "freed": freed}
    await tx.run(shelf.save, values)


async def _drop_oldest(tx: Transaction, shelf: Shelf, thing_id: str, wanted: int) -> int:
    """Drop a slice of the oldest pieces, or less if that frees enough; the bytes freed."""
    for line in shelf.lines:
        rows = await _read(tx, line.oldest, thing_id, 0)
        if rows:
            return await _drop(tx, line, thing_id, rows, _first(rows, wanted))
    rows = (await _read(tx, shelf.lines[0].read, thing_id, 0))[:-1]  # the newest is what it is
    return await _drop(tx, shelf.lines[0], thing_id, rows, _first(rows, wanted))


def _first(rows: list[Kept], wanted: int) -> list[int]:
    """The keys of the first rows that together free so many bytes, or of all."""
    doomed = []
    for row in rows:
        if wanted <= 0:
            break
        doomed.append(row.key)
        wanted -= row.size
    return doomed


async def _read(tx: Transaction, sql: str, thing_id: str, mark: int) -> list[Kept]:
    rows = await tx.rows(sql, {"id": thing_id, "mark": mark, "most": SLICE})
    return [Kept(*row) for row in rows]


async def _drop(
    tx: Transaction, line: Line, thing_id: str, rows: list[Kept], doomed: list[int]
) -> int:
    """Drop pieces; the bytes freed."""
    if not doomed:
        return 0
    await tx.run(line.drop, {"id": thing_id, "keys": doomed})
    gone = set(doomed)
    return sum(row.size for row in rows if row.key in gone)


async def _read_marks(tx: Transaction, thing_id: str) -> dict[str, int]:
    rows = await tx.rows("SELECT stage, mark FROM thinned WHERE thing_id = :id", {"id": thing_id})
    return {row[0]: row[1] for row in rows}


async def _save_mark(tx: Transaction, thing_id: str, stage: str, mark: int) -> None:
    await tx.run(
        "INSERT INTO thinned (thing_id, stage, mark) VALUES (:id, :stage, :mark)"
        " ON CONFLICT (thing_id, stage) DO UPDATE SET mark = excluded.mark",
        {"id": thing_id, "stage": stage, "mark": mark},
    )


async def lower_marks(tx: Transaction, thing_id: str, line: str, key: int) -> None:
    """Have thinning look again at a line from this key on: something came in there."""
    await tx.run(
        "UPDATE thinned SET mark = :key WHERE thing_id = :id AND stage LIKE :line AND mark > :key",
        {"id": thing_id, "line": line + " %", "key": key},
    )

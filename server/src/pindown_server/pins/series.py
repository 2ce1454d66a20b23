"""The numbers of a pin over time, out of its history.

Read in slices, between which others have their turn: one reader after the other, each short.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec

from ..door.caller import Caller
from ..rights import Right
from ..storage import Database
from . import past, store
from .drawing import read_drawn
from .drawn_past import Stretch, points_of
from .pin import Pin
from .types.numbers import number_of

MOST_POINTS: Final = 1_000  # more than a screen is wide
DEFAULT_POINTS: Final = 200
LONGEST_PATH: Final = 500  # characters
SLICE: Final = 20  # values read at once: a config may be half a megabyte
MISSING: Final = object()

Point = tuple[int, float]
Value = tuple[int, str]  # when it was observed, and the config


class Wanted(NamedTuple):
    """Which numbers: `path` leads through the config, as `cards/0/value` does."""

    path: str
    since: int | None
    until: int
    points: int


async def read_series(
    database: Database, caller: Caller, pin_id: str, wanted: Wanted
) -> list[Point]:
    """`[ms, number]` in the order of time, at most as many as wanted.

    All that are kept if that is no more; else of each of so many equal parts of the time the
    last. What is no number is left out. A figure that draws from datasets has their past. Raises
    NotFound.
    """
    steps = _steps(wanted.path)
    async with database.reader() as reader:
        pin = await store.get_pin(reader, pin_id, caller)
        text = _template(pin, steps)
        if text is not None:
            drawn = await read_drawn(
                reader, pin, text, MOST_POINTS, wanted.since or 0, wanted.until
            )
        since = wanted.since
        if since is None:
            since = await past.find_first(reader, pin.id)
    if text is not None:
        return await _render(text, drawn, wanted.points)
    if since is None or since > wanted.until or not _may_follow(pin, steps):
        return []
    async with database.reader() as reader:
        numbers = await past.find_range(reader, pin, since, wanted.until)
        count = await past.count_values(
            reader, pin, numbers, since, wanted.until, wanted.points + 1
        )
    if count > wanted.points:
        return await _read_last(database, pin, steps, since, wanted)
    shown = await _read_all(database, past.list_shown, pin, steps, *numbers)
    late = await _read_all(database, past.list_late, pin, steps, since - 1, wanted.until)
    # A new title, for example, is a revision with the value of before: one point all the same.
    return sorted(dict((*late, *shown)).items())


async def _render(text: str, drawn: list[Stretch], most: int) -> list[Point]:
    """The numbers of a figure that draws from datasets; of equally many the last, if too many."""
    found: list[Point] = []
    for stretch in drawn:
        for begin in range(0, len(stretch.past), SLICE):
            found += points_of(text, stretch._replace(past=stretch.past[begin : begin + SLICE]))
            await asyncio.sleep(0)
    found.sort(key=lambda point: point[0])
    width = -(-len(found) // most)
    return found if width <= 1 else found[::-1][::width][::-1]


def _template(pin: Pin, steps: list[str]) -> str | None:
    """The text with variables at the end of the path, where the number is one of a dataset."""
    if pin.sources is None:
        return None
    written = _follow(pin.config.encode(), steps)
    return written if isinstance(written, str) and "{{" in written else None


async def _read_all(
    database: Database, read: Any, pin: Pin, steps: list[str], after: int, to: int
) -> list[Point]:
    """The numbers of all values of a range."""
    found: list[Point] = []
    while True:
        async with database.reader() as reader:
            rows: Sequence[Any] = await read(reader, pin.id, after, to, SLICE)
        found += _points([(row[1], row[2]) for row in rows], steps)
        if len(rows) < SLICE:
            return found
        after = rows[-1][0]
        await asyncio.sleep(0)


async def _read_last(
    database: Database, pin: Pin, steps: list[str], since: int, wanted: Wanted
) -> list[Point]:
    """The number of the last value of each part of the time."""
    width = -(-(wanted.until - since + 1) // wanted.points)
    found: list[Point] = []
    for part in range(0, wanted.points, SLICE):
        begin = since - 1 + part * width
        parts = min(SLICE, wanted.points - part)
        stretch = past.Stretch(begin + width, begin + parts * width, width)
        async with database.reader() as reader:
            values = await past.list_last_values(reader, pin, stretch)
        found += _points(_last_of_each(values, begin, width), steps)
        await asyncio.sleep(0)
    return [point for point in found if point[0] <= wanted.until]


def _last_of_each(values: list[Value], begin: int, width: int) -> list[Value]:
    """One value for each part, where a shown and a late one fell into the same."""
    return list({(at - begin - 1) // width: (at, config) for at, config in values}.values())


def _points(values: list[Value], steps: list[str]) -> list[Point]:
    """Those of the values that hold a number there."""
    return [(at, number) for at, config in values if (number := _number(config, steps)) is not None]


def _steps(path: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in path.split("/")]


def _may_follow(pin: Pin, steps: list[str]) -> bool:
    """Whether the caller sees what the path leads to.

    Who may not see the source follows only what the pin shows now: the past may have held
    something that was taken away again.
    """
    if pin.may(Right.SEE_SOURCE):
        return True
    return _follow(pin.config.encode(), steps) is not MISSING


def _number(config: str, steps: list[str]) -> float | None:
    found = _follow(config.encode(), steps)
    return None if found is MISSING else number_of(found)


def _follow(config: bytes, steps: list[str]) -> Any:
    value = msgspec.json.decode(config)
    for step in steps:
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isascii() and step.isdigit() and len(step) < 7:
            if int(step) >= len(value):
                return MISSING
            value = value[int(step)]
        else:
            return MISSING
    return value

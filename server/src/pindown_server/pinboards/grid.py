"""The grid: where pins lie on a pinboard. Plain data in, plain data out.

The web app follows the same rule in `web/src/lib/pinboards/grid.ts`; `contract/grid-cases.json`
holds both to it. A layout that comes out of here never overlaps, never leaves the grid, and lists
its pins in reading order: top to bottom, left to right.
"""

from collections.abc import Mapping
from typing import TypedDict

from ..errors import Problem

DESKTOP = 12
PHONE = 2
TALLEST = 100
# 1,000 pins of the greatest height under one another, and still pixels that browsers can scroll.
LOWEST = 100_000


class Box(TypedDict):
    """A rectangle of slots, counted from the upper left corner."""

    x: int
    y: int
    w: int
    h: int


Layout = dict[str, Box]
Size = tuple[int, int]


def size_of(pin_layout: str, columns: int) -> Size:
    """Width and height in slots of a pin of `columns x rows` cards, `4x4` for example."""
    wide, high = map(int, pin_layout.split("x"))
    if columns == PHONE:
        return min(wide, PHONE), high
    return wide * 3, high * 2


def problems(box: Mapping[str, object], columns: int) -> list[Problem]:
    """What keeps a box from the grid, by field; nothing if it may lie there."""
    found = [
        Problem(field, f"{field} must be a whole number from {least} to {most}", f"{least}..{most}")
        for field, least, most in (
            ("x", 0, columns - 1),
            ("y", 0, LOWEST),
            ("w", 1, columns),
            ("h", 1, TALLEST),
        )
        if not _is_within(box.get(field), least, most)
    ]
    x, w = box.get("x"), box.get("w")
    if not found and isinstance(x, int) and isinstance(w, int) and x + w > columns:
        message = f"x + w must not be more than {columns} columns"
        found.append(Problem("w", message, f"1..{columns - x}"))
    return found


def reading_order(layout: Layout) -> list[str]:
    """The ids, top to bottom and left to right."""
    return sorted(layout, key=lambda pin_id: (layout[pin_id]["y"], layout[pin_id]["x"]))


def first_free(layout: Layout, size: Size, columns: int, below: int = 0) -> Box:
    """The first place in reading order where nothing lies yet, from the row `below` on."""
    return taken_by(layout, columns).first_free(size, below)


def place(layout: Layout, pin_id: str, box: Box, columns: int) -> Layout:
    """Give a pin, new or known, exactly this box; what is in the way moves down."""
    return patch(layout, {pin_id: box}, columns)


def patch(layout: Layout, boxes: Layout, columns: int) -> Layout:
    """Give pins their boxes, the first one first; what is in the way moves down.

    A named pin that collides with one named before it moves down too. The others move only if
    something comes to lie on them, only down, only as far as needed, and the upper ones first.
    """
    others = {pin_id: layout[pin_id] for pin_id in reading_order(layout) if pin_id not in boxes}
    return _in_reading_order(_settle(boxes | others, Taken(columns)))


def replace_all(layout: Layout, boxes: Layout, columns: int) -> Layout:
    """Give pins their boxes, the first one first; the rest find a place under all of them."""
    taken = Taken(columns)
    settled = _settle(boxes, taken)
    bottom = max((box["y"] + box["h"] for box in settled.values()), default=0)
    for pin_id in reading_order(layout):
        if pin_id not in boxes:
            size = layout[pin_id]["w"], layout[pin_id]["h"]
            settled[pin_id] = taken.first_free(size, bottom)
            taken.take(settled[pin_id])
    return _in_reading_order(settled)


def remove(layout: Layout, pin_id: str) -> Layout:
    """The layout without the pin; its place stays empty, for nothing floats up by itself."""
    return {other: box for other, box in layout.items() if other != pin_id}


class Taken:
    """Which slots are taken: for each column a number whose bit `y` stands for its row `y`.

    Python's whole numbers have no end, so a few operations look at all rows of a column at once.
    """

    def __init__(self, columns: int) -> None:
        """Nothing is taken yet."""
        self._columns = [0] * columns

    def take(self, box: Box) -> None:
        """Have the box lie there."""
        rows = ((1 << box["h"]) - 1) << box["y"]
        for column in range(box["x"], box["x"] + box["w"]):
            self._columns[column] |= rows

    def settle(self, box: Box) -> Box:
        """Take the box, moved down past whatever lies there."""
        across = 0
        for column in self._columns[box["x"] : box["x"] + box["w"]]:
            across |= column
        y, rows = box["y"], (1 << box["h"]) - 1
        while hits := across & (rows << y):
            y = hits.bit_length()  # the row under the lowest hit: all above it would hit it too
        settled = Box(x=box["x"], y=y, w=box["w"], h=box["h"])
        self.take(settled)
        return settled

    def first_free(self, size: Size, below: int = 0) -> Box:
        """The first place in reading order that fits, without taking it."""
        w, h = size
        columns = [_runs(~column, h) for column in self._columns]
        places: list[tuple[int, int]] = []
        for x in range(len(columns) - w + 1):
            fits = -1
            for column in columns[x : x + w]:
                fits &= column
            fits = fits >> below << below
            places.append(((fits & -fits).bit_length() - 1, x))
        y, x = min(places)
        return Box(x=x, y=y, w=w, h=h)


def _runs(free: int, length: int) -> int:
    """The bits at which as many free rows begin one after another."""
    have = 1
    while have < length:
        step = min(have, length - have)
        free &= free >> step
        have += step
    return free


def taken_by(layout: Layout, columns: int) -> Taken:
    """The slots that a layout takes; more can be taken one after another."""
    taken = Taken(columns)
    for box in layout.values():
        taken.take(box)
    return taken


def _settle(boxes: Layout, taken: Taken) -> Layout:
    return {pin_id: taken.settle(box) for pin_id, box in boxes.items()}


def _in_reading_order(layout: Layout) -> Layout:
    return {pin_id: layout[pin_id] for pin_id in reading_order(layout)}


def _is_within(value: object, least: int, most: int) -> bool:
    # True and False are numbers to Python, and not to whoever writes JSON.
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most

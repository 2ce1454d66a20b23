"""Cases of the grid's rule, for Python and TypeScript alike. Run it to write the file anew."""

import json
import random
from pathlib import Path
from typing import Any

from pindown_server.pinboards import grid
from pindown_server.pinboards.grid import Box, Layout

FILE = Path(__file__).resolve().parents[3] / "contract" / "grid-cases.json"
NAMES = "abcdefghijklmnop"
LAYOUTS = ("1x1", "1x2", "2x1", "2x2", "3x1", "3x2", "3x3", "4x4")


def cases() -> list[list[Any]]:
    """Each case is a function's name, what it is given, and what it answers."""
    chance = random.Random(1)  # the same cases every time
    found: list[list[Any]] = [
        ["size_of", name, columns, grid.size_of(name, columns)]
        for name in LAYOUTS
        for columns in (grid.DESKTOP, grid.PHONE)
    ]
    found += [_problems(box, grid.DESKTOP) for box in _boxes_that_may_be_wrong(chance)]
    for _ in range(90):
        columns = chance.choice((grid.DESKTOP, grid.DESKTOP, grid.PHONE))
        layout = _layout(chance, columns)
        found += [
            _first_free(chance, layout, columns),
            _place(chance, layout, columns),
            _patch(chance, layout, columns),
            _replace_all(chance, layout, columns),
        ]
    return found


def text() -> str:
    """The file: one case a line; a box is written `[x, y, w, h]`."""
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases())
    return f"[\n{lines}\n]\n"


def boxes(layout: Layout) -> dict[str, list[int]]:
    """A layout as the file has it."""
    return {pin_id: _flat(box) for pin_id, box in layout.items()}


def _flat(box: Box) -> list[int]:
    return [box["x"], box["y"], box["w"], box["h"]]


def _box(chance: random.Random, columns: int) -> Box:
    w = chance.randint(1, columns)
    return Box(
        x=chance.randint(0, columns - w), y=chance.randint(0, 6), w=w, h=chance.randint(1, 3)
    )


def _layout(chance: random.Random, columns: int) -> Layout:
    named = {name: _box(chance, columns) for name in NAMES[: chance.randint(0, 7)]}
    return grid.patch({}, named, columns)


def _some(chance: random.Random, layout: Layout, columns: int) -> Layout:
    """Boxes for some of the pins, and now and then for a new one."""
    names = chance.sample([*layout, "z"], chance.randint(0, min(3, len(layout) + 1)))
    return {name: _box(chance, columns) for name in names}


def _first_free(chance: random.Random, layout: Layout, columns: int) -> list[Any]:
    size = chance.randint(1, columns), chance.randint(1, 4)
    below = chance.choice((0, 0, 3))
    answer = _flat(grid.first_free(layout, size, columns, below))
    return ["first_free", boxes(layout), size, columns, below, answer]


def _place(chance: random.Random, layout: Layout, columns: int) -> list[Any]:
    pin_id, box = chance.choice([*layout, "z"]), _box(chance, columns)
    answer = boxes(grid.place(layout, pin_id, box, columns))
    return ["place", boxes(layout), pin_id, _flat(box), columns, answer]


def _patch(chance: random.Random, layout: Layout, columns: int) -> list[Any]:
    named = _some(chance, layout, columns)
    answer = boxes(grid.patch(layout, named, columns))
    return ["patch", boxes(layout), boxes(named), columns, answer]


def _replace_all(chance: random.Random, layout: Layout, columns: int) -> list[Any]:
    named = _some(chance, layout, columns)
    answer = boxes(grid.replace_all(layout, named, columns))
    return ["replace_all", boxes(layout), boxes(named), columns, answer]


def _problems(box: dict[str, Any], columns: int) -> list[Any]:
    answer = [problem.as_json() for problem in grid.problems(box, columns)]
    return ["problems", box, columns, answer]


def _boxes_that_may_be_wrong(chance: random.Random) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {},
        {"x": 0, "y": 0, "w": 2, "h": 1},
        {"x": 11, "y": grid.LOWEST, "w": 1, "h": grid.TALLEST},
        {"x": 0, "y": grid.LOWEST + 1, "w": 12, "h": grid.TALLEST + 1},
        {"x": 5, "y": 0, "w": 8, "h": 1},
    ]
    values: tuple[Any, ...] = (None, True, "1", 1.5, -1, 0, 1, 11, 12, 13, [], 1e300)
    for field in ("x", "y", "w", "h"):
        found += [{"x": 0, "y": 0, "w": 1, "h": 1, field: value} for value in values]
    found += [{field: chance.choice(values) for field in "xywh"} for _ in range(10)]
    return found


if __name__ == "__main__":
    FILE.write_text(text())

"""What a demo pinboard is made of."""

from collections.abc import Callable
from typing import Any, NamedTuple

Config = dict[str, Any]


class DemoPin(NamedTuple):
    """A pin, where it stands, and what it shows at a point in time (in seconds).

    `every`: seconds between pushes; 0: it is pushed once and then stays silent.
    """

    key: str
    title: str
    pin_type: str
    pin_layout: str
    at: tuple[int, int, int, int]  # x, y, w, h in slots
    config: Callable[[float], Config]
    every: int
    expect_every: int | None = None


class DemoBoard(NamedTuple):
    """A pinboard with its pins."""

    key: str
    title: str
    description: str
    tags: list[str]
    pins: list[DemoPin]

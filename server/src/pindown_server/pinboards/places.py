"""Where pins lie on a pinboard, who sees them there, and what moves when some of them do."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from . import grid
from .grid import Box, Layout


class Place(msgspec.Struct, gc=False):
    """Where a pin lies on a pinboard, and who put it there. In the order of the columns."""

    pinboard_id: str
    pin_id: str
    x: int
    y: int
    w: int
    h: int
    mobile_x: int
    mobile_y: int
    mobile_w: int
    mobile_h: int
    placed_by: str
    may_open: int
    placed_at: int
    is_barred: int = 0  # not stored: the pin asks here for roles that the caller holds none of

    @property
    def box(self) -> Box:
        """Its slots on a desktop."""
        return Box(x=self.x, y=self.y, w=self.w, h=self.h)

    @property
    def mobile_box(self) -> Box:
        """Its slots on a phone."""
        return Box(x=self.mobile_x, y=self.mobile_y, w=self.mobile_w, h=self.mobile_h)

    def moved(self, box: Box, mobile_box: Box) -> "Place":
        """The same pin, lying elsewhere."""
        mobile = {"mobile_" + name: slots for name, slots in mobile_box.items()}
        return msgspec.structs.replace(self, **box, **mobile)

    def opened(self, placed_by: str) -> "Place":
        """The same place, open to the pinboard's audience if this is the pin's owner."""
        return msgspec.structs.replace(self, placed_by=placed_by, may_open=1)


class Layouts(NamedTuple):
    """Where pins shall lie; None leaves that device as it is."""

    layout: Layout | None
    mobile_layout: Layout | None


class Shown(NamedTuple):
    """What somebody sees of a pinboard's places: pins in reading order, and gaps.

    `late_count`: of how many of the pins a push is overdue, where that was asked.
    """

    pins: list[str]
    layout: Layout
    mobile_layout: Layout
    hidden: list[Box]
    hidden_pins: list[str]
    late_count: int = 0


def show(
    places: Sequence[Place], seen: set[str], late: frozenset[str] | set[str] = frozenset()
) -> Shown:
    """The places, in reading order, as somebody sees them for whom these pins exist."""
    open_places = [p for p in places if p.pin_id in seen and not p.is_barred]
    hidden = [p for p in places if p.pin_id not in seen or p.is_barred]
    on_phone = sorted(open_places, key=lambda place: (place.mobile_y, place.mobile_x))
    return Shown(
        [place.pin_id for place in open_places],
        {place.pin_id: place.box for place in open_places},
        {place.pin_id: place.mobile_box for place in on_phone},
        [place.box for place in hidden],
        [place.pin_id for place in hidden],
        sum(place.pin_id in late for place in open_places),
    )


class Room:
    """Where more pins find a place, one after another: what lies there is looked at once."""

    def __init__(self, places: Sequence[Place]) -> None:
        layout, mobile_layout = _layouts(places)
        self._desktop = grid.taken_by(layout, grid.DESKTOP)
        self._phone = grid.taken_by(mobile_layout, grid.PHONE)

    def take(self, pin_layout: str) -> tuple[Box, Box]:
        """The first free box for a pin of this layout, on a desktop and on a phone."""
        box = self._desktop.first_free(grid.size_of(pin_layout, grid.DESKTOP))
        mobile_box = self._phone.first_free(grid.size_of(pin_layout, grid.PHONE))
        self._desktop.take(box)
        self._phone.take(mobile_box)
        return box, mobile_box


def put(places: Sequence[Place], place: Place, box: Box | None) -> list[Place]:
    """The places that are different once this one, new or known, lies in the box."""
    after = [*(other for other in places if other.pin_id != place.pin_id), place]
    layout, mobile_layout = _layouts(after)
    if box is not None:
        layout = grid.place(layout, place.pin_id, box, grid.DESKTOP)
    return _different(places, after, layout, mobile_layout)


def arrange(
    places: Sequence[Place], seen: set[str], wanted: Layouts, *, replaces: bool
) -> list[Place]:
    """The places that are different once pins lie where somebody wants them who sees some."""
    layout, mobile_layout = _layouts(places)
    return _different(
        places,
        places,
        _settle(layout, seen, wanted.layout, grid.DESKTOP, replaces=replaces),
        _settle(mobile_layout, seen, wanted.mobile_layout, grid.PHONE, replaces=replaces),
    )


def bring_back(places: Sequence[Place], then: Sequence[Place], seen: set[str]) -> list[Place]:
    """The places once pins lie again as they did then, for somebody who sees these pins.

    Of the pins of then those come back that are still there or seen. What lies there now and is
    not seen was not theirs to put away: it stays, and moves down where it is in the way.
    """
    lying = {place.pin_id: place for place in places}
    back = {p.pin_id: p for p in then if p.pin_id in lying or p.pin_id in seen}
    stay = [p for p in places if p.pin_id not in back and p.pin_id not in seen]
    layout, mobile_layout = _layouts(stay)
    wanted, mobile_wanted = _layouts(list(back.values()))
    layout = grid.patch(layout, wanted, grid.DESKTOP)
    mobile_layout = grid.patch(mobile_layout, mobile_wanted, grid.PHONE)
    after = [*(lying.get(pin_id, place) for pin_id, place in back.items()), *stay]
    return [p.moved(layout[p.pin_id], mobile_layout[p.pin_id]) for p in after]


def _settle(
    layout: Layout, seen: set[str], wanted: Layout | None, columns: int, *, replaces: bool
) -> Layout:
    if wanted is None:
        return layout
    if not replaces:
        return grid.patch(layout, wanted, columns)
    # What somebody does not see is not left out: it stays, and makes room where it has to.
    visible = {pin_id: box for pin_id, box in layout.items() if pin_id in seen}
    return grid.patch(layout, grid.replace_all(visible, wanted, columns), columns)


def _layouts(places: Sequence[Place]) -> tuple[Layout, Layout]:
    return (
        {place.pin_id: place.box for place in places},
        {place.pin_id: place.mobile_box for place in places},
    )


def _different(
    before: Sequence[Place], after: Sequence[Place], layout: Layout, mobile_layout: Layout
) -> list[Place]:
    known = {place.pin_id: place for place in before}
    moved = [p.moved(layout[p.pin_id], mobile_layout[p.pin_id]) for p in after]
    return [place for place in moved if place != known.get(place.pin_id)]

"""A pinboard as it was at a point in time, with its pins as they were then."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from ..door.caller import Caller
from ..pins import past as pin_past
from ..pins import store as pins
from ..pins.drawing import draw
from ..pins.pin import Pin, with_details
from ..pins.shown import view
from ..rights import Right
from ..storage import Reader
from . import past, store
from .pinboard import Pinboard, as_answer
from .places import Shown, show

Views = list[dict[str, Any]]


class Then(NamedTuple):
    """The pinboard of then, where its pins lay, and their views as far as they may be seen."""

    board: Pinboard
    shown: Shown
    views: Views

    def as_answer(self, address: str) -> dict[str, Any]:
        """As the API shows it; how many of the pins were late nobody knows any more."""
        pinboard = as_answer(self.board, self.shown, address)
        return {**pinboard, "late_count": None, "views": self.views}


async def get_pinboard_at(reader: Reader, caller: Caller, board_id: str, at: int) -> Then:
    """The pinboard and its pins of a point in time; raises NotFound, ValidationFailed."""
    board = await store.get_pinboard(reader, board_id, caller)
    board.require(Right.SEE_SOURCE)
    row = await past.find_as_of(reader, board.id, at)
    if row is None:
        raise pin_past.too_old("pinboard", await past.find_oldest(reader, board.id))
    return await show_then(reader, caller, board, row, at)


async def show_then(
    reader: Reader, caller: Caller, board: Pinboard, row: Sequence[Any], at: int
) -> Then:
    """The pinboard of a revision, with the pins of a point in time.

    What the caller may see is asked today: a pin that is not theirs to see is hidden, though it
    may have been shown then; so is one that was deleted since. The past of pins that are somebody
    else's is not theirs to see either.
    """
    was, places = past.as_it_was(board, row)
    seen = {pin.id: pin for pin in await pins.seen_heads_on(reader, [board.id], caller)}
    elsewhere = [place.pin_id for place in places if place.pin_id not in seen]
    seen |= {pin.id: pin for pin in await pins.seen_heads(reader, elsewhere, caller)}
    shown = show(places, set(seen))
    lying = [seen[pin_id] for pin_id in shown.pins] if caller.reads("pins:read") else []
    return Then(was, shown, await _views_at(reader, lying, at))


async def _views_at(reader: Reader, lying: Sequence[Pin], at: int) -> Views:
    open_books = [pin for pin in lying if pin.may(Right.SEE_SOURCE)]
    then = await pin_past.list_as_of(reader, open_books, at)
    were = [_as_it_was(pin, then[pin.id]) for pin in open_books if pin.id in then]
    return [view(drawn, at) for drawn in await draw(reader, were, at)]


def _as_it_was(pin: Pin, row: Sequence[Any]) -> Pin:
    """The pin of a revision; how fresh it was, and which line it drew, nobody knows any more.

    What there was no room for is called what it is called today.
    """
    was = with_details(pin, row[5], row[6]) if row[6] else pin.without_content()
    return msgspec.structs.replace(
        was, revision=row[0], updated_at=row[1], pushed_at=row[1], late_at=None, history=None
    )

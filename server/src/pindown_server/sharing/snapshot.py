"""What a caller sees of the pins, pinboards and pages it asked for."""

from typing import Any

import msgspec

from ..clock import now
from ..door.caller import Caller
from ..live.viewer import Seen
from ..pinboards import store as pinboards
from ..pinboards.pinboard import Pinboard
from ..pinboards.pinboard import view as pinboard_view
from ..pinboards.places import Shown, show
from ..pins import store as pins
from ..pins.drawing import draw
from ..pins.pin import Pin
from ..pins.shown import Drawn, view
from ..rights import Role
from ..storage import Reader

_encode = msgspec.json.Encoder().encode


class Asked(msgspec.Struct, frozen=True):
    """The ids a viewer asked for."""

    pins: tuple[str, ...] = ()
    pinboards: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def ids(self) -> set[str]:
        """All of them."""
        return {*self.pins, *self.pinboards, *self.pages}


class Snapshot(msgspec.Struct):
    """What of it exists for the caller, in one consistent state.

    `hidden` are the pins that lie on its pinboards and that it may not see; `ends_at` is when
    something of it stops being the caller's to see, if nothing else changes.
    """

    pins: dict[str, Drawn]
    pinboards: dict[str, tuple[Pinboard, Shown]]
    denied: list[str]
    hidden: set[str]
    ends_at: int | None

    @property
    def topics(self) -> set[str]:
        """What the caller may be told about."""
        return {*self.pins, *self.pinboards}

    @property
    def seen(self) -> dict[str, Seen]:
        """The state of each thing that the snapshot shows."""
        boards = {board.id: (board.revision, 0) for board, _ in self.pinboards.values()}
        return boards | {
            pin_id: (drawn.pin.version, drawn.pin.pushed_at) for pin_id, drawn in self.pins.items()
        }

    @property
    def marks(self) -> dict[str, int]:
        """Of each pinboard, a number that differs when other pins of it are shown."""
        return {board.id: hash(tuple(shown.pins)) for board, shown in self.pinboards.values()}

    def pin_views(self) -> list[dict[str, Any]]:
        """The views of its pins."""
        moment = now()
        return [view(drawn, moment) for drawn in self.pins.values()]

    def pinboard_views(self) -> list[dict[str, Any]]:
        """The views of its pinboards."""
        return [pinboard_view(board, shown) for board, shown in self.pinboards.values()]

    def encode(self) -> bytes:
        """The data of the `snapshot` event."""
        return _encode(
            {
                "pins": self.pin_views(),
                "pinboards": self.pinboard_views(),
                "pages": [],
                "denied": self.denied,
            }
        )


async def read_snapshot(reader: Reader, caller: Caller, asked: Asked) -> Snapshot:
    """Everything the caller may see of what it asked for, with the pins of its pinboards.

    A key sees pins with `pins:read` and pinboards with `pinboards:read`; with the latter alone,
    how a pinboard is laid out and not what its pins say.
    """
    boards, on_boards = await _read_boards(reader, caller, asked.pinboards)
    found: dict[str, Pin] = {}
    if caller.reads("pins:read"):
        alone = await pins.seen_pins(reader, asked.pins, caller)
        found = {pin.id: pin for pin in (*on_boards, *alone)}
    return Snapshot(
        pins={drawn.pin.id: drawn for drawn in await draw(reader, list(found.values()))},
        pinboards={board.id: (board, shown) for board, shown in boards},
        denied=_missing(asked, {*found, *(board.id for board, _ in boards)}),
        hidden={pin_id for _, shown in boards for pin_id in shown.hidden_pins},
        ends_at=await _find_end(reader, caller, asked, found, [board for board, _ in boards]),
    )


async def _read_boards(
    reader: Reader, caller: Caller, asked: tuple[str, ...]
) -> tuple[list[tuple[Pinboard, Shown]], list[Pin]]:
    """The pinboards with what is shown of their places, and the pins on them."""
    if not asked or not caller.reads("pinboards:read"):
        return [], []
    boards = await pinboards.seen_pinboards(reader, asked, caller)
    board_ids = [board.id for board in boards]
    places = await pinboards.list_places(reader, board_ids)
    seen = await pins.seen_pins_on(reader, board_ids, caller)
    ids = {pin.id for pin in seen}
    return [(board, show(places[board.id], ids)) for board in boards], seen


def _missing(asked: Asked, shown: set[str]) -> list[str]:
    return [i for i in (*asked.pins, *asked.pinboards, *asked.pages) if i not in shown]


async def _find_end(
    reader: Reader, caller: Caller, asked: Asked, found: dict[str, Pin], boards: list[Pinboard]
) -> int | None:
    """When the next of these stops being public, for somebody who sees it only because it is."""
    things: list[Pin | Pinboard] = [*found.values(), *boards]
    ends = [thing.expires_at for thing in things if thing.role == Role.PUBLIC]
    if any(pin.role == Role.VIEWER for pin in found.values()):
        # They may owe that to a public pinboard, this one or another.
        board_ids = [board.id for board in boards]
        ends.append(await pins.find_opening_end(reader, asked.pins, board_ids, caller))
    return min((end for end in ends if end is not None), default=None)

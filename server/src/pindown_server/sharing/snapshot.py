"""What a caller sees of the pins, pinboards and pages it asked for."""

from collections.abc import Sequence
from typing import Any

import msgspec

from ..clock import now
from ..door.caller import Caller
from ..door.turns import Turns
from ..errors import invalid
from ..live.viewer import Seen
from ..pages import page as page_rules
from ..pages import store as pages
from ..pages.page import Page
from ..pinboards import store as pinboards
from ..pinboards.pinboard import Pinboard
from ..pinboards.pinboard import view as pinboard_view
from ..pinboards.places import Shown, show
from ..pins import sight
from ..pins import store as pins
from ..pins.drawing import Material, Patience, gather, render_in_turns, render_pin
from ..pins.pin import Pin
from ..pins.shown import view
from ..rights import Role
from ..storage import Reader

_encode = msgspec.json.Encoder().encode
# On all pinboards that are watched together, or on all pages: a wall shows a tenth of that.
MOST_PINS = 5_000


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

    `hidden` are the pins that lie on its pinboards and pages and that it may not see; `material` is
    what its pins are drawn from; `ends_at` is when something of it stops being the caller's to see,
    if nothing else changes.
    """

    pins: dict[str, Pin]
    pinboards: dict[str, tuple[Pinboard, Shown]]
    pages: dict[str, tuple[Page, page_rules.Shown]]
    denied: list[str]
    hidden: set[str]
    material: Material
    ends_at: int | None

    @property
    def topics(self) -> set[str]:
        """What the caller may be told about."""
        return {*self.pins, *self.pinboards, *self.pages}

    @property
    def seen(self) -> dict[str, Seen]:
        """The state of each thing that the snapshot shows."""
        boards = {board.id: (board.revision, 0) for board, _ in self.pinboards.values()}
        pages = {page.id: (page.revision, 0) for page, _ in self.pages.values()}
        pins = {pin.id: (pin.version, pin.pushed_at) for pin in self.pins.values()}
        return boards | pages | pins

    @property
    def marks(self) -> dict[str, int]:
        """What no version tells: of a pinboard or page which pins are shown, and the late pins."""
        boards = {board.id: hash(tuple(shown.pins)) for board, shown in self.pinboards.values()}
        pages = {page.id: hash(tuple(shown.pins)) for page, shown in self.pages.values()}
        return (
            boards | pages | {pin.id: pin.late_told for pin in self.pins.values() if pin.late_told}
        )

    def pin_view(self, pin: Pin, moment: int, patience: Patience) -> dict[str, Any]:
        """The view of one of its pins."""
        return view(render_pin(pin, self.material, moment, patience), moment)

    async def pin_views(self, turns: Turns) -> list[dict[str, Any]]:
        """The views of its pins, rendered in turns with everybody else's work."""
        moment = now()
        drawn = await render_in_turns(list(self.pins.values()), self.material, turns)
        return [view(pin, moment) for pin in drawn]

    def pinboard_views(self) -> list[dict[str, Any]]:
        """The views of its pinboards."""
        return [pinboard_view(board, shown) for board, shown in self.pinboards.values()]

    def page_views(self) -> list[dict[str, Any]]:
        """The views of its pages."""
        return [page_rules.view(page, shown) for page, shown in self.pages.values()]

    async def encode(self, turns: Turns) -> bytes:
        """The data of the `snapshot` event."""
        return _encode(
            {
                "pins": await self.pin_views(turns),
                "pinboards": self.pinboard_views(),
                "pages": self.page_views(),
                "denied": self.denied,
            }
        )


async def read_snapshot(reader: Reader, caller: Caller, asked: Asked) -> Snapshot:
    """Everything the caller may see of what it asked for, with the pins of its pinboards and pages.

    A key sees pins with `pins:read`, pinboards with `pinboards:read` and pages with `pages:read`;
    with the latter alone, how they are laid out and not what their pins say.
    """
    boards, on_boards = await _read_boards(reader, caller, asked.pinboards)
    pages, on_pages = await _read_pages(reader, caller, asked.pages)
    found: dict[str, Pin] = {}
    if caller.reads("pins:read"):
        alone = await pins.seen_pins(reader, asked.pins, caller)
        found = {pin.id: pin for pin in (*on_boards, *on_pages, *alone)}
    holding: list[Pinboard | Page] = [*(board for board, _ in boards), *(page for page, _ in pages)]
    shown: list[Shown | page_rules.Shown] = [
        *(places for _, places in boards),
        *(stands for _, stands in pages),
    ]
    return Snapshot(
        pins=found,
        pinboards={board.id: (board, places) for board, places in boards},
        pages={page.id: (page, stands) for page, stands in pages},
        denied=_missing(asked, {*found, *(thing.id for thing in holding)}),
        hidden={pin_id for part in shown for pin_id in part.hidden_pins},
        material=await gather(reader, list(found.values())),
        ends_at=await _find_end(reader, caller, asked, found, holding),
    )


async def _read_boards(
    reader: Reader, caller: Caller, asked: tuple[str, ...]
) -> tuple[list[tuple[Pinboard, Shown]], list[Pin]]:
    """The pinboards with what is shown of their places, and the pins on them."""
    if not asked or not caller.reads("pinboards:read"):
        return [], []
    boards = await pinboards.seen_pinboards(reader, asked, caller)
    board_ids = [board.id for board in boards]
    places = await pinboards.list_places_for(reader, board_ids, caller)
    _require_few("pinboards", {place.pin_id for lying in places.values() for place in lying})
    seen = {pin.id: pin for pin in await pins.seen_pins_on(reader, board_ids, caller)}
    found = [(board, show(places[board.id], set(seen))) for board in boards]
    shown = dict.fromkeys(pin_id for _, places in found for pin_id in places.pins)
    return found, [seen[pin_id] for pin_id in shown]


async def _read_pages(
    reader: Reader, caller: Caller, asked: tuple[str, ...]
) -> tuple[list[tuple[Page, page_rules.Shown]], list[Pin]]:
    """The pages with what is shown of their pins, and those pins."""
    if not asked or not caller.reads("pages:read"):
        return [], []
    found = await pages.seen_pages(reader, asked, caller)
    page_ids = [page.id for page in found]
    stands = await pages.list_stands(reader, page_ids)
    _require_few("pages", {stand.pin_id for standing in stands.values() for stand in standing})
    seen = await pins.seen_pins_on_pages(reader, page_ids, caller)
    ids = {pin.id for pin in seen}
    return [(page, page_rules.show(stands[page.id], ids)) for page in found], seen


def _require_few(name: str, pin_ids: set[str]) -> None:
    """Raise ValidationFailed if so many pins are too many for one snapshot."""
    if len(pin_ids) > MOST_PINS:
        message = f"These {name} hold {len(pin_ids)} pins: watch {name} with at most {MOST_PINS}"
        raise invalid(name, message, f"≤ {MOST_PINS} pins")


def _missing(asked: Asked, shown: set[str]) -> list[str]:
    return [i for i in (*asked.pins, *asked.pinboards, *asked.pages) if i not in shown]


async def _find_end(
    reader: Reader,
    caller: Caller,
    asked: Asked,
    found: dict[str, Pin],
    holding: Sequence[Pinboard | Page],
) -> int | None:
    """When the next of these stops being public, for somebody who sees it only because it is."""
    things: list[Pin | Pinboard | Page] = [*found.values(), *holding]
    ends = [thing.expires_at for thing in things if thing.role == Role.PUBLIC]
    if any(pin.role == Role.VIEWER for pin in found.values()):
        # They may owe that to a public pinboard or page, this one or another.
        board_ids = [thing.id for thing in holding if isinstance(thing, Pinboard)]
        page_ids = [thing.id for thing in holding if isinstance(thing, Page)]
        end = await sight.find_opening_end(reader, asked.pins, board_ids, page_ids, caller)
        ends.append(end)
    return min((end for end in ends if end is not None), default=None)

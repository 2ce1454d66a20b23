"""What can be done with what a pinboard was."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from ...changes import rights_changed
from ...clock import now
from ...door.caller import Caller
from ...errors import Conflict
from ...pins import store as pins
from ...pins.actions import require_match
from ...pins.holder import opens
from ...pins.pin import Pin
from ...rights import Right
from ...storage import Reader, Transaction
from .. import past, store
from ..actions import save_revision
from ..pinboard import MOST_PINS, Pinboard
from ..places import Place, bring_back
from ..roles import store as roles


class Restored(NamedTuple):
    """The pinboard, and how many of the pins of then it went without."""

    board: Pinboard
    left_out: int


async def restore_revision(
    tx: Transaction, caller: Caller, board_id: str, revision: int, if_match: int | None
) -> Restored:
    """Make a pinboard what it was at a revision; that is a new revision.

    Its words and places come back; who sees it stays as it is. Pins that are no more, and those
    that the caller does not see and that lie there no longer, are left out. What the caller does
    not see and was placed since stays, and makes room.
    """
    board = await store.get_pinboard(tx, board_id, caller)
    board.require(Right.SEE_SOURCE)
    was, then = past.as_it_was(board, await past.get_revision(tx, board.id, revision))
    if then:  # before the pinboard, as when a pin is placed
        await pins.lock_pins(tx, [place.pin_id for place in then])
    board = await store.get_pinboard(tx, board_id, caller, lock=True)
    board.require(Right.SEE_SOURCE)
    require_match(board.revision, if_match)
    lying = (await store.list_places(tx, [board.id]))[board.id]
    seen = await _seen(tx, caller, board, then)
    has_roles = bool(await roles.list_roles(tx, board.id))
    back = bring_back(lying, then, set(seen))
    if len(back) > MOST_PINS:
        raise Conflict(f"A pinboard holds at most {MOST_PINS} pins: take away some first")
    known = {place.pin_id for place in lying}
    new = {place.pin_id for place in back} - known
    gone = known - {place.pin_id for place in back}
    await store.clear_places(tx, board.id, sorted(gone))
    await store.save_places(
        tx,
        [
            _placed_again(place, seen[place.pin_id], caller, has_roles=has_roles)
            if place.pin_id in new
            else place
            for place in back
        ],
    )
    for name in past.DETAILS:
        setattr(board, name, getattr(was, name))
    await save_revision(tx, caller, board, f"restored {revision}")
    for thing_id in (board.id, *sorted(new | gone)) if new or gone else ():
        tx.announce(rights_changed(thing_id))
    return Restored(board, len({place.pin_id for place in then} - {p.pin_id for p in back}))


async def _seen(
    reader: Reader, caller: Caller, board: Pinboard, then: Sequence[Place]
) -> dict[str, Pin]:
    """The pins of now and then that exist for the caller, by their ids."""
    seen = {pin.id: pin for pin in await pins.seen_heads_on(reader, [board.id], caller)}
    elsewhere = [place.pin_id for place in then if place.pin_id not in seen]
    return seen | {pin.id: pin for pin in await pins.seen_heads(reader, elsewhere, caller)}


def _placed_again(place: Place, pin: Pin, caller: Caller, *, has_roles: bool) -> Place:
    """A pin that comes back, placed by the caller; open only if the caller had opened it then.

    Where a pinboard has roles it stays closed: for which of them it asked nobody knows any more.
    """
    was_open = bool(place.may_open) and place.placed_by == pin.owner_id
    may_open = was_open and opens(pin, caller) and not has_roles
    return msgspec.structs.replace(
        place, placed_by=caller.user_id, may_open=int(may_open), placed_at=now()
    )

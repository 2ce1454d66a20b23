"""What can be done with pinboards, and with the pins on them."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from .. import ids
from ..audit import actions as audit
from ..changes import Change, rights_changed
from ..clock import now
from ..door.caller import Caller
from ..errors import Conflict, NotFound, PindownError, invalid
from ..pins import store as pins
from ..pins.actions import require_match
from ..pins.batch.actions import tell_apart
from ..pins.batch.outcome import Outcome
from ..pins.body import Changes, merge_metadata
from ..pins.holder import apply_changes, as_text, opens, shared_with
from ..pins.pin import Pin
from ..rights import Right
from ..storage import Reader, Transaction
from . import past, store
from .body import Position, read_position, require_known
from .grid import Box
from .pinboard import MOST_PINS, Pinboard
from .places import Layouts, Place, Room, Shown, arrange, put, show

_encode = msgspec.json.Encoder().encode


class Placed(NamedTuple):
    """Where a pin lies now, and whether it opens to everyone who sees the pinboard."""

    board: Pinboard
    position: Box
    opens: bool


async def show_pinboards(
    reader: Reader, caller: Caller, boards: list[Pinboard]
) -> list[tuple[Pinboard, Shown]]:
    """Each pinboard with what the caller sees of its places, in two statements."""
    board_ids = [board.id for board in boards]
    places = await store.list_places_for(reader, board_ids, caller)
    seen = await pins.seen_lateness_on(reader, board_ids, caller)
    late = {pin_id for pin_id, is_late in seen.items() if is_late}
    return [(board, show(places[board.id], set(seen), late)) for board in boards]


async def read_pinboards(
    reader: Reader, caller: Caller, board_ids: Sequence[str]
) -> tuple[list[Pinboard], list[str], list[str]]:
    """The pinboards that exist for the caller, the ids that are none, and other people's."""
    found = await store.seen_pinboards(reader, board_ids, caller)
    not_found, denied = await tell_apart(
        reader, caller, board_ids, {board.id for board in found}, store.list_existing
    )
    return found, not_found, denied


async def create_pinboard(tx: Transaction, caller: Caller, changes: Changes) -> Pinboard:
    """A new pinboard of the caller's."""
    caller.require_may_create()
    given = changes.values
    if "title" not in given:
        raise invalid("title", "title is required", "text of 1 to 200 characters")
    moment = now()
    board = Pinboard(
        id=ids.new_id(ids.PINBOARD),
        owner_id=caller.user_id,
        title=given["title"],
        description=given.get("description", ""),
        tags=as_text(given.get("tags", [])),
        metadata=merge_metadata("{}", changes.own_metadata),
        is_public=int(given.get("is_public", False)),
        require_sign_in=int(given.get("require_sign_in", False)),
        allow_comments=int(given.get("allow_comments", False)),
        expires_at=given.get("expires_at"),
        revision=1,
        created_at=moment,
        updated_at=moment,
        deleted_at=None,
        role="owner",
    )
    await store.add_pinboard(tx, board)
    await past.keep_revision(tx, caller, board.id, "created")
    return board


async def update_pinboard(
    tx: Transaction,
    caller: Caller,
    board_id: str,
    changes_of: Callable[[Pinboard], Changes],
    *,
    right: Right = Right.EDIT,
    if_match: int | None = None,
) -> Pinboard:
    """Change what a pinboard says about itself, and who sees it, which only its owner may."""
    board = await store.get_pinboard(tx, board_id, caller, lock=True)
    board.require(right)
    require_match(board.revision, if_match)
    what = apply_changes(board, changes_of(board))
    if what:
        await save_revision(tx, caller, board, ", ".join(sorted(what)))
        if shared := shared_with(board, what):
            await audit.note(tx, caller, "pinboard.shared", board.id, shared)
            await announce_audience(tx, board.id)
    return board


async def delete_pinboard(
    tx: Transaction, caller: Caller, board_id: str, if_match: int | None
) -> int:
    """Put a pinboard into the bin; its pins stay; when that was."""
    board = await store.get_pinboard(tx, board_id, caller, lock=True)
    board.require(Right.OWN)
    require_match(board.revision, if_match)
    moment = now()
    await store.remove_pinboard(tx, board.id, moment)
    data = _encode({"id": board.id})
    tx.announce(Change(board.id, "deleted", board.revision, data=data))
    await announce_audience(tx, board.id)
    return moment


async def bring_back_pinboard(tx: Transaction, caller: Caller, board_id: str) -> None:
    """Take the caller's pinboard out of the bin, with the pins on it that are still there."""
    await store.take_from_bin(tx, board_id)
    board = await store.get_pinboard(tx, board_id, caller, lock=True)
    await save_revision(tx, caller, board, "taken out of the bin")
    await announce_audience(tx, board.id)


async def place_pin(
    tx: Transaction,
    caller: Caller,
    board_id: str,
    pin_id: str,
    position: Position | None,
    if_match: int | None,
) -> Placed:
    """Place a pin, or move one that is there; it opens if whoever places it owns it."""
    board = await store.get_pinboard(tx, board_id, caller)
    board.require(Right.EDIT)
    # The pin is locked before the pinboard, as when a pin is deleted: else the two could wait
    # for each other, or a deleted pin could keep a place.
    pin = await pins.get_pin(tx, pin_id, caller, lock=True)
    board = await store.get_pinboard(tx, board_id, caller, lock=True)
    board.require(Right.EDIT)
    require_match(board.revision, if_match)
    box = None if position is None else read_position(position, pin.pin_layout)
    places = (await store.list_places(tx, [board.id]))[board.id]
    lying = {place.pin_id: place for place in places}
    place, opens_otherwise = _lie(board, pin, caller, lying, Room(places))
    changed = put(places, place, box)
    if changed:
        await store.save_places(tx, changed)
        await save_revision(tx, caller, board, "pins")
    if opens_otherwise:
        tx.announce(rights_changed(board.id))
        tx.announce(rights_changed(pin.id))
    place = next((moved for moved in changed if moved.pin_id == pin.id), place)
    return Placed(board, place.box, bool(place.may_open) and place.placed_by == pin.owner_id)


async def place_pins(
    tx: Transaction, caller: Caller, board_id: str, pin_ids: Sequence[str], if_match: int | None
) -> tuple[Pinboard, Outcome]:
    """Place pins, each in the first free place; those that lie there already stay. Their ids."""
    board = await store.get_pinboard(tx, board_id, caller)
    board.require(Right.EDIT)
    await pins.lock_pins(tx, pin_ids)  # before the pinboard, as for one pin
    seen = {pin.id: pin for pin in await pins.seen_heads(tx, pin_ids, caller)}
    board = await store.get_pinboard(tx, board_id, caller, lock=True)
    board.require(Right.EDIT)
    require_match(board.revision, if_match)
    places = (await store.list_places(tx, [board.id]))[board.id]
    lying, room = {place.pin_id: place for place in places}, Room(places)
    outcome, changed, opened = Outcome(), dict[str, Place](), list[str]()
    for pin_id in dict.fromkeys(pin_ids):
        try:
            if pin_id not in seen:
                raise NotFound("Pin")
            place, opens_otherwise = _lie(board, seen[pin_id], caller, lying, room)
        except PindownError as error:
            outcome.fail(error, id=pin_id)
            continue
        if place != lying.get(pin_id):
            lying[pin_id] = changed[pin_id] = place
        opened += [pin_id] if opens_otherwise else []
        outcome.done.append(pin_id)
    if changed:
        await store.save_places(tx, list(changed.values()))
        await save_revision(tx, caller, board, "pins")
    for thing_id in [board.id, *opened] if opened else []:
        tx.announce(rights_changed(thing_id))
    return board, outcome


async def take_pin(
    tx: Transaction, caller: Caller, board_id: str, pin_id: str, if_match: int | None
) -> int:
    """Take a pin from a pinboard; the pinboard's new revision.

    Whoever may edit the pinboard may, and always the pin's owner: else a pin could be kept
    open on a pinboard that its owner has lost access to.
    """
    board = await store.find_pinboard(tx, board_id, caller, lock=True)
    if board is None or not board.may(Right.EDIT):
        await _require_own(tx, caller, board, board_id, pin_id)
    if board is not None:
        require_match(board.revision, if_match)
    if not await store.remove_place(tx, board_id, pin_id):
        raise NotFound("Pin")
    counted = await store.count_up(tx, [board_id], now())
    if not counted:  # it lies in the bin
        raise NotFound("Pinboard")
    ((_, revision),) = counted
    await _announce(tx, caller, board_id, revision, "pins")
    tx.announce(rights_changed(board_id))
    tx.announce(rights_changed(pin_id))
    return revision


async def take_pins(
    tx: Transaction, caller: Caller, board_id: str, pin_ids: Sequence[str], if_match: int | None
) -> tuple[int, Outcome]:
    """Take pins from a pinboard; its revision, and the ids of those that are gone.

    Whoever may not edit the pinboard takes only pins of their own.
    """
    board = await store.find_pinboard(tx, board_id, caller, lock=True)
    may_edit = board is not None and board.may(Right.EDIT)
    if board is not None:
        require_match(board.revision, if_match)
    outcome = Outcome()
    for pin_id in dict.fromkeys(pin_ids):
        try:
            if not may_edit:
                await _require_own(tx, caller, board, board_id, pin_id)
            if not await store.remove_place(tx, board_id, pin_id):
                raise NotFound("Pin")
        except PindownError as error:
            outcome.fail(error, id=pin_id)
        else:
            outcome.done.append(pin_id)
    if not outcome.done:
        board = await store.get_pinboard(tx, board_id, caller)  # NotFound
        board.require(Right.EDIT)
        return board.revision, outcome
    counted = await store.count_up(tx, [board_id], now())
    if not counted:  # it lies in the bin
        raise NotFound("Pinboard")
    ((_, revision),) = counted
    await _announce(tx, caller, board_id, revision, "pins")
    for thing_id in (board_id, *outcome.done):
        tx.announce(rights_changed(thing_id))
    return revision, outcome


async def change_layout(
    tx: Transaction,
    caller: Caller,
    board_id: str,
    layouts: Layouts,
    if_match: int | None,
    *,
    replaces: bool,
) -> tuple[Pinboard, Shown]:
    """Move pins. What the caller does not see makes room like everything else."""
    board = await store.get_pinboard(tx, board_id, caller, lock=True)
    board.require(Right.EDIT)
    require_match(board.revision, if_match)
    places = (await store.list_places(tx, [board.id]))[board.id]
    seen = await pins.seen_ids_on(tx, [board.id], caller)
    require_known(layouts, {place.pin_id for place in places if place.pin_id in seen})
    moved = arrange(places, seen, layouts, replaces=replaces)
    if moved:
        await store.save_places(tx, moved)
        await save_revision(tx, caller, board, "layout")
        places = (await store.list_places(tx, [board.id]))[board.id]
    return board, show(places, seen)


async def leave_pinboards(tx: Transaction, pin_ids: Sequence[str]) -> None:
    """Take pins that were deleted from every pinboard."""
    board_ids = await store.remove_places(tx, pin_ids)
    if board_ids:
        for board_id, revision in await store.count_up(tx, board_ids, now()):
            await _announce(tx, None, board_id, revision, "pins")


def pinboard_changed(board_id: str, revision: int) -> Change:
    """Tells viewers to read the pinboard again; nothing in it differs between audiences."""
    data = _encode({"id": board_id, "revision": revision})
    return Change(board_id, "pinboard", version=revision, data=data)


async def announce_audience(tx: Transaction, board_id: str) -> None:
    """Have everyone looked at again who watches the pinboard, or a pin that it opened to them."""
    tx.announce(rights_changed(board_id))
    for pin_id in await store.list_opened(tx, board_id):
        tx.announce(rights_changed(pin_id))


class _Lying(NamedTuple):
    """A pin's place on a pinboard, and whether others see the pin there who did not before."""

    place: Place
    opens_otherwise: bool


def _lie(
    board: Pinboard, pin: Pin, caller: Caller, lying: Mapping[str, Place], room: Room
) -> _Lying:
    """The pin where it lies already, or else in the first free place."""
    before = lying.get(pin.id)
    place = before or _new_place(board, pin, caller, len(lying), room)
    if opens(pin, caller):
        place = place.opened(caller.user_id)
    opens_otherwise = before is None or (place.placed_by, place.may_open) != (
        before.placed_by,
        before.may_open,
    )
    return _Lying(place, opens_otherwise)


def _new_place(board: Pinboard, pin: Pin, caller: Caller, count: int, room: Room) -> Place:
    """The first free place, not open to anybody yet."""
    if count >= MOST_PINS:
        raise Conflict(f"A pinboard holds at most {MOST_PINS} pins")
    place = Place(board.id, pin.id, *(0,) * 8, caller.user_id, 0, now())
    return place.moved(*room.take(pin.pin_layout))


async def _require_own(
    tx: Transaction, caller: Caller, board: Pinboard | None, board_id: str, pin_id: str
) -> None:
    """Raise unless the pin is the caller's own and lies on the pinboard."""
    # Both are always asked: a hidden pinboard must not take longer than none.
    places = (await store.list_places(tx, [board_id]))[board_id]
    is_own = await pins.owns_pin(tx, pin_id, caller) and caller.reaches(board_id)
    if not is_own or all(place.pin_id != pin_id for place in places):
        if board is None:
            raise NotFound("Pinboard")
        board.require(Right.EDIT)


async def save_revision(tx: Transaction, caller: Caller, board: Pinboard, what: str) -> None:
    """Store the pinboard's next state, keep it in its history and tell its viewers."""
    board.revision += 1
    board.updated_at = max(now(), board.updated_at)
    await store.save_pinboard(tx, board)
    await _announce(tx, caller, board.id, board.revision, what)


async def _announce(
    tx: Transaction, caller: Caller | None, board_id: str, revision: int, what: str
) -> None:
    """Keep the new revision in the pinboard's history and tell its viewers of it."""
    await past.keep_revision(tx, caller, board_id, what)
    tx.announce(pinboard_changed(board_id, revision))

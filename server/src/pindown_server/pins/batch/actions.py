"""What can be done with many pins at once."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import msgspec

from ... import ids
from ...audit import actions as audit
from ...door.caller import Caller
from ...errors import ScopeRequired
from ...storage import Reader, Transaction
from .. import actions, store
from ..actions import WhenDeleted
from ..body import choose, read_changes, read_copies, take_invites
from ..pin import Pin
from ..sources.keeping import hold_new_names, names_written
from .body import find_id, get_id
from .outcome import Outcome, do_each

# Gives people roles on a pin, by e-mail; what the giver is told of each.
GiveRoles = Callable[[Transaction, Caller, str, Mapping[str, str]], Awaitable[list[dict[str, Any]]]]


async def read_pins(
    reader: Reader, caller: Caller, pin_ids: Sequence[str], most: int
) -> tuple[list[Pin], list[str], list[str]]:
    """The pins that exist for the caller, the ids that are none, and those of other people's.

    Of more than `most` bytes some are left out: they come without what they say.
    """
    found = await store.seen_pins(reader, pin_ids, caller, most)
    not_found, denied = await tell_apart(
        reader, caller, pin_ids, {pin.id for pin in found}, store.list_existing
    )
    return found, not_found, denied


async def tell_apart(
    reader: Reader,
    caller: Caller,
    asked: Sequence[str],
    shown: set[str],
    list_existing: Callable[[Reader, Sequence[str]], Awaitable[set[str]]],
) -> tuple[list[str], list[str]]:
    """Of what is not shown, the ids that are none and those of things that are not to be seen.

    Batches are the one place that tells the two apart; not to a narrowed key, for which there
    is nothing but what it is narrowed to.
    """
    missing = [thing_id for thing_id in dict.fromkeys(asked) if thing_id not in shown]
    there: set[str] = set()
    if missing and caller.resources is None:
        there = await list_existing(reader, missing)
    not_found = [thing_id for thing_id in missing if thing_id not in there]
    return not_found, [thing_id for thing_id in missing if thing_id in there]


async def create_pins(
    tx: Transaction, caller: Caller, elements: list[msgspec.Raw], give_roles: GiveRoles
) -> Outcome:
    """New pins of the caller's, open to whom each names; `{id, index, created_at}` of each."""
    # Lists tell what was made in one millisecond apart by its id.
    fresh = sorted(ids.new_id(ids.PIN) for _ in elements)

    async def create(tx: Transaction, index: int, element: msgspec.Raw) -> dict[str, Any]:
        body, invites = take_invites(bytes(element))
        if invites and not caller.holds("pins:share"):
            raise ScopeRequired("pins:share")
        pin = await actions.create_pin(tx, caller, read_changes(body, None), pin_id=fresh[index])
        made: dict[str, Any] = {"id": pin.id, "index": index, "created_at": pin.created_at}
        if invites:
            made["invites"] = await give_roles(tx, caller, pin.id, invites)
        return made

    return await do_each(tx, elements, create, lambda _: None)


async def update_pins(tx: Transaction, caller: Caller, elements: list[msgspec.Raw]) -> Outcome:
    """Change pins and show them to their viewers in one frame; each as it is now."""
    for element in elements:
        pin_id, names = find_id(element), names_written(bytes(element))
        if pin_id is not None:
            await hold_new_names(tx, caller, pin_id, names)
    # All locks first and in one order: two batches with the same pins could wait for each other.
    await store.lock_pins(tx, [pin_id for pin_id in map(find_id, elements) if pin_id is not None])

    async def update(tx: Transaction, _: int, element: msgspec.Raw) -> Pin:
        said = read_copies(bytes(element))
        return await actions.update_pin(tx, caller, get_id(element), lambda pin: choose(said, pin))

    outcome = await do_each(tx, elements, update, find_id)
    tx.as_one_frame()
    return outcome


async def delete_pins(
    tx: Transaction, caller: Caller, pin_ids: list[str], when_deleted: WhenDeleted
) -> Outcome:
    """Put pins into the bin; their ids."""
    await store.lock_pins(tx, pin_ids)

    async def delete(tx: Transaction, _: int, pin_id: str) -> str:
        await actions.delete_pin(tx, caller, pin_id, None, when_deleted=None)
        await audit.note(tx, caller, "pin.deleted", pin_id, {})
        return pin_id

    outcome = await do_each(tx, pin_ids, delete, lambda pin_id: pin_id)
    if outcome.done:
        await when_deleted(tx, outcome.done)
    return outcome

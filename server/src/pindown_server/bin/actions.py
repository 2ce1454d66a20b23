"""What can be done with what lies in the bin."""

from ..datasets import actions as datasets
from ..datasets import store as dataset_store
from ..door.caller import Caller
from ..errors import NotFound, ScopeRequired
from ..pages import actions as pages
from ..pages import store as page_store
from ..parts import DatasetUsers
from ..pinboards import actions as pinboards
from ..pinboards import past as pinboard_past
from ..pinboards import store as pinboard_store
from ..pins import actions as pins
from ..pins import past
from ..pins import store as pin_store
from ..sharing.invitations import store as invitations
from ..storage import Reader, Transaction
from . import store
from .binned import Binned

SLICE = 200  # rows taken away in one transaction: on SQLite everybody waits for it


async def list_bin(
    reader: Reader, caller: Caller, kind: str | None, limit: int, offset: int
) -> tuple[list[Binned], int]:
    """What the caller deleted and, with a key, may read; last deleted first."""
    kinds = [k for k in store.KINDS if kind in (None, k) and caller.holds(f"{k}s:read")]
    if not kinds:
        return [], 0
    ids = None if caller.resources is None else sorted(caller.resources)
    return await store.list_binned(reader, caller.user_id, kinds, ids, limit, offset)


async def restore(tx: Transaction, caller: Caller, thing_id: str, users: DatasetUsers) -> Binned:
    """Take something out of the bin: as it was, with the people it was shared with.

    A pin does not come back onto pinboards and pages: who owns those may have put others in its
    place. `users` tells those who draw from a dataset that it is there again.
    """
    thing = await _get(tx, caller, thing_id)
    if thing.kind == "pin":
        await pins.bring_back_pin(tx, caller, thing.id)
    elif thing.kind == "page":
        await pages.bring_back_page(tx, caller, thing.id)
    elif thing.kind == "dataset":
        await datasets.bring_back_dataset(tx, caller, thing.id, users)
    else:
        await pinboards.bring_back_pinboard(tx, caller, thing.id)
    return thing


async def remove(tx: Transaction, caller: Caller, thing_id: str) -> Binned:
    """Have something taken away for good at the next sweep: it is not in the bin any more."""
    thing = await _get(tx, caller, thing_id)
    await store.forget(tx, thing)
    return thing


async def sweep(tx: Transaction, before: int) -> int:
    """Take away a slice of what was deleted before this time; how much was done, 0 at the end."""
    thing = await store.find_oldest(tx, before)
    if thing is None:
        return 0
    # Its past first: with the thing itself all of it would go at once.
    if removed := await _remove_past(tx, thing):
        return removed
    await invitations.remove_of_thing(tx, thing.id)
    await _DROPS[thing.kind](tx, thing.id)
    return 1


async def _remove_past(tx: Transaction, thing: Binned) -> int:
    """Take away a slice of a thing's past; how much that was."""
    if thing.kind == "pin":
        return await past.remove_slice(tx, thing.id, SLICE)
    if thing.kind == "dataset":
        return await dataset_store.remove_slice(tx, thing.id, SLICE)
    if thing.kind == "pinboard":
        return await pinboard_past.remove_slice(tx, thing.id)
    return 0


_DROPS = {
    "pin": pin_store.drop_pin,
    "pinboard": pinboard_store.drop_pinboard,
    "page": page_store.drop_page,
    "dataset": dataset_store.drop_dataset,
}


async def _get(tx: Transaction, caller: Caller, thing_id: str) -> Binned:
    """The thing in the caller's own bin; raises NotFound, or ScopeRequired."""
    thing = await store.find_binned(tx, thing_id, caller.user_id)
    if thing is None or not caller.reaches(thing_id):
        raise NotFound("This thing in the bin")
    if not caller.holds(f"{thing.kind}s:write"):
        raise ScopeRequired(f"{thing.kind}s:write")
    if not await store.hold_binned(tx, thing, caller.user_id):
        raise NotFound("This thing in the bin")  # somebody has just taken it out, or away
    return thing

"""What can be done with what lies in the bin."""

from ..door.caller import Caller
from ..errors import NotFound, ScopeRequired
from ..pages import actions as pages
from ..pages import store as page_store
from ..pinboards import actions as pinboards
from ..pinboards import store as pinboard_store
from ..pins import actions as pins
from ..pins import past
from ..pins import store as pin_store
from ..sharing import store as sharing
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


async def restore(tx: Transaction, caller: Caller, thing_id: str) -> Binned:
    """Take something out of the bin: as it was, with the people it was shared with.

    A pin does not come back onto pinboards and pages: who owns those may have put others in its place.
    """
    thing = await _get(tx, caller, thing_id)
    if thing.kind == "pin":
        await pins.bring_back_pin(tx, caller, thing.id)
    elif thing.kind == "page":
        await pages.bring_back_page(tx, caller, thing.id)
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
    done = 0
    if thing.kind == "pin":
        done = await past.remove_slice(tx, thing.id, SLICE)
    if done >= SLICE:
        return done  # the rest of its past first: the thing itself would take all of it along
    await sharing.remove_grants(tx, thing.id)
    if thing.kind == "pin":
        await pin_store.drop_pin(tx, thing.id)
    elif thing.kind == "page":
        await page_store.drop_page(tx, thing.id)
    else:
        await pinboard_store.drop_pinboard(tx, thing.id)
    return done + 1


async def _get(tx: Transaction, caller: Caller, thing_id: str) -> Binned:
    """The thing in the caller's own bin; raises NotFound, or ScopeRequired."""
    thing = await store.find_binned(tx, thing_id, caller.user_id)
    if thing is None or not caller.reaches(thing_id):
        raise NotFound("This thing in the bin")
    if not caller.holds(f"{thing.kind}s:write"):
        raise ScopeRequired(f"{thing.kind}s:write")
    return thing

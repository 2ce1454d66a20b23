"""The bin over HTTP."""

from ..door.call import Answer, Call
from ..door.route import LIMIT, Query, Routes
from ..errors import invalid
from ..parts import Parts
from ..rights import Right
from . import actions, store
from .answers import BinList, RemovedForGood, Restored
from .binned import as_item

routes = Routes()

MOST_OFFSET = 10_000  # a list over several kinds is sorted anew for each of its parts
THING = "/v1/bin/{thing_id}"


@routes.add(
    "GET",
    "/v1/bin",
    access="signed in",
    query=(
        Query("kind", "string", "only things of this kind", choices=tuple(store.KINDS)),
        LIMIT,
        Query("offset", "integer", "how many to pass over", 0, MOST_OFFSET, 0),
    ),
    answer=BinList,
)
async def list_bin(call: Call, parts: Parts) -> Answer:
    """List what you deleted in the last 30 days, last deleted first.

    A key sees the kinds of things it may read.
    """
    limit = call.page()[0]
    offset = call.number("offset", 0, 0, MOST_OFFSET)
    kind = call.query.get("kind")
    if kind is not None and kind not in store.KINDS:
        expected = " | ".join(store.KINDS)
        raise invalid("kind", f"kind must be {expected}", expected)
    async with parts.database.reader() as reader:
        things, total = await actions.list_bin(reader, call.caller, kind, limit, offset)
    items = [as_item(thing) for thing in things]
    return Answer({"items": items, "total": total, "limit": limit, "offset": offset})


@routes.add(
    "POST",
    THING + "/restore",
    access="signed in",
    right=Right.OWN,
    answer=Restored,
    audit=("bin.restored", "kind"),
)
async def restore_from_bin(call: Call, parts: Parts) -> Answer:
    """Take something out of the bin, with everybody it was shared with.

    A key needs the write scope of its kind. A pin does not come back onto pinboards and pages.
    """
    async with parts.database.transaction() as tx:
        thing = await actions.restore(tx, call.caller, call.params[0], parts.dataset_users)
    return Answer({"id": thing.id, "kind": thing.kind, "title": thing.title})


@routes.add(
    "DELETE",
    THING,
    access="signed in",
    right=Right.OWN,
    answer=RemovedForGood,
    audit=("bin.removed", "kind"),
)
async def remove_from_bin(call: Call, parts: Parts) -> Answer:
    """Delete something in the bin for good. Nobody can bring it back."""
    async with parts.database.transaction() as tx:
        thing = await actions.remove(tx, call.caller, call.params[0])
    return Answer({"id": thing.id, "kind": thing.kind})

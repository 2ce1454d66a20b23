"""Pinboards over HTTP."""

from typing import Any

import msgspec
from msgspec import UNSET

from ..door import needs
from ..door.call import Answer, Call
from ..door.route import LIST, Routes
from ..door.shapes import Deleted
from ..parts import Parts
from ..pins.batch.body import PinIds
from ..pins.batch.routes import ATOMIC, COST, settled, told
from ..pins.body import choose
from ..pins.routes import AS_OF
from ..rights import Right
from . import actions, duplicate, store
from .answers import (
    AddedPins,
    FoundPinboards,
    Layouts,
    PinboardAnswer,
    PinboardList,
    PinboardOf,
    PinboardSharingAnswer,
    Placed,
    RemovedPins,
    SavedPinboard,
    Taken,
)
from .as_of import get_pinboard_at
from .body import (
    BoardIds,
    LayoutBody,
    PinboardBody,
    PinboardMetadataBody,
    PinboardSharing,
    Placing,
    read_board,
    read_layouts,
)
from .pinboard import Pinboard, as_answer, etag, shareable_url
from .places import Shown, show

routes = Routes()

BOARD = "/v1/pinboards/{pinboard_id}"
NOTHING = show([], set())


@routes.add(
    "POST",
    "/v1/pinboards",
    scope="pinboards:write",
    status=201,
    body=PinboardBody,
    metadata=PinboardMetadataBody,
    needs=needs.A_TITLE,
    dry_run=True,
    answer=PinboardAnswer,
)
async def create_pinboard(call: Call, parts: Parts) -> Answer:
    """Create a pinboard."""
    changes = choose(read_board(call.body), None)
    async with parts.database.transaction() as tx:
        board = await actions.create_pinboard(tx, call.caller, changes)
    return _answer(board, NOTHING, parts)


@routes.add("GET", "/v1/pinboards", scope="pinboards:read", query=LIST, answer=PinboardList)
async def list_pinboards(call: Call, parts: Parts) -> Answer:
    """List your own pinboards, newest first."""
    return await _list(call, parts, store.list_pinboards)


@routes.add("GET", "/v1/pinboards/shared", scope="pinboards:read", query=LIST, answer=PinboardList)
async def list_shared_pinboards(call: Call, parts: Parts) -> Answer:
    """List other people's pinboards that were shared with you, newest first."""
    return await _list(call, parts, store.list_shared)


@routes.add(
    "GET", BOARD, scope="pinboards:read", right=Right.SEE, query=(AS_OF,), answer=PinboardOf
)
async def get_pinboard(call: Call, parts: Parts) -> Answer:
    """Get a pinboard with where its pins lie; with `as_of` also their views of then."""
    at = call.moment("as_of")
    if at is not None:
        async with parts.database.reader() as reader:
            then = await get_pinboard_at(reader, call.caller, call.params[0], at)
        return Answer(then.as_answer(parts.settings.address))
    async with parts.database.reader() as reader:
        board = await store.get_pinboard(reader, call.params[0], call.caller)
        ((board, shown),) = await actions.show_pinboards(reader, call.caller, [board])
    return _answer(board, shown, parts)


@routes.add(
    "PUT",
    BOARD,
    scope="pinboards:write",
    right=Right.EDIT,
    body=PinboardBody,
    metadata=PinboardMetadataBody,
    dry_run=True,
    answer=SavedPinboard,
)
async def update_pinboard(call: Call, parts: Parts) -> Answer:
    """Update a pinboard: only what is sent changes."""
    said = read_board(call.body)
    async with parts.database.transaction() as tx:
        board = await actions.update_pinboard(
            tx,
            call.caller,
            call.params[0],
            lambda board: choose(said, board),
            if_match=call.if_match,
        )
    data = {"id": board.id, "updated_at": board.updated_at, "revision": board.revision}
    return Answer(data, etag=f'"{board.revision}"')


@routes.add(
    "DELETE",
    BOARD,
    scope="pinboards:write",
    right=Right.OWN,
    dry_run=True,
    answer=Deleted,
    audit=("pinboard.deleted",),
)
async def delete_pinboard(call: Call, parts: Parts) -> Answer:
    """Delete a pinboard. Its pins stay."""
    async with parts.database.transaction() as tx:
        deleted_at = await actions.delete_pinboard(tx, call.caller, call.params[0], call.if_match)
    return Answer({"id": call.params[0], "deleted_at": deleted_at})


@routes.add(
    "POST",
    BOARD + "/duplicate",
    scope="pinboards:write",
    right=Right.SEE,
    status=201,
    dry_run=True,
    answer=PinboardAnswer,
    if_match=False,
)
async def duplicate_pinboard(call: Call, parts: Parts) -> Answer:
    """Make a pinboard of your own with the same pins in the same places, shared with nobody."""
    async with parts.database.transaction() as tx:
        board, shown = await duplicate.duplicate_pinboard(tx, call.caller, call.params[0])
    return _answer(board, shown, parts)


@routes.add(
    "POST",
    BOARD + "/share",
    scope="pinboards:share",
    right=Right.OWN,
    cost=3,
    body=PinboardSharing,
    dry_run=True,
    answer=PinboardSharingAnswer,
)
async def share_pinboard(call: Call, parts: Parts) -> Answer:
    """Change who sees a pinboard."""
    sharing = msgspec.structs.asdict(call.read(PinboardSharing))
    copies = {name: {name: value} for name, value in sharing.items() if value is not UNSET}
    changes = choose((copies, {}), None)
    async with parts.database.transaction() as tx:
        board = await actions.update_pinboard(
            tx,
            call.caller,
            call.params[0],
            lambda _: changes,
            right=Right.OWN,
            if_match=call.if_match,
        )
    data = {
        "id": board.id,
        **board.flags(),
        "expires_at": board.expires_at,
        "shareable_url": shareable_url(parts.settings.address, board.id),
        "revision": board.revision,
    }
    return Answer(data, etag=f'"{board.revision}"')


@routes.add(
    "POST",
    BOARD + "/pins",
    scope="pinboards:write",
    right=Right.EDIT,
    body=Placing,
    dry_run=True,
    answer=Placed,
)
async def place_pin(call: Call, parts: Parts) -> Answer:
    """Place a pin on a pinboard, or move it there. What lies in its way moves down."""
    placing = call.read(Placing)
    position = None if isinstance(placing.position, msgspec.UnsetType) else placing.position
    async with parts.database.transaction() as tx:
        placed = await actions.place_pin(
            tx, call.caller, call.params[0], placing.pin_id, position, call.if_match
        )
    data = {
        "position": placed.position,
        "opens": placed.opens,
        "pin_id": placing.pin_id,
        "revision": placed.board.revision,
    }
    return Answer(data, etag=f'"{placed.board.revision}"')


@routes.add(
    "DELETE",
    BOARD + "/pins/{pin_id}",
    scope="pinboards:write",
    right=Right.EDIT,
    dry_run=True,
    answer=Taken,
)
async def take_pin(call: Call, parts: Parts) -> Answer:
    """Take a pin from a pinboard. The pin itself stays."""
    board_id, pin_id = call.params
    async with parts.database.transaction() as tx:
        revision = await actions.take_pin(tx, call.caller, board_id, pin_id, call.if_match)
    return Answer({"id": board_id, "pin_id": pin_id, "revision": revision})


@routes.add(
    "PUT",
    BOARD + "/layout",
    scope="pinboards:write",
    right=Right.EDIT,
    body=LayoutBody,
    dry_run=True,
    answer=Layouts,
)
async def replace_layout(call: Call, parts: Parts) -> Answer:
    """Replace a pinboard's layout: pins that are left out find a place under the rest."""
    return await _arrange(call, parts, replaces=True)


@routes.add(
    "PATCH",
    BOARD + "/layout",
    scope="pinboards:write",
    right=Right.EDIT,
    body=LayoutBody,
    dry_run=True,
    answer=Layouts,
)
async def patch_layout(call: Call, parts: Parts) -> Answer:
    """Move some pins of a pinboard. What lies in their way moves down."""
    return await _arrange(call, parts, replaces=False)


@routes.add(
    "POST",
    "/v1/pinboards/batch/get",
    scope="pinboards:read",
    cost=2,
    body=BoardIds,
    is_read=True,
    answer=FoundPinboards,
)
async def get_pinboards(call: Call, parts: Parts) -> Answer:
    """Get up to 100 pinboards, and tell which ids are none and which are not yours to see."""
    board_ids = call.read(BoardIds).pinboard_ids
    async with parts.database.reader() as reader:
        boards, not_found, denied = await actions.read_pinboards(reader, call.caller, board_ids)
        shown = await actions.show_pinboards(reader, call.caller, boards)
    found = [as_answer(board, places, parts.settings.address) for board, places in shown]
    data = {"found": found, "not_found": not_found, "permission_denied": denied}
    return Answer(data, message=f"Retrieved {len(found)} pinboards")


@routes.add(
    "POST",
    BOARD + "/pins/batch",
    scope="pinboards:write",
    right=Right.EDIT,
    cost=COST,
    body=PinIds,
    query=ATOMIC,
    dry_run=True,
    answer=AddedPins,
)
async def place_pins(call: Call, parts: Parts) -> Answer:
    """Place up to 50 pins on a pinboard, each in the first free place. Each stands alone."""
    pin_ids = call.read(PinIds).pin_ids
    async with parts.database.transaction() as tx:
        board, outcome = await actions.place_pins(
            tx, call.caller, call.params[0], pin_ids, call.if_match
        )
        settled(call, outcome)
    return told("added", outcome, {"revision": board.revision}, "Added {} pins")


@routes.add(
    "DELETE",
    BOARD + "/pins/batch",
    scope="pinboards:write",
    right=Right.EDIT,
    cost=COST,
    body=PinIds,
    query=ATOMIC,
    dry_run=True,
    answer=RemovedPins,
)
async def take_pins(call: Call, parts: Parts) -> Answer:
    """Take up to 50 pins from a pinboard. Each stands alone; the pins themselves stay."""
    pin_ids = call.read(PinIds).pin_ids
    async with parts.database.transaction() as tx:
        revision, outcome = await actions.take_pins(
            tx, call.caller, call.params[0], pin_ids, call.if_match
        )
        settled(call, outcome)
    return told("removed", outcome, {"revision": revision}, "Removed {} pins")


async def _arrange(call: Call, parts: Parts, *, replaces: bool) -> Answer:
    layouts = read_layouts(call.read(LayoutBody))
    async with parts.database.transaction() as tx:
        board, shown = await actions.change_layout(
            tx, call.caller, call.params[0], layouts, call.if_match, replaces=replaces
        )
    data = {
        "id": board.id,
        "layout": shown.layout,
        "mobile_layout": shown.mobile_layout,
        "hidden": shown.hidden,
        "revision": board.revision,
        "updated_at": board.updated_at,
    }
    return Answer(data, etag=etag(board, shown))


async def _list(call: Call, parts: Parts, read: Any) -> Answer:
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        boards, total = await read(reader, call.caller, limit, offset)
        shown = await actions.show_pinboards(reader, call.caller, boards)
    items = [as_answer(board, places, parts.settings.address) for board, places in shown]
    return Answer(
        {"items": items, "pinboards": items, "total": total, "limit": limit, "offset": offset}
    )


def _answer(board: Pinboard, shown: Shown, parts: Parts) -> Answer:
    return Answer(as_answer(board, shown, parts.settings.address), etag=etag(board, shown))

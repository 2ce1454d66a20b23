"""Blocks over HTTP."""

from typing import Any

import msgspec

from ...door import needs
from ...door.body import decode
from ...door.call import Answer, Call
from ...door.patch import JSON_PATCH
from ...door.route import LIST, Routes
from ...parts import Parts
from ...rights import Right
from .. import store
from ..answers import BlockList, RemovedBlock
from ..drawing import draw_one
from ..pin import Pin
from ..routes import etag
from ..shown import Drawn
from ..sources.keeping import names_written
from . import actions
from .block import MOST_BLOCKS, Block, find_place, list_blocks
from .body import (
    BlockBody,
    BlockChanges,
    BlockOrder,
    BlockView,
    merge_changes,
    patch_changes,
    read_changes,
    read_merge,
)

routes = Routes()

BLOCKS = "/v1/pins/{pin_id}/blocks"
BLOCK = BLOCKS + "/{block_id}"
CONTENT = needs.not_both("content", "template")


@routes.add("GET", BLOCKS, scope="pins:read", right=Right.SEE, query=LIST, answer=BlockList)
async def list_pin_blocks(call: Call, parts: Parts) -> Answer:
    """List a pin's blocks in order. Who may not edit the pin sees them as rendered."""
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        pin = await store.get_pin(reader, call.params[0], call.caller)
        drawn = await draw_one(reader, pin)
    return _list(drawn, limit, offset)


@routes.add(
    "POST",
    BLOCKS,
    scope="pins:write",
    right=Right.EDIT,
    status=201,
    body=BlockBody,
    needs={**needs.all_of("type"), **CONTENT},
    answer=BlockView,
    dry_run=True,
)
async def add_block(call: Call, parts: Parts) -> Answer:
    """Add a block to a pin: last, or at the place that `order` says."""
    given = read_changes(call.body)
    async with parts.database.transaction() as tx:
        pin, block_id = await actions.add_block(
            tx, call.caller, call.params[0], given, call.if_match
        )
        drawn = await draw_one(tx, pin)
    return _answer(drawn, block_id)


@routes.add("GET", BLOCK, scope="pins:read", right=Right.SEE, answer=BlockView)
async def get_block(call: Call, parts: Parts) -> Answer:
    """Get a block of a pin."""
    pin_id, block_id = call.params
    async with parts.database.reader() as reader:
        pin = await store.get_pin(reader, pin_id, call.caller)
        drawn = await draw_one(reader, pin)
    return _answer(drawn, block_id)


@routes.add(
    "PUT",
    BLOCK,
    scope="pins:write",
    right=Right.EDIT,
    body=BlockBody,
    needs=CONTENT,
    answer=BlockView,
    dry_run=True,
)
async def update_block(call: Call, parts: Parts) -> Answer:
    """Update a block: only what is sent changes."""
    given = read_changes(call.body)
    return await _change(call, parts, lambda _pin, _block: given)


@routes.add(
    "PATCH",
    BLOCK,
    scope="pins:write",
    right=Right.EDIT,
    body=BlockBody,
    needs=CONTENT,
    answer=BlockView,
    body_is_patch=True,
    dry_run=True,
)
async def patch_block(call: Call, parts: Parts) -> Answer:
    """Patch a block: a merge patch (RFC 7396), or a JSON Patch (RFC 6902)."""
    if (call.header(b"content-type") or "").startswith(JSON_PATCH):
        return await _change(call, parts, _operate(decode(call.body)))
    given = read_merge(call.body)
    return await _change(call, parts, lambda _pin, block: merge_changes(given, block))


@routes.add(
    "DELETE", BLOCK, scope="pins:write", right=Right.EDIT, dry_run=True, answer=RemovedBlock
)
async def remove_block(call: Call, parts: Parts) -> Answer:
    """Delete a block. A revision of its pin brings it back."""
    pin_id, block_id = call.params
    async with parts.database.transaction() as tx:
        pin = await actions.remove_block(tx, call.caller, pin_id, block_id, call.if_match)
    data = {"id": block_id, "pin_id": pin.id, "revision": pin.revision, "version": pin.version}
    return Answer(data, etag=etag(pin))


@routes.add(
    "POST",
    BLOCKS + "/reorder",
    scope="pins:write",
    right=Right.EDIT,
    body=BlockOrder,
    dry_run=True,
    answer=BlockList,
)
async def reorder_blocks(call: Call, parts: Parts) -> Answer:
    """Put a pin's blocks into another order: the ids of all of them."""
    order = call.read(BlockOrder).order
    async with parts.database.transaction() as tx:
        pin = await actions.reorder_blocks(tx, call.caller, call.params[0], order, call.if_match)
        drawn = await draw_one(tx, pin)
    return _list(drawn, MOST_BLOCKS, 0)


def _operate(operations: Any) -> actions.ChangesOf:
    def changes_of(pin: Pin, block: Block) -> BlockChanges:
        pin.require(Right.SEE_SOURCE)  # a `test` would tell what is written there
        return patch_changes(operations, block)

    return changes_of


async def _change(call: Call, parts: Parts, changes_of: actions.ChangesOf) -> Answer:
    (pin_id, block_id), names = call.params, names_written(call.body)
    async with parts.database.transaction() as tx:
        pin = await actions.change_block(
            tx, call.caller, pin_id, block_id, changes_of, call.if_match, names
        )
        drawn = await draw_one(tx, pin)
    return _answer(drawn, block_id)


def _list(drawn: Drawn, limit: int, offset: int) -> Answer:
    pin = drawn.pin
    blocks = list_blocks(pin.blocks)
    shown = [_show(drawn, block, order) for order, block in enumerate(blocks)]
    page = {
        "items": shown[offset : offset + limit],
        "total": len(blocks),
        "limit": limit,
        "offset": offset,
        "revision": pin.revision,
        "version": pin.version,
    }
    return Answer(page, etag=etag(pin))


def _answer(drawn: Drawn, block_id: str) -> Answer:
    blocks = list_blocks(drawn.pin.blocks)
    place = find_place(blocks, block_id)
    return Answer(_show(drawn, blocks[place], place), etag=etag(drawn.pin))


def _show(drawn: Drawn, block: Block, order: int) -> BlockView:
    pin = drawn.pin
    sees_source, shown = pin.may(Right.SEE_SOURCE), drawn.blocks[order]
    return BlockView(
        id=block.id,
        pin_id=pin.id,
        name=block.name if sees_source else shown["name"],
        type=block.type,
        order=order,
        rendered=shown["rendered"],
        created_at=block.created_at,
        updated_at=block.updated_at,
        revision=pin.revision,
        version=pin.version,
        content=block.content if sees_source else msgspec.UNSET,
    )

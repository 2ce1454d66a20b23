"""What can be done with a pin's blocks. Each is a change of the pin, and goes its way."""

from collections.abc import Callable, Collection

import msgspec

from ... import ids
from ...clock import now
from ...door.caller import Caller
from ...errors import invalid
from ...rights import Right
from ...storage import Transaction
from .. import actions as pins
from ..body import Changes
from ..pin import Pin
from ..sources.keeping import names_written
from .block import Block, Blocks, as_stored, find_place, list_blocks, reordered, require_fit
from .body import BlockChanges
from .types import BLOCK_TYPES

ChangesOf = Callable[[Pin, Block], BlockChanges]


async def add_block(
    tx: Transaction, caller: Caller, pin_id: str, given: BlockChanges, if_match: int | None
) -> tuple[Pin, str]:
    """Add a block to a pin; the pin, and the block's id."""
    block_id = ids.new_id(ids.BLOCK)

    def add(_pin: Pin, blocks: Blocks) -> Blocks:
        place = len(blocks) if given.order is None else given.order
        return [*blocks[:place], _new_block(block_id, given), *blocks[place:]]

    names = names_written(bytes(given.content or b""))
    return await _change(tx, caller, pin_id, add, if_match, names), block_id


async def change_block(
    tx: Transaction,
    caller: Caller,
    pin_id: str,
    block_id: str,
    changes_of: ChangesOf,
    if_match: int | None,
    names: Collection[str] = (),
) -> Pin:
    """Change a block of a pin, and with `order` its place; `names` of datasets come with it."""

    def change(pin: Pin, blocks: Blocks) -> Blocks:
        place = find_place(blocks, block_id)
        given = changes_of(pin, blocks[place])
        others = [*blocks[:place], *blocks[place + 1 :]]
        place = place if given.order is None else given.order
        return [*others[:place], _changed(blocks, block_id, given), *others[place:]]

    return await _change(tx, caller, pin_id, change, if_match, names)


async def remove_block(
    tx: Transaction, caller: Caller, pin_id: str, block_id: str, if_match: int | None
) -> Pin:
    """Take a block from a pin."""

    def remove(_pin: Pin, blocks: Blocks) -> Blocks:
        place = find_place(blocks, block_id)
        return [*blocks[:place], *blocks[place + 1 :]]

    return await _change(tx, caller, pin_id, remove, if_match)


async def reorder_blocks(
    tx: Transaction, caller: Caller, pin_id: str, order: list[str], if_match: int | None
) -> Pin:
    """Put a pin's blocks into another order."""
    return await _change(
        tx, caller, pin_id, lambda _pin, blocks: reordered(blocks, order), if_match
    )


async def _change(
    tx: Transaction,
    caller: Caller,
    pin_id: str,
    change: Callable[[Pin, Blocks], Blocks],
    if_match: int | None,
    names: Collection[str] = (),
) -> Pin:
    """Change the pin's blocks as any other field of it: one revision, one event."""

    def changes_of(pin: Pin) -> Changes:
        pin.require(Right.EDIT, signed_in=caller.is_signed_in)
        return Changes({"blocks": as_stored(change(pin, list_blocks(pin.blocks)))}, {})

    return await pins.update_pin(tx, caller, pin_id, changes_of, if_match=if_match, names=names)


def _new_block(block_id: str, given: BlockChanges) -> Block:
    if given.type is None:
        raise invalid("type", "type is required", " | ".join(BLOCK_TYPES))
    if given.content is None:
        raise invalid("content", "content is required", "an object or text")
    require_fit(given.type, given.content, given.path)
    moment = now()
    return Block(block_id, given.name or "", given.type, given.content, moment, moment)


def _changed(blocks: Blocks, block_id: str, given: BlockChanges) -> Block:
    """The block with what is different; itself where nothing is."""
    before = blocks[find_place(blocks, block_id)]
    after = Block(
        before.id,
        before.name if given.name is None else given.name,
        before.type if given.type is None else given.type,
        before.content if given.content is None else given.content,
        before.created_at,
        before.updated_at,
    )
    if _says(after) == _says(before):
        return before
    require_fit(after.type, after.content, given.path)
    return msgspec.structs.replace(after, updated_at=now())


def _says(block: Block) -> tuple[str, str, object]:
    return block.name, block.type, msgspec.json.decode(block.content)

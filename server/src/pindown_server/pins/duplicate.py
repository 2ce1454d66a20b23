"""A copy of a pin that belongs to whoever makes it."""

import msgspec

from .. import ids
from ..clock import now
from ..door.caller import Caller
from ..rights import Right
from ..storage import Transaction
from . import actions, store
from .blocks.block import Block, as_stored, list_blocks
from .body import Changes
from .drawing import draw_one
from .pin import LONGEST_TITLE, Pin
from .shown import Drawn, drawn_config

MARK = " copy"


async def duplicate_pin(tx: Transaction, caller: Caller, pin_id: str) -> Pin:
    """A new pin of the caller's that says what this one says; private, shared with nobody.

    Who may not see the pin as it is written gets what it shows. It is made like any new pin, so
    the caller's own rights decide what it may draw from.
    """
    pin = await store.get_pin(tx, pin_id, caller)  # NotFound
    drawn = await draw_one(tx, pin)
    sees_source = pin.may(Right.SEE_SOURCE)
    values = {
        "title": title_of_copy(pin.title if sees_source else drawn.title),
        "description": pin.description,
        "pin_type": pin.pin_type,
        "pin_layout": pin.pin_layout,
        "data_type": pin.data_type,
        "tags": msgspec.json.decode(pin.tags),
        "config": pin.config if sees_source else _shown(drawn),
        "expect_every": pin.expect_every,
        "grace": pin.grace,
    }
    if sees_source:
        values["dataset_id"] = pin.dataset_id
    blocks = list_blocks(pin.blocks) if sees_source else _shown_blocks(drawn)
    for block in blocks:
        block.id = ids.new_id(ids.BLOCK)
    own_metadata = msgspec.json.decode(pin.metadata)
    return await actions.create_pin(tx, caller, Changes(values, own_metadata), as_stored(blocks))


def title_of_copy(title: str) -> str:
    """`Sales copy`, no longer than a title may be."""
    return title[: LONGEST_TITLE - len(MARK)] + MARK


def _shown(drawn: Drawn) -> str:
    return bytes(drawn_config(drawn.pin.pin_type, drawn.config)).decode()


def _shown_blocks(drawn: Drawn) -> list[Block]:
    """The blocks as they are shown: of a conditional one the text that was chosen."""
    moment = now()
    return [
        Block(
            id=block["id"],
            name=block["name"],
            type="markdown" if block["type"] == "conditional" else block["type"],
            content=msgspec.Raw(msgspec.json.encode(block["rendered"])),
            created_at=moment,
            updated_at=moment,
        )
        for block in drawn.blocks
    ]

"""The block and its rules. No database, no HTTP.

A pin's blocks stand in its own row as one JSON list, so that they are read, changed and kept in its
history together with it, and a pin without any pays nothing.
"""

from typing import Any, Final

import msgspec

from ...errors import Conflict, NotFound, Problem, ValidationFailed
from .types import BLOCK_TYPES

MOST_BLOCKS: Final = 50  # beyond it a pin is a page
LARGEST_BLOCKS: Final = 512 * 1024  # bytes of all of a pin's blocks, as much as its config

Blocks = list["Block"]


class Block(msgspec.Struct):
    """A part of a pin. Its place in the pin's list is its order."""

    id: str
    name: str
    type: str
    content: msgspec.Raw  # JSON as it was sent: an object, or a plain text
    created_at: int
    updated_at: int


def list_blocks(stored: str | None) -> Blocks:
    """The blocks out of a pin's column, in order."""
    return [] if stored is None else _decode(stored)


def as_stored(blocks: Blocks) -> str | None:
    """The column's text; raises Conflict or ValidationFailed where it would hold too much."""
    if len(blocks) > MOST_BLOCKS:
        raise Conflict(f"A pin has at most {MOST_BLOCKS} blocks")
    if not blocks:
        return None
    text = _encode(blocks)
    if len(text) > LARGEST_BLOCKS:
        largest = f"{LARGEST_BLOCKS // 1024} KiB"
        raise ValidationFailed(
            f"The blocks of a pin hold at most {largest} together",
            [Problem("content", "is too large", f"≤ {largest} for all blocks of the pin")],
        )
    return text.decode()


def find_place(blocks: Blocks, block_id: str) -> int:
    """Where in its pin the block stands; raises NotFound."""
    for place, block in enumerate(blocks):
        if block.id == block_id:
            return place
    raise NotFound("Block")


def reordered(blocks: Blocks, order: list[str]) -> Blocks:
    """The same blocks in another order; raises ValidationFailed unless it names each once."""
    by_id = {block.id: block for block in blocks}
    if len(order) != len(by_id) or set(order) != set(by_id):
        raise ValidationFailed(
            "order must name every block of the pin once",
            [Problem("order", "does not name every block once", " | ".join(by_id))],
        )
    return [by_id[block_id] for block_id in order]


def require_fit(block_type: str, content: msgspec.Raw, path: str) -> None:
    """Raise ValidationFailed unless the content is one of the type, listing every problem."""
    text = bytes(content)
    if text.startswith(b'"'):
        return  # a plain text fits every type
    problems = BLOCK_TYPES[block_type].find_problems(text)
    if problems:
        named = [
            Problem(f"{path}/{p.field}" if p.field else path, p.message, p.expected)
            for p in problems
        ]
        raise ValidationFailed(
            f"Invalid content structure for block type '{block_type}'",
            named,
            reason="BLOCK_CONTENT_INVALID",
        )


def writable(block: Block) -> dict[str, Any]:
    """What of a block can be written, as one object."""
    return {
        "name": block.name,
        "type": block.type,
        "content": msgspec.json.decode(block.content),
    }


_decode = msgspec.json.Decoder(list[Block]).decode
_encode = msgspec.json.Encoder().encode

"""`/v1/pins/:id/blocks`"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict, Unpack

from .group import Group, S, call
from .request import Options, Request, path_of, read, split, write

BlockType = Literal["markdown", "code", "image", "image-steps", "mermaid", "conditional"]


class Block(TypedDict, total=False):
    """An ordered part of a pin. `content` is for those who may edit, `rendered` for everyone."""

    id: str
    name: str
    type: BlockType
    order: int
    content: Any
    rendered: Any


class BlockUpdate(Options, total=False):
    """What a block is written with. What is left out stays as it is."""

    name: str
    type: BlockType
    content: Any


class Blocks(Group[S]):
    """The blocks of a pin, which stand below what it shows."""

    @call
    def list(self, pin_id: str, /) -> Request[dict[str, Any]]:
        """List them in their order."""
        return read(path_of("pins", pin_id, "blocks"))

    @call
    def create(
        self, pin_id: str, body: Mapping[str, Any] | None = None, /, **fields: Unpack[BlockUpdate]
    ) -> Request[Block]:
        """Add a block: `create(pin, type="markdown", content={"text": "…"})`."""
        options, given = split(fields)
        return write("POST", path_of("pins", pin_id, "blocks"), options, {**(body or {}), **given})

    @call
    def get(self, pin_id: str, block_id: str, /) -> Request[Block]:
        """Get a block."""
        return read(path_of("pins", pin_id, "blocks", block_id))

    @call
    def update(
        self,
        pin_id: str,
        block_id: str,
        body: Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[BlockUpdate],
    ) -> Request[dict[str, Any]]:
        """Change what is given."""
        options, given = split(fields)
        path = path_of("pins", pin_id, "blocks", block_id)
        return write("PUT", path, options, {**(body or {}), **given})

    @call
    def patch(
        self,
        pin_id: str,
        block_id: str,
        patch: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        /,
        **options: Unpack[Options],
    ) -> Request[dict[str, Any]]:
        """Apply a merge patch (a mapping) or a JSON Patch (a list of steps)."""
        kind = "merge-patch" if isinstance(patch, Mapping) else "json-patch"
        path = path_of("pins", pin_id, "blocks", block_id)
        return write("PATCH", path, options, patch, f"application/{kind}+json")

    @call
    def delete(
        self, pin_id: str, block_id: str, /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Take a block away; it stays in the pin's history."""
        return write("DELETE", path_of("pins", pin_id, "blocks", block_id), options)

    @call
    def reorder(
        self, pin_id: str, order: Sequence[str], /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Put all blocks into this order of their ids."""
        path = path_of("pins", pin_id, "blocks", "reorder")
        return write("POST", path, options, {"order": [*order]})

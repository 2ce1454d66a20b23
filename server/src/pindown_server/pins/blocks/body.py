"""The shapes in which a body may say what a block is."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ...door import body as bodies
from ...door.patch import apply_operations, give_back, merge, nulls_as_defaults
from ...errors import invalid
from ..body import one_line
from .block import Block, writable

DEFAULTS: dict[str, Any] = {"name": ""}  # what a patch may take away

Name = Annotated[str, Meta(max_length=200)]
Type = Literal["markdown", "code", "image", "image-steps", "mermaid", "conditional"]


class BlockBody(msgspec.Struct, forbid_unknown_fields=True):
    """A block to add, or what to change of one. `template` is a plain text in place of `content`.

    `order` is its place, counted from 0; without it, a new block comes last.
    """

    name: Name | UnsetType = UNSET
    type: Type | UnsetType = UNSET
    content: msgspec.Raw | UnsetType = UNSET
    template: str | UnsetType = UNSET
    order: Annotated[int, Meta(ge=0)] | UnsetType = UNSET


class BlockOrder(msgspec.Struct, forbid_unknown_fields=True):
    """The ids of all blocks of the pin, in the order in which they shall stand."""

    order: Annotated[list[str], Meta(max_length=1000)]


class BlockView(msgspec.Struct, omit_defaults=True):
    """A block. `content` is what is written, for those who may see it; `rendered` what is shown."""

    id: str
    pin_id: str
    name: str
    type: str
    order: int
    rendered: Any
    created_at: int
    updated_at: int
    revision: int
    version: int
    content: Any = UNSET


class BlockChanges(msgspec.Struct):
    """What is to be different; `path` says where the content was sent, for refusals."""

    name: str | None = None
    type: str | None = None
    content: msgspec.Raw | None = None
    order: int | None = None
    path: str = "content"


def read_changes(body: bytes) -> BlockChanges:
    """What a body wants different; raises ValidationFailed with every problem."""
    return _changes(bodies.read(BlockBody, body))


def read_merge(body: bytes) -> BlockChanges:
    """What a merge patch says; a null means the default."""
    return read_changes(nulls_as_defaults(body, DEFAULTS))


def merge_changes(given: BlockChanges, block: Block) -> BlockChanges:
    """The same as a merge patch of this block (RFC 7396): objects merge, null takes away."""
    if given.content is None:
        return given
    merged = merge(msgspec.json.decode(block.content), msgspec.json.decode(given.content))
    return msgspec.structs.replace(given, content=msgspec.Raw(msgspec.json.encode(merged)))


def patch_changes(operations: Any, block: Block) -> BlockChanges:
    """What a JSON Patch (RFC 6902) wants different; Conflict where a `test` fails."""
    before = writable(block)
    after = apply_operations(operations, before)
    give_back(after, before, DEFAULTS)
    body = {name: value for name, value in after.items() if value != before.get(name)}
    return read_changes(msgspec.json.encode(body))


def _changes(given: BlockBody) -> BlockChanges:
    changes = BlockChanges()
    if not isinstance(given.name, UnsetType):
        changes.name = given.name
    if not isinstance(given.type, UnsetType):
        changes.type = given.type
    if not isinstance(given.order, UnsetType):
        changes.order = given.order
    if not isinstance(given.content, UnsetType):
        changes.content = _one_line(given.content)
    if not isinstance(given.template, UnsetType):
        if changes.content is not None:
            raise invalid("template", "Send content or template, not both")
        changes.content = msgspec.Raw(msgspec.json.encode(given.template))
        changes.path = "template"
    return changes


def _one_line(raw: msgspec.Raw) -> msgspec.Raw:
    return msgspec.Raw(one_line("content", raw).encode())

"""A drawn pin as others are shown it: to viewers, in answers, in lists. No database, no HTTP."""

from typing import Any

import msgspec

from ..clock import iso
from ..rights import Right
from .blocks.block import list_blocks
from .pin import Pin, shareable_url


class Drawn(msgspec.Struct, gc=False):
    """A pin and what it shows: the same for everybody, whatever they may do with it.

    `config` is the JSON text with its variables resolved; where `has_variables` is false, the one
    that is stored.
    """

    pin: Pin
    title: str
    config: str
    blocks: list[dict[str, Any]]
    has_variables: bool = False
    errors: list[dict[str, str]] = []
    history: str | None = None  # of figures that draw from datasets, instead of the pin's


def drawn_config(pin_type: str, config: str) -> msgspec.Raw:
    """The config as viewers draw it: texts and bare data take their type's shape."""
    if not config:  # it was left out
        return msgspec.Raw(b"null")
    if pin_type == "markdown" and config.startswith('"'):
        return msgspec.Raw(b'{"content":' + config.encode() + b"}")
    if pin_type == "json-viewer" and not _has_data(config):
        return msgspec.Raw(b'{"data":' + config.encode() + b"}")
    return msgspec.Raw(config.encode())


def _has_data(config: str) -> bool:
    value = msgspec.json.decode(config)
    return isinstance(value, dict) and "data" in value


def view(drawn: Drawn, moment: int) -> dict[str, Any]:
    """The pin as every viewer sees it: the same bytes for all, nothing about its owner."""
    pin = drawn.pin
    shown = {
        "id": pin.id,
        "pin_id": pin.id,
        "pin_type": pin.pin_type,
        "pin_layout": pin.pin_layout,
        "title": drawn.title,
        "description": pin.description,
        "pin_config": drawn_config(pin.pin_type, drawn.config),
        "blocks": drawn.blocks,
        "revision": pin.revision,
        "version": pin.version,
        "updated_at": pin.updated_at,
        "pushed_at": pin.pushed_at,
        "is_late": pin.is_late(moment),
        "expect_every": pin.expect_every,
    }
    history = drawn.history or pin.history
    if history is not None:
        shown["history"] = msgspec.Raw(history.encode())
    if pin.is_left_out:
        shown["left_out"] = True
    return shown


def as_answer(drawn: Drawn, address: str, moment: int) -> dict[str, Any]:
    """The pin as the API shows it; as drawn for those who may not see how it is written."""
    pin = drawn.pin
    sees_source = pin.may(Right.SEE_SOURCE)
    shown = drawn_config(pin.pin_type, drawn.config)
    config = msgspec.Raw(pin.config.encode()) if sees_source else shown
    title = pin.title if sees_source else drawn.title
    tags = msgspec.Raw(pin.tags.encode())
    answer = {
        "id": pin.id,
        "pin_id": pin.id,
        "owner_id": pin.owner_id,
        "title": title,
        "rendered_title": drawn.title,
        "description": pin.description,
        "pin_type": pin.pin_type,
        "pin_layout": pin.pin_layout,
        "data_type": pin.data_type,
        "pin_config": config,
        "content": config,
        "dataset_id": pin.dataset_id if sees_source else None,
        **pin.flags(),
        "expires_at": pin.expires_at,
        "expect_every": pin.expect_every,
        "grace": pin.grace,
        "pushed_at": pin.pushed_at,
        "is_late": pin.is_late(moment),
        "blocks": _blocks(drawn, sees_source=sees_source),
        "metadata": {
            **_own_metadata(pin),
            "title": title,
            "description": pin.description,
            "tags": tags,
            "pin_type": pin.pin_type,
            "pin_layout": pin.pin_layout,
            "pin_config": config,
            **pin.flags(),
            "created_at": iso(pin.created_at),
            "updated_at": iso(pin.updated_at),
        },
        "role": pin.role,
        "revision": pin.revision,
        "version": pin.version,
        "created_at": pin.created_at,
        "updated_at": pin.updated_at,
        "shareable_url": shareable_url(address, pin.id),
    }
    if drawn.has_variables:
        answer["rendered"] = shown
        if sees_source:
            answer["rendered_errors"] = drawn.errors
    return answer


def as_item(drawn: Drawn, address: str, moment: int) -> dict[str, Any]:
    """The pin in a list: without its config."""
    answer = as_answer(drawn, address, moment)
    for name in ("pin_config", "content", "blocks", "rendered", "rendered_errors"):
        answer.pop(name, None)
    del answer["metadata"]["pin_config"]
    return answer


def as_created(drawn: Drawn, address: str, moment: int) -> dict[str, Any]:
    """The pin in the answer to its creation, where `created_at` is ISO 8601."""
    return {**as_answer(drawn, address, moment), "created_at": iso(drawn.pin.created_at)}


def _blocks(drawn: Drawn, *, sees_source: bool) -> list[dict[str, Any]]:
    """The pin's blocks as shown, with what is written for those who may see it."""
    if not sees_source:
        return drawn.blocks
    written = list_blocks(drawn.pin.blocks)
    return [
        shown | {"name": block.name, "content": block.content}
        for shown, block in zip(drawn.blocks, written, strict=True)
    ]


def _own_metadata(pin: Pin) -> dict[str, Any]:
    own: dict[str, Any] = msgspec.json.decode(pin.metadata)
    return own

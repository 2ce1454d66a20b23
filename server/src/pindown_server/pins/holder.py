"""What pinboards and pages have in common: both hold pins. No database, no HTTP."""

from collections.abc import Mapping
from typing import Any, Final, Protocol

import msgspec
from msgspec import UNSET

from ..clock import iso
from ..door import body as bodies
from ..door.caller import Caller
from ..errors import Forbidden
from ..rights import Right
from .body import ADDED, Changes, Copies, merge_metadata
from .pin import Pin

_encode = msgspec.json.Encoder().encode

_MAY_NOT: Final = {
    Right.SEE: "see it",
    Right.SEE_SOURCE: "see who else works on it",
    Right.EDIT: "change it",
    Right.LEAVE: "take others off it: only its owner may",
    Right.OWN: "decide who sees it or delete it: only its owner may",
}


class Holder(Protocol):
    """A pinboard or a page, as stored."""

    id: str
    title: str
    description: str
    tags: str
    metadata: str
    expires_at: int | None
    created_at: int
    updated_at: int

    def require(self, right: Right) -> None:
        """Raise Forbidden unless the caller holds the right."""

    def flags(self) -> dict[str, bool]:
        """Who sees it and what they may do."""


def forbidden(noun: str, right: Right) -> Forbidden:
    """The refusal of what the caller sees, but may not do."""
    return Forbidden(f"You can see this {noun}, but you may not {_MAY_NOT[right]}", right=right)


def opens(pin: Pin, caller: Caller) -> bool:
    """Whether a pin opens to others where the caller puts it: what they own and may show."""
    return pin.owner_id == caller.user_id and may_open(caller)


def may_open(caller: Caller) -> bool:
    """Whether what the caller owns opens to others where the caller puts it."""
    return caller.kind != "key" or caller.holds("pins:write") or caller.holds("pins:share")


def read_copies(
    given: msgspec.Struct, model: type[msgspec.Struct]
) -> tuple[Copies, dict[str, Any]]:
    """Everything a body says about a holder, copy by copy, and the caller's own metadata.

    The model is what `metadata` may say besides.
    """
    copies: Copies = {}
    own: dict[str, Any] = {}
    for name, value in msgspec.structs.asdict(given).items():
        if name == "metadata" and value is not UNSET:
            own = _read_metadata(value, model, copies)
        elif value is not UNSET:
            copies.setdefault(name, {})[name] = value
    return copies, own


def apply_changes(holder: Holder, changes: Changes) -> set[str]:
    """Change the holder in place; the names of what is different now.

    Raises Forbidden where somebody else than the owner decides who sees it.
    """
    what, flags = set(), holder.flags()
    for name, given in changes.values.items():
        value = as_text(given) if name == "tags" else int(given) if name in flags else given
        if value == getattr(holder, name):
            continue
        if name in flags or name == "expires_at":
            holder.require(Right.OWN)
        setattr(holder, name, value)
        what.add(name)
    if changes.own_metadata:
        merged = merge_metadata(holder.metadata, changes.own_metadata)
        if merged != holder.metadata:
            holder.metadata = merged
            what.add("metadata")
    return what


def shared_with(holder: Holder, what: set[str]) -> Mapping[str, Any]:
    """Those of the changed names that decide who sees the holder, with what they say now."""
    shown = {**holder.flags(), "expires_at": holder.expires_at}
    return {name: value for name, value in shown.items() if name in what}


def metadata_of(holder: Holder) -> dict[str, Any]:
    """The holder's `metadata` in an answer: the caller's own keys, and what it says again."""
    return {
        **msgspec.json.decode(holder.metadata),
        "title": holder.title,
        "description": holder.description,
        "tags": msgspec.Raw(holder.tags.encode()),
        **holder.flags(),
        "created_at": iso(holder.created_at),
        "updated_at": iso(holder.updated_at),
    }


def as_text(value: Any) -> str:
    """A value as the JSON that is stored."""
    return _encode(value).decode()


def _read_metadata(raw: msgspec.Raw, model: type[msgspec.Struct], copies: Copies) -> dict[str, Any]:
    metadata = bodies.read_part(model, raw, "metadata")
    for name, value in msgspec.structs.asdict(metadata).items():
        if value is not UNSET:
            field = "title" if name == "name" else name
            copies.setdefault(field, {})["metadata/" + name] = value
    ours = {*model.__struct_fields__, *ADDED}
    everything = msgspec.json.decode(raw)
    return {key: value for key, value in everything.items() if key not in ours}

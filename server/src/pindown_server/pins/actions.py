"""What can be done with pins. The API, commands and background loops all come through here."""

from typing import Any

import msgspec
from msgspec import UNSET

from .. import ids
from ..changes import Change, rights_changed
from ..clock import now
from ..door.caller import Caller
from ..errors import PreconditionFailed, invalid
from ..rights import Right
from ..storage import Reader, Transaction
from . import body as bodies
from . import store
from .body import Changes
from .pin import FLAGS, Pin, details, view, with_details

_encode = msgspec.json.Encoder().encode


async def create_pin(tx: Transaction, caller: Caller, changes: Changes) -> Pin:
    """A new pin of the caller's."""
    if changes.title is UNSET:
        raise invalid("metadata/title", "metadata.title is required", "text of 1 to 200 characters")
    moment = now()
    pin_type, data_type = _types_of_new(changes)
    pin = Pin(
        id=ids.new_id(ids.PIN),
        owner_id=caller.user_id,
        title=changes.title,
        description=_or(changes.description, ""),
        pin_type=pin_type,
        pin_layout=_or(changes.pin_layout, "1x1" if pin_type == "stat-cards" else "2x2"),
        data_type=data_type,
        config=_or(changes.config, '""' if pin_type == "markdown" else "{}"),
        dataset_id=_or(changes.dataset_id, None),
        tags=_text(_or(changes.tags, [])),
        metadata=bodies.merge_metadata("{}", _or(changes.own_metadata, {})),
        is_public=int(_or(changes.is_public, False)),
        allow_edit=int(_or(changes.allow_edit, False)),
        require_sign_in=int(_or(changes.require_sign_in, False)),
        allow_comments=int(_or(changes.allow_comments, False)),
        expires_at=_or(changes.expires_at, None),
        expect_every=_or(changes.expect_every, None),
        grace=_or(changes.grace, None),
        pushed_at=moment,
        late_at=None,
        late_told=0,
        revision=1,
        version=1,
        created_at=moment,
        updated_at=moment,
        deleted_at=None,
        role="owner",
    )
    bodies.require_fit(pin.pin_type, changes.type_path, pin.config, changes.config_path)
    pin.with_deadline()
    await store.add_pin(tx, pin)
    await store.add_revision(tx, pin, caller, "created", details(pin))
    return pin


async def update_pin(
    tx: Transaction, caller: Caller, pin_id: str, changes_of: Any, *, if_match: int | None = None
) -> Pin:
    """Change a pin and show it to everyone who is watching it.

    `changes_of` reads the body against the stored pin: what is a change depends on it.
    """
    pin = await store.get_pin(tx, pin_id, caller, lock=True)  # NotFound
    require_match(pin.revision, if_match)
    changes: Changes = changes_of(pin)
    _require_rights(pin, changes, caller)  # Forbidden
    told_late, version = pin.late_told, pin.version
    what = _apply(pin, changes)  # ValidationFailed
    pin.pushed_at = now()
    pin.with_deadline()
    if not what:
        await store.save_push(tx, pin)
        tx.announce(_status("on_time" if told_late else "alive", pin))
        return pin
    pin.updated_at = max(pin.pushed_at, pin.updated_at)
    pin.revision += 1
    pin.version = version + 1
    if what == ["config"]:
        await store.save_value(tx, pin)
    else:
        await store.save_pin(tx, pin, tags_changed="tags" in what)
    await store.add_revision(tx, pin, caller, _described(what), details(pin))
    if told_late:
        tx.announce(_status("on_time", pin))
    announce_view(tx, pin)
    if not _VISIBILITY.isdisjoint(what):
        tx.announce(rights_changed(pin.id))
    return pin


async def share_pin(
    tx: Transaction, caller: Caller, pin_id: str, changes: Changes, if_match: int | None
) -> Pin:
    """Change who sees a pin and what they may do; only its owner may."""
    pin = await store.get_pin(tx, pin_id, caller, lock=True)
    pin.require(Right.OWN)
    require_match(pin.revision, if_match)
    what = [name for name in (*FLAGS, "expires_at") if _differs(pin, name, changes)]
    if not what:
        return pin
    _set_flags(pin, what, changes)
    await _save_revision(tx, caller, pin, _described(what))
    tx.announce(rights_changed(pin.id))
    return pin


async def delete_pin(tx: Transaction, caller: Caller, pin_id: str, if_match: int | None) -> int:
    """Put a pin into the bin, where it stays 30 days; when that was."""
    pin = await store.get_pin(tx, pin_id, caller, lock=True)
    pin.require(Right.OWN)
    require_match(pin.revision, if_match)
    moment = now()
    await store.remove_pin(tx, pin.id, moment)
    tx.announce(Change(pin.id, "deleted", data=_encode({"id": pin.id})))
    return moment


async def restore_revision(
    tx: Transaction, caller: Caller, pin_id: str, revision: int, if_match: int | None
) -> Pin:
    """Make the pin what it was at a revision; that is a new revision."""
    pin = await store.get_pin(tx, pin_id, caller, lock=True)
    pin.require(Right.SEE_SOURCE)
    pin.require(Right.EDIT)
    require_match(pin.revision, if_match)
    row = await store.get_revision(tx, pin_id, revision)
    pin = with_details(pin, row[5], row[6])
    pin.pushed_at = now()
    pin.with_deadline()
    await _save_revision(tx, caller, pin, f"restored {revision}")
    return pin


async def get_pin_at(reader: Reader, caller: Caller, pin_id: str, at: int) -> Pin:
    """The pin as it was at a point in time."""
    pin = await store.get_pin(reader, pin_id, caller)
    pin.require(Right.SEE_SOURCE)
    row = await store.find_revision_at(reader, pin_id, at)
    if row is None:
        raise invalid("as_of", "The pin has no history that old", "a later time")
    pin = with_details(pin, row[5], row[6])
    pin.revision, pin.updated_at = row[0], row[1]
    return pin


async def announce_late(tx: Transaction, moment: int) -> int:
    """Tell viewers of pins whose deadline passed; how many there were."""
    late = await store.tell_late(tx, moment, 500)
    for pin_id, pushed_at in late:
        data = _encode({"id": pin_id, "pushed_at": pushed_at})
        tx.announce(Change(pin_id, "late", pushed_at=pushed_at, data=data))
    return len(late)


def announce_view(tx: Transaction, pin: Pin, frame: str = "") -> None:
    """Show the pin as it is now; encoded only if somebody watches."""
    moment = pin.pushed_at
    tx.announce(
        Change(
            pin.id,
            "pin",
            version=pin.version,
            pushed_at=pin.pushed_at,
            data=lambda: _encode(view(pin, moment)),
            frame=frame,
        )
    )


def require_match(revision: int, if_match: int | None) -> None:
    """Raise PreconditionFailed if the caller had another revision in mind."""
    if if_match is not None and if_match != revision:
        raise PreconditionFailed(
            f"It is at revision {revision}: somebody changed it. Read it again, then change it.",
            details={"revision": revision},
        )


async def _save_revision(tx: Transaction, caller: Caller, pin: Pin, what: str) -> None:
    pin.updated_at = max(now(), pin.updated_at)
    pin.revision += 1
    pin.version += 1
    await store.save_pin(tx, pin, tags_changed=True)
    await store.add_revision(tx, pin, caller, what, details(pin))
    announce_view(tx, pin)


def _types_of_new(changes: Changes) -> tuple[str, str]:
    """The pin type and data type of a new pin, by what was sent."""
    config = _or(changes.config, "")
    if changes.pin_type is not UNSET:
        follows = {"markdown": "markdown", "json-viewer": "json"}.get(changes.pin_type, "pin-card")
        return changes.pin_type, _or(changes.data_type, follows)
    if changes.data_type == "pin-card" or (
        changes.data_type is UNSET and config.startswith(("{", "[")) and not _is_markdown(config)
    ):
        raise bodies.require_type()
    if changes.data_type == "json" and config.startswith(("{", "[")):
        return "json-viewer", "json"
    return "markdown", _or(changes.data_type, "markdown")


def _is_markdown(config: str) -> bool:
    value = msgspec.json.decode(config)
    return isinstance(value, dict) and isinstance(value.get("content", ""), str) and (
        not value or "content" in value
    )


def _require_rights(pin: Pin, changes: Changes, caller: Caller) -> None:
    pin.require(Right.EDIT, signed_in=caller.is_signed_in)
    for name in (*FLAGS, "expires_at"):
        if _differs(pin, name, changes):
            pin.require(Right.OWN)


def _differs(pin: Pin, name: str, changes: Changes) -> bool:
    value = getattr(changes, name)
    return value is not UNSET and value != getattr(pin, name)


def _apply(pin: Pin, changes: Changes) -> list[str]:
    """Change the pin in place; the names of what is different now."""
    what = []
    if changes.pin_type is not UNSET and changes.pin_type != pin.pin_type:
        pin.pin_type = changes.pin_type
        what.append("pin_type")
    if changes.config is not UNSET and changes.config != pin.config:
        pin.config = changes.config
        what.append("config")
    if what:
        bodies.require_fit(pin.pin_type, changes.type_path, pin.config, changes.config_path)
    for name in _PLAIN:
        value = getattr(changes, name)
        if value is not UNSET and value != getattr(pin, name):
            setattr(pin, name, value)
            what.append(name)
    if changes.tags is not UNSET and (tags := _text(changes.tags)) != pin.tags:
        pin.tags = tags
        what.append("tags")
    if changes.own_metadata is not UNSET:
        merged = bodies.merge_metadata(pin.metadata, changes.own_metadata)
        if merged != pin.metadata:
            pin.metadata = merged
            what.append("metadata")
    flags = [name for name in (*FLAGS, "expires_at") if _differs(pin, name, changes)]
    _set_flags(pin, flags, changes)
    return what + flags


_PLAIN = (
    "title",
    "description",
    "pin_layout",
    "data_type",
    "dataset_id",
    "expect_every",
    "grace",
)
_VISIBILITY = frozenset({"is_public", "require_sign_in", "expires_at"})


def _set_flags(pin: Pin, names: list[str], changes: Changes) -> None:
    for name in names:
        value = getattr(changes, name)
        setattr(pin, name, int(value) if name in FLAGS else value)


def _described(what: list[str]) -> str:
    return ", ".join(what)


def _status(kind: Any, pin: Pin) -> Change:
    data = _encode({"id": pin.id, "pushed_at": pin.pushed_at})
    return Change(pin.id, kind, pushed_at=pin.pushed_at, data=data)


def _text(value: Any) -> str:
    return _encode(value).decode()


def _or(value: Any, default: Any) -> Any:
    return default if value is UNSET else value

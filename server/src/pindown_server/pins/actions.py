"""What can be done with pins. The API, commands and background loops all come through here."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any, Literal

import msgspec

from .. import ids
from ..audit import actions as audit
from ..changes import Change, draw_again, rights_changed
from ..clock import now
from ..door.caller import Caller
from ..errors import PreconditionFailed
from ..rights import Right
from ..storage import Reader, Transaction
from . import body as bodies
from . import past, store, trends
from .body import Changes
from .drawing import draw_plain
from .pin import FLAGS, Pin, details, with_details
from .showing import NOTHING, count_files
from .shown import view
from .sources.keeping import (
    hold_new_names,
    is_concerned,
    keep_sources,
    list_refused,
    names_written,
    save_sources,
)
from .sources.sources import as_stored, find_sources

WhenDeleted = Callable[[Transaction, Sequence[str]], Awaitable[None]]

_encode = msgspec.json.Encoder().encode


async def create_pin(
    tx: Transaction, caller: Caller, changes: Changes, blocks: str | None = None, pin_id: str = ""
) -> Pin:
    """A new pin of the caller's; with blocks, if it is a copy that has some."""
    caller.require_may_create()
    given = changes.values
    if "title" not in given:
        raise bodies.untitled(changes)
    moment = now()
    pin_type, data_type = bodies.types_of_new(given)
    pin = Pin(
        id=pin_id or ids.new_id(ids.PIN),
        owner_id=caller.user_id,
        title=given["title"],
        description=given.get("description", ""),
        pin_type=pin_type,
        pin_layout=given.get("pin_layout", "1x1" if pin_type == "stat-cards" else "2x2"),
        data_type=data_type,
        config=given.get("config", '""' if pin_type == "markdown" else "{}"),
        dataset_id=given.get("dataset_id"),
        tags=_text(given.get("tags", [])),
        metadata=bodies.merge_metadata("{}", changes.own_metadata),
        is_public=int(given.get("is_public", False)),
        allow_edit=int(given.get("allow_edit", False)),
        require_sign_in=int(given.get("require_sign_in", False)),
        allow_comments=int(given.get("allow_comments", False)),
        expires_at=given.get("expires_at"),
        expect_every=given.get("expect_every"),
        grace=given.get("grace"),
        pushed_at=moment,
        late_at=None,
        late_told=0,
        revision=1,
        version=1,
        created_at=moment,
        updated_at=moment,
        deleted_at=None,
        history=None,
        sources=None,
        blocks=blocks,
        observed_at=changes.observed_at or moment,
        thin_at=None,
        kept_bytes=0,
        role="owner",
    )
    bodies.require_fit(pin.pin_type, changes.type_path, pin.config, changes.config_path)
    pin.with_deadline()
    draws = is_concerned(pin, changes) and await keep_sources(tx, caller, pin, changes)
    kept = details(pin)
    pin.keeps(kept, moment)
    await _keep_trends(tx, pin)
    await store.add_pin(tx, pin)
    if draws:
        await save_sources(tx, pin)
    await store.add_revision(tx, pin, caller, "created", kept)
    await count_files(tx, caller, pin, NOTHING)
    return pin


async def update_pin(
    tx: Transaction,
    caller: Caller,
    pin_id: str,
    changes_of: Callable[[Pin], Changes],
    *,
    if_match: int | None = None,
    names: Collection[str] = (),
) -> Pin:
    """Change a pin and show it to everyone who is watching it.

    `changes_of` reads the body against the stored pin: what is a change depends on it. A value
    that was observed before the one shown is kept, and nothing else of the pin changes. `names` are
    those of datasets that it brings with it.
    """
    await hold_new_names(tx, caller, pin_id, names)
    pin = await store.get_pin(tx, pin_id, caller, lock=True)  # NotFound
    require_match(pin.revision, if_match)
    changes = changes_of(pin)
    pin.require(Right.EDIT, signed_in=caller.is_signed_in)  # Forbidden
    if changes.observed_at is not None and changes.observed_at < pin.observed_at:
        return await _keep_observation(tx, caller, pin, changes, changes.observed_at)
    told_late, said = pin.late_told, (pin.config, pin.blocks)
    what = _apply(pin, changes)  # ValidationFailed, Forbidden
    if is_concerned(pin, changes) and await keep_sources(tx, caller, pin, changes):
        what.append("sources")
    pin.pushed_at = now()
    if "config" in changes.values or changes.observed_at is not None:
        # The times of what was shown only grow: that is how the past is found.
        pin.observed_at = changes.observed_at or max(pin.pushed_at, pin.observed_at)
    pin.with_deadline()
    if not what:
        await store.save_push(tx, pin)
        tx.announce(status("on_time" if told_late else "alive", pin.id, pin.pushed_at))
        return pin
    pin.updated_at = max(pin.pushed_at, pin.updated_at)
    pin.revision += 1
    pin.version += 1
    kept = details(pin)
    pin.keeps(kept, pin.updated_at)
    if "config" in what or "pin_type" in what:
        await _keep_trends(tx, pin)
    if what == ["config"]:
        await store.save_value(tx, pin)
    else:
        await store.save_pin(tx, pin, tags_changed="tags" in what)
    if "sources" in what:
        await save_sources(tx, pin)
    await store.add_revision(tx, pin, caller, ", ".join(what), kept)
    await count_files(tx, caller, pin, said)
    if told_late:
        tx.announce(status("on_time", pin.id, pin.pushed_at))
    announce_view(tx, pin)
    if not OWNERS.isdisjoint(what):
        await _tell_sharing(tx, caller, pin, what)
    return pin


async def _keep_observation(
    tx: Transaction, caller: Caller, pin: Pin, changes: Changes, at: int
) -> Pin:
    """Keep a value that is older than the one shown, where there is one; the pin as it stays."""
    before = msgspec.structs.replace(pin)
    _apply(before, changes)  # ValidationFailed, Forbidden
    if "config" in changes.values:
        moment = now()
        before.keeps("", moment)
        await past.add_observation(tx, before, caller, at, moment)
        pin.kept_bytes, pin.thin_at = before.kept_bytes, before.thin_at
        await store.save_keeping(tx, pin)
    pin.is_superseded = True
    return pin


async def share_pin(
    tx: Transaction, caller: Caller, pin_id: str, changes: Changes, if_match: int | None
) -> Pin:
    """Change who sees a pin and what they may do; only its owner may."""
    pin = await store.get_pin(tx, pin_id, caller, lock=True)
    pin.require(Right.OWN)
    require_match(pin.revision, if_match)
    what = _apply(pin, changes)
    if not what:
        return pin
    await _save_revision(tx, caller, pin, ", ".join(what))
    await _tell_sharing(tx, caller, pin, what)
    return pin


async def delete_pin(
    tx: Transaction,
    caller: Caller,
    pin_id: str,
    if_match: int | None,
    when_deleted: WhenDeleted | None,
) -> int:
    """Put a pin into the bin, where it stays 30 days; when that was.

    `when_deleted` takes it from where others put it, in the same transaction; whoever deletes
    many does that once for all of them.
    """
    pin = await store.get_pin(tx, pin_id, caller, lock=True)
    pin.require(Right.OWN)
    require_match(pin.revision, if_match)
    moment = now()
    await store.remove_pin(tx, pin.id, moment)
    tx.announce(Change(pin.id, "deleted", pin.version, data=_encode({"id": pin.id})))
    if when_deleted is not None:
        await when_deleted(tx, [pin.id])
    return moment


async def bring_back_pin(tx: Transaction, caller: Caller, pin_id: str) -> None:
    """Take the caller's pin out of the bin, with everybody it was shared with."""
    await store.take_from_bin(tx, pin_id)
    pin = await store.get_pin(tx, pin_id, caller, lock=True)
    pin.with_deadline()
    await _save_revision(tx, caller, pin, "taken out of the bin")
    tx.announce(rights_changed(pin.id))


async def give_pin(tx: Transaction, caller: Caller, pin: Pin, owner_id: str) -> None:
    """Give a locked pin of the caller's to somebody else: no names of datasets go along."""
    pin.owner_id = owner_id
    if pin.sources is not None:
        pin.sources = as_stored(find_sources(pin))
        await save_sources(tx, pin)
    await _save_revision(tx, caller, pin, "given to another owner")
    tx.announce(rights_changed(pin.id))


async def restore_revision(
    tx: Transaction, caller: Caller, pin_id: str, revision: int, if_match: int | None
) -> Pin:
    """Make the pin what it was at a revision; that is a new revision."""
    await _hold_names_of(tx, caller, pin_id, revision)
    pin = await store.get_pin(tx, pin_id, caller, lock=True)
    pin.require(Right.SEE_SOURCE)
    pin.require(Right.EDIT)
    require_match(pin.revision, if_match)
    row = await store.get_revision(tx, pin_id, revision)
    said = pin.config, pin.blocks
    before, pin = pin, with_details(pin, row[5], row[6])
    refused = list_refused(pin)
    pin.sources = before.sources
    if await keep_sources(tx, caller, pin, refused=refused):
        await save_sources(tx, pin)
    pin.pushed_at = now()
    pin.observed_at = max(pin.pushed_at, pin.observed_at)
    pin.with_deadline()
    pin.updated_at = max(pin.pushed_at, pin.updated_at)
    await _keep_trends(tx, pin)
    await _save_revision(tx, caller, pin, f"restored {revision}")
    await count_files(tx, caller, pin, said)
    return pin


async def _hold_names_of(tx: Transaction, caller: Caller, pin_id: str, revision: int) -> None:
    """Lock what the names mean that a revision brings back, before the pin is locked."""
    row = await store.find_revision(tx, pin_id, revision)
    if row is not None:
        names = names_written(row[5].encode()) | names_written(row[6].encode())
        await hold_new_names(tx, caller, pin_id, names)


async def get_pin_at(reader: Reader, caller: Caller, pin_id: str, at: int) -> Pin:
    """The pin as it was at a point in time."""
    pin = await store.get_pin(reader, pin_id, caller)
    pin.require(Right.SEE_SOURCE)
    row = (await past.list_as_of(reader, [pin], at)).get(pin_id)
    if row is None:
        raise past.too_old("pin", await past.find_oldest(reader, pin.id))
    pin = with_details(pin, row[5], row[6])
    pin.revision, pin.updated_at = row[0], row[1]
    return pin


async def announce_late(tx: Transaction, moment: int) -> int:
    """Tell viewers of pins whose deadline passed; how many there were."""
    late = await store.tell_late(tx, moment, 500)
    for pin_id, pushed_at in late:
        tx.announce(status("late", pin_id, pushed_at))
    return len(late)


def status(kind: Literal["alive", "late", "on_time"], pin_id: str, pushed_at: int) -> Change:
    """Tells viewers of a pin whether its number is fresh."""
    data = _encode({"id": pin_id, "pushed_at": pushed_at})
    return Change(pin_id, kind, pushed_at=pushed_at, data=data)


def announce_view(tx: Transaction, pin: Pin, frame: str = "") -> None:
    """Show the pin as it is now; encoded only if somebody watches.

    What draws from datasets is not encoded here: each node reads it again, together with what else
    draws from them.
    """
    if pin.sources is not None:
        tx.announce(draw_again([pin.id]))
        return
    moment = pin.pushed_at
    tx.announce(
        Change(
            pin.id,
            "pin",
            version=pin.version,
            pushed_at=pin.pushed_at,
            data=lambda: _encode(view(draw_plain(pin), moment)),
            frame=frame,
        )
    )


async def _tell_sharing(tx: Transaction, caller: Caller, pin: Pin, what: Sequence[str]) -> None:
    """Have everyone looked at again who watches the pin, and write down who opened or closed it."""
    tx.announce(rights_changed(pin.id))
    shown = {**pin.flags(), "expires_at": pin.expires_at}
    details = {name: shown[name] for name in what if name in OWNERS}
    await audit.note(tx, caller, "pin.shared", pin.id, details)


def require_match(revision: int, if_match: int | None) -> None:
    """Raise PreconditionFailed if the caller had another revision in mind."""
    if if_match is not None and if_match != revision:
        raise PreconditionFailed(
            f"It is at revision {revision}: somebody changed it. Read it again, then change it.",
            details={"revision": revision},
        )


async def _keep_trends(tx: Transaction, pin: Pin) -> None:
    """Keep what automatic sparklines draw, before the new state is stored."""
    if not trends.draws_trends(pin):
        pin.history = None
        return
    is_new = pin.revision > 1 and trends.begins(pin)
    past = await store.list_past_configs(tx, pin.id, trends.MOST_POINTS) if is_new else ()
    trends.keep_point(pin, [(at, config) for at, config in past])


async def _save_revision(tx: Transaction, caller: Caller, pin: Pin, what: str) -> None:
    pin.updated_at = max(now(), pin.updated_at)
    pin.revision += 1
    pin.version += 1
    kept = details(pin)
    pin.keeps(kept, pin.updated_at)
    await store.save_pin(tx, pin, tags_changed=True)
    await store.add_revision(tx, pin, caller, what, kept)
    announce_view(tx, pin)


def _apply(pin: Pin, changes: Changes) -> list[str]:
    """Change the pin in place; the names of what is different now."""
    what = []
    for name, given in changes.values.items():
        value = _text(given) if name == "tags" else given
        if value != getattr(pin, name):
            if name in OWNERS:
                pin.require(Right.OWN)
            setattr(pin, name, int(value) if name in FLAGS else value)
            what.append(name)
    if "config" in what or "pin_type" in what:
        bodies.require_fit(pin.pin_type, changes.type_path, pin.config, changes.config_path)
    if changes.own_metadata:
        merged = bodies.merge_metadata(pin.metadata, changes.own_metadata)
        if merged != pin.metadata:
            pin.metadata = merged
            what.append("metadata")
    return what


# A flag sent with the value it has is no change; to change one takes the owner.
OWNERS = frozenset({*FLAGS, "expires_at"})


def _text(value: Any) -> str:
    return _encode(value).decode()

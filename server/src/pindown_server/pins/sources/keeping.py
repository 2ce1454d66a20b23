"""Keeping what a pin may draw from in step with what is written in it."""

from collections.abc import Collection

import msgspec

from ...datasets import store as datasets
from ...door.caller import Caller
from ...storage import Transaction
from ...templates import find_references
from ..body import Changes
from ..pin import Pin
from . import store
from .sources import (
    ANY,
    NONE,
    Sources,
    as_stored,
    draws,
    find_new,
    find_sources,
    may_let_in,
    read_sources,
)

# What of a pin holds texts, or says what they mean.
TEXTS = frozenset({"title", "config", "pin_type", "blocks", "dataset_id"})


def names_written(body: bytes) -> set[str]:
    """The names of datasets that a body may bring into a pin; a cheap look where there are none."""
    if b"{{" not in body and b"\\u007" not in body and b'"dataset_id"' not in body:
        return set()
    try:
        value = msgspec.json.decode(body)
    except (msgspec.MsgspecError, RecursionError):
        return set()  # refused by whoever reads it
    found = find_references(value, {})
    own = value.get("dataset_id") if isinstance(value, dict) else None
    return {*found.names, *found.dataset_ids, *([own] if isinstance(own, str) else [])}


async def hold_new_names(
    tx: Transaction, caller: Caller, pin_id: str, names: Collection[str]
) -> None:
    """Lock what these names mean before the pin is locked, if it did not have them already.

    Whoever changes a dataset locks it first, and then the pins that draw from it.
    """
    if not names:
        return
    known = await store.find_sources(tx, pin_id)
    if known is not None and known[0] == caller.user_id:
        before = read_sources(known[1])
        new = set(names) - ({} if before is None else before.names).keys()
        if new:
            await datasets.hold_named(tx, known[0], new)


def is_concerned(pin: Pin, changes: Changes) -> bool:
    """Whether these changes may change what the pin draws from; costs a plain pin next to nothing."""
    if TEXTS.isdisjoint(changes.values) and not changes.allow_sources:
        return False
    return pin.sources is not None or draws(pin)


async def keep_sources(
    tx: Transaction,
    caller: Caller,
    pin: Pin,
    changes: Changes | None = None,
    refused: Collection[str] = (),
) -> bool:
    """Set what the pin's texts may draw from; whether that is different now.

    The caller lets in the names that are new in the pin, unless `refused` holds them. What stood
    there before stays what it was: whoever sends a whole config back has not chosen every word in
    it. Names that others wrote are let in by name.
    """
    if not draws(pin):
        is_different, pin.sources = pin.sources is not None, None
        return is_different
    before = read_sources(pin.sources)
    sources = find_sources(pin)
    if may_let_in(caller, pin):
        chosen = find_new(pin, sources).difference(refused)
        if changes is not None:
            chosen |= sources.names.keys() & set(changes.allow_sources)
        await _let_in(tx, caller, sources, chosen)
    pin.sources = as_stored(sources)
    return sources != before


def list_refused(pin: Pin) -> set[str]:
    """The names in the pin's texts that were not let in."""
    sources = read_sources(pin.sources)
    if sources is None:
        return set()
    return {name for name, let_in in sources.names.items() if let_in == NONE}


async def save_sources(tx: Transaction, pin: Pin) -> None:
    """Store the way back, from datasets to the pin, after the pin itself."""
    sources = read_sources(pin.sources)
    names = [] if sources is None else [n for n, let_in in sources.names.items() if let_in != NONE]
    await store.save_names(tx, pin, names)


async def _let_in(
    tx: Transaction, caller: Caller, sources: Sources, chosen: Collection[str]
) -> None:
    """Let in what the caller may; of a key limited to some things only those."""
    wanted = {name for name in chosen if sources.names[name] != ANY}
    if not wanted:
        return
    ids = await datasets.hold_named(tx, sources.owner, wanted)
    for name in wanted:
        if caller.resources is None:
            sources.names[name] = ANY
        elif (found := ids.get(name)) is not None and caller.reaches(found):
            sources.names[name] = found

"""Which datasets a pin's texts name, and which of them they may use. No database, no HTTP.

A name is let in when the pin's owner writes it, by session or by a key that may read datasets. It
stays while a text of the pin has it. What others write is kept, shows as missing, and stays out
until the owner says otherwise.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import msgspec

from ...door.caller import Caller
from ...errors import ValidationFailed
from ...templates import find_references, has_variables
from ..blocks.drawing import list_texts
from ..pin import Pin
from ..shown import drawn_config
from ..types import PIN_TYPES

MOST_NAMES: Final = 1_000  # of one pin: each is a row that leads from a dataset to it
ANY: Final = "*"  # whichever dataset of the owner has the name
NONE: Final = ""  # nobody entitled wrote it

TITLE: Final = {"": "text"}
Text = tuple[Any, Mapping[str, str]]


class Sources(msgspec.Struct, omit_defaults=True):
    """What texts name: of each name whether any dataset may have it, one by its id, or none.

    They are names of `owner`'s datasets: a pin that goes to somebody else takes none along.
    """

    owner: str
    names: dict[str, str] = {}
    is_clocked: bool = False

    def of(self, owner_id: str) -> dict[str, str]:
        """What is let in for a pin of this owner."""
        return self.names if self.owner == owner_id else dict.fromkeys(self.names, NONE)


def read_sources(stored: str | None) -> Sources | None:
    """The column's text as sources; None for a pin that draws from nothing."""
    return None if stored is None else _decode(stored)


def as_stored(sources: Sources) -> str:
    """The column's text."""
    return _encode(sources).decode()


def draws(pin: Pin) -> bool:
    """Whether the pin has texts with variables, or a dataset of its own: a cheap look."""
    return (
        pin.dataset_id is not None
        or has_variables(pin.config)
        or "{{" in pin.title
        or (pin.blocks is not None and _blocks_draw(pin.blocks))
    )


def is_clocked(pin: Pin) -> bool:
    """Whether the pin shows a time that passes, which only we can move."""
    sources = read_sources(pin.sources)
    return sources is not None and sources.is_clocked


def find_sources(pin: Pin) -> Sources:
    """What the pin's texts name now, with what was let in before; raises ValidationFailed."""
    used, clocked = _used(pin)
    if len(used) > MOST_NAMES:
        raise ValidationFailed(
            f"The texts of a pin name at most {MOST_NAMES} things", reason="TOO_MANY_NAMES"
        )
    before = read_sources(pin.sources)
    known = {} if before is None else before.of(pin.owner_id)
    return Sources(pin.owner_id, {name: known.get(name, NONE) for name in sorted(used)}, clocked)


def find_new(pin: Pin, sources: Sources) -> set[str]:
    """The names that no text of the pin had before."""
    before = read_sources(pin.sources)
    return sources.names.keys() - ({} if before is None else before.names).keys()


def may_let_in(caller: Caller, pin: Pin) -> bool:
    """Whether what the caller writes into the pin's texts may use datasets."""
    return caller.user_id == pin.owner_id and caller.holds("datasets:read")


@cache
def places_of(pin_type: str) -> Mapping[str, str]:
    """Where the texts of a type stand and how each is escaped."""
    return PIN_TYPES[pin_type].places()


def _used(pin: Pin) -> tuple[set[str], bool]:
    """The names that the pin uses, and whether a text shows a time that passes."""
    used = set() if pin.dataset_id is None else {pin.dataset_id}
    clocked = False
    for value, places in _texts(pin):
        found = find_references(value, places)
        used |= {*found.names, *found.dataset_ids}
        clocked = clocked or found.is_clocked
    return used, clocked


def _texts(pin: Pin) -> Iterator[Text]:
    yield pin.title, TITLE
    if has_variables(pin.config):
        yield msgspec.json.decode(drawn_config(pin.pin_type, pin.config)), places_of(pin.pin_type)
    yield from list_texts(pin.blocks)


def _blocks_draw(blocks: str) -> bool:
    return has_variables(blocks) or '"conditional"' in blocks


_decode = msgspec.json.Decoder(Sources).decode
_encode = msgspec.json.Encoder().encode

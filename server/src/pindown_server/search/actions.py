"""What can be found: the caller's own things and those shared with them, by their words."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import msgspec

from ..datasets import store as datasets
from ..door.caller import Caller
from ..errors import invalid
from ..pages import store as pages
from ..pages.page import Page
from ..pinboards import store as pinboards
from ..pinboards.pinboard import Pinboard
from ..pins import store as pins
from ..pins.drawing import draw
from ..rights import Role
from ..storage import Reader
from . import store

LONGEST = 200  # characters


class Found(msgspec.Struct):
    """Something that was found. `role` is what the caller is to it."""

    kind: str
    id: str
    title: str
    description: str
    tags: Any
    role: str
    updated_at: int
    pin_type: str | msgspec.UnsetType = msgspec.UNSET
    slug: str | msgspec.UnsetType = msgspec.UNSET


Look = Callable[[Reader, Caller, Sequence[str]], Awaitable[list[Found]]]


async def search(reader: Reader, caller: Caller, text: str, most: int) -> list[Found]:
    """At most so many things whose title, description or tags hold every word, the best first."""
    words = text.lower().split()
    if not words or len(text) > LONGEST:
        raise invalid("q", f"q must be 1 to {LONGEST} characters", f"1 to {LONGEST} characters")
    words = words[: store.MOST_WORDS]
    found: list[Found] = []
    for kind, (scope, look) in KINDS.items():
        if caller.holds(scope):
            ids = await store.find_ids(reader, kind, caller, words, most)
            found += await look(reader, caller, ids)
    ranked = [(rank, item) for item in found if (rank := _rank(item, words)) is not None]
    ranked.sort(key=lambda pair: (pair[0], -pair[1].updated_at, pair[1].id))
    return [item for _, item in ranked[:most]]


async def _look_at_pins(reader: Reader, caller: Caller, ids: Sequence[str]) -> list[Found]:
    seen = await pins.seen_heads(reader, ids, caller)
    return [
        Found(
            "pin",
            drawn.pin.id,
            drawn.title,
            drawn.pin.description,
            msgspec.json.decode(drawn.pin.tags),
            drawn.pin.role or Role.PUBLIC,
            drawn.pin.updated_at,
            drawn.pin.pin_type,
        )
        for drawn in await draw(reader, seen)
    ]


async def _look_at_pinboards(reader: Reader, caller: Caller, ids: Sequence[str]) -> list[Found]:
    seen = await pinboards.seen_pinboards(reader, ids, caller)
    return [_found("pinboard", board) for board in seen]


async def _look_at_pages(reader: Reader, caller: Caller, ids: Sequence[str]) -> list[Found]:
    return [_found("page", page) for page in await pages.seen_pages(reader, ids, caller)]


async def _look_at_datasets(reader: Reader, caller: Caller, ids: Sequence[str]) -> list[Found]:
    return [
        Found(
            "dataset",
            found.id,
            found.name,
            found.description,
            msgspec.json.decode(found.tags),
            Role.OWNER,
            found.updated_at,
            slug=found.slug,
        )
        for found in await datasets.seen_datasets(reader, ids, caller)
    ]


def _found(kind: str, thing: Pinboard | Page) -> Found:
    return Found(
        kind,
        thing.id,
        thing.title,
        thing.description,
        msgspec.json.decode(thing.tags),
        thing.role or Role.PUBLIC,
        thing.updated_at,
    )


def _rank(item: Found, words: Sequence[str]) -> int | None:
    """How well it fits, 0 the best; None where only what is not shown fits."""
    title, whole = item.title.lower(), " ".join(words)
    slug = item.slug if isinstance(item.slug, str) else ""
    text = " ".join((title, slug, item.description.lower(), *(tag.lower() for tag in item.tags)))
    if not all(word in text for word in words):
        return None
    if title.startswith(whole):
        return 0
    return 1 if whole in title else 2


KINDS: Final[dict[str, tuple[str, Look]]] = {
    "pin": ("pins:read", _look_at_pins),
    "pinboard": ("pinboards:read", _look_at_pinboards),
    "page": ("pages:read", _look_at_pages),
    "dataset": ("datasets:read", _look_at_datasets),
}

"""The page, the order of its pins, and its rules. No database, no HTTP."""

import zlib
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec

from ..pins.holder import forbidden, metadata_of
from ..rights import Right, Role, allows

FLAGS: Final = ("is_public", "require_sign_in")
MOST_PINS = 1_000  # beyond it a browser draws visibly slowly, and nobody reads to the end


class Page(msgspec.Struct, gc=False):
    """A page as stored, and what the one who asked is to it. In the order of the columns."""

    id: str
    owner_id: str
    title: str
    description: str
    tags: str  # JSON list
    metadata: str  # JSON object: the caller's own keys
    is_public: int
    require_sign_in: int
    expires_at: int | None
    revision: int
    created_at: int
    updated_at: int
    deleted_at: int | None
    role: str | None = None

    def require(self, right: Right) -> None:
        """Raise Forbidden unless the caller holds the right."""
        if not self.may(right):
            raise forbidden("page", right)

    def may(self, right: Right) -> bool:
        """Whether the caller holds the right."""
        return self.role is not None and allows(Role(self.role), right)

    def flags(self) -> dict[str, bool]:
        """Who sees it."""
        return {name: bool(getattr(self, name)) for name in FLAGS}


class Stand(msgspec.Struct, gc=False):
    """A pin on a page, and who put it there. In the order of the columns."""

    page_id: str
    pin_id: str
    position: int
    placed_by: str
    may_open: int
    placed_at: int

    def opened(self, placed_by: str) -> "Stand":
        """The same, open to the page's audience if this is the pin's owner."""
        return msgspec.structs.replace(self, placed_by=placed_by, may_open=1)


class Shown(NamedTuple):
    """What somebody sees of a page's pins, in order, and where there are others."""

    pins: list[str]
    hidden: list[dict[str, int]]
    hidden_pins: list[str]


def show(stands: Sequence[Stand], seen: set[str]) -> Shown:
    """The pins of a page, in order, as somebody sees them for whom these pins exist."""
    return Shown(
        [stand.pin_id for stand in stands if stand.pin_id in seen],
        [{"position": at} for at, stand in enumerate(stands) if stand.pin_id not in seen],
        [stand.pin_id for stand in stands if stand.pin_id not in seen],
    )


def arrange(stands: Sequence[Stand], seen: set[str], order: Sequence[str]) -> list[Stand]:
    """The pins of a page once the named ones come first, in this order.

    What is not named follows in the order it had. What the one who arranges does not see stays
    where it is.
    """
    by_id, others = {stand.pin_id: stand for stand in stands}, seen - set(order)
    coming = iter([*order, *(stand.pin_id for stand in stands if stand.pin_id in others)])
    after = [next(coming) if stand.pin_id in seen else stand.pin_id for stand in stands]
    return [msgspec.structs.replace(by_id[pin_id], position=at) for at, pin_id in enumerate(after)]


def shareable_url(address: str, page_id: str) -> str:
    """Where people can see the page once it is published."""
    return f"{address}/share/pages/{page_id}"


def view(page: Page, shown: Shown) -> dict[str, Any]:
    """The page as viewers see it: nothing about its owner."""
    return {
        "id": page.id,
        "title": page.title,
        "description": page.description,
        "pins": shown.pins,
        "hidden": shown.hidden,
        "revision": page.revision,
        "updated_at": page.updated_at,
    }


def as_answer(page: Page, shown: Shown, address: str) -> dict[str, Any]:
    """The page as the API shows it."""
    return {
        **view(page, shown),
        "owner_id": page.owner_id,
        "tags": msgspec.Raw(page.tags.encode()),
        "pin_count": len(shown.pins),
        **page.flags(),
        "expires_at": page.expires_at,
        "metadata": metadata_of(page),
        "role": page.role,
        "created_at": page.created_at,
        "shareable_url": shareable_url(address, page.id),
    }


def etag(page: Page, shown: Shown) -> str:
    """The page's ETag: its revision, and what is hidden, which has no revision of its own."""
    if not shown.hidden_pins:
        return f'"{page.revision}"'
    return f'"{page.revision}-{zlib.crc32(" ".join(shown.hidden_pins).encode())}"'

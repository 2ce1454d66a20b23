"""The pinboard and its rules. No database, no HTTP."""

import zlib
from typing import Any, Final

import msgspec

from ..pins.holder import forbidden, metadata_of
from ..rights import Right, Role, allows
from .places import Shown

FLAGS: Final = ("is_public", "require_sign_in", "allow_comments")
MOST_PINS = 1_000  # beyond it a browser redraws visibly slowly, and nobody finds anything


class Pinboard(msgspec.Struct, gc=False):
    """A pinboard as stored, and what the one who asked is to it. In the order of the columns."""

    id: str
    owner_id: str
    title: str
    description: str
    tags: str  # JSON list
    metadata: str  # JSON object: the caller's own keys
    is_public: int
    require_sign_in: int
    allow_comments: int
    expires_at: int | None
    revision: int
    created_at: int
    updated_at: int
    deleted_at: int | None
    role: str | None = None

    def require(self, right: Right) -> None:
        """Raise Forbidden unless the caller holds the right."""
        if not self.may(right):
            raise forbidden("pinboard", right)

    def may(self, right: Right) -> bool:
        """Whether the caller holds the right."""
        return self.role is not None and allows(Role(self.role), right)

    def flags(self) -> dict[str, bool]:
        """Who sees it and what they may do."""
        return {name: bool(getattr(self, name)) for name in FLAGS}


def shareable_url(address: str, board_id: str) -> str:
    """Where people can see the pinboard once it is shared."""
    return f"{address}/share/pinboard/{board_id}"


def view(board: Pinboard, shown: Shown) -> dict[str, Any]:
    """The pinboard as viewers see it: nothing about its owner."""
    return {
        "id": board.id,
        "title": board.title,
        "description": board.description,
        "pins": shown.pins,
        "layout": shown.layout,
        "mobile_layout": shown.mobile_layout,
        "hidden": shown.hidden,
        "revision": board.revision,
        "updated_at": board.updated_at,
    }


def as_answer(board: Pinboard, shown: Shown, address: str) -> dict[str, Any]:
    """The pinboard as the API shows it."""
    return {
        **view(board, shown),
        "owner_id": board.owner_id,
        "tags": msgspec.Raw(board.tags.encode()),
        "pin_count": len(shown.pins),
        "late_count": shown.late_count,
        **board.flags(),
        "expires_at": board.expires_at,
        "metadata": metadata_of(board),
        "role": board.role,
        "created_at": board.created_at,
        "shareable_url": shareable_url(address, board.id),
    }


def etag(board: Pinboard, shown: Shown) -> str:
    """The pinboard's ETag: its revision, and what is hidden or late: those have no revision."""
    if not shown.hidden_pins and not shown.late_count:
        return f'"{board.revision}"'
    besides = " ".join([*shown.hidden_pins, str(shown.late_count)])
    return f'"{board.revision}-{zlib.crc32(besides.encode())}"'

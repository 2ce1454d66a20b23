"""The pin and its rules. No database, no HTTP."""

from typing import Final

import msgspec

from ..clock import MINUTE, SECOND, now
from ..errors import Forbidden
from ..rights import Right, Role, allows

LAYOUTS: Final = ("1x1", "1x2", "2x1", "2x2", "3x1", "3x2", "3x3", "4x4")
DATA_TYPES: Final = ("pin-card", "markdown", "json", "text")
FLAGS: Final = ("is_public", "allow_edit", "require_sign_in", "allow_comments")
LONGEST_TITLE = 200  # characters
LARGEST_CONFIG = 512 * 1024  # bytes; what is larger belongs into a dataset
LARGEST_METADATA = 16 * 1024  # bytes of a caller's own keys
DEFAULT_GRACE = 0
THINNED_EACH = 4 * 1024 * 1024  # bytes of history, after which it is looked at
FIRST_THINNED = 70 * MINUTE  # ten minutes' worth of what is an hour old goes at once


class Pin(msgspec.Struct, gc=False):
    """A pin as stored, and what the one who asked is to it. The order is the store's columns'."""

    id: str
    owner_id: str
    title: str
    description: str
    pin_type: str
    pin_layout: str
    data_type: str
    config: str  # JSON as it was sent
    dataset_id: str | None
    tags: str  # JSON list
    metadata: str  # JSON object: the caller's own keys
    is_public: int
    allow_edit: int
    require_sign_in: int
    allow_comments: int
    expires_at: int | None
    expect_every: int | None  # seconds
    grace: int | None  # seconds
    pushed_at: int
    late_at: int | None
    late_told: int
    revision: int
    version: int
    created_at: int
    updated_at: int
    deleted_at: int | None
    history: str | None  # JSON: the past of figures with an automatic sparkline
    sources: str | None  # JSON: what its texts may draw from; None where they hold no variables
    blocks: str | None  # JSON list of its blocks in order; None where it has none
    observed_at: int  # when the value that is shown was true
    thin_at: int | None  # when its history is next to be thinned
    kept_bytes: int  # how much history there is
    role: str | None = None
    is_superseded: bool = False  # whether the value that was pushed is older than the one shown

    def require(self, right: Right, *, signed_in: bool = True) -> None:
        """Raise Forbidden unless the caller holds the right."""
        public_edit = signed_in and self.is_open_to_edits()
        if self.role is None or not allows(Role(self.role), right, public_edit=public_edit):
            raise Forbidden(f"You can see this pin, but you may not {_WORDS[right]}", right=right)

    def may(self, right: Right) -> bool:
        """Whether the caller holds the right, public editing aside."""
        return self.role is not None and allows(Role(self.role), right)

    def is_open_to_edits(self) -> bool:
        """Whether everybody signed in may change it: while it is public, and with `allow_edit`."""
        is_open = bool(self.is_public and self.allow_edit)
        return is_open and (self.expires_at is None or self.expires_at > now())

    def is_late(self, moment: int) -> bool:
        """Whether a push is overdue."""
        return self.late_at is not None and self.late_at <= moment

    def with_deadline(self) -> None:
        """Set when the next push is overdue, after `pushed_at` or the expectation changed."""
        if self.expect_every is None:
            self.late_at = None
        else:
            grace = DEFAULT_GRACE if self.grace is None else self.grace
            self.late_at = self.pushed_at + (self.expect_every + grace) * SECOND
        self.late_told = 0

    def keeps(self, kept: str, moment: int) -> None:
        """Note that its history grows by the config and `kept`, and has to be thinned some time.

        At once whenever another few MiB are full: there may be more than is allowed.
        """
        before = self.kept_bytes // THINNED_EACH
        self.kept_bytes += len(self.config.encode()) + len(kept.encode())
        due = moment if self.kept_bytes // THINNED_EACH > before else moment + FIRST_THINNED
        if self.thin_at is None or self.thin_at > due:
            self.thin_at = due

    @property
    def is_left_out(self) -> bool:
        """Whether it was read without what it says: no config, no blocks, no past of its figures."""
        return not self.config

    def without_content(self) -> "Pin":
        """The pin without what it says."""
        return msgspec.structs.replace(self, config="", blocks=None, history=None)

    def flags(self) -> dict[str, bool]:
        """Who sees it and what they may do."""
        return {name: bool(getattr(self, name)) for name in FLAGS}


_WORDS = {
    Right.SEE: "see it",
    Right.SEE_SOURCE: "see it as it is written",
    Right.EDIT: "change it",
    Right.LEAVE: "take others off it: only its owner may",
    Right.OWN: "decide who sees it or delete it: only its owner may",
}


def shareable_url(address: str, pin_id: str) -> str:
    """Where people can see the pin once it is shared."""
    return f"{address}/share/pin/{pin_id}"


def details(pin: Pin) -> str:
    """What a revision keeps besides the config, as JSON."""
    kept = {
        "title": pin.title,
        "description": pin.description,
        "pin_type": pin.pin_type,
        "pin_layout": pin.pin_layout,
        "data_type": pin.data_type,
        "dataset_id": pin.dataset_id,
        "tags": msgspec.Raw(pin.tags.encode()),
        "metadata": msgspec.Raw(pin.metadata.encode()),
    }
    if pin.blocks is not None:
        kept["blocks"] = msgspec.Raw(pin.blocks.encode())
    if pin.sources is not None:
        kept["sources"] = pin.sources
    return msgspec.json.encode(kept).decode()


def with_details(pin: Pin, config: str, kept: str) -> Pin:
    """The pin with what a revision kept in place of what it says now."""
    old = msgspec.json.decode(kept)
    blocks = old.get("blocks")
    return msgspec.structs.replace(
        pin,
        config=config,
        title=old["title"],
        description=old["description"],
        pin_type=old["pin_type"],
        pin_layout=old["pin_layout"],
        data_type=old["data_type"],
        dataset_id=old["dataset_id"],
        tags=msgspec.json.encode(old["tags"]).decode(),
        metadata=msgspec.json.encode(old["metadata"]).decode(),
        sources=old.get("sources"),
        blocks=None if blocks is None else msgspec.json.encode(blocks).decode(),
    )

"""Pinboards as the API shows them and takes them."""

from typing import Any, NotRequired, TypedDict

from .pin import Revision
from .request import Options


class Slot(TypedDict):
    """Where a card lies, in slots: 12 columns on a desktop, 2 on a phone."""

    x: int
    y: int
    w: int
    h: int


class Position(TypedDict):
    """Where to place a card; without a size, that of the pin's own layout."""

    x: int
    y: int
    w: NotRequired[int]
    h: NotRequired[int]


class Pinboard(TypedDict, total=False):
    """Pins arranged for people. `layout` and `mobile_layout`: pin id to place.

    `views` are there where `as_of` was asked for: what the pins showed then.
    """

    id: str
    owner_id: str
    title: str
    description: str
    tags: list[str]
    pins: list[str]
    pin_count: int
    layout: dict[str, Slot]
    mobile_layout: dict[str, Slot]
    hidden: list[Slot]
    late_count: int | None
    is_public: bool
    require_sign_in: bool
    allow_comments: bool
    expires_at: int | None
    metadata: dict[str, Any]
    role: str | None
    revision: int
    created_at: int
    updated_at: int
    shareable_url: str
    views: list[dict[str, Any]]


class PinboardUpdate(Options, total=False):
    """What a pinboard is written with. What is left out stays as it is."""

    title: str
    description: str
    tags: list[str]
    is_public: bool
    require_sign_in: bool
    allow_comments: bool
    expires_at: int | str | None


class BoardSharing(Options, total=False):
    """Who sees it; what is left out stays as it is."""

    is_public: bool
    require_sign_in: bool
    allow_comments: bool
    expires_at: int | str | None


class SavedPinboard(TypedDict):
    """Where a pinboard stands after a write."""

    id: str
    revision: int
    updated_at: int


class PinboardRevision(Revision, total=False):
    """The pinboard as it was at a revision, with `views` of its pins as they were when it began."""

    pinboard: Pinboard


class RestoredPinboard(SavedPinboard):
    """A pinboard that is what it was; `left_out`: how many pins of then are no more, or not yours to see."""

    left_out: int


class ArrangedPinboard(SavedPinboard):
    """Where everything on a pinboard lies now."""

    layout: dict[str, Slot]
    mobile_layout: dict[str, Slot]
    hidden: list[Slot]


class Placed(TypedDict):
    """Where a pin lies now, and whether it opens to everyone who may see the board."""

    pin_id: str
    position: Slot
    opens: bool
    revision: int


class Layouts(Options, total=False):
    """Places, on a desktop and on a phone."""

    layout: dict[str, Slot]
    mobile_layout: dict[str, Slot]


class PinboardPage(TypedDict):
    """Some of a list of pinboards, newest first."""

    items: list[Pinboard]
    pinboards: list[Pinboard]
    total: int
    limit: int
    offset: int

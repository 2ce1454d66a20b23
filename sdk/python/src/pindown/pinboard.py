"""Pinboards as the API shows them and takes them."""

from typing import TypedDict

from .request import Options


class Slot(TypedDict):
    """Where a card lies, in slots: 12 columns on a desktop, 2 on a phone."""

    x: int
    y: int
    w: int
    h: int


class Pinboard(TypedDict, total=False):
    """Pins arranged for people. `layout` and `mobile_layout`: pin id to place."""

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
    is_public: bool
    require_sign_in: bool
    allow_comments: bool
    expires_at: int | None
    revision: int
    created_at: int
    updated_at: int
    shareable_url: str


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


class Placed(TypedDict):
    """Where a pin lies now, and whether it opens to everyone who may see the board."""

    position: Slot
    opens: bool


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

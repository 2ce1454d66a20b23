"""What routes of pages answer, described."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from ..door.shapes import IsoTime, Saved, Time
from ..door.shapes import Page as Part


class Flags(msgspec.Struct):
    """Who sees a page."""

    is_public: bool
    require_sign_in: bool


class PageMetadata(Flags, kw_only=True):
    """What older clients look for here, and whatever the page's owner put beside it."""

    title: str
    description: str
    tags: list[str]
    created_at: IsoTime
    updated_at: IsoTime


class HiddenPin(msgspec.Struct):
    """Where a pin stands that you may not see, counted from 0."""

    position: int


class PageView(msgspec.Struct):
    """A page as every viewer sees it: its pins from top to bottom."""

    id: str
    title: str
    description: str
    pins: list[str]
    hidden: list[HiddenPin]
    revision: int
    updated_at: Time


class PageAnswer(PageView, kw_only=True):
    """A page."""

    owner_id: str
    tags: list[str]
    pin_count: int
    is_public: bool
    require_sign_in: bool
    expires_at: Time | None
    metadata: PageMetadata
    role: str | None
    created_at: Time
    shareable_url: str


class PageList(Part):
    """Pages, newest first; `pages` repeats `items`."""

    items: list[PageAnswer]
    pages: list[PageAnswer]


class SavedPage(Saved):
    """What a change of a page left."""


class Published(Flags, kw_only=True):
    """Who sees a page now."""

    id: str
    expires_at: Time | None
    shareable_url: str
    revision: int


NAMED_PIN = {
    "type": "object",
    "description": "a pin, for a key that may not read what pins say",
    "properties": {"id": {"type": "string"}, "pin_id": {"type": "string"}},
    "required": ["id", "pin_id"],
    "additionalProperties": False,
}
PagePin = Annotated[
    Any,
    Meta(
        extra_json_schema={
            "anyOf": [
                {"$ref": "#/components/schemas/PinItem"},
                NAMED_PIN,
            ]
        }
    ),
]


class PagePins(Part):
    """The pins of a page from top to bottom; `pins` repeats `items`."""

    items: list[PagePin]
    pins: list[PagePin]


class AddedPin(msgspec.Struct):
    """A pin that stands on a page now, and whether it opens to everyone who sees the page."""

    id: str
    pin_id: str
    opens: bool
    revision: int


class Ordered(msgspec.Struct):
    """The pins of a page as they stand now."""

    id: str
    pins: list[str]
    hidden: list[HiddenPin]
    revision: int
    updated_at: Time


class TakenPin(msgspec.Struct):
    """A pin that stands on the page no more."""

    id: str
    pin_id: str
    revision: int

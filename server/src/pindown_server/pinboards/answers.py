"""What routes of pinboards answer, described."""

import msgspec
from msgspec import UNSET, UnsetType

from ..door.shapes import Failure, IsoTime, Page, RevisionItem, Saved, Time
from ..pins.answers import PinView
from .body import Slots


class Flags(msgspec.Struct):
    """Who sees a pinboard, and what they may do."""

    is_public: bool
    require_sign_in: bool
    allow_comments: bool


class PinboardMetadata(Flags, kw_only=True):
    """What older clients look for here, and whatever the pinboard's owner put beside it."""

    title: str
    description: str
    tags: list[str]
    created_at: IsoTime
    updated_at: IsoTime


class PinboardView(msgspec.Struct):
    """A pinboard as every viewer sees it; `hidden` are places of pins they may not see."""

    id: str
    title: str
    description: str
    pins: list[str]
    layout: dict[str, Slots]
    mobile_layout: dict[str, Slots]
    hidden: list[Slots]
    revision: int
    updated_at: Time


class PinboardAnswer(PinboardView, kw_only=True):
    """A pinboard."""

    owner_id: str
    tags: list[str]
    pin_count: int
    late_count: int | None
    is_public: bool
    require_sign_in: bool
    allow_comments: bool
    expires_at: Time | None
    metadata: PinboardMetadata
    role: str | None
    created_at: Time
    shareable_url: str


class PinboardOf(PinboardAnswer, kw_only=True, omit_defaults=True):
    """A pinboard; as it was then, with the views of its pins, if that was asked."""

    views: list[PinView] | UnsetType = UNSET


class PinboardRevision(RevisionItem):
    """A state of a pinboard, with the pinboard as it was."""

    pinboard: PinboardOf


class PinboardList(Page):
    """Pinboards, newest first; `pinboards` repeats `items`."""

    items: list[PinboardAnswer]
    pinboards: list[PinboardAnswer]


class FoundPinboards(msgspec.Struct):
    """The pinboards that are yours to see, and what became of the other ids."""

    found: list[PinboardAnswer]
    not_found: list[str]
    permission_denied: list[str]


class SavedPinboard(Saved):
    """What a change of a pinboard left."""


class RestoredPinboard(Saved):
    """What a pinboard is again, and without how many of the pins of then: no more, or not yours to see."""

    left_out: int


class PinboardSharingAnswer(Flags, kw_only=True):
    """Who sees a pinboard now."""

    id: str
    expires_at: Time | None
    shareable_url: str
    revision: int


class Placed(msgspec.Struct):
    """Where a pin lies now, and whether it opens to everyone who sees the pinboard."""

    position: Slots
    opens: bool
    pin_id: str
    revision: int


class Taken(msgspec.Struct):
    """A pin that lies on the pinboard no more."""

    id: str
    pin_id: str
    revision: int


class Layouts(msgspec.Struct):
    """Where the pins of a pinboard lie now."""

    id: str
    layout: dict[str, Slots]
    mobile_layout: dict[str, Slots]
    hidden: list[Slots]
    revision: int
    updated_at: Time


class AddedPins(msgspec.Struct):
    """What a batch placed, and what failed."""

    added: list[str]
    failed: list[Failure]
    revision: int


class RemovedPins(msgspec.Struct):
    """What a batch took from the pinboard, and what failed."""

    removed: list[str]
    failed: list[Failure]
    revision: int

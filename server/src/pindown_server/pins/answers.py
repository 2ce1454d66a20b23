"""What routes of pins answer, described."""

from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from ..door.shapes import Failure, IsoTime, Page, RevisionItem, Saved, Time
from ..people.answers import CollaboratorAnswer
from .body import DataType, Layout


class Flags(msgspec.Struct):
    """Who sees a pin, and what they may do."""

    is_public: bool
    allow_edit: bool
    require_sign_in: bool
    allow_comments: bool


class TemplateProblem(msgspec.Struct):
    """A variable that shows nothing: where, which, why."""

    field: str
    name: str
    reason: str


class ShownBlock(msgspec.Struct, omit_defaults=True):
    """A part of a pin. `content` is what is written, for those who may see it."""

    id: str
    name: str
    type: str
    order: int
    rendered: Any
    content: Any = UNSET


class ItemMetadata(Flags, kw_only=True):
    """What older clients look for here, and whatever the pin's owner put beside it."""

    title: str
    description: str
    tags: list[str]
    pin_type: str
    pin_layout: Layout
    created_at: IsoTime
    updated_at: IsoTime


class Metadata(ItemMetadata, kw_only=True):
    """The same, with the config."""

    pin_config: Any


class PinItem(Flags, kw_only=True):
    """A pin in a list: without its config."""

    id: str
    pin_id: str
    owner_id: str
    title: str
    rendered_title: str
    description: str
    pin_type: str
    pin_layout: Layout
    data_type: DataType
    dataset_id: str | None
    expires_at: Time | None
    expect_every: int | None
    grace: int | None
    pushed_at: Time
    is_late: bool
    metadata: ItemMetadata
    role: str | None
    revision: int
    version: int
    created_at: Time
    updated_at: Time
    shareable_url: str


class PinAnswer(PinItem, kw_only=True):
    """A pin. The config is as written for those who may see that, as drawn for the others."""

    pin_config: Any
    content: Any
    rendered: Any = UNSET
    rendered_errors: list[TemplateProblem] | UnsetType = UNSET
    blocks: list[ShownBlock]
    metadata: Metadata


class CreatedPin(PinAnswer, kw_only=True):
    """A pin that was just created: here `created_at` is ISO 8601."""

    created_at: IsoTime  # type: ignore[assignment]  # other than everywhere else: the contract says so
    invites: list[CollaboratorAnswer] | UnsetType = UNSET


class PinList(Page):
    """Pins, newest first; `pins` repeats `items`."""

    items: list[PinItem]
    pins: list[PinItem]


class SavedPin(Saved, omit_defaults=True):
    """What a change of a pin left. `superseded`: a newer value is shown in its place."""

    version: int
    superseded: bool | UnsetType = UNSET


class Series(msgspec.Struct):
    """The numbers at a place of a pin, in the order of time."""

    path: str
    series: list[tuple[Time, float]]


class PinSharing(Flags, kw_only=True):
    """Who sees a pin now."""

    id: str
    expires_at: Time | None
    shareable_url: str
    revision: int


class PinRevision(RevisionItem):
    """A state of a pin, with the pin as it was."""

    pin: PinAnswer


class PinView(msgspec.Struct, omit_defaults=True):
    """A pin as every viewer sees it. `left_out`: without what it says, for want of room."""

    id: str
    pin_id: str
    pin_type: str
    pin_layout: Layout
    title: str
    description: str
    pin_config: Any
    blocks: list[ShownBlock]
    revision: int
    version: int
    updated_at: Time
    pushed_at: Time
    is_late: bool
    expect_every: int | None
    history: dict[str, list[tuple[Time, float]]] | UnsetType = UNSET
    left_out: Literal[True] | UnsetType = UNSET


class FoundPins(msgspec.Struct):
    """The pins that are yours to see, and what became of the other ids."""

    found: list[PinAnswer]
    not_found: list[str]
    permission_denied: list[str]
    left_out: list[str]


class NewPin(msgspec.Struct):
    """A pin that a batch created, by its place in the batch."""

    id: str
    index: int
    created_at: Time
    invites: list[CollaboratorAnswer] | UnsetType = UNSET


class CreatedPins(msgspec.Struct):
    """What a batch created, and what failed."""

    created: list[NewPin]
    failed: list[Failure]


class UpdatedPins(msgspec.Struct, omit_defaults=True):
    """What a batch updated, and what failed. `superseded`: those of which a newer value is shown."""

    updated: list[str]
    failed: list[Failure]
    updated_at: Time
    superseded: list[str] | UnsetType = UNSET


class DeletedPins(msgspec.Struct):
    """What a batch deleted, and what failed."""

    deleted: list[str]
    failed: list[Failure]


class BlockList(Page):
    """A pin's blocks in order, and the pin's revision."""

    items: list["ListedBlock"]
    revision: int
    version: int


class ListedBlock(ShownBlock, kw_only=True):
    """A block by itself, with its pin's revision."""

    pin_id: str
    created_at: Time
    updated_at: Time
    revision: int
    version: int


class RemovedBlock(msgspec.Struct):
    """A block that is no more, and its pin's revision."""

    id: str
    pin_id: str
    revision: int
    version: int


class Use(msgspec.Struct):
    """A pin that draws from a dataset. Its title takes a key with `pins:read`."""

    id: str
    title: str | None


class UseList(Page):
    """The pins that draw from a dataset."""

    items: list[Use]

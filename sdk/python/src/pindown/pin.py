"""Pins as the API shows them and takes them."""

from collections.abc import Sequence
from typing import Any, Literal, NotRequired, TypedDict

from .request import Options

Layout = Literal["1x1", "1x2", "2x1", "2x2", "3x1", "3x2", "3x3", "4x4"]
DataType = Literal["pin-card", "markdown", "json", "text"]


class Flags(TypedDict):
    """Who sees it and what they may do."""

    is_public: bool
    allow_edit: bool
    require_sign_in: bool
    allow_comments: bool


class Pin(Flags, total=False):
    """A pin. Times at the root are epoch milliseconds. `content` and `pin_config` are the same value.

    In a list: without config, blocks and what is rendered. In the answer to its creation
    `created_at` is ISO 8601.
    """

    id: str
    pin_id: str
    owner_id: str
    title: str
    rendered_title: str
    description: str
    pin_type: str
    pin_layout: Layout
    data_type: DataType
    pin_config: Any
    content: Any
    rendered: Any
    rendered_errors: list[dict[str, str]]
    dataset_id: str | None
    expires_at: int | None
    expect_every: int | None
    grace: int | None
    pushed_at: int | None
    is_late: bool
    blocks: list[dict[str, Any]]
    metadata: dict[str, Any]
    role: str | None
    revision: int
    version: int
    created_at: int | str
    updated_at: int
    shareable_url: str


class PinUpdate(Options, total=False):
    """What a pin is written with. What is left out stays as it is; None empties it."""

    title: str
    description: str
    data_type: DataType
    pin_type: str
    pin_layout: Layout
    pin_config: Any
    content: Any
    dataset_id: str | None
    is_public: bool
    allow_edit: bool
    require_sign_in: bool
    allow_comments: bool
    expires_at: int | str | None
    expect_every: int | None
    """Seconds within which the next push is expected."""
    grace: int | None
    observed_at: int
    """When the value was measured (ms): one older than what is shown goes to the history only."""
    allow_sources: Sequence[str]
    """Names of datasets in its texts that others wrote: its owner lets them in."""
    metadata: dict[str, Any]


class NewPin(PinUpdate, total=False):
    """What a pin is created with."""

    pending_invites: dict[str, Literal["editor", "viewer"]]


class SavedPin(TypedDict):
    """Where a pin stands after a write. `superseded`: a newer value is shown in its place."""

    id: str
    updated_at: int
    revision: int
    version: int
    superseded: NotRequired[bool]


class Deleted(TypedDict):
    """What is in the bin now."""

    id: str
    deleted_at: int


class Sharing(Options, total=False):
    """Who sees it; what is left out stays as it is."""

    is_public: bool
    allow_edit: bool
    require_sign_in: bool
    allow_comments: bool
    expires_at: int | str | None


class Shared(Flags):
    """Who sees it now, and where."""

    id: str
    expires_at: int | None
    shareable_url: str
    revision: int


class PinPage(TypedDict):
    """Some of a list of pins, newest first."""

    items: list[Pin]
    pins: list[Pin]
    total: int
    limit: int
    offset: int


class Filters(TypedDict, total=False):
    """Which pins of a list."""

    limit: int
    offset: int
    tag: str
    pin_type: str
    q: str
    late: bool


class Series(TypedDict):
    """A number over time: pairs of epoch milliseconds and number, oldest first."""

    path: str
    series: list[tuple[int, float]]


class Revision(TypedDict, total=False):
    """Who changed a pin, when and what; `pin`: the pin as it was, where one revision is asked for."""

    revision: int
    at: int
    created_at: str
    by: dict[str, str | None]
    what: Any
    pin: Pin


class RevisionPage(TypedDict):
    """Some of a pin's history, newest first."""

    items: list[Revision]
    total: int
    limit: int
    offset: int

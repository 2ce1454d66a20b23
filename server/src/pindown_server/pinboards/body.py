"""The shapes in which a body may say what a pinboard is, and where pins lie on it."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..door import body as bodies
from ..errors import Problem, ValidationFailed, invalid
from ..pins.batch.body import MOST_READ
from ..pins.body import (
    Commented,
    Copies,
    Description,
    Moment,
    Object,
    Public,
    SignIn,
    Tags,
    Title,
)
from ..pins.holder import read_copies
from . import grid
from .grid import Box, Layout
from .pinboard import MOST_PINS
from .places import Layouts

# What the grid refuses is written here for OpenAPI only: the grid says it better.
Column = Annotated[int, Meta(extra_json_schema={"minimum": 0, "maximum": grid.DESKTOP - 1})]
Row = Annotated[int, Meta(extra_json_schema={"minimum": 0, "maximum": grid.LOWEST})]
Width = Annotated[int, Meta(extra_json_schema={"minimum": 1, "maximum": grid.DESKTOP})]
Height = Annotated[int, Meta(extra_json_schema={"minimum": 1, "maximum": grid.TALLEST})]


class PinboardMetadataBody(msgspec.Struct):
    """What `metadata` may say about the pinboard; other keys in it are the caller's own."""

    title: Title | UnsetType = UNSET
    name: Title | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET
    is_public: Public | UnsetType = UNSET
    require_sign_in: SignIn | UnsetType = UNSET
    allow_comments: Commented | UnsetType = UNSET


class PinboardBody(msgspec.Struct, forbid_unknown_fields=True):
    """A pinboard to create, or what to change of one."""

    title: Title | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET
    is_public: Public | UnsetType = UNSET
    require_sign_in: SignIn | UnsetType = UNSET
    allow_comments: Commented | UnsetType = UNSET
    expires_at: Moment | UnsetType = UNSET
    metadata: Object | UnsetType = UNSET


class PinboardSharing(msgspec.Struct, forbid_unknown_fields=True):
    """Who sees it; what is left out stays as it is."""

    is_public: Public | UnsetType = UNSET
    require_sign_in: SignIn | UnsetType = UNSET
    allow_comments: Commented | UnsetType = UNSET
    expires_at: Moment | UnsetType = UNSET


class Position(msgspec.Struct, forbid_unknown_fields=True):
    """A rectangle of slots; without `w` and `h`, those of the pin's own layout."""

    x: Column
    y: Row
    w: Width | UnsetType = UNSET
    h: Height | UnsetType = UNSET


class Placing(msgspec.Struct, forbid_unknown_fields=True):
    """A pin to place, and where; without a position, the first free place."""

    pin_id: Annotated[str, Meta(min_length=1, max_length=60)]
    position: Position | UnsetType = UNSET


class BoardIds(msgspec.Struct, forbid_unknown_fields=True):
    """Which pinboards to read."""

    pinboard_ids: Annotated[list[str], Meta(min_length=1, max_length=MOST_READ)]


class Slots(msgspec.Struct, forbid_unknown_fields=True):
    """Where a pin lies."""

    x: Column
    y: Row
    w: Width
    h: Height


Map = Annotated[dict[str, Slots], Meta(max_length=MOST_PINS)]


class LayoutBody(msgspec.Struct, forbid_unknown_fields=True):
    """Pin id → slots, on a desktop and on a phone."""

    layout: Map | UnsetType = UNSET
    mobile_layout: Map | UnsetType = UNSET


def read_board(body: bytes) -> tuple[Copies, dict[str, Any]]:
    """What a body says about the pinboard; raises ValidationFailed with every problem of it."""
    given = bodies.read_whole(PinboardBody, body, "metadata", PinboardMetadataBody)
    return read_copies(given, PinboardMetadataBody)


def read_position(position: Position, pin_layout: str) -> Box:
    """The box on a desktop; raises ValidationFailed where it leaves the grid."""
    wide, high = grid.size_of(pin_layout, grid.DESKTOP)
    box = Box(
        x=position.x,
        y=position.y,
        w=wide if position.w is UNSET else position.w,
        h=high if position.h is UNSET else position.h,
    )
    _require_on_grid(_problems("position", box, grid.DESKTOP))
    return box


def read_layouts(body: LayoutBody) -> Layouts:
    """The maps of a body; raises ValidationFailed with everything that leaves the grid."""
    if body.layout is UNSET and body.mobile_layout is UNSET:
        raise invalid("layout", "Send layout, mobile_layout or both", "pin id → {x, y, w, h}")
    problems: list[Problem] = []
    read: dict[str, Layout | None] = {}
    for name, given, columns in (
        ("layout", body.layout, grid.DESKTOP),
        ("mobile_layout", body.mobile_layout, grid.PHONE),
    ):
        read[name] = None
        if not isinstance(given, UnsetType):
            layout = {i: Box(x=s.x, y=s.y, w=s.w, h=s.h) for i, s in given.items()}
            for pin_id, box in layout.items():
                problems += _problems(f"{name}/{bodies.escape(pin_id)}", box, columns)
            read[name] = layout
    _require_on_grid(problems)
    return Layouts(read["layout"], read["mobile_layout"])


def require_known(layouts: Layouts, known: set[str]) -> None:
    """Raise ValidationFailed with every id that is not one of these."""
    problems = [
        Problem(f"{name}/{bodies.escape(pin_id)}", "is not on this pinboard")
        for name, layout in layouts._asdict().items()
        for pin_id in layout or {}
        if pin_id not in known
    ]
    if problems:
        raise ValidationFailed(f"{problems[0].field} is not on this pinboard", problems)


def _problems(path: str, box: Box, columns: int) -> list[Problem]:
    return [
        Problem(f"{path}/{found.field}", found.message, found.expected)
        for found in grid.problems(box, columns)
    ]


def _require_on_grid(problems: list[Problem]) -> None:
    if problems:
        raise ValidationFailed(f"{problems[0].field}: {problems[0].message}", problems)

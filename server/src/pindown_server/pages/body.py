"""The shapes in which a body may say what a page is, and which pins stand on it."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..door import body as bodies
from ..errors import Problem, ValidationFailed
from ..pins.body import Copies, Description, Moment, Object, Public, SignIn, Tags, Title
from ..pins.holder import read_copies
from .page import MOST_PINS

PinId = Annotated[str, Meta(min_length=1, max_length=60)]


class PageMetadataBody(msgspec.Struct):
    """What `metadata` may say about the page; other keys in it are the caller's own."""

    title: Title | UnsetType = UNSET
    name: Title | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET
    is_public: Public | UnsetType = UNSET
    require_sign_in: SignIn | UnsetType = UNSET


class PageBody(msgspec.Struct, forbid_unknown_fields=True):
    """What to change of a page."""

    title: Title | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET
    is_public: Public | UnsetType = UNSET
    require_sign_in: SignIn | UnsetType = UNSET
    expires_at: Moment | UnsetType = UNSET
    metadata: Object | UnsetType = UNSET


class NewPage(PageBody):
    """A page to create, and the pins that stand on it from the beginning, in this order."""

    pins: Annotated[list[PinId], Meta(max_length=MOST_PINS)] | UnsetType = UNSET


class Adding(msgspec.Struct, forbid_unknown_fields=True):
    """A pin to add at the end of a page."""

    pin_id: PinId


class Order(msgspec.Struct, forbid_unknown_fields=True):
    """The ids of a page's pins from top to bottom."""

    order: Annotated[list[PinId], Meta(max_length=MOST_PINS)]


def read_page(model: type[PageBody], body: bytes) -> tuple[Copies, dict[str, Any]]:
    """What a body says about the page; raises ValidationFailed with every problem of it."""
    given = bodies.read_whole(model, body, "metadata", PageMetadataBody)
    return read_copies(given, PageMetadataBody)


def require_order(order: list[str], known: set[str]) -> None:
    """Raise ValidationFailed with every id that is not one of these, or named before."""
    left, problems = set(known), []
    for at, pin_id in enumerate(order):
        if pin_id in left:
            left.remove(pin_id)
        else:
            why = "is named twice" if pin_id in known else "is not on this page"
            problems.append(Problem(f"order/{at}", why))
    if problems:
        raise ValidationFailed(f"{problems[0].field} {problems[0].message}", problems)


def require_seen(pin_ids: list[str], seen: set[str]) -> None:
    """Raise ValidationFailed with every id that is no pin that the caller sees."""
    problems = [
        Problem(f"pins/{at}", "is not found or you don't have access", "the id of a pin")
        for at, pin_id in enumerate(pin_ids)
        if pin_id not in seen
    ]
    if problems:
        raise ValidationFailed(f"{problems[0].field} {problems[0].message}", problems)

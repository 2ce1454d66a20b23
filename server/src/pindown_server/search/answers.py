"""What searching answers, described."""

import msgspec
from msgspec import UNSET, UnsetType

from ..door.shapes import Page, Time


class FoundItem(msgspec.Struct, omit_defaults=True):
    """Something that was found.

    `role` is what you are to it. Only pins have a `pin_type`, only datasets a `slug`.
    """

    kind: str
    id: str
    title: str
    description: str
    tags: list[str]
    role: str
    updated_at: Time
    pin_type: str | UnsetType = UNSET
    slug: str | UnsetType = UNSET


class FoundList(Page):
    """What was found, the best first."""

    items: list[FoundItem]

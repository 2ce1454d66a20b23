"""Shapes that many answers share. They describe; what is answered is not converted to them."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from ..clock import LATEST

Time = Annotated[int, Meta(extra_json_schema={"description": "epoch milliseconds"})]
IsoTime = Annotated[
    str, Meta(extra_json_schema={"format": "date-time", "description": "ISO 8601, UTC"})
]
# Points in time as a body may say them. What is beyond is refused by whoever reads them.
Milliseconds = Annotated[int, Meta(extra_json_schema={"minimum": 1, "maximum": LATEST})]
DateTime = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]


class Page(msgspec.Struct):
    """A part of a list, and how many there are in all."""

    total: int
    limit: int
    offset: int


class Nothing(msgspec.Struct):
    """No data: `success` says all."""


class Saved(msgspec.Struct):
    """What was changed, and the revision it has now."""

    id: str
    updated_at: Time
    revision: int


class Removed(msgspec.Struct):
    """What is no more."""

    id: str


class Deleted(msgspec.Struct):
    """What was deleted, and when."""

    id: str
    deleted_at: Time


class By(msgspec.Struct):
    """Whose change it was, and with which key."""

    user_id: str | None
    key_id: str | None


class RevisionItem(msgspec.Struct):
    """A state of something: who, when, what."""

    revision: int
    at: Time
    created_at: IsoTime
    by: By
    what: str


class RevisionList(Page):
    """States of something, newest first."""

    items: list[RevisionItem]


class Failure(msgspec.Struct, omit_defaults=True):
    """An element of a batch that was refused, told as a call by itself would tell it."""

    error: str
    code: str
    index: int | msgspec.UnsetType = msgspec.UNSET
    id: str | msgspec.UnsetType = msgspec.UNSET
    details: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET

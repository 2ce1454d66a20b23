"""Kinds of fields that several types share."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

Text = Annotated[str, Meta(max_length=10_000)]
Markdown = Annotated[str, Meta(max_length=400_000, extra_json_schema={"x-text": "markdown"})]
Name = Annotated[str, Meta(max_length=200)]

# A number, or text such as "$12,450" that is shown as it is.
Figure = Annotated[float | str, Meta(description="a number, or formatted text shown as it is")]

# Links: https, http, mailto, or a path of our own. What a variable makes is checked again.
LINK = r"^(?:[hH][tT][tT][pP][sS]?://[^\s]+|[mM][aA][iI][lL][tT][oO]:[^\s]+|/(?![/\\])[^\s\\]*|#[^\s]*|[^:]*\{\{.*)$"
PICTURE = r"^(?:[hH][tT][tT][pP][sS]?://[^\s]+|/(?![/\\])[^\s\\]*|[^:]*\{\{.*)$"
FRAME = r"^(?:[hH][tT][tT][pP][sS]://[^\s]+|\{\{.*)$"
Link = Annotated[
    str, Meta(pattern=LINK, max_length=2_000, extra_json_schema={"x-text": "url"})
]
Picture = Annotated[
    str, Meta(pattern=PICTURE, max_length=2_000, extra_json_schema={"x-text": "url"})
]
Frame = Annotated[
    str, Meta(pattern=FRAME, max_length=2_000, extra_json_schema={"x-text": "url"})
]

Format = Literal["number", "currency", "percent", "bytes", "duration", "date"]
Trend = Literal["up", "down", "neutral"]
Color = Annotated[str, Meta(max_length=60, description="a colour's name or #RRGGBB")]


class Config(msgspec.Struct, rename="camel", omit_defaults=True):
    """A config or a part of one. What it does not name is kept as sent."""


class Threshold(Config):
    """A level that matters, drawn as a line or a band."""

    value: Figure
    label: Name | UnsetType = UNSET
    color: Color | UnsetType = UNSET

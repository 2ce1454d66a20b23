"""The kinds of fields that configs are made of.

A kind says what fits and, by its mark `x-text`, how a text in it is escaped and drawn: `text`,
`markdown`, `url` or `code`. `x-expected` says in words what a pattern wants. Optional fields may
be null, which says the same as leaving them out.
"""

from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta

from ...templates.addresses import FRAME, LINK, LONGEST, PICTURE


class Config(msgspec.Struct, rename="camel", gc=False):
    """A config, or a part of one. Fields it does not list are accepted; configs are kept as sent."""


class NeedsOneOf(Config):
    """A config that may be written in several ways and needs the field of one of them."""

    NEEDED: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        if all(getattr(self, name) is None for name in self.NEEDED):
            raise ValueError  # which msgspec makes its own refusal of


def says(description: str, **marks: Any) -> Meta:
    """What a field is for, and further keywords of its JSON Schema."""
    return Meta(description=description, extra_json_schema=marks or None)


def _text(kind: str) -> Meta:
    return Meta(extra_json_schema={"x-text": kind})


def _address(pattern: str, expected: str) -> Meta:
    return Meta(
        pattern=pattern,
        max_length=LONGEST,
        extra_json_schema={"x-text": "url", "x-expected": expected},
    )


Text = Annotated[str, _text("text")]
Markdown = Annotated[str, _text("markdown")]
Link = Annotated[
    str,
    _address(
        LINK,
        "address with https, http or mailto, or a path that begins with one /",
    ),
]
PictureAddress = Annotated[
    str,
    _address(PICTURE, "address with https or http, or a path that begins with one /"),
]
FrameAddress = Annotated[str, _address(FRAME, "address with https")]
FileId = Annotated[
    str,
    Meta(
        pattern=r"^f-[a-z0-9]{12}(?![\s\S])",
        extra_json_schema={"x-expected": "id of a file, such as f-0a1b2c3d4e5f"},
    ),
]

Value = Annotated[float | str, _text("text")]
"""A number, or formatted text that is shown as it is."""

Moment = Annotated[float | str, _text("text")]
"""ISO 8601 text, or epoch milliseconds."""

Anything = Annotated[Any, _text("text")]

Format = Literal["number", "currency", "percent", "bytes", "duration", "date"]
Trend = Literal["up", "down", "neutral"]
Direction = Literal["up", "down"]

UNIT = says("A currency such as EUR, a sign such as % or a measure such as kg")
FORMAT = says("How a number is shown, in the reader's language")
COLOUR = says("A colour: red, teal, good, bad … or #d23b2a")
GOOD_WHEN = says("Whether a rise or a fall is good news; up if absent")


class Threshold(Config):
    """A value from which on something else holds."""

    value: Annotated[Value, says("Where it begins")]
    label: Annotated[Text | None, says("What holds from here on")] = None
    color: Annotated[Text | None, COLOUR] = None

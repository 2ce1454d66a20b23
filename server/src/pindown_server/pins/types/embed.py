"""embed: another page in a frame."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from .fields import Config, Frame, Name
from .pin_type import PinType


class Embed(Config):
    """A page elsewhere, in a sandboxed frame; never one of our own."""

    url: Frame
    type: (
        Literal["youtube", "vimeo", "loom", "figma", "google-maps", "codepen", "website"]
        | UnsetType
    ) = UNSET
    aspect_ratio: (
        Annotated[float, Meta(gt=0, le=100)] | Annotated[str, Meta(max_length=20)] | UnsetType
    ) = UNSET
    title: Name | UnsetType = UNSET


TYPE = PinType(
    "embed",
    Embed,
    purpose="A video, map, drawing or page from elsewhere, in a frame of its own.",
    example={
        "url": "https://www.openstreetmap.org/export/embed.html?bbox=9.9,53.5,10.0,53.6",
        "type": "website",
        "aspectRatio": "16:9",
        "title": "The harbour",
    },
)

"""image: one picture."""

from typing import Literal

from msgspec import UNSET, UnsetType

from .fields import Config, Link, Name, Picture, Text
from .pin_type import PinType


class Image(Config):
    """A picture by address or by file."""

    url: Picture | UnsetType = UNSET
    file_id: Name | UnsetType = UNSET
    alt: Text | UnsetType = UNSET
    caption: Text | UnsetType = UNSET
    fit: Literal["contain", "cover"] | UnsetType = UNSET
    link: Link | UnsetType = UNSET


TYPE = PinType(
    "image",
    Image,
    purpose="One picture with a caption.",
    example={
        "url": "https://camera.example/oven-2.jpg",
        "alt": "Oven 2 from above",
        "caption": "Oven 2, a minute ago",
        "fit": "cover",
    },
)

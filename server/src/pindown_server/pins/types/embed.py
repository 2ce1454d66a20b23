"""`embed`: a page from elsewhere, in a frame."""

from typing import Annotated, Literal

from msgspec import Meta

from .fields import Config, FrameAddress, Text, says
from .pin_type import PinType

Service = Literal["youtube", "vimeo", "loom", "figma", "google-maps", "codepen", "website"]

Ratio = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]+(?:\.[0-9]+)?(?: ?[:/x] ?[0-9]+(?:\.[0-9]+)?)?(?![\s\S])",
        extra_json_schema={"x-expected": "ratio such as 16:9, or a number"},
    ),
]


class Embed(Config):
    """A page from elsewhere, in a frame."""

    url: Annotated[FrameAddress, says("The https address of the page, as one would share it")]
    type: Annotated[Service | None, says("Whose page it is; read from the address if absent")] = (
        None
    )
    aspect_ratio: Annotated[
        Ratio | float | None, says("Width to height: 16:9, or 1.78; fills the card if absent")
    ] = None
    title: Annotated[Text | None, says("What the frame shows, for those who cannot see it")] = None


TYPE = PinType(
    order=120,
    name="embed",
    purpose="A video, a map, a drawing or another page from elsewhere, in a frame.",
    model=Embed,
    example={
        "url": "https://www.openstreetmap.org/export/embed.html?bbox=9.95,53.53,10.02,53.56",
        "type": "website",
        "aspectRatio": "16:9",
        "title": "The four shops on the map",
    },
)

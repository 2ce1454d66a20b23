"""`image`: a picture."""

from typing import Annotated, ClassVar, Literal

from .fields import FileId, Link, NeedsOneOf, PictureAddress, Text, says
from .pin_type import PinType


class Image(NeedsOneOf):
    """A picture with its caption."""

    NEEDED: ClassVar = ("url", "file_id")

    url: Annotated[PictureAddress | None, says("Where the picture is")] = None
    file_id: Annotated[FileId | None, says("An uploaded file, in place of an address")] = None
    alt: Annotated[Text | None, says("What it shows, for those who cannot see it")] = None
    caption: Annotated[Text | None, says("What stands below it")] = None
    fit: Annotated[
        Literal["contain", "cover", "fill", "none", "scale-down"] | None,
        says("How it fills its place; on a card cover if absent, else contain"),
    ] = None
    link: Annotated[Link | None, says("Where a click on it leads")] = None


TYPE = PinType(
    order=130,
    name="image",
    purpose="A picture with a caption: a chart from elsewhere, a camera, a diagram.",
    model=Image,
    example={
        "url": "/demo/server-room.svg",
        "alt": "A row of racks in a server room",
        "caption": "Rack 3, this morning",
        "fit": "cover",
    },
)

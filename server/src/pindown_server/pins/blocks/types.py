"""The types of blocks: what their contents look like and how their texts are escaped.

Every type also takes a plain text for its content, which is drawn as Markdown, or as what the type
is made of: a markdown block's text, a code block's code, a diagram's source, a picture's address.
"""

from typing import Annotated, ClassVar, Final

import msgspec
from msgspec import Meta

from ..types.fields import Config, FileId, Markdown, NeedsOneOf, PictureAddress, Text, says
from ..types.pin_type import PinType


class Content(Config, rename="lower", gc=False):
    """What a block says. Fields it does not list are kept as sent."""


class MarkdownContent(Content):
    """A text."""

    text: Annotated[Markdown, says("GitHub-flavoured Markdown; HTML in it is shown as text")]


Code = Annotated[str, Meta(extra_json_schema={"x-text": "code"})]


class CodeContent(Content):
    """Lines of a program."""

    code: Annotated[Code, says("The program, as it is")]
    language: Annotated[Text | None, says("Its language, for the colours: python, sql …")] = None


Width = Annotated[
    float | Annotated[str, Meta(pattern=r"^\d{1,4}(px|%)?(?![\s\S])")],
    Meta(extra_json_schema={"x-expected": "number of pixels, or text such as 60%"}),
]


class ImageContent(NeedsOneOf, rename="lower", gc=False):
    """A picture."""

    NEEDED: ClassVar = ("url", "file_id")

    url: Annotated[PictureAddress | None, says("Where the picture is")] = None
    file_id: Annotated[FileId | None, says("An uploaded file, in place of an address")] = None
    alt: Annotated[Text | None, says("What it shows, for those who cannot see it")] = None
    caption: Annotated[Text | None, says("What stands below it")] = None
    width: Annotated[Width | None, says("How wide it is: pixels, or a share such as 60%")] = None


class Step(Content):
    """One step of an instruction."""

    title: Annotated[Text | None, says("What to do")] = None
    text: Annotated[Markdown | None, says("How, at more length")] = None
    image: Annotated[
        PictureAddress | ImageContent | None, says("A picture of it: an address, or an image")
    ] = None


class StepsContent(Content):
    """An instruction with pictures."""

    steps: Annotated[list[Step], says("What to do, in order")]
    title: Annotated[Text | None, says("What it leads to")] = None


class MermaidContent(Content):
    """A diagram."""

    source: Annotated[Code, says("The diagram in mermaid's language")]


class ConditionalContent(Content):
    """One of two texts."""

    when: Annotated[
        str,
        Meta(
            pattern=r"\S",
            max_length=1000,
            extra_json_schema={"x-text": "expression", "x-expected": "an expression"},
        ),
        says("What decides, such as sales.total > 100 and not sales.closed"),
    ]
    then: Annotated[Markdown, says("The text that is shown where it holds")]
    else_: Annotated[Markdown | None, says("The text that is shown where it does not")] = (
        msgspec.field(default=None, name="else")
    )


BLOCK_TYPES: Final = {
    found.name: found
    for found in (
        PinType(
            order=1,
            name="markdown",
            purpose="A text with headings, tables, task lists, code and formulas.",
            model=MarkdownContent,
            example={"text": "## This week\n\nThe second oven is **back**."},
        ),
        PinType(
            order=2,
            name="code",
            purpose="Lines of a program, in colours.",
            model=CodeContent,
            example={"code": "SELECT count(*) FROM orders;", "language": "sql"},
        ),
        PinType(
            order=3,
            name="image",
            purpose="A picture with a caption.",
            model=ImageContent,
            example={"url": "/demo/server-room.svg", "alt": "A row of racks", "width": "60%"},
        ),
        PinType(
            order=4,
            name="image-steps",
            purpose="An instruction, step by step, with pictures.",
            model=StepsContent,
            example={
                "title": "Restart the mill",
                "steps": [{"title": "Open the gate", "text": "Wait for the green light."}],
            },
        ),
        PinType(
            order=5,
            name="mermaid",
            purpose="A diagram.",
            model=MermaidContent,
            example={"source": "graph LR\n  order --> oven --> shop"},
        ),
        PinType(
            order=6,
            name="conditional",
            purpose="One of two texts, by what a dataset says.",
            model=ConditionalContent,
            example={"when": "sales.total > 100", "then": "**Sold out.**", "else": "Still there."},
        ),
    )
}

# What a plain text stands for; of the other types it is Markdown.
TEXT_FIELDS: Final = {"markdown": "text", "code": "code", "mermaid": "source"}

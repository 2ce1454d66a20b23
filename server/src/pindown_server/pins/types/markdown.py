"""`markdown`: a text."""

from typing import Annotated

from .fields import Config, Markdown, says
from .pin_type import PinType


class MarkdownText(Config):
    """A text."""

    content: Annotated[
        Markdown | None,
        says(
            "GitHub-flavoured Markdown with tables, task lists, code, maths, mermaid diagrams and"
            " footnotes; HTML in it is shown as text"
        ),
    ] = None


TYPE = PinType(
    order=110,
    name="markdown",
    purpose="A text with headings, tables, task lists, code, formulas and diagrams.",
    model=MarkdownText,
    example={
        "content": "## Sunday shift\n\n"
        "The second oven runs **ten degrees hot** since Friday; the repair is booked.\n\n"
        "- [x] Order flour\n- [x] Move the rye to oven 1\n- [ ] Call in a second driver\n\n"
        "| Shop | Opens | Who |\n|---|---|---|\n| Harbour | 06:00 | Ada |\n| Station | 05:30 | Ben |\n"
    },
)

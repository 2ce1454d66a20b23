"""markdown: text."""

from msgspec import UNSET, UnsetType

from .fields import Config, Markdown
from .pin_type import PinType


class MarkdownText(Config):
    """GitHub-flavoured markdown; raw HTML in it is text."""

    content: Markdown | UnsetType = UNSET


TYPE = PinType(
    "markdown",
    MarkdownText,
    purpose="Text: a note, a report, tables, code and formulas.",
    example={
        "content": "## Rye sells out first again\n\nBake two trays at **14:30**, not 15:00.\n\n"
        "- University runs on paper until the till is back.\n"
        "- Cold store probe has been silent since 11:20."
    },
)

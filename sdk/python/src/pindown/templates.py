"""`/v1/templates`"""

from typing import Any, Literal, TypedDict, Unpack

from .group import Group, S, call
from .request import Request, path_of, read_by_post


class Preview(TypedDict, total=False):
    """What to try: a text, or a config of a type of pin, and what to fill it from.

    `data` stands for the pin's own dataset, whose keys are written bare; `datasets` maps slugs to
    data. `place` is how a text by itself is escaped.
    """

    template: Any
    pin_type: str
    place: Literal["text", "markdown", "url", "code"]
    data: Any
    datasets: dict[str, Any]


class Templates(Group[S]):
    """Templates: texts with `{{variables}}`."""

    @call
    def preview(self, /, **template: Unpack[Preview]) -> Request[dict[str, Any]]:
        """See what a text or config becomes, which names it uses and which are missing."""
        return read_by_post(path_of("templates", "preview"), template)

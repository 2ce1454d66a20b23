"""The comment and its rules. No database, no HTTP."""

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from ..errors import Forbidden, invalid
from ..pinboards.pinboard import Pinboard
from ..pins.pin import Pin
from ..rights import Right

MOST_COMMENTS: Final = 1_000  # on one thing: what is longer is a conversation, and has other places
SEEN: Final = r"[^\s\x1c-\x1f\x85]"  # something that `str.strip` leaves
Thing = Pin | Pinboard


class CommentBody(msgspec.Struct, forbid_unknown_fields=True):
    """What is said, as Markdown without pictures and HTML."""

    text: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=4000,
            extra_json_schema={
                "description": "Markdown without pictures and HTML",
                "pattern": SEEN,
            },
        ),
    ]


def read_text(body: CommentBody) -> str:
    """What is said; raises ValidationFailed where that is nothing."""
    if not body.text.strip():
        raise invalid("text", "text must not be empty", "text of 1 to 4000 characters")
    return body.text


class Comment(msgspec.Struct, frozen=True):
    """A comment as stored. The order is that of the store's columns."""

    id: str
    author_id: str
    text: str
    created_at: int
    updated_at: int


class Author(msgspec.Struct, omit_defaults=True):
    """Who said it. Visitors do not learn the id."""

    name: str
    id: str | None = None


class CommentView(msgspec.Struct):
    """A comment."""

    id: str
    author: Author
    text: str
    created_at: int
    updated_at: int


def require_comments(thing: Thing, right: Right) -> None:
    """Raise Forbidden where the owner has not allowed comments, which the right is about."""
    if not thing.allow_comments:
        raise Forbidden(
            "Comments are off here; its owner can allow them with allow_comments",
            right=right,
        )


def show_comments(
    comments: list[Comment], names: dict[str, Any], *, with_ids: bool
) -> list[CommentView]:
    """The comments as somebody sees them; `names` are the accounts of their authors."""
    return [
        CommentView(
            comment.id,
            Author(
                names[comment.author_id].name if comment.author_id in names else "",
                comment.author_id if with_ids else None,
            ),
            comment.text,
            comment.created_at,
            comment.updated_at,
        )
        for comment in comments
    ]

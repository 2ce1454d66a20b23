"""The SQL of comments."""

from typing import Literal

from ..errors import NotFound
from ..storage import Reader, Transaction
from .comment import Comment

Kind = Literal["pin", "pinboard"]

COLUMNS = ", ".join(Comment.__struct_fields__)


async def list_comments(
    reader: Reader, kind: Kind, thing_id: str, limit: int, offset: int
) -> tuple[list[Comment], int]:
    """The comments on a thing, newest first, and how many there are."""
    rows = await reader.rows(
        f"SELECT {COLUMNS} FROM comments WHERE {kind}_id = :thing"
        " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset",
        {"thing": thing_id, "limit": limit, "offset": offset},
    )
    return [Comment(*row) for row in rows], (await count_comments(reader, kind, thing_id))[0]


async def count_comments(reader: Reader, kind: Kind, thing_id: str) -> tuple[int, int]:
    """How many comments there are on a thing, and when the newest was made; 0 without any."""
    row = await reader.find(
        f"SELECT count(*), max(created_at) FROM comments WHERE {kind}_id = :thing",
        {"thing": thing_id},
    )
    return (row[0], row[1] or 0) if row else (0, 0)


async def get_comment(
    reader: Reader, kind: Kind, thing_id: str, comment_id: str, *, lock: bool = False
) -> Comment:
    """A comment on this thing; NotFound if it is none."""
    row = await reader.find(
        f"SELECT {COLUMNS} FROM comments WHERE id = :id AND {kind}_id = :thing"
        + (" {lock}" if lock else ""),
        {"id": comment_id, "thing": thing_id},
    )
    if row is None:
        raise NotFound("Comment")
    return Comment(*row)


async def add_comment(tx: Transaction, kind: Kind, thing_id: str, comment: Comment) -> None:
    """Store a new comment."""
    await tx.run(
        f"INSERT INTO comments (id, {kind}_id, author_id, text, created_at, updated_at)"
        " VALUES (:id, :thing, :author, :text, :at, :at)",
        {
            "id": comment.id,
            "thing": thing_id,
            "author": comment.author_id,
            "text": comment.text,
            "at": comment.created_at,
        },
    )


async def save_comment(tx: Transaction, comment: Comment) -> None:
    """Store what a comment says now."""
    await tx.run(
        "UPDATE comments SET text = :text, updated_at = :at WHERE id = :id",
        {"id": comment.id, "text": comment.text, "at": comment.updated_at},
    )


async def remove_comment(tx: Transaction, comment_id: str) -> None:
    """Remove a comment."""
    await tx.run("DELETE FROM comments WHERE id = :id", {"id": comment_id})

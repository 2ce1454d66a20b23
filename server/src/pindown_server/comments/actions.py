"""What can be done with comments."""

import msgspec

from .. import ids
from ..clock import now
from ..door.caller import Caller
from ..errors import Conflict, Forbidden
from ..people import store as people
from ..pinboards import store as pinboards
from ..pins import store as pins
from ..rights import Right
from ..storage import Reader, Transaction
from . import store
from .comment import MOST_COMMENTS, Comment, CommentView, Thing, require_comments, show_comments
from .store import Kind


async def list_comments(
    reader: Reader, caller: Caller, kind: Kind, thing_id: str, limit: int, offset: int
) -> tuple[list[CommentView], int]:
    """The comments on a thing that the caller sees, newest first, and how many there are."""
    thing = await _get_thing(reader, caller, kind, thing_id, Right.DISCUSS)
    comments, total = await store.list_comments(reader, kind, thing.id, limit, offset)
    return await _show(reader, caller, comments), total


async def add_comment(
    tx: Transaction, caller: Caller, kind: Kind, thing_id: str, text: str
) -> CommentView:
    """Say something about a thing; everyone who is signed in and sees it may."""
    thing = await _get_thing(tx, caller, kind, thing_id, Right.DISCUSS)
    count, newest = await store.count_comments(tx, kind, thing.id)
    if count >= MOST_COMMENTS:
        raise Conflict(f"There are {MOST_COMMENTS} comments here already: delete some first")
    moment = max(now(), newest + 1)  # two in one millisecond keep their order
    comment = Comment(ids.new_id(ids.COMMENT), caller.user_id, text, moment, moment)
    await store.add_comment(tx, kind, thing.id, comment)
    return (await _show(tx, caller, [comment]))[0]


async def change_comment(
    tx: Transaction, caller: Caller, kind: Kind, thing_id: str, comment_id: str, text: str
) -> CommentView:
    """Say it differently; only its author may."""
    thing = await _get_thing(tx, caller, kind, thing_id, Right.AUTHOR)
    comment = await store.get_comment(tx, kind, thing.id, comment_id, lock=True)
    if comment.author_id != caller.user_id:
        raise Forbidden("Only its author may change a comment", right=Right.AUTHOR)
    if comment.text != text:
        comment = msgspec.structs.replace(comment, text=text, updated_at=now())
        await store.save_comment(tx, comment)
    return (await _show(tx, caller, [comment]))[0]


async def remove_comment(
    tx: Transaction, caller: Caller, kind: Kind, thing_id: str, comment_id: str
) -> None:
    """Delete a comment; its author may, and the owner of what it is about."""
    thing = await _get_thing(tx, caller, kind, thing_id, Right.MODERATE)
    comment = await store.get_comment(tx, kind, thing.id, comment_id, lock=True)
    if comment.author_id != caller.user_id and not thing.may(Right.MODERATE):
        raise Forbidden(
            "Only its author and the owner of what it is about may delete a comment",
            right=Right.MODERATE,
        )
    await store.remove_comment(tx, comment.id)


async def _get_thing(
    reader: Reader, caller: Caller, kind: Kind, thing_id: str, right: Right
) -> Thing:
    """The pin or pinboard as the caller sees it; Forbidden where it takes no comments."""
    if kind == "pin":
        thing: Thing = await pins.get_pin(reader, thing_id, caller)
    else:
        thing = await pinboards.get_pinboard(reader, thing_id, caller)
    require_comments(thing, right)
    return thing


async def _show(reader: Reader, caller: Caller, comments: list[Comment]) -> list[CommentView]:
    authors = {comment.author_id for comment in comments}
    names = await people.list_named(reader, sorted(authors))
    return show_comments(comments, names, with_ids=caller.is_signed_in)

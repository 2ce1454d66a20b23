"""Comments over HTTP."""

from ..door.call import Answer, Call
from ..door.route import LIST, Routes
from ..door.shapes import Removed
from ..parts import Parts
from ..rights import Right
from . import actions
from .answers import CommentList
from .comment import CommentBody, CommentView, read_text
from .store import Kind

routes = Routes()

PIN = "/v1/pins/{pin_id}/comments"
BOARD = "/v1/pinboards/{pinboard_id}/comments"


@routes.add("GET", PIN, scope="pins:read", right=Right.DISCUSS, query=LIST, answer=CommentList)
async def list_pin_comments(call: Call, parts: Parts) -> Answer:
    """List the comments on a pin, newest first."""
    return await _list(call, parts, "pin")


@routes.add(
    "GET", BOARD, scope="pinboards:read", right=Right.DISCUSS, query=LIST, answer=CommentList
)
async def list_pinboard_comments(call: Call, parts: Parts) -> Answer:
    """List the comments on a pinboard, newest first."""
    return await _list(call, parts, "pinboard")


@routes.add(
    "POST",
    PIN,
    scope="pins:write",
    right=Right.DISCUSS,
    status=201,
    body=CommentBody,
    answer=CommentView,
    dry_run=True,
)
async def add_pin_comment(call: Call, parts: Parts) -> Answer:
    """Comment on a pin, where its owner allows it."""
    return await _add(call, parts, "pin")


@routes.add(
    "POST",
    BOARD,
    scope="pinboards:write",
    right=Right.DISCUSS,
    status=201,
    body=CommentBody,
    answer=CommentView,
    dry_run=True,
)
async def add_pinboard_comment(call: Call, parts: Parts) -> Answer:
    """Comment on a pinboard, where its owner allows it."""
    return await _add(call, parts, "pinboard")


@routes.add(
    "PATCH",
    PIN + "/{comment_id}",
    scope="pins:write",
    right=Right.AUTHOR,
    body=CommentBody,
    answer=CommentView,
    dry_run=True,
)
async def change_pin_comment(call: Call, parts: Parts) -> Answer:
    """Change what you said about a pin."""
    return await _change(call, parts, "pin")


@routes.add(
    "PATCH",
    BOARD + "/{comment_id}",
    scope="pinboards:write",
    right=Right.AUTHOR,
    body=CommentBody,
    answer=CommentView,
    dry_run=True,
)
async def change_pinboard_comment(call: Call, parts: Parts) -> Answer:
    """Change what you said about a pinboard."""
    return await _change(call, parts, "pinboard")


@routes.add(
    "DELETE",
    PIN + "/{comment_id}",
    scope="pins:write",
    right=Right.MODERATE,
    dry_run=True,
    answer=Removed,
)
async def remove_pin_comment(call: Call, parts: Parts) -> Answer:
    """Delete a comment of yours, or any on a pin of yours."""
    return await _remove(call, parts, "pin")


@routes.add(
    "DELETE",
    BOARD + "/{comment_id}",
    scope="pinboards:write",
    right=Right.MODERATE,
    dry_run=True,
    answer=Removed,
)
async def remove_pinboard_comment(call: Call, parts: Parts) -> Answer:
    """Delete a comment of yours, or any on a pinboard of yours."""
    return await _remove(call, parts, "pinboard")


async def _list(call: Call, parts: Parts, kind: Kind) -> Answer:
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        items, total = await actions.list_comments(
            reader, call.caller, kind, call.params[0], limit, offset
        )
    return Answer({"items": items, "total": total, "limit": limit, "offset": offset})


async def _add(call: Call, parts: Parts, kind: Kind) -> Answer:
    text = read_text(call.read(CommentBody))
    async with parts.database.transaction() as tx:
        return Answer(await actions.add_comment(tx, call.caller, kind, call.params[0], text))


async def _change(call: Call, parts: Parts, kind: Kind) -> Answer:
    thing_id, comment_id = call.params
    text = read_text(call.read(CommentBody))
    async with parts.database.transaction() as tx:
        return Answer(
            await actions.change_comment(tx, call.caller, kind, thing_id, comment_id, text)
        )


async def _remove(call: Call, parts: Parts, kind: Kind) -> Answer:
    thing_id, comment_id = call.params
    async with parts.database.transaction() as tx:
        await actions.remove_comment(tx, call.caller, kind, thing_id, comment_id)
    return Answer({"id": comment_id})

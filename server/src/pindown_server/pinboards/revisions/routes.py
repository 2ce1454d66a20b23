"""What pinboards were, over HTTP."""

from ...door.call import Answer, Call
from ...door.route import LIST, Routes
from ...door.shapes import RevisionList
from ...parts import Parts
from ...pins.routes import as_revision, read_number
from ...rights import Right
from .. import past, store
from ..answers import PinboardRevision, RestoredPinboard
from ..as_of import show_then
from . import actions

routes = Routes()

REVISIONS = "/v1/pinboards/{pinboard_id}/revisions"


@routes.add(
    "GET",
    REVISIONS,
    scope="pinboards:read",
    right=Right.SEE_SOURCE,
    query=LIST,
    answer=RevisionList,
)
async def list_pinboard_revisions(call: Call, parts: Parts) -> Answer:
    """List a pinboard's history, newest first: who, when, what."""
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        board = await store.get_pinboard(reader, call.params[0], call.caller)
        board.require(Right.SEE_SOURCE)
        rows, total = await past.list_revisions(reader, board.id, limit, offset)
    items = [as_revision(row) for row in rows]
    return Answer({"items": items, "total": total, "limit": limit, "offset": offset})


@routes.add(
    "GET",
    REVISIONS + "/{revision}",
    scope="pinboards:read",
    right=Right.SEE_SOURCE,
    answer=PinboardRevision,
)
async def get_pinboard_revision(call: Call, parts: Parts) -> Answer:
    """Get a pinboard as it was at a revision, with its pins as they were when it began."""
    number = read_number(call.params[1])
    async with parts.database.reader() as reader:
        board = await store.get_pinboard(reader, call.params[0], call.caller)
        board.require(Right.SEE_SOURCE)
        row = await past.get_revision(reader, board.id, number)
        then = await show_then(reader, call.caller, board, row, row[1])
    return Answer({**as_revision(row), "pinboard": then.as_answer(parts.settings.address)})


@routes.add(
    "POST",
    REVISIONS + "/{revision}/restore",
    scope="pinboards:write",
    right=Right.SEE_SOURCE,
    dry_run=True,
    answer=RestoredPinboard,
)
async def restore_pinboard_revision(call: Call, parts: Parts) -> Answer:
    """Make a pinboard what it was at a revision; that is a new revision.

    Title, description, tags, metadata and both layouts come back. Who sees it stays as it is.
    """
    async with parts.database.transaction() as tx:
        board, left_out = await actions.restore_revision(
            tx, call.caller, call.params[0], read_number(call.params[1]), call.if_match
        )
    data = {
        "id": board.id,
        "updated_at": board.updated_at,
        "revision": board.revision,
        "left_out": left_out,
    }
    return Answer(data, etag=f'"{board.revision}"')

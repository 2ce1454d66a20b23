"""What somebody sees of a shared thing: the view of the live stream, nothing about its owner."""

from typing import Any

from ..clock import now
from ..comments import actions as comments
from ..comments.answers import CommentList
from ..comments.store import Kind
from ..door.call import Answer, Call
from ..door.caller import Caller, visitor
from ..door.route import LIST, Routes
from ..errors import Gone, NotFound, PindownError, Unauthorized
from ..pages import store as pages
from ..pages.page import view as page_view
from ..parts import Parts
from ..pinboards import store as pinboards
from ..pinboards.pinboard import view as pinboard_view
from ..pins import store as pins
from ..pins.answers import Series
from ..pins.drawing import draw_one
from ..pins.routes import SERIES, read_wanted
from ..pins.series import read_series
from ..pins.shown import view
from ..rights import Right
from .answers import SharedPage, SharedPin, SharedPinboard
from .snapshot import Asked, read_snapshot

routes = Routes()

PublicState = tuple[int, int, int | None]


@routes.add(
    "GET",
    "/v1/shared/pins/{pin_id}",
    access="anyone",
    right=Right.SEE,
    errors=(401, 404, 410),
    answer=SharedPin,
)
async def get_shared_pin(call: Call, parts: Parts) -> Answer:
    """Get what a shared pin shows. A key or session counts if there is one."""
    return await _answer(call, parts, "pin")


@routes.add(
    "GET",
    "/v1/shared/pins/{pin_id}/series",
    access="anyone",
    right=Right.SEE,
    query=SERIES,
    errors=(401, 404, 410),
    answer=Series,
)
async def get_shared_series(call: Call, parts: Parts) -> Answer:
    """Get the numbers of a shared pin over time."""
    wanted = read_wanted(call)
    caller, pin_id = _reader_of(call, "pin"), call.params[0]
    try:
        points = await read_series(parts.database, caller, pin_id, wanted)
    except NotFound:
        async with parts.database.reader() as reader:
            state = await pins.find_public_state(reader, pin_id)
        raise _why_not("Pin", state, caller) from None
    return Answer({"path": wanted.path, "series": points})


@routes.add(
    "GET",
    "/v1/shared/pinboards/{pinboard_id}",
    access="anyone",
    right=Right.SEE,
    errors=(401, 404, 410),
    answer=SharedPinboard,
)
async def get_shared_pinboard(call: Call, parts: Parts) -> Answer:
    """Get what a shared pinboard shows, with the views of its pins."""
    return await _answer(call, parts, "pinboard")


@routes.add(
    "GET",
    "/v1/shared/pages/{page_id}",
    access="anyone",
    right=Right.SEE,
    errors=(401, 404, 410),
    answer=SharedPage,
)
async def get_shared_page(call: Call, parts: Parts) -> Answer:
    """Get what a published page shows, with the views of its pins."""
    return await _answer(call, parts, "page")


@routes.add(
    "GET",
    "/v1/shared/pins/{pin_id}/comments",
    access="anyone",
    right=Right.DISCUSS,
    query=LIST,
    errors=(401, 403, 404, 410),
    answer=CommentList,
)
async def list_shared_pin_comments(call: Call, parts: Parts) -> Answer:
    """List the comments on a shared pin, newest first. Visitors see names only."""
    return await _list_comments(call, parts, "pin")


@routes.add(
    "GET",
    "/v1/shared/pinboards/{pinboard_id}/comments",
    access="anyone",
    right=Right.DISCUSS,
    query=LIST,
    errors=(401, 403, 404, 410),
    answer=CommentList,
)
async def list_shared_pinboard_comments(call: Call, parts: Parts) -> Answer:
    """List the comments on a shared pinboard, newest first. Visitors see names only."""
    return await _list_comments(call, parts, "pinboard")


async def _answer(call: Call, parts: Parts, kind: str) -> Answer:
    return Answer(await read(parts, kind, call.params[0], _reader_of(call, kind)))


async def _list_comments(call: Call, parts: Parts, kind: Kind) -> Answer:
    caller, thing_id = _reader_of(call, kind), call.params[0]
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        try:
            items, total = await comments.list_comments(
                reader, caller, kind, thing_id, limit, offset
            )
        except NotFound:
            state = await (pins if kind == "pin" else pinboards).find_public_state(reader, thing_id)
            raise _why_not(kind.title(), state, caller) from None
    return Answer({"items": items, "total": total, "limit": limit, "offset": offset})


def _reader_of(call: Call, kind: str) -> Caller:
    """Who reads: what everyone may see needs no scope."""
    return call.caller if call.caller.reads(f"{kind}s:read") else visitor(call.address)


async def read(parts: Parts, kind: str, thing_id: str, caller: Caller) -> dict[str, Any]:
    """The shared view of a `pin`, `pinboard` or `page`.

    Raises NotFound where it is private, Unauthorized where it asks to sign in, Gone where it
    has expired.
    """
    if kind == "pin":
        return await _read_pin(parts, thing_id, caller)
    if kind == "page":
        return await _read_page(parts, thing_id, caller)
    return await _read_pinboard(parts, thing_id, caller)


async def _read_pin(parts: Parts, pin_id: str, caller: Caller) -> dict[str, Any]:
    async with parts.database.reader() as reader:
        found = await pins.seen_pins(reader, [pin_id], caller)
        if not found:
            raise _why_not("Pin", await pins.find_public_state(reader, pin_id), caller)
        drawn = await draw_one(reader, found[0])
    return {**view(drawn, now()), "allow_comments": bool(found[0].allow_comments)}


async def _read_pinboard(parts: Parts, board_id: str, caller: Caller) -> dict[str, Any]:
    async with parts.database.reader() as reader:
        snapshot = await read_snapshot(reader, caller, Asked(pinboards=(board_id,)))
        if board_id not in snapshot.pinboards:
            raise _why_not("Pinboard", await pinboards.find_public_state(reader, board_id), caller)
    board, shown = snapshot.pinboards[board_id]
    return {
        **pinboard_view(board, shown),
        "allow_comments": bool(board.allow_comments),
        "views": await snapshot.pin_views(parts.turns),
    }


async def _read_page(parts: Parts, page_id: str, caller: Caller) -> dict[str, Any]:
    async with parts.database.reader() as reader:
        snapshot = await read_snapshot(reader, caller, Asked(pages=(page_id,)))
        if page_id not in snapshot.pages:
            raise _why_not("Page", await pages.find_public_state(reader, page_id), caller)
    page, shown = snapshot.pages[page_id]
    # Comments belong to what stands on a page.
    return {
        **page_view(page, shown),
        "allow_comments": False,
        "views": await snapshot.pin_views(parts.turns),
    }


def _why_not(what: str, state: PublicState | None, caller: Caller) -> PindownError:
    """Why somebody who has the link may not see it."""
    if state is None or not state[0]:
        return NotFound(what)
    if state[2] is not None and state[2] <= now():
        return Gone(f"This {what.lower()} was shared until a time that has passed")
    if state[1] and not caller.is_signed_in:
        return Unauthorized("Sign in to see this", reason="SIGN_IN_REQUIRED")
    return NotFound(what)

"""Searching over HTTP."""

from ..door.call import Answer, Call
from ..door.route import Query, Routes
from ..errors import invalid
from ..parts import Parts
from . import actions
from .answers import FoundList

routes = Routes()


@routes.add(
    "GET",
    "/v1/search",
    access="signed in",
    query=(
        Query(
            "q",
            "string",
            "words that the title, description or tags hold, all of them",
            is_required=True,
        ),
        Query("limit", "integer", "how many at most", 1, 100, 50),
        Query("offset", "integer", "0: there is one page, of what fits best", 0, 0, 0),
    ),
    answer=FoundList,
)
async def search(call: Call, parts: Parts) -> Answer:
    """Find pins, pinboards, pages and datasets that are yours or were shared with you.

    A key finds what its scopes let it read.
    """
    if call.query.get("offset", "0") != "0":
        best = "A search shows what fits best and has no second page: add words to it"
        raise invalid("offset", best, "0")
    limit = call.number("limit", 50, 1, 100)
    async with parts.database.reader() as reader:
        items = await actions.search(reader, call.caller, call.query.get("q", ""), limit)
    return Answer({"items": items, "total": len(items), "limit": limit, "offset": 0})

"""What draws from a dataset, over HTTP."""

from ...datasets import store as datasets
from ...door.call import Answer, Call
from ...door.route import LIST, Routes
from ...parts import Parts
from ...rights import Right
from .. import store as pins
from ..answers import UseList
from . import store

routes = Routes()


@routes.add(
    "GET",
    "/v1/datasets/{dataset_id}/uses",
    scope="datasets:read",
    right=Right.SEE_SOURCE,
    query=LIST,
    answer=UseList,
)
async def list_dataset_uses(call: Call, parts: Parts) -> Answer:
    """List the pins that draw from a dataset. Their titles take a key with pins:read."""
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        dataset = await datasets.get_dataset(reader, call.params[0], call.caller)
        users = await store.list_users(reader, dataset.owner_id, dataset.names)
        page = users[offset : offset + limit]
        seen = await pins.seen_heads(reader, page, call.caller)
    reads = call.caller.holds("pins:read")
    titles = {pin.id: pin.title for pin in seen} if reads else {}
    items = [{"id": i, "title": titles.get(i)} for i in page if call.caller.reaches(i)]
    return Answer({"items": items, "total": len(users), "limit": limit, "offset": offset})

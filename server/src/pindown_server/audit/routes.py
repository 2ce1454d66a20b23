"""The audit log over HTTP."""

from ..door.call import Answer, Call
from ..door.route import LIST, Query, Routes
from ..errors import Forbidden
from ..parts import Parts
from . import store
from .answers import AuditList

routes = Routes()


@routes.add(
    "GET",
    "/v1/audit",
    scope="*",
    query=(
        *LIST,
        Query(
            "what",
            "string",
            "only what was done in this way, such as key.created, or key.* for all of its kind",
        ),
        Query("thing_id", "string", "only what was done to this"),
        Query("user_id", "string", "only what this account did; for admins"),
    ),
    answer=AuditList,
)
async def list_audit(call: Call, parts: Parts) -> Answer:
    """List what you did that matters for safety, newest first; admins see what everybody did.

    What was done to your account is among it. `total` counts up to 10,000.
    """
    caller = call.caller
    if caller.resources is not None:
        raise Forbidden("A key that is limited to some things cannot read the audit log")
    limit, offset = call.page()
    names = ("what", "thing_id", "user_id")
    wanted = {name: call.query[name] for name in names if name in call.query}
    if wanted.get("what", "").endswith(".*"):
        wanted["kind"] = wanted.pop("what")[:-1]
    if not caller.is_admin:
        if wanted.pop("user_id", caller.user_id) != caller.user_id:
            raise Forbidden("Only an admin sees what others did")
        wanted["concerns"] = caller.user_id
    async with parts.database.reader() as reader:
        entries, total = await store.list_entries(reader, wanted, limit, offset)
    viewer = None if caller.is_admin else caller.user_id
    items = [entry.as_json(viewer) for entry in entries]
    return Answer({"items": items, "total": total, "limit": limit, "offset": offset})

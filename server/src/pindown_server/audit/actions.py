"""Writing down who did what.

Most of it is declared beside the routes and noted by the door, in the transaction of the call;
what only an action can tell from what is harmless, it notes itself.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from .. import ids
from ..clock import now
from ..door.call import Call
from ..door.caller import Caller
from ..door.route import Route
from ..storage import Transaction
from . import store
from .entry import COMMAND_LINE, MACHINE, NOBODY, Entry


async def note(
    tx: Transaction,
    caller: Caller,
    what: str,
    thing_id: str,
    details: Mapping[str, Any],
    *,
    address: str = "",
) -> None:
    """Write down what the caller did. `details`: ids, roles and flags, nothing that people wrote."""
    await _write(tx, (caller.user_id, caller.key_id, address), what, thing_id, details)


async def note_command(
    tx: Transaction, what: str, thing_id: str, details: Mapping[str, Any]
) -> None:
    """Write down what was done with the command line on the machine itself."""
    await _write(tx, (MACHINE, "", COMMAND_LINE), what, thing_id, details)


async def note_refused_sign_in(tx: Transaction, user_id: str, address: str) -> None:
    """Write down that somebody did not know an account's password, or named no account."""
    await _write(tx, (NOBODY, "", address), "session.refused", user_id, {})


async def _write(
    tx: Transaction,
    by: tuple[str, str, str],
    what: str,
    thing_id: str,
    details: Mapping[str, Any],
) -> None:
    user_id, key_id, address = by
    entry = Entry(
        id=ids.new_growing_id(ids.AUDIT),  # what is done in one millisecond stays in order
        at=now(),
        user_id=user_id,
        key_id=key_id,
        address=address,
        what=what,
        thing_id=thing_id,
        details=msgspec.json.encode(details).decode(),
    )
    await store.add_entry(tx, entry)


async def note_call(tx: Transaction, route: Route, call: Call, data: Mapping[str, Any]) -> None:
    """Write down a call that went well, as its route declares it."""
    what, *fields = route.audit
    named = data.get("id", "")
    caller = call.caller
    if route.segments[1] == "auth" and named:
        # Whoever signs in was nobody before, or somebody else.
        caller = Caller("session", budget="", user_id=named)
    await note(
        tx,
        caller,
        what,
        data.get("thing_id") or _thing_in_path(route, call) or named or caller.user_id,
        {field: data[field] for field in fields if data.get(field) is not None},
        address=call.address,
    )


def _thing_in_path(route: Route, call: Call) -> str:
    """The id that a path begins with; some hold a secret in its place."""
    variables = [part for part in route.segments if part.startswith("{")]
    return call.params[0] if variables and variables[0].endswith("_id}") else ""

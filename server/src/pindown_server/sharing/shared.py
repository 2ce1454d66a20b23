"""What somebody sees of a shared thing: the view of the live stream, nothing about its owner."""

from typing import Any

from ..clock import now
from ..door.caller import Caller
from ..errors import Gone, NotFound, Unauthorized
from ..pins import store as pins
from ..pins.pin import view
from ..storage import Reader


async def read(reader: Reader, kind: str, thing_id: str, caller: Caller) -> dict[str, Any]:
    """The shared view of a `pin` or `pinboard`.

    Raises NotFound where it is private, Unauthorized where it asks to sign in, Gone where it
    has expired.
    """
    if kind != "pin":
        raise NotFound("Pinboard")
    found = await pins.seen_pins(reader, [thing_id], caller)
    if not found:
        state = await pins.find_public_state(reader, thing_id)
        raise _why_not("Pin", state, caller)
    pin = found[0]
    return {**view(pin, now()), "allow_comments": bool(pin.allow_comments)}


def _why_not(what: str, state: tuple[int, int, int | None] | None, caller: Caller) -> Exception:
    """Why somebody who has the link may not see it."""
    if state is None or not state[0]:
        return NotFound(what)
    if state[2] is not None and state[2] <= now():
        return Gone(f"This {what.lower()} was shared until a time that has passed")
    if state[1] and not caller.is_signed_in:
        return Unauthorized("Sign in to see this", reason="SIGN_IN_REQUIRED")
    return NotFound(what)

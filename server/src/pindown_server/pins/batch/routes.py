"""Many pins at once over HTTP."""

from typing import Any

from ...clock import now
from ...door.call import Answer, Call
from ...door.route import Query, Routes
from ...parts import Parts
from ..answers import CreatedPins, DeletedPins, FoundPins, UpdatedPins
from ..drawing import gather, render_in_turns
from ..shown import as_answer
from . import actions
from .body import NewPins, PinIds, PinUpdates, ReadPinIds
from .outcome import Outcome

routes = Routes()

COST = 5  # less than three single writes
MOST_ANSWERED = (
    4 * 1024 * 1024
)  # bytes of what pins say; an answer says some of it up to four times
BATCH = "/v1/pins/batch"
ATOMIC = (Query("atomic", "boolean", "all or nothing: 409 if an element fails"),)


@routes.add(
    "POST",
    BATCH + "/get",
    scope="pins:read",
    cost=2,
    body=ReadPinIds,
    is_read=True,
    answer=FoundPins,
)
async def get_pins(call: Call, parts: Parts) -> Answer:
    """Get up to 100 pins, and tell which ids are none and which are not yours to see.

    What has no room in one answer is left out, the largest first: ask for those in another call.
    """
    pin_ids = call.read(ReadPinIds).pin_ids
    async with parts.database.reader() as reader:
        read = await actions.read_pins(reader, call.caller, pin_ids, MOST_ANSWERED)
        pins, not_found, denied = read
        material = await gather(reader, pins)
    drawn = await render_in_turns(pins, material, parts.turns, MOST_ANSWERED)
    moment = now()
    whole = [one for one in drawn if not one.pin.is_left_out]
    found = [as_answer(one, parts.settings.address, moment) for one in whole]
    data = {
        "found": found,
        "not_found": not_found,
        "permission_denied": denied,
        "left_out": [one.pin.id for one in drawn if one.pin.is_left_out],
    }
    return Answer(data, message=f"Retrieved {len(found)} pins")


@routes.add(
    "POST",
    BATCH,
    scope="pins:write",
    cost=COST,
    body=NewPins,
    query=ATOMIC,
    errors=(409,),
    dry_run=True,
    answer=CreatedPins,
)
async def create_pins(call: Call, parts: Parts) -> Answer:
    """Create up to 50 pins. Each stands alone: `failed` says which did not work and why."""
    pins = call.read(NewPins).pins
    async with parts.database.transaction() as tx:
        give_roles = parts.invitations.give_roles
        outcome = settled(call, await actions.create_pins(tx, call.caller, pins, give_roles))
    answer = told("created", outcome, {}, "Created {} pins")
    if any("invites" in made for made in outcome.done):
        answer.secrets = ("created/invites/invite_url",)
    return answer


@routes.add(
    "PATCH",
    BATCH,
    scope="pins:write",
    cost=COST,
    body=PinUpdates,
    query=ATOMIC,
    errors=(409,),
    dry_run=True,
    answer=UpdatedPins,
)
async def update_pins(call: Call, parts: Parts) -> Answer:
    """Update up to 50 pins, shown to every viewer in one frame. Each stands alone."""
    updates = call.read(PinUpdates).updates
    async with parts.database.transaction() as tx:
        outcome = settled(call, await actions.update_pins(tx, call.caller, updates))
    updated_at = max((pin.updated_at for pin in outcome.done), default=now())
    more: dict[str, Any] = {"updated_at": updated_at}
    if superseded := [pin.id for pin in outcome.done if pin.is_superseded]:
        more["superseded"] = superseded
    outcome.done = [pin.id for pin in outcome.done]
    return told("updated", outcome, more, "Updated {} pins")


@routes.add(
    "DELETE",
    BATCH,
    scope="pins:write",
    cost=COST,
    body=PinIds,
    query=ATOMIC,
    errors=(409,),
    dry_run=True,
    answer=DeletedPins,
)
async def delete_pins(call: Call, parts: Parts) -> Answer:
    """Delete up to 50 pins. Each stands alone; they stay in the bin for 30 days."""
    pin_ids = call.read(PinIds).pin_ids
    async with parts.database.transaction() as tx:
        done = await actions.delete_pins(tx, call.caller, pin_ids, parts.when_pins_deleted)
        outcome = settled(call, done)
    return told("deleted", outcome, {}, "Deleted {} pins")


def settled(call: Call, outcome: Outcome) -> Outcome:
    """The outcome of a batch; raises Conflict if the caller wanted all or nothing of it."""
    if call.flag("atomic"):
        outcome.require_all()
    return outcome


def told(done: str, outcome: Outcome, more: dict[str, Any], message: str) -> Answer:
    """The answer to a batch: what was done under its own name, and what failed."""
    data = {done: outcome.done, "failed": outcome.failed, **more}
    return Answer(data, message=message.format(len(outcome.done)))

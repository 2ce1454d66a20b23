"""Pins over HTTP."""

from collections.abc import Sequence
from typing import Any

from ..clock import iso, now
from ..door import needs
from ..door.body import decode
from ..door.call import Answer, Call
from ..door.patch import JSON_PATCH
from ..door.route import LIST, Query, Routes
from ..door.shapes import Deleted, RevisionList
from ..errors import ScopeRequired, ValidationFailed, invalid
from ..parts import Parts
from ..rights import Right
from . import actions, duplicate, store
from .answers import (
    CreatedPin,
    PinAnswer,
    PinList,
    PinRevision,
    PinSharing,
    SavedPin,
    Series,
)
from .body import (
    FASTEST_CLOCK,
    Changes,
    NewPinBody,
    PinBody,
    PinMetadataBody,
    PinSharingBody,
    choose,
    read_changes,
    read_copies,
    take_invites,
)
from .drawing import draw_one, gather, render_in_turns
from .patch import merge_changes, patch_changes, read_merge
from .pin import LONGEST_TITLE, Pin, shareable_url, with_details
from .series import DEFAULT_POINTS, LONGEST_PATH, MOST_POINTS, Wanted, read_series
from .shown import Drawn, as_answer, as_created, as_item
from .sources.keeping import names_written

routes = Routes()

AS_OF = Query(
    "as_of",
    "moment",
    "as it was then: epoch milliseconds or ISO 8601",
    right=Right.SEE_SOURCE,
)
SERIES = (
    Query(
        "path", "string", "where the number stands in the config: cards/0/value", is_required=True
    ),
    Query("from", "moment", "epoch milliseconds or ISO 8601; the first that is kept by default"),
    Query("to", "moment", "epoch milliseconds or ISO 8601; now by default"),
    Query("points", "integer", "of more, the last of each part", 1, MOST_POINTS, DEFAULT_POINTS),
)
FILTERS = (
    *LIST,
    Query("tag", "string", "only pins with this tag"),
    Query("pin_type", "string", "only pins of this type"),
    Query("q", "string", "only pins whose title holds this"),
    Query("late", "boolean", "only pins that are overdue"),
)


@routes.add(
    "POST",
    "/v1/pins",
    scope="pins:write",
    status=201,
    body=NewPinBody,
    metadata=PinMetadataBody,
    needs=needs.A_TITLE,
    dry_run=True,
    answer=CreatedPin,
)
async def create_pin(call: Call, parts: Parts) -> Answer:
    """Create a pin. People named in `pending_invites` get their role at once, or an invitation."""
    body, invites = take_invites(call.body)
    if invites and not call.caller.holds("pins:share"):
        raise ScopeRequired("pins:share")
    changes = read_changes(body, None)
    async with parts.database.transaction() as tx:
        pin = await actions.create_pin(tx, call.caller, changes)
        drawn = await draw_one(tx, pin)
        told = await parts.invitations.give_roles(tx, call.caller, pin.id, invites)
    made = as_created(drawn, parts.settings.address, now())
    if not invites:
        return Answer(made, etag=etag(pin))
    return Answer({**made, "invites": told}, etag=etag(pin), secrets=("invites/invite_url",))


@routes.add("GET", "/v1/pins", scope="pins:read", query=FILTERS, answer=PinList)
async def list_pins(call: Call, parts: Parts) -> Answer:
    """List your own pins, newest first."""
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        pins, total = await store.list_pins(reader, call.caller, _filters(call), limit, offset)
        material = await gather(reader, pins)
    drawn = await render_in_turns(pins, material, parts.turns)
    return Answer(_page(drawn, total, limit, offset, parts))


@routes.add("GET", "/v1/pins/shared", scope="pins:read", query=FILTERS, answer=PinList)
async def list_shared_pins(call: Call, parts: Parts) -> Answer:
    """List other people's pins that were shared with you, newest first."""
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        pins, total = await store.list_shared(reader, call.caller, _filters(call), limit, offset)
        material = await gather(reader, pins)
    drawn = await render_in_turns(pins, material, parts.turns)
    return Answer(_page(drawn, total, limit, offset, parts))


@routes.add(
    "GET", "/v1/pins/{pin_id}", scope="pins:read", right=Right.SEE, query=(AS_OF,), answer=PinAnswer
)
async def get_pin(call: Call, parts: Parts) -> Answer:
    """Get a pin."""
    at = call.moment("as_of")
    async with parts.database.reader() as reader:
        if at is None:
            pin = await store.get_pin(reader, call.params[0], call.caller)
        else:
            pin = await actions.get_pin_at(reader, call.caller, call.params[0], at)
        drawn = await draw_one(reader, pin, at)
    return Answer(as_answer(drawn, parts.settings.address, now()), etag=etag(pin))


@routes.add(
    "PUT",
    "/v1/pins/{pin_id}",
    scope="pins:write",
    right=Right.EDIT,
    body=PinBody,
    metadata=PinMetadataBody,
    dry_run=True,
    answer=SavedPin,
)
async def update_pin(call: Call, parts: Parts) -> Answer:
    """Update a pin: only what is sent changes, and every viewer sees it at once."""
    said, names = read_copies(call.body), names_written(call.body)
    async with parts.database.transaction() as tx:
        pin = await actions.update_pin(
            tx,
            call.caller,
            call.params[0],
            lambda pin: choose(said, pin),
            if_match=call.if_match,
            names=names,
        )
    return _saved(pin)


@routes.add(
    "PATCH",
    "/v1/pins/{pin_id}",
    scope="pins:write",
    right=Right.EDIT,
    body=PinBody,
    metadata=PinMetadataBody,
    body_is_patch=True,
    dry_run=True,
    answer=SavedPin,
)
async def patch_pin(call: Call, parts: Parts) -> Answer:
    """Patch a pin: a merge patch (RFC 7396), or a JSON Patch (RFC 6902)."""
    if (call.header(b"content-type") or "").startswith(JSON_PATCH):
        operations = decode(call.body)

        def changes_of(pin: Pin) -> Changes:
            pin.require(Right.SEE_SOURCE)  # a `test` would tell what is written there
            return patch_changes(operations, pin)
    else:
        said = read_merge(call.body)

        def changes_of(pin: Pin) -> Changes:
            return merge_changes(said, pin)

    names = names_written(call.body)
    async with parts.database.transaction() as tx:
        pin = await actions.update_pin(
            tx, call.caller, call.params[0], changes_of, if_match=call.if_match, names=names
        )
    return _saved(pin)


@routes.add(
    "DELETE",
    "/v1/pins/{pin_id}",
    scope="pins:write",
    right=Right.OWN,
    dry_run=True,
    answer=Deleted,
    audit=("pin.deleted",),
)
async def delete_pin(call: Call, parts: Parts) -> Answer:
    """Delete a pin. It leaves every pinboard and stays in the bin for 30 days."""
    async with parts.database.transaction() as tx:
        deleted_at = await actions.delete_pin(
            tx, call.caller, call.params[0], call.if_match, parts.when_pins_deleted
        )
    return Answer({"id": call.params[0], "deleted_at": deleted_at})


@routes.add(
    "POST",
    "/v1/pins/{pin_id}/duplicate",
    scope="pins:write",
    right=Right.SEE,
    status=201,
    dry_run=True,
    answer=CreatedPin,
    if_match=False,
)
async def duplicate_pin(call: Call, parts: Parts) -> Answer:
    """Make a pin of your own that says what this one says, shared with nobody.

    Who may not see the pin as it is written gets what it shows.
    """
    async with parts.database.transaction() as tx:
        pin = await duplicate.duplicate_pin(tx, call.caller, call.params[0])
        drawn = await draw_one(tx, pin)
    return Answer(as_created(drawn, parts.settings.address, now()), etag=etag(pin))


@routes.add(
    "POST",
    "/v1/pins/{pin_id}/share",
    scope="pins:share",
    right=Right.OWN,
    cost=3,
    body=PinSharingBody,
    dry_run=True,
    answer=PinSharing,
)
async def share_pin(call: Call, parts: Parts) -> Answer:
    """Change who sees a pin."""
    call.read(PinSharingBody)  # nothing but flags
    changes = read_changes(call.body, None)
    async with parts.database.transaction() as tx:
        pin = await actions.share_pin(tx, call.caller, call.params[0], changes, call.if_match)
    shared = {
        "id": pin.id,
        **pin.flags(),
        "expires_at": pin.expires_at,
        "shareable_url": shareable_url(parts.settings.address, pin.id),
        "revision": pin.revision,
    }
    return Answer(shared, etag=etag(pin))


@routes.add(
    "GET",
    "/v1/pins/{pin_id}/revisions",
    scope="pins:read",
    right=Right.SEE_SOURCE,
    query=LIST,
    answer=RevisionList,
)
async def list_revisions(call: Call, parts: Parts) -> Answer:
    """List a pin's history, newest first: who, when, what."""
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        pin = await store.get_pin(reader, call.params[0], call.caller)
        pin.require(Right.SEE_SOURCE)
        rows, total = await store.list_revisions(reader, pin.id, limit, offset)
    items = [as_revision(row) for row in rows]
    return Answer({"items": items, "total": total, "limit": limit, "offset": offset})


@routes.add(
    "GET",
    "/v1/pins/{pin_id}/revisions/{revision}",
    scope="pins:read",
    right=Right.SEE_SOURCE,
    answer=PinRevision,
)
async def get_revision(call: Call, parts: Parts) -> Answer:
    """Get a pin as it was at a revision."""
    async with parts.database.reader() as reader:
        pin = await store.get_pin(reader, call.params[0], call.caller)
        pin.require(Right.SEE_SOURCE)
        row = await store.get_revision(reader, pin.id, read_number(call.params[1]))
        old = with_details(pin, row[5], row[6])
        old.revision, old.updated_at = row[0], row[1]
        drawn = await draw_one(reader, old, old.updated_at)
    shown = as_answer(drawn, parts.settings.address, now())
    return Answer({**as_revision(row), "pin": shown})


@routes.add(
    "POST",
    "/v1/pins/{pin_id}/revisions/{revision}/restore",
    scope="pins:write",
    right=Right.SEE_SOURCE,
    dry_run=True,
    answer=SavedPin,
)
async def restore_revision(call: Call, parts: Parts) -> Answer:
    """Make a pin what it was at a revision; that is a new revision."""
    async with parts.database.transaction() as tx:
        pin = await actions.restore_revision(
            tx, call.caller, call.params[0], read_number(call.params[1]), call.if_match
        )
    return _saved(pin)


@routes.add(
    "GET",
    "/v1/pins/{pin_id}/series",
    scope="pins:read",
    right=Right.SEE,
    query=SERIES,
    answer=Series,
)
async def get_series(call: Call, parts: Parts) -> Answer:
    """Get the numbers of a pin over time, out of its history: `[[ms, number], …]`."""
    wanted = read_wanted(call)
    points = await read_series(parts.database, call.caller, call.params[0], wanted)
    return Answer({"path": wanted.path, "series": points})


def read_wanted(call: Call) -> Wanted:
    """Which numbers a call asks for; raises ValidationFailed."""
    path = call.query.get("path", "").removeprefix("/")  # as a JSON Pointer begins
    if not path or len(path) > LONGEST_PATH:
        raise invalid("path", "path says where the number stands", "cards/0/value")
    since, until = call.moment("from"), call.moment("to")
    if since is not None and until is not None and since > until:
        raise invalid("from", "from is later than to: nothing lies between", "a time before to")
    points = call.number("points", DEFAULT_POINTS, 1, MOST_POINTS)
    until = now() + FASTEST_CLOCK if until is None else until
    return Wanted(path, since, until, points)


def etag(pin: Pin) -> str:
    """The pin's ETag: where it draws from datasets, what it shows has more states than revisions."""
    if pin.sources is None:
        return f'"{pin.revision}"'
    return f'"{pin.revision}-{pin.version}"'


def _saved(pin: Pin) -> Answer:
    data = {
        "id": pin.id,
        "updated_at": pin.updated_at,
        "revision": pin.revision,
        "version": pin.version,
    }
    if pin.is_superseded:
        data["superseded"] = True
    return Answer(data, etag=etag(pin))


def _filters(call: Call) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        name: call.query[name] for name in ("tag", "pin_type", "q") if name in call.query
    }
    if len(wanted.get("q", "")) > LONGEST_TITLE:
        expected = f"at most {LONGEST_TITLE} characters"
        raise invalid("q", f"q has {expected}, as titles have", expected)
    if "late" in call.query:
        wanted["late"] = call.flag("late")
    return wanted


def _page(drawn: list[Drawn], total: int, limit: int, offset: int, parts: Parts) -> dict[str, Any]:
    moment = now()
    items = [as_item(pin, parts.settings.address, moment) for pin in drawn]
    return {"items": items, "pins": items, "total": total, "limit": limit, "offset": offset}


def as_revision(row: Sequence[Any]) -> dict[str, Any]:
    """Who changed something, when, and what."""
    revision, at, by_user, by_key, what, *_ = row
    by = {"user_id": by_user or None, "key_id": by_key}  # nobody: it changed with something else
    return {"revision": revision, "at": at, "created_at": iso(at), "by": by, "what": what}


def read_number(text: str) -> int:
    """The number of a revision; raises ValidationFailed."""
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise ValidationFailed("A revision is a whole number", reason="INVALID_REVISION")
    return int(text)

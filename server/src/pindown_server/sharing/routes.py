"""Collaborators of pins, pinboards and pages over HTTP."""

from msgspec import UNSET

from ..door.call import Answer, Call
from ..door.route import LIST, Routes
from ..parts import Parts
from ..people.answers import CollaboratorAnswer
from ..rights import Right
from . import actions
from .answers import (
    CollaboratorList,
    Permissions,
    RemovedCollaborator,
)
from .collaborator import Kind, NewCollaborator, NewRole, permissions
from .invitations import actions as invitations

routes = Routes()

PIN = "/v1/pins/{pin_id}"
BOARD = "/v1/pinboards/{pinboard_id}"
PAGE = "/v1/pages/{page_id}"


@routes.add(
    "GET",
    PIN + "/collaborators",
    scope="pins:share",
    right=Right.BELONG,
    query=LIST,
    answer=CollaboratorList,
)
async def list_pin_collaborators(call: Call, parts: Parts) -> Answer:
    """List who has a role on a pin. Only its owner and editors see e-mails."""
    return await _list(call, parts, "pin")


@routes.add(
    "GET",
    BOARD + "/collaborators",
    scope="pinboards:invite",
    right=Right.BELONG,
    query=LIST,
    answer=CollaboratorList,
)
async def list_pinboard_collaborators(call: Call, parts: Parts) -> Answer:
    """List who has a role on a pinboard. Only its owner and editors see e-mails."""
    return await _list(call, parts, "pinboard")


@routes.add(
    "POST",
    PIN + "/collaborators",
    scope="pins:share",
    right=Right.OWN,
    cost=3,
    status=201,
    body=NewCollaborator,
    dry_run=True,
    answer=CollaboratorAnswer,
    audit=("pin.collaborator_added", "user_id", "role"),
)
async def add_pin_collaborator(call: Call, parts: Parts) -> Answer:
    """Give somebody a role on a pin: editor or viewer. Who has no account is invited."""
    return await _add(call, parts, "pin")


@routes.add(
    "POST",
    BOARD + "/collaborators",
    scope="pinboards:invite",
    right=Right.OWN,
    cost=3,
    status=201,
    body=NewCollaborator,
    dry_run=True,
    answer=CollaboratorAnswer,
    audit=("pinboard.collaborator_added", "user_id", "role"),
)
async def add_pinboard_collaborator(call: Call, parts: Parts) -> Answer:
    """Give somebody a role on a pinboard: editor or viewer. Who has no account is invited."""
    return await _add(call, parts, "pinboard")


@routes.add(
    "PUT",
    PIN + "/collaborators/{user_id}",
    scope="pins:share",
    right=Right.OWN,
    cost=3,
    body=NewRole,
    dry_run=True,
    answer=CollaboratorAnswer,
    audit=("pin.role_changed", "user_id", "role"),
)
async def change_pin_role(call: Call, parts: Parts) -> Answer:
    """Give a pin's collaborator another role."""
    return await _change(call, parts, "pin")


@routes.add(
    "PUT",
    BOARD + "/collaborators/{user_id}",
    scope="pinboards:invite",
    right=Right.OWN,
    cost=3,
    body=NewRole,
    dry_run=True,
    answer=CollaboratorAnswer,
    audit=("pinboard.role_changed", "user_id", "role"),
)
async def change_pinboard_role(call: Call, parts: Parts) -> Answer:
    """Give a pinboard's collaborator another role."""
    return await _change(call, parts, "pinboard")


@routes.add(
    "DELETE",
    PIN + "/collaborators/{user_id}",
    scope="pins:share",
    right=Right.LEAVE,
    cost=3,
    dry_run=True,
    answer=RemovedCollaborator,
    audit=("pin.collaborator_removed", "user_id"),
)
async def remove_pin_collaborator(call: Call, parts: Parts) -> Answer:
    """Take somebody's role on a pin away, or leave it yourself."""
    return await _remove(call, parts, "pin")


@routes.add(
    "DELETE",
    BOARD + "/collaborators/{user_id}",
    scope="pinboards:invite",
    right=Right.LEAVE,
    cost=3,
    dry_run=True,
    answer=RemovedCollaborator,
    audit=("pinboard.collaborator_removed", "user_id"),
)
async def remove_pinboard_collaborator(call: Call, parts: Parts) -> Answer:
    """Take somebody's role on a pinboard away, or leave it yourself."""
    return await _remove(call, parts, "pinboard")


@routes.add("GET", PIN + "/permissions", scope="pins:share", right=Right.SEE, answer=Permissions)
async def get_pin_permissions(call: Call, parts: Parts) -> Answer:
    """Get what you may do with a pin."""
    return await _permissions(call, parts, "pin")


@routes.add(
    "GET", BOARD + "/permissions", scope="pinboards:invite", right=Right.SEE, answer=Permissions
)
async def get_pinboard_permissions(call: Call, parts: Parts) -> Answer:
    """Get what you may do with a pinboard."""
    return await _permissions(call, parts, "pinboard")


@routes.add(
    "GET",
    PAGE + "/collaborators",
    scope="pages:write",
    right=Right.BELONG,
    query=LIST,
    answer=CollaboratorList,
)
async def list_page_collaborators(call: Call, parts: Parts) -> Answer:
    """List who has a role on a page. Only its owner and editors see e-mails."""
    return await _list(call, parts, "page")


@routes.add(
    "POST",
    PAGE + "/collaborators",
    scope="pages:write",
    right=Right.OWN,
    cost=3,
    status=201,
    body=NewCollaborator,
    dry_run=True,
    answer=CollaboratorAnswer,
    audit=("page.collaborator_added", "user_id", "role"),
)
async def add_page_collaborator(call: Call, parts: Parts) -> Answer:
    """Give somebody a role on a page: editor or viewer. Who has no account is invited."""
    return await _add(call, parts, "page")


@routes.add(
    "PUT",
    PAGE + "/collaborators/{user_id}",
    scope="pages:write",
    right=Right.OWN,
    cost=3,
    body=NewRole,
    dry_run=True,
    answer=CollaboratorAnswer,
    audit=("page.role_changed", "user_id", "role"),
)
async def change_page_role(call: Call, parts: Parts) -> Answer:
    """Give a page's collaborator another role."""
    return await _change(call, parts, "page")


@routes.add(
    "DELETE",
    PAGE + "/collaborators/{user_id}",
    scope="pages:write",
    right=Right.LEAVE,
    cost=3,
    dry_run=True,
    answer=RemovedCollaborator,
    audit=("page.collaborator_removed", "user_id"),
)
async def remove_page_collaborator(call: Call, parts: Parts) -> Answer:
    """Take somebody's role on a page away, or leave it yourself."""
    return await _remove(call, parts, "page")


@routes.add("GET", PAGE + "/permissions", scope="pages:read", right=Right.SEE, answer=Permissions)
async def get_page_permissions(call: Call, parts: Parts) -> Answer:
    """Get what you may do with a page."""
    return await _permissions(call, parts, "page")


async def _list(call: Call, parts: Parts, kind: Kind) -> Answer:
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        items, total = await invitations.list_people(
            reader, call.caller, kind, call.params[0], limit, offset
        )
    return Answer({"items": items, "total": total, "limit": limit, "offset": offset})


async def _add(call: Call, parts: Parts, kind: Kind) -> Answer:
    body = call.read(NewCollaborator)
    message = "" if body.message is UNSET else str(body.message)
    async with parts.database.transaction() as tx:
        told = await parts.invitations.give_role(
            tx, call.caller, kind, call.params[0], body.email, body.role, message
        )
    return Answer(told, secrets=("invite_url",) if "invite_url" in told else ())


async def _change(call: Call, parts: Parts, kind: Kind) -> Answer:
    thing_id, user_id = call.params
    role = call.read(NewRole).role
    async with parts.database.transaction() as tx:
        changed = await invitations.change_role(tx, call.caller, kind, thing_id, user_id, role)
    return Answer(changed)


async def _remove(call: Call, parts: Parts, kind: Kind) -> Answer:
    thing_id, user_id = call.params
    async with parts.database.transaction() as tx:
        await invitations.remove_person(tx, call.caller, kind, thing_id, user_id)
    return Answer({"id": thing_id, "user_id": user_id})


async def _permissions(call: Call, parts: Parts, kind: Kind) -> Answer:
    async with parts.database.reader() as reader:
        thing = await actions.get_thing(reader, kind, call.params[0], call.caller)
    return Answer(permissions(thing, call.caller, kind + "s"))

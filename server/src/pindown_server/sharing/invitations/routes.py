"""Invitations over HTTP."""

from msgspec import UNSET

from ...clock import now
from ...door.call import Answer, Call
from ...door.route import LIST, Routes
from ...door.shapes import Removed
from ...parts import Parts
from ...people.answers import CollaboratorAnswer
from ...rights import Right
from .. import actions as sharing
from ..answers import Accepted, InvitationList, InvitationShown, PagePeople, Withdrawn
from ..collaborator import NewCollaborator, NewRole
from . import actions, store
from .invitation import as_collaborator

routes = Routes()

MOST_LISTED = 1_000  # people of one page; the list of collaborators has parts
PAGE = "/v1/pages/{page_id}"


@routes.add("GET", "/v1/invitations", access="signed in", query=LIST, answer=InvitationList)
async def list_invitations(call: Call, parts: Parts) -> Answer:
    """List the invitations you sent that nobody has accepted yet, newest first.

    A key sees those to things of the kinds it may share.
    """
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        found, total = await actions.list_sent(reader, call.caller, limit, offset)
    items = [invitation.as_json() for invitation in found]
    return Answer({"items": items, "total": total, "limit": limit, "offset": offset})


@routes.add(
    "GET", "/v1/invitations/{token}", access="anyone", errors=(404, 410), answer=InvitationShown
)
async def get_invitation(call: Call, parts: Parts) -> Answer:
    """Get what an invitation's link is for. Whoever holds the link may ask."""
    async with parts.database.reader() as reader:
        shown = await actions.get_invitation(reader, call.params[0], parts.settings.invite)
    return Answer(shown.as_json())


@routes.add(
    "POST",
    "/v1/invitations/{token}/accept",
    access="session",
    errors=(403, 404, 409, 410),
    audit=("invitation.accepted", "role"),
    answer=Accepted,
)
async def accept_invitation(call: Call, parts: Parts) -> Answer:
    """Take the role that an invitation gives you. It is for one e-mail and works once."""
    async with parts.database.transaction() as tx:
        shown = await actions.accept(tx, call.caller.user_id, call.params[0], parts.settings.invite)
    invitation = shown.invitation
    return Answer(
        {
            "kind": invitation.kind,
            "thing_id": invitation.thing_id,
            "role": invitation.role,
            "title": shown.title,
        }
    )


@routes.add(
    "DELETE",
    "/v1/invitations/{invitation_id}",
    access="signed in",
    right=Right.OWN,
    errors=(403, 404),
    audit=("invitation.withdrawn",),
    answer=Removed,
)
async def withdraw_invitation(call: Call, parts: Parts) -> Answer:
    """Take back an invitation you sent: its link works no more."""
    async with parts.database.transaction() as tx:
        await actions.withdraw(tx, call.caller, call.params[0])
    return Answer({"id": call.params[0]})


@routes.add(
    "POST",
    PAGE + "/invitations/send",
    scope="pages:write",
    right=Right.OWN,
    cost=3,
    status=201,
    body=NewCollaborator,
    dry_run=True,
    audit=("page.collaborator_added", "user_id", "role"),
    answer=CollaboratorAnswer,
)
async def send_page_invitation(call: Call, parts: Parts) -> Answer:
    """Give somebody a role on a page: the same as adding a collaborator."""
    body = call.read(NewCollaborator)
    message = "" if body.message is UNSET else str(body.message)
    async with parts.database.transaction() as tx:
        told = await parts.invitations.give_role(
            tx, call.caller, "page", call.params[0], body.email, body.role, message
        )
    return Answer(told, secrets=("invite_url",) if "invite_url" in told else ())


@routes.add(
    "GET", PAGE + "/invitations", scope="pages:write", right=Right.SEE_SOURCE, answer=PagePeople
)
async def list_page_invitations(call: Call, parts: Parts) -> Answer:
    """List who is invited to a page and who has a role on it."""
    async with parts.database.reader() as reader:
        page = await sharing.get_thing(reader, "page", call.params[0], call.caller)
        page.require(Right.SEE_SOURCE)
        invited = await store.list_of_thing(reader, page.id, now())
        found, _, _ = await sharing.list_collaborators(
            reader, call.caller, "page", page.id, MOST_LISTED, 0
        )
    pending = [as_collaborator(invitation) for invitation in invited]
    active = [person.as_json(with_email=True) for person in found]
    return Answer({"pending": pending, "active": active})


@routes.add(
    "DELETE",
    PAGE + "/invitations/{email}",
    scope="pages:write",
    right=Right.OWN,
    dry_run=True,
    audit=("invitation.withdrawn",),
    answer=Withdrawn,
)
async def withdraw_page_invitation(call: Call, parts: Parts) -> Answer:
    """Take back what somebody was invited to a page with."""
    page_id, email = call.params
    async with parts.database.transaction() as tx:
        await actions.remove_invited(tx, call.caller, "page", page_id, email)
    return Answer({"id": page_id, "email": email})


@routes.add(
    "PUT",
    PAGE + "/users/{user_id}/role",
    scope="pages:write",
    right=Right.OWN,
    cost=3,
    body=NewRole,
    dry_run=True,
    audit=("page.role_changed", "user_id", "role"),
    answer=CollaboratorAnswer,
)
async def change_page_user_role(call: Call, parts: Parts) -> Answer:
    """Give somebody another role on a page: the same as changing a collaborator."""
    page_id, user_id = call.params
    role = call.read(NewRole).role
    async with parts.database.transaction() as tx:
        changed = await actions.change_role(tx, call.caller, "page", page_id, user_id, role)
    return Answer(changed)

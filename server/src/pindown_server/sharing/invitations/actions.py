"""Giving roles by e-mail: to accounts at once, to others once they accept."""

from typing import Any, NamedTuple

from ... import ids
from ...clock import now
from ...door.caller import Caller
from ...errors import Conflict, Forbidden, Gone, NotFound, ScopeRequired
from ...people import store as people
from ...people.account import Account, read_email
from ...people.session import digest
from ...pins.drawing import draw_one
from ...pins.pin import Pin
from ...rights import Right
from ...storage import Reader, Transaction
from .. import actions as sharing
from .. import store as grants
from ..collaborator import Kind, Thing
from ..store import Grant
from . import store
from .invitation import (
    LASTS,
    MOST_WAITING,
    SCOPES,
    Invitation,
    Shown,
    as_collaborator,
    require_mailbox,
)


class Given(NamedTuple):
    """What became of giving somebody a role.

    `token`: of the link, where somebody without an account was invited; it is nowhere else.
    """

    told: dict[str, Any]
    email: str
    title: str
    inviter: str
    token: str = ""


async def give_role(
    tx: Transaction, caller: Caller, kind: Kind, thing_id: str, email: str, role: str, who: str
) -> Given:
    """Give whoever has this e-mail a role; who has no account is invited, if the caller may.

    `who` may invite: members or admins.
    """
    thing = await sharing.get_own(tx, caller, kind, thing_id)
    email = read_email(email)
    title, inviter = await title_of(tx, thing), await people.get_account(tx, caller.user_id)
    account = await people.find_account(tx, email)
    if account is not None:
        added = await sharing.add_collaborator(tx, caller, kind, thing, account, role)
        return Given(added.as_json(with_email=True), email, title, inviter.name)
    invitation, token = await _invite(tx, caller, kind, thing_id, email, role, who)
    return Given(as_collaborator(invitation), email, title, inviter.name, token)


async def _invite(
    tx: Transaction, caller: Caller, kind: Kind, thing_id: str, email: str, role: str, who: str
) -> tuple[Invitation, str]:
    require_mailbox(email)
    if who == "admins" and not caller.is_admin:
        raise Forbidden(
            f"Nobody with the e-mail {email} has an account here, and only an admin may bring in"
            " new people"
        )
    moment, token = now(), ids.new_token()
    await store.remove_expired(tx, moment - LASTS)
    if await store.count_sent(tx, caller.user_id, moment) >= MOST_WAITING:
        raise Conflict(f"At most {MOST_WAITING} of your invitations can wait to be accepted")
    invitation = Invitation(
        ids.new_id(ids.INVITATION),
        kind,
        thing_id,
        email,
        role,
        caller.user_id,
        moment,
        moment + LASTS,
    )
    await store.save(tx, invitation, digest(token))
    return invitation, token


async def list_people(
    reader: Reader, caller: Caller, kind: Kind, thing_id: str, limit: int, offset: int
) -> tuple[list[dict[str, Any]], int]:
    """Who is invited, for those who may know e-mails, then who has a role; how many there are."""
    _, _, sees_emails = await sharing.list_collaborators(reader, caller, kind, thing_id, 0, 0)
    invited = await store.list_of_thing(reader, thing_id, now()) if sees_emails else []
    part = [as_collaborator(invitation) for invitation in invited[offset : offset + limit]]
    found, total, _ = await sharing.list_collaborators(
        reader, caller, kind, thing_id, limit - len(part), max(0, offset - len(invited))
    )
    part += [person.as_json(with_email=sees_emails) for person in found]
    return part, total + len(invited)


async def change_role(
    tx: Transaction, caller: Caller, kind: Kind, thing_id: str, user_id: str, role: str
) -> dict[str, Any]:
    """Give a collaborator, or somebody who is invited, another role."""
    if not user_id.startswith(ids.INVITATION):
        changed = await sharing.change_role(tx, caller, kind, thing_id, user_id, role)
        return changed.as_json(with_email=True)
    invitation = await _get_of_thing(tx, caller, kind, thing_id, user_id)
    await store.save_role(tx, invitation.id, role)
    return as_collaborator(invitation._replace(role=role))


async def remove_person(
    tx: Transaction, caller: Caller, kind: Kind, thing_id: str, user_id: str
) -> None:
    """Take a role away, or an invitation back; everybody may leave by themselves."""
    if user_id.startswith(ids.INVITATION):
        invitation = await _get_of_thing(tx, caller, kind, thing_id, user_id)
        await store.remove(tx, invitation.id)
    else:
        await sharing.remove_collaborator(tx, caller, kind, thing_id, user_id)


async def remove_invited(
    tx: Transaction, caller: Caller, kind: Kind, thing_id: str, email: str
) -> None:
    """Take back what somebody with this e-mail was invited with."""
    thing = await sharing.get_own(tx, caller, kind, thing_id)
    invitation = await store.find_for(tx, thing.id, read_email(email))
    if invitation is None:
        raise NotFound("Invitation")
    await store.remove(tx, invitation.id)


async def get_invitation(reader: Reader, token: str, who: str, *, lock: bool = False) -> Shown:
    """The invitation of this link, while whoever sent it still may; NotFound, Gone."""
    invitation = await store.find_by_digest(reader, digest(token), lock=lock)
    if invitation is None:
        raise NotFound("Invitation")
    if invitation.expires_at <= now():
        raise Gone("This invitation has expired: ask for another one")
    inviter = await people.get_account(reader, invitation.invited_by)
    account = await people.find_account(reader, invitation.email)
    if account is None and who == "admins" and not inviter.is_admin:
        raise NotFound("Invitation")
    try:
        kind, thing_id = invitation.kind, invitation.thing_id
        thing = await sharing.get_thing(reader, kind, thing_id, _as_caller(inviter))
    except NotFound:
        raise NotFound("Invitation") from None
    if not thing.may(Right.OWN):
        raise NotFound("Invitation")
    title = await title_of(reader, thing)
    return Shown(invitation, title, inviter.name, account is not None)


async def accept(tx: Transaction, user_id: str, token: str, who: str) -> Shown:
    """Take the role that an invitation gives, once; Forbidden for another e-mail's account."""
    shown = await get_invitation(tx, token, who, lock=True)
    invitation = shown.invitation
    invitation.require_email((await people.get_account(tx, user_id)).email)
    if not await store.remove(tx, invitation.id):
        raise Conflict("This invitation has just been used")
    before = await grants.find_grant(tx, invitation.thing_id, user_id)
    if before is None or before.role != "editor":
        grant = Grant(user_id, invitation.role, before.given_at if before else now())
        await grants.save_grant(tx, invitation.thing_id, grant, invitation.invited_by)
        await sharing.announce_audience(tx, invitation.kind, invitation.thing_id)
    return shown


async def list_sent(
    reader: Reader, caller: Caller, limit: int, offset: int
) -> tuple[list[Invitation], int]:
    """What the caller sent and nobody accepted yet, newest first, and how many.

    A key sees the invitations to those kinds of things that it may share.
    """
    kinds = [kind for kind, scope in SCOPES.items() if caller.holds(scope)]
    if not kinds:
        return [], 0
    things = None if caller.resources is None else sorted(caller.resources)
    return await store.list_sent(reader, caller.user_id, now(), kinds, things, limit, offset)


async def withdraw(tx: Transaction, caller: Caller, invitation_id: str) -> None:
    """Take back an invitation of the caller's; NotFound for anybody else, ScopeRequired."""
    invitation = await store.find(tx, invitation_id)
    if invitation is None or invitation.invited_by != caller.user_id:
        raise NotFound("Invitation")
    if not caller.reaches(invitation.thing_id):
        raise NotFound("Invitation")
    if not caller.holds(SCOPES[invitation.kind]):
        raise ScopeRequired(SCOPES[invitation.kind])
    if not await store.remove(tx, invitation.id):
        raise NotFound("Invitation")


async def _get_of_thing(
    tx: Transaction, caller: Caller, kind: Kind, thing_id: str, invitation_id: str
) -> Invitation:
    """The invitation to a thing of the caller's own."""
    thing = await sharing.get_own(tx, caller, kind, thing_id)
    invitation = await store.find(tx, invitation_id)
    if invitation is None or invitation.thing_id != thing.id:
        raise NotFound("Invitation")
    return invitation


async def title_of(reader: Reader, thing: Thing) -> str:
    """What it is called, as others are shown it."""
    return (await draw_one(reader, thing)).title if isinstance(thing, Pin) else thing.title


def _as_caller(account: Account) -> Caller:
    """Somebody with all that is theirs, to see what they can still share."""
    return Caller("session", budget="", user_id=account.id)

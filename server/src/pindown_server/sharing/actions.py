"""Giving people roles on pins, pinboards and pages, and taking them away."""

from ..changes import rights_changed
from ..clock import now
from ..door.caller import Caller
from ..errors import Forbidden, NotFound, invalid
from ..pages import actions as page_actions
from ..pages import store as pages
from ..people import store as people
from ..people.account import Account
from ..pinboards import actions as pinboard_actions
from ..pinboards import store as pinboards
from ..pinboards.roles import store as roles
from ..pins import store as pins
from ..rights import Right
from ..storage import Reader, Transaction
from . import store
from .collaborator import Collaborator, Kind, Thing
from .store import Grant


async def get_thing(
    reader: Reader, kind: Kind, thing_id: str, caller: Caller, *, lock: bool = False
) -> Thing:
    """The pin, pinboard or page as the caller may see it; NotFound if it does not exist for them."""
    if kind == "pin":
        return await pins.get_pin(reader, thing_id, caller, lock=lock)
    if kind == "page":
        return await pages.get_page(reader, thing_id, caller, lock=lock)
    return await pinboards.get_pinboard(reader, thing_id, caller, lock=lock)


async def list_collaborators(
    reader: Reader, caller: Caller, kind: Kind, thing_id: str, limit: int, offset: int
) -> tuple[list[Collaborator], int, bool]:
    """Who has a role, how many there are, and whether the caller may know their e-mails.

    People who see the thing only because it is public, or on a pinboard or page, do not learn who
    else it is shared with.
    """
    thing = await get_thing(reader, kind, thing_id, caller)
    sees_emails = thing.may(Right.SEE_SOURCE)
    if not sees_emails and await store.find_grant(reader, thing.id, caller.user_id) is None:
        raise Forbidden(
            f"Only people this {kind} is shared with see who they are", right=Right.BELONG
        )
    grants, total = await store.list_grants(reader, thing.id, limit, offset)
    accounts = await people.list_named(reader, [grant.user_id for grant in grants])
    found = [
        Collaborator(grant.user_id, account.email, account.name, grant.role, grant.given_at)
        for grant in grants
        if (account := accounts.get(grant.user_id)) is not None
    ]
    return found, total, sees_emails


async def get_own(tx: Transaction, caller: Caller, kind: Kind, thing_id: str) -> Thing:
    """The thing, locked, whose people only the caller decides on; raises NotFound, Forbidden."""
    thing = await get_thing(tx, kind, thing_id, caller, lock=True)
    thing.require(Right.OWN)
    return thing


async def add_collaborator(
    tx: Transaction, caller: Caller, kind: Kind, thing: Thing, account: Account, role: str
) -> Collaborator:
    """Give an account a role on the caller's own thing; it is active at once."""
    if account.id == thing.owner_id:
        raise invalid(
            "email", f"{account.email} owns this {kind} and needs no role", "another e-mail"
        )
    before = await store.find_grant(tx, thing.id, account.id)
    grant = Grant(account.id, role, before.given_at if before else now())
    if before is None or before.role != grant.role:
        await store.save_grant(tx, thing.id, grant, caller.user_id)
        await announce_audience(tx, kind, thing.id)
    return Collaborator(account.id, account.email, account.name, grant.role, grant.given_at)


async def change_role(
    tx: Transaction, caller: Caller, kind: Kind, thing_id: str, user_id: str, role: str
) -> Collaborator:
    """Give a collaborator another role."""
    thing = await get_own(tx, caller, kind, thing_id)
    grant = await store.find_grant(tx, thing.id, user_id)
    if grant is None:
        raise NotFound("Collaborator")
    if grant.role != role:
        grant = grant._replace(role=role)
        await store.save_grant(tx, thing.id, grant, caller.user_id)
        await announce_audience(tx, kind, thing.id)
    account = await people.get_account(tx, user_id)
    return Collaborator(user_id, account.email, account.name, grant.role, grant.given_at)


async def remove_collaborator(
    tx: Transaction, caller: Caller, kind: Kind, thing_id: str, user_id: str
) -> None:
    """Take a role away; everybody may leave by themselves."""
    thing = await get_thing(tx, kind, thing_id, caller, lock=True)
    if user_id != caller.user_id:
        thing.require(Right.LEAVE)
    if await store.find_grant(tx, thing.id, user_id) is None:
        raise NotFound("Collaborator")
    await store.remove_grant(tx, thing.id, user_id)
    if kind == "pinboard":
        await roles.remove_member(tx, thing.id, user_id)
    await announce_audience(tx, kind, thing.id)


async def announce_audience(tx: Transaction, kind: Kind, thing_id: str) -> None:
    """Have everyone looked at again who watches the thing, or a pin that it opened to them."""
    if kind == "pin":
        tx.announce(rights_changed(thing_id))
    elif kind == "page":
        await page_actions.announce_audience(tx, thing_id)
    else:
        await pinboard_actions.announce_audience(tx, thing_id)

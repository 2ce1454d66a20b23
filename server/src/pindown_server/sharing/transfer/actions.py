"""What can be given to another owner, and what goes along with it.

A pin takes no names of datasets along, and what it opened where it was placed is closed: its new
owner opens it again by placing it. Whoever gives a thing away stays its editor until the new owner
says otherwise; a dataset, which is nobody's but its owner's, goes altogether.
"""

from typing import NamedTuple

from msgspec import UNSET, Struct, UnsetType

from ...changes import rights_changed
from ...clock import now
from ...datasets import actions as datasets
from ...datasets import store as dataset_store
from ...door.caller import Caller
from ...errors import NotFound, invalid
from ...pages import actions as pages
from ...pages import store as page_store
from ...pages.page import Page
from ...parts import DatasetUsers
from ...people import store as people
from ...people.account import Account, Email, read_email
from ...pinboards import actions as pinboards
from ...pinboards import past as pinboard_past
from ...pinboards import store as pinboard_store
from ...pinboards.pinboard import Pinboard
from ...pins import actions as pins
from ...pins.pin import Pin
from ...storage import Transaction
from .. import actions as sharing
from .. import store as grants
from ..collaborator import Kind, Thing
from ..invitations import store as invitations
from ..invitations.actions import title_of
from ..store import Grant

WHAT = "given to another owner"


class NewOwner(Struct, forbid_unknown_fields=True):
    """Who shall own it: the e-mail or the id of an account."""

    email: Email | UnsetType = UNSET
    user_id: str | UnsetType = UNSET


class Given(NamedTuple):
    """Whose it is now, at which revision; and what the new owner is written: by whom, and what."""

    id: str
    owner_id: str
    revision: int
    email: str
    title: str
    giver: str


async def transfer(
    tx: Transaction,
    caller: Caller,
    kind: Kind,
    thing_id: str,
    to: NewOwner,
    if_match: int | None,
) -> Given:
    """Give a pin, pinboard or page of the caller's to somebody with an account."""
    thing = await sharing.get_own(tx, caller, kind, thing_id)
    pins.require_match(thing.revision, if_match)
    account = await _find_account(tx, caller, to)
    await grants.remove_grant(tx, thing.id, account.id)
    before = Grant(caller.user_id, "editor", now())
    await grants.save_grant(tx, thing.id, before, account.id)
    await invitations.hand_over(tx, thing.id, account.id)
    await _give(tx, caller, thing, account.id)
    await sharing.announce_audience(tx, kind, thing.id)
    title, giver = await title_of(tx, thing), await people.get_account(tx, caller.user_id)
    return Given(thing.id, account.id, thing.revision, account.email, title, giver.name)


async def transfer_dataset(
    tx: Transaction,
    caller: Caller,
    id_or_slug: str,
    to: NewOwner,
    if_match: int | None,
    users: DatasetUsers,
) -> Given:
    """Give a dataset of the caller's to somebody with an account; pins of others lose it."""
    await dataset_store.get_dataset(tx, id_or_slug, caller)
    account = await _find_account(tx, caller, to)
    dataset = await datasets.give_dataset(tx, caller, id_or_slug, account.id, if_match, users)
    giver = await people.get_account(tx, caller.user_id)
    return Given(dataset.id, account.id, dataset.revision, account.email, dataset.name, giver.name)


async def _give(tx: Transaction, caller: Caller, thing: Thing, owner_id: str) -> None:
    if isinstance(thing, Pin):
        await pins.give_pin(tx, caller, thing, owner_id)
        return
    thing.owner_id = owner_id
    thing.revision += 1
    thing.updated_at = max(now(), thing.updated_at)
    if isinstance(thing, Page):
        await page_store.save_page(tx, thing)
        tx.announce(pages.page_changed(thing.id, thing.revision))
    elif isinstance(thing, Pinboard):
        await pinboard_store.save_pinboard(tx, thing)
        await pinboard_past.keep_revision(tx, caller, thing.id, WHAT)
        tx.announce(pinboards.pinboard_changed(thing.id, thing.revision))
    tx.announce(rights_changed(thing.id))


async def _find_account(tx: Transaction, caller: Caller, to: NewOwner) -> Account:
    """The account that is meant; raises ValidationFailed where there is none."""
    expected = "the e-mail of an account"
    if (to.email is UNSET) == (to.user_id is UNSET):
        raise invalid("email", "Send email or user_id: who shall own it", expected)
    account: Account | None
    if isinstance(to.email, str):
        field, account = "email", await people.find_account(tx, read_email(to.email))
    else:
        field, account = "user_id", await _find_by_id(tx, str(to.user_id))
    if account is None:
        raise invalid(field, "Nobody with an account here is meant: invite them first", expected)
    if account.id == caller.user_id:
        raise invalid(field, "It is yours already", expected)
    return account


async def _find_by_id(tx: Transaction, user_id: str) -> Account | None:
    try:
        return await people.get_account(tx, user_id)
    except NotFound:
        return None

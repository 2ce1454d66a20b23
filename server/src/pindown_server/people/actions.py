"""What can be done with accounts and sessions. The API and commands come through here."""

from typing import NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from .. import ids
from ..changes import caller_ended
from ..clock import now
from ..door.caller import Caller
from ..errors import Conflict, Forbidden, NotFound, invalid
from ..storage import Reader, Transaction
from . import store
from .account import FORGOTTEN_LASTS, LINK_LASTS, Account
from .session import LASTS, Session, digest


class Browser(NamedTuple):
    """Where somebody signs in."""

    address: str
    agent: str


class AccountChanges(NamedTuple):
    """What is to be different about an account."""

    email: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    tier: str | UnsetType = UNSET
    is_admin: bool | UnsetType = UNSET


async def create_account(
    tx: Transaction, email: str, name: str, password: str | None, tier: str, *, is_admin: bool
) -> Account:
    """A new account; raises Conflict if the e-mail has one."""
    account = Account(ids.new_id(ids.USER), email, name, tier, is_admin, now())
    if not await store.add_account(tx, account, password):
        raise Conflict(f"There is an account for {email} already")
    return account


async def issue_account(
    tx: Transaction, email: str, name: str, password: str | None, tier: str, *, is_admin: bool
) -> Account:
    """A new account, made by whoever runs the server; the first is the admin whatever is said."""
    if not await store.has_accounts(tx):
        await store.remove_first_links(tx)
        is_admin = True
    return await create_account(tx, email, name, password, tier, is_admin=is_admin)


async def require_sign_up(reader: Reader, sign_up: str, code: str) -> bool:
    """Whether this will be the first account; raises Forbidden for who may not make one."""
    if await store.has_accounts(reader):
        if sign_up != "open":
            raise Forbidden("New accounts are by invitation: ask whoever runs this server for one")
        return False
    if await store.find_link(reader, digest(code), store.FIRST_ACCOUNT, now()) is None:
        raise Forbidden(
            "The first account needs the one-time code that 'pindown serve' prints when it starts"
        )
    return True


def require_invited(email: str, invited: str) -> None:
    """Raise Forbidden unless the invitation is for this address."""
    if email != invited:
        raise Forbidden("This invitation is for somebody else's e-mail")


async def sign_up(
    tx: Transaction, email: str, name: str, password: str, tier: str, how: str, code: str
) -> Account:
    """A new account for whoever asks, as far as that is open to them; the first is the admin."""
    is_first = await require_sign_up(tx, how, code)
    if is_first and not await store.remove_first_links(tx):
        raise Conflict("Somebody else has just made the first account")
    return await create_account(tx, email, name, password, tier, is_admin=is_first)


async def create_first_code(tx: Transaction) -> str | None:
    """A one-time code for making the first account; None if there is one already."""
    if await store.has_accounts(tx):
        return None
    moment, code = now(), ids.new_token()
    await store.remove_expired(tx, moment)
    await store.add_link(tx, digest(code), store.FIRST_ACCOUNT, None, moment + LINK_LASTS)
    return code


async def sign_in(tx: Transaction, user_id: str, browser: Browser) -> str:
    """A new session; its secret, for the cookie."""
    moment, secret = now(), ids.new_token()
    session = Session(
        ids.new_id(ids.SESSION), user_id, moment, moment + LASTS, browser.address, browser.agent
    )
    await store.add_session(tx, session, digest(secret))
    return secret


async def end_session(tx: Transaction, user_id: str, session_id: str) -> bool:
    """Sign one browser out and end its streams; False if it was not signed in."""
    if not await store.remove_sessions(tx, user_id, [session_id]):
        return False
    tx.announce(caller_ended(session_id))
    return True


async def end_other_sessions(tx: Transaction, user_id: str, keep: str = "") -> int:
    """Sign an account out everywhere, but for the one session to keep; how many ended."""
    ended = [one for one in await store.session_ids(tx, user_id) if one != keep]
    for session_id in ended:
        tx.announce(caller_ended(session_id))
    return await store.remove_sessions(tx, user_id, ended)


async def set_password(tx: Transaction, user_id: str, password: str, keep: str = "") -> None:
    """Give an account another (hashed) password, which ends its sessions but for one to keep."""
    await store.save_password(tx, user_id, password, now())
    await end_other_sessions(tx, user_id, keep)


async def create_password_link(tx: Transaction, user_id: str) -> str:
    """The token of a one-time link with which the account's owner sets a password."""
    token = ids.new_token()
    await store.add_link(tx, digest(token), store.RESET, user_id, now() + LINK_LASTS)
    return token


async def create_forgotten_link(tx: Transaction, email: str) -> str | None:
    """The token of a link for who forgot the password of this account; None if there is none."""
    account = await store.find_account(tx, email)
    if account is None:
        return None
    token = ids.new_token()
    await store.add_link(tx, digest(token), store.RESET, account.id, now() + FORGOTTEN_LASTS)
    return token


async def require_password_link(reader: Reader, token: str) -> str:
    """Whose link it is; raises ValidationFailed if it was used or is too old."""
    link = await store.find_link(reader, digest(token), store.RESET, now())
    if link is None or link.user_id is None:
        raise invalid("token", "This link was used already or is too old: ask for a new one")
    return link.user_id


async def reset_password(tx: Transaction, token: str, password: str) -> Account:
    """Use up a one-time link to set a (hashed) password, which ends the account's sessions."""
    user_id = await require_password_link(tx, token)
    account = await store.get_account(tx, user_id)
    if not await store.remove_link(tx, digest(token)):
        raise Conflict("This link has just been used")
    await set_password(tx, user_id, password)
    return account


async def change_account(tx: Transaction, user_id: str, changes: AccountChanges) -> Account:
    """Change what is sent; raises Conflict for a taken e-mail or the last admin stepping down."""
    account = await store.get_account(tx, user_id)
    given = {name: value for name, value in changes._asdict().items() if value is not UNSET}
    if account.is_admin and given.get("is_admin") is False:
        await require_other_admin(tx, user_id)
    changed = msgspec.structs.replace(account, **given)
    if changed != account and not await store.save_account(tx, changed, now()):
        raise Conflict(f"There is an account for {changed.email} already")
    return changed


async def remove_account(tx: Transaction, user_id: str) -> None:
    """Take an account away with its pins, pinboards, keys and sessions, and end its streams."""
    await store.get_account(tx, user_id)  # NotFound
    await store.remove_account(tx, user_id)
    tx.announce(caller_ended(user_id))


async def require_other_admin(tx: Transaction, user_id: str) -> None:
    """Raise Conflict if nobody would be left who can look after accounts."""
    admins = await store.lock_admins(tx)
    if admins == {user_id}:
        raise Conflict("This is the only admin: make somebody else one first")


def require_admin(caller: Caller) -> None:
    """Raise Forbidden unless the caller looks after accounts."""
    if not caller.is_admin:
        raise Forbidden("Only an admin can look after accounts")


async def require_account(reader: Reader, email: str) -> Account:
    """The account with this e-mail; raises NotFound."""
    account = await store.find_account(reader, email)
    if account is None:
        raise NotFound("User")
    return account

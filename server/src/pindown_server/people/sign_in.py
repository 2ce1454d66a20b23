"""Proving who one is: the ways to a session.

Passwords are hashed and checked between transactions, never inside one: it takes long on purpose.
"""

from typing import NamedTuple

from ..audit import actions as audit
from ..door.caller import Caller
from ..errors import Unauthorized, invalid
from ..mail.letter import Letter
from ..parts import Parts
from . import actions, store
from .account import Account, as_stored, as_typed, read_email, read_name, read_password
from .actions import Browser
from .attempts import may_mail, may_note, spend_attempt
from .password import hash_password, is_password


class SignedIn(NamedTuple):
    """An account and the secret of its new session."""

    account: Account
    secret: str


async def sign_up(
    parts: Parts,
    browser: Browser,
    email: str,
    name: str,
    password: str,
    *,
    code: str = "",
    invitation: str = "",
) -> SignedIn:
    """Make an account and sign in to it; an invitation opens the way and gives its role."""
    spend_attempt(parts.budgets, browser.address, "sign-up")
    how, tier = parts.settings.sign_up, parts.settings.default_tier
    email = read_email(email)
    async with parts.database.reader() as reader:  # refused before it costs anything
        if invitation:
            actions.require_invited(email, await parts.invitations.find_email(reader, invitation))
            how = "open"
        await actions.require_sign_up(reader, how, code)
    hashed = await hash_password(read_password(password))
    name = read_name(name, email)
    async with parts.database.transaction() as tx:
        account = await actions.sign_up(tx, email, name, hashed, tier, how, code)
        if invitation:
            await parts.invitations.accept(tx, account.id, invitation)
        secret = await actions.sign_in(tx, account.id, browser)
    return SignedIn(account, secret)


async def sign_in(
    parts: Parts, browser: Browser, caller: Caller, email: str, password: str
) -> SignedIn:
    """A new session for who knows the password, in place of the one that this browser had.

    Raises the same Unauthorized for a wrong e-mail and for a wrong password.
    """
    email = as_stored(email)
    spend_attempt(parts.budgets, browser.address, email)
    async with parts.database.reader() as reader:
        found = await store.find_password(reader, email)
    user_id, hashed = found or ("", None)
    if not await is_password(hashed, as_typed(password)):
        await _note_refused(parts, browser.address, email, user_id)
        raise _wrong()
    async with parts.database.transaction() as tx:
        # Checked beside the transaction: it must still be the password now that it counts.
        if await store.get_password(tx, user_id) != hashed:
            raise _wrong()
        account = await store.get_account(tx, user_id)
        if caller.session_id:
            await actions.end_session(tx, caller.user_id, caller.session_id)
        secret = await actions.sign_in(tx, user_id, browser)
    return SignedIn(account, secret)


def _wrong() -> Unauthorized:
    return Unauthorized("No account has this e-mail and password", reason="WRONG_PASSWORD")


async def _note_refused(parts: Parts, address: str, email: str, user_id: str) -> None:
    """Write down a failed try, the same for accounts that there are and for others.

    Only a few for each name and hour: nobody fills the log of what was really done.
    """
    if may_note(parts.budgets, email):
        async with parts.database.outright.transaction() as tx:
            await audit.note_refused_sign_in(tx, user_id, address)


async def reset_password(parts: Parts, browser: Browser, token: str, password: str) -> SignedIn:
    """Set a password with a one-time link and sign in with it."""
    spend_attempt(parts.budgets, browser.address, "reset")
    async with parts.database.reader() as reader:
        await actions.require_password_link(reader, token)
    hashed = await hash_password(read_password(password))
    async with parts.database.transaction() as tx:
        account = await actions.reset_password(tx, token, hashed)
        secret = await actions.sign_in(tx, account.id, browser)
    return SignedIn(account, secret)


def send_reset_link(parts: Parts, address: str, email: str) -> None:
    """Mail a link to set a password with, if there is such an account.

    Looked up after the answer has left: nobody learns from it, or from how long it took, who has
    an account.
    """
    email = read_email(email)
    spend_attempt(parts.budgets, address, "forgot " + email)

    async def write() -> Letter | None:
        async with parts.database.transaction() as tx:
            token = await actions.create_forgotten_link(tx, email)
        return None if token is None else _reset_letter(parts, email, token)

    if may_mail(parts.budgets, email):
        parts.mail.write(write)


async def change_password(
    parts: Parts, address: str, user_id: str, session_id: str, current: str, password: str
) -> None:
    """Another password for who knows the present one; all other sessions end."""
    spend_attempt(parts.budgets, address, user_id)
    async with parts.database.reader() as reader:
        stored = await store.get_password(reader, user_id)
    if not await is_password(stored, as_typed(current)):
        raise invalid("current_password", "current_password is not the present one")
    hashed = await hash_password(read_password(password))
    async with parts.database.transaction() as tx:
        await actions.set_password(tx, user_id, hashed, keep=session_id)


def _reset_letter(parts: Parts, email: str, token: str) -> Letter:
    address = parts.settings.address
    text = (
        "Somebody, probably you, asked to set a new password for Pindown. With this link you can,"
        f" once and within an hour:\n\n{address}/reset?token={token}\n\n"
        "If it was not you, you need not do anything: your password stays as it is.\n"
    )
    return Letter(email, "Set a new password for Pindown", text)

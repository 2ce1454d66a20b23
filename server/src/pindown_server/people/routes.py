"""Accounts and sessions over HTTP."""

import msgspec
from msgspec import UNSET, UnsetType

from ..clock import now
from ..door.call import Answer, Call
from ..door.origin import refuse_other_origin
from ..door.route import LIST, Routes
from ..door.shapes import Removed
from ..errors import Forbidden, NotFound
from ..parts import Parts
from ..rights import Right
from . import actions, sign_in, store
from .account import (
    Account,
    Email,
    Name,
    NewPassword,
    Password,
    one_line,
    read_email,
    read_name,
)
from .actions import AccountChanges, Browser
from .answers import (
    EndedSessions,
    MailSent,
    SessionList,
    SignedOut,
    SignInState,
)
from .session import cookie

routes = Routes()

ACCOUNT_COST = 5  # hashing a password is the most expensive thing that a visitor can ask for


class SignUp(msgspec.Struct, forbid_unknown_fields=True):
    """Who is new. `code`: for the first account, the one that `serve` prints.

    `invitation`: the token of the link that somebody was invited with.
    """

    email: Email
    password: NewPassword
    name: Name = ""
    code: str = ""
    invitation: str = ""


class SignIn(msgspec.Struct, forbid_unknown_fields=True):
    """Who is back."""

    email: Email
    password: Password


class Reset(msgspec.Struct, forbid_unknown_fields=True):
    """A new password, and the token of the one-time link that lets it be set."""

    token: str
    password: NewPassword


class Forgotten(msgspec.Struct, forbid_unknown_fields=True):
    """Whose password was forgotten."""

    email: Email


class PasswordChange(msgspec.Struct, forbid_unknown_fields=True):
    """The password as it is, and as it shall be."""

    current_password: Password
    password: NewPassword


class MyChanges(msgspec.Struct, forbid_unknown_fields=True):
    """What is to be different about one's own account."""

    email: Email | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    # What an answer carries and nobody can set: taken and ignored, so that one can be sent back.
    tier: str | UnsetType = UNSET
    is_admin: bool | UnsetType = UNSET


@routes.add("GET", "/v1/auth/state", access="anyone", cost=0, answer=SignInState)
async def get_sign_in_state(call: Call, parts: Parts) -> Answer:
    """Tell whether you are signed in, and whether this server has its first account yet."""
    async with parts.database.reader() as reader:
        has_accounts = await store.has_accounts(reader)
    data = {
        "signed_in": call.caller.is_signed_in,
        "needs_setup": not has_accounts,
        "sign_up": parts.settings.sign_up,
        "mails": parts.mail.is_on,
    }
    return Answer(data)


@routes.add(
    "POST",
    "/v1/auth/sign-up",
    access="anyone",
    cost=ACCOUNT_COST,
    status=201,
    body=SignUp,
    answer=Account,
    errors=(403, 404, 409, 410),
    audit=("account.signed_up",),
)
async def sign_up(call: Call, parts: Parts) -> Answer:
    """Make an account and sign in to it; with an invitation, where that is not open to all too."""
    refuse_other_origin(parts.settings, call.headers)  # nobody is signed in to another's account
    body = call.read(SignUp)
    return _signed_in(
        parts,
        await sign_in.sign_up(
            parts,
            _browser(call),
            body.email,
            body.name,
            body.password,
            code=body.code,
            invitation=body.invitation,
        ),
    )


@routes.add(
    "POST",
    "/v1/auth/sign-in",
    access="anyone",
    cost=ACCOUNT_COST,
    body=SignIn,
    answer=Account,
    audit=("session.started",),
)
async def sign_in_to_account(call: Call, parts: Parts) -> Answer:
    """Sign in with e-mail and password; the answer sets the session's cookie."""
    refuse_other_origin(parts.settings, call.headers)  # nobody is signed in to another's account
    body = call.read(SignIn)
    return _signed_in(
        parts, await sign_in.sign_in(parts, _browser(call), call.caller, body.email, body.password)
    )


@routes.add(
    "POST", "/v1/auth/sign-out", access="anyone", cost=1, answer=SignedOut, audit=("session.ended",)
)
async def sign_out(call: Call, parts: Parts) -> Answer:
    """End this session."""
    if call.caller.session_id:
        async with parts.database.transaction() as tx:
            await actions.end_session(tx, call.caller.user_id, call.caller.session_id)
    return Answer({"signed_in": False}, headers=[cookie(parts.settings, "")])


@routes.add(
    "POST",
    "/v1/auth/reset",
    access="anyone",
    cost=ACCOUNT_COST,
    body=Reset,
    answer=Account,
    audit=("password.reset",),
)
async def reset_password(call: Call, parts: Parts) -> Answer:
    """Set a password with a one-time link, and sign in."""
    refuse_other_origin(parts.settings, call.headers)  # nobody is signed in to another's account
    body = call.read(Reset)
    return _signed_in(
        parts, await sign_in.reset_password(parts, _browser(call), body.token, body.password)
    )


@routes.add(
    "POST",
    "/v1/auth/forgot",
    access="anyone",
    cost=ACCOUNT_COST,
    body=Forgotten,
    answer=MailSent,
)
async def forgot_password(call: Call, parts: Parts) -> Answer:
    """Have a link mailed that lets a password be set anew. Whether there is an account is not told."""
    refuse_other_origin(parts.settings, call.headers)
    sign_in.send_reset_link(parts, call.address, call.read(Forgotten).email)
    is_on = parts.mail.is_on
    return Answer(
        {"mail": "on its way, if there is an account" if is_on else "off"},
        message=None if is_on else "This server sends no mails: ask whoever runs it for a link",
    )


@routes.add("GET", "/v1/me", access="signed in", answer=Account)
async def get_me(call: Call, parts: Parts) -> Answer:
    """Get your own account."""
    async with parts.database.reader() as reader:
        account = await store.get_account(reader, call.caller.user_id)
    return Answer(account.as_json())


@routes.add(
    "PATCH",
    "/v1/me",
    scope="*",
    body=MyChanges,
    answer=Account,
    errors=(409,),
    audit=("account.changed",),
)
async def change_me(call: Call, parts: Parts) -> Answer:
    """Change your own name or e-mail; the e-mail only when signed in, not with a key."""
    if call.caller.resources is not None:
        raise Forbidden("A key that is limited to some things cannot change its owner's account")
    body = call.read(MyChanges)
    if body.email is not UNSET and call.caller.kind != "session":
        raise Forbidden("Only somebody signed in can change the e-mail, not an API key")
    email = body.email if body.email is UNSET else read_email(body.email)
    async with parts.database.transaction() as tx:
        account = await store.get_account(tx, call.caller.user_id)
        name = body.name if body.name is UNSET else read_name(body.name, account.email)
        account = await actions.change_account(
            tx, account.id, AccountChanges(email=email, name=name)
        )
    return Answer(account.as_json())


@routes.add(
    "DELETE", "/v1/me", access="session", errors=(409,), answer=Removed, audit=("account.removed",)
)
async def remove_me(call: Call, parts: Parts) -> Answer:
    """Remove your own account with everything in it."""
    await remove_with_everything(parts, call.caller.user_id)
    data = {"id": call.caller.user_id}
    return Answer(data, headers=[cookie(parts.settings, "")])


@routes.add(
    "POST",
    "/v1/me/password",
    access="session",
    cost=ACCOUNT_COST,
    body=PasswordChange,
    answer=Removed,
    audit=("password.changed",),
)
async def change_password(call: Call, parts: Parts) -> Answer:
    """Change your password; you stay signed in here and nowhere else."""
    body = call.read(PasswordChange)
    caller = call.caller
    await sign_in.change_password(
        parts, call.address, caller.user_id, caller.session_id, body.current_password, body.password
    )
    return Answer({"id": caller.user_id})


@routes.add("GET", "/v1/me/sessions", access="session", query=LIST, answer=SessionList)
async def list_sessions(call: Call, parts: Parts) -> Answer:
    """List where you are signed in, newest first."""
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        sessions, total = await store.list_sessions(
            reader, call.caller.user_id, now(), limit, offset
        )
    items = [session.as_json(call.caller.session_id) for session in sessions]
    return Answer({"items": items, "total": total, "limit": limit, "offset": offset})


@routes.add(
    "DELETE",
    "/v1/me/sessions",
    access="session",
    answer=EndedSessions,
    audit=("sessions.ended", "ended"),
)
async def end_other_sessions(call: Call, parts: Parts) -> Answer:
    """Sign out everywhere else."""
    caller = call.caller
    async with parts.database.transaction() as tx:
        ended = await actions.end_other_sessions(tx, caller.user_id, keep=caller.session_id)
    return Answer({"ended": ended})


@routes.add(
    "DELETE",
    "/v1/me/sessions/{session_id}",
    access="session",
    right=Right.OWN,
    errors=(404,),
    answer=Removed,
    audit=("session.ended",),
)
async def end_session(call: Call, parts: Parts) -> Answer:
    """Sign out one browser."""
    async with parts.database.transaction() as tx:
        if not await actions.end_session(tx, call.caller.user_id, call.params[0]):
            raise NotFound("Session")
    return Answer({"id": call.params[0]})


async def remove_with_everything(parts: Parts, user_id: str) -> None:
    """Take an account away; raises Conflict for the last admin's."""
    async with parts.database.transaction() as tx:
        await actions.require_other_admin(tx, user_id)
        await actions.remove_account(tx, user_id)
        # Pins and pinboards went with it: whoever watches them is looked at again, here as on
        # nodes that hear of it from the store.
        tx.after_commit(parts.database.when_changed_outside)


def _signed_in(parts: Parts, signed_in: sign_in.SignedIn) -> Answer:
    return Answer(signed_in.account.as_json(), headers=[cookie(parts.settings, signed_in.secret)])


def _browser(call: Call) -> Browser:
    return Browser(call.address, one_line(call.header(b"user-agent") or "")[:200])

"""Other people's accounts over HTTP, for admins."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from ..door.call import Answer, Call
from ..door.route import LIST, Routes
from ..door.shapes import Removed
from ..parts import Parts
from . import actions, store
from .account import Account, Email, Name, NewPassword, read_email, read_name, read_password
from .actions import AccountChanges
from .answers import AccountList, NewAccount
from .password import hash_password
from .routes import ACCOUNT_COST, remove_with_everything

routes = Routes()


class NewUser(msgspec.Struct, forbid_unknown_fields=True):
    """An account for somebody else. Without a password the answer holds a link to set one."""

    email: Email
    name: Name = ""
    password: NewPassword | None = None
    tier: str | None = None
    is_admin: bool = False


class UserChanges(msgspec.Struct, forbid_unknown_fields=True):
    """What is to be different about somebody's account."""

    name: Name | UnsetType = UNSET
    tier: str | UnsetType = UNSET
    is_admin: bool | UnsetType = UNSET
    email: str | UnsetType = UNSET  # ignored: it is its owner's to change


@routes.add("GET", "/v1/users", scope="*", query=LIST, answer=AccountList)
async def list_users(call: Call, parts: Parts) -> Answer:
    """List all accounts, newest first; for admins."""
    actions.require_admin(call.caller)
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        accounts, total = await store.list_accounts(reader, limit, offset)
    items = [account.as_json() for account in accounts]
    return Answer({"items": items, "total": total, "limit": limit, "offset": offset})


@routes.add(
    "POST",
    "/v1/users",
    scope="*",
    cost=ACCOUNT_COST,
    status=201,
    body=NewUser,
    answer=NewAccount,
    audit=("account.created", "tier", "is_admin"),
)
async def create_user(call: Call, parts: Parts) -> Answer:
    """Make an account for somebody; for admins."""
    actions.require_admin(call.caller)
    body = call.read(NewUser)
    email = read_email(body.email)
    tier = (
        parts.settings.default_tier
        if body.tier is None
        else parts.settings.all_tiers.read(body.tier)
    )
    hashed = None if body.password is None else await hash_password(read_password(body.password))
    async with parts.database.transaction() as tx:
        account = await actions.create_account(
            tx, email, read_name(body.name, email), hashed, tier, is_admin=body.is_admin
        )
        token = "" if hashed else await actions.create_password_link(tx, account.id)
    data: dict[str, Any] = account.as_json()
    if token:
        data["reset_url"] = f"{parts.settings.address}/reset?token={token}"
    return Answer(data, secrets=("reset_url",))


@routes.add(
    "PATCH",
    "/v1/users/{user_id}",
    scope="*",
    body=UserChanges,
    answer=Account,
    audit=("account.changed", "tier", "is_admin"),
)
async def change_user(call: Call, parts: Parts) -> Answer:
    """Change somebody's name, tier, or whether they are an admin; for admins."""
    actions.require_admin(call.caller)
    body = call.read(UserChanges)
    tier = body.tier if body.tier is UNSET else parts.settings.all_tiers.read(body.tier)
    async with parts.database.transaction() as tx:
        account = await store.get_account(tx, call.params[0])
        name = body.name if body.name is UNSET else read_name(body.name, account.email)
        changes = AccountChanges(name=name, tier=tier, is_admin=body.is_admin)
        account = await actions.change_account(tx, account.id, changes)
        tx.after_commit(parts.callers.forget)
    return Answer(account.as_json())


@routes.add(
    "DELETE",
    "/v1/users/{user_id}",
    scope="*",
    errors=(404, 409),
    answer=Removed,
    audit=("account.removed",),
)
async def remove_user(call: Call, parts: Parts) -> Answer:
    """Remove somebody's account with everything in it; for admins."""
    actions.require_admin(call.caller)
    await remove_with_everything(parts, call.params[0])
    return Answer({"id": call.params[0]})

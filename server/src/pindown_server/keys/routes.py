"""API keys over HTTP."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from ..clock import now
from ..door.call import Answer, Call
from ..door.route import LIST, Routes
from ..door.shapes import DateTime, Milliseconds, Removed
from ..errors import NotFound
from ..parts import Parts
from ..rights import Right
from . import actions, store
from .actions import KeyChanges
from .answers import ApiKey, ApiKeyList, CurrentKey, NewApiKey
from .key import (
    Name,
    Resources,
    Scopes,
    read_expiry,
    read_name,
    read_scopes,
    require_whole,
)

routes = Routes()


class KeyBody(msgspec.Struct, forbid_unknown_fields=True):
    """What a key shall be called and may do. `resources`: the only ids it shall see."""

    name: Name | UnsetType = UNSET
    scopes: Scopes | UnsetType = UNSET
    resources: Resources | None | UnsetType = UNSET
    tier: str | None | UnsetType = UNSET
    expires_at: Milliseconds | DateTime | None | UnsetType = UNSET
    # What an answer carries and nobody can set: taken and ignored, so that one can be sent back.
    hint: str | UnsetType = UNSET
    created_by: str | UnsetType = UNSET
    last_used_at: int | None | UnsetType = UNSET


class NewKeyBody(KeyBody, forbid_unknown_fields=True, kw_only=True):
    """A key to make."""

    name: Name
    scopes: Scopes


@routes.add(
    "POST",
    "/v1/api-keys",
    scope="*",
    status=201,
    body=NewKeyBody,
    errors=(403,),
    answer=NewApiKey,
    audit=("key.created", "scopes", "resources", "tier", "expires_at"),
)
async def create_key(call: Call, parts: Parts) -> Answer:
    """Make an API key; `key` in the answer is its secret, shown this once."""
    require_whole(call.caller)
    wanted = _changes(call.read(NewKeyBody), parts)
    async with parts.database.transaction() as tx:
        made = await actions.create_key(tx, call.caller, wanted, parts.settings.all_tiers)
    return _with_secret(made)


@routes.add("GET", "/v1/api-keys", scope="*", query=LIST, answer=ApiKeyList)
async def list_keys(call: Call, parts: Parts) -> Answer:
    """List your API keys, newest first, without their secrets."""
    require_whole(call.caller)
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        keys, total = await store.list_keys(reader, call.caller.user_id, limit, offset)
    items = [key.as_json() for key in keys]
    return Answer({"items": items, "total": total, "limit": limit, "offset": offset})


@routes.add("GET", "/v1/api-keys/current", access="signed in", errors=(404,), answer=CurrentKey)
async def get_current_key(call: Call, parts: Parts) -> Answer:
    """Tell the key that asks its own scopes, tier and what is left of its budget."""
    caller = call.caller
    if caller.kind != "key":
        raise NotFound("API key")
    async with parts.database.reader() as reader:
        key = await store.get_key(reader, caller.user_id, caller.key_id)
    return Answer({**key.as_json(), "tier": caller.tier, "budget": _budget(call, parts)})


@routes.add(
    "PATCH",
    "/v1/api-keys/{key_id}",
    scope="*",
    right=Right.OWN,
    body=KeyBody,
    errors=(403, 404),
    answer=ApiKey,
    audit=("key.changed", "scopes", "resources", "tier", "expires_at"),
)
async def change_key(call: Call, parts: Parts) -> Answer:
    """Change an API key's name, scopes, resources, tier or expiry."""
    changes = _changes(call.read(KeyBody), parts)
    async with parts.database.transaction() as tx:
        key = await actions.change_key(
            tx, call.caller, call.params[0], changes, parts.settings.all_tiers
        )
    return Answer(key.as_json())


@routes.add(
    "DELETE",
    "/v1/api-keys/{key_id}",
    scope="*",
    right=Right.OWN,
    errors=(404,),
    answer=Removed,
    audit=("key.revoked",),
)
async def revoke_key(call: Call, parts: Parts) -> Answer:
    """Revoke an API key: it is useless from now on and its streams end."""
    async with parts.database.transaction() as tx:
        await actions.revoke_key(tx, call.caller, call.params[0])
    return Answer({"id": call.params[0]})


@routes.add(
    "POST",
    "/v1/api-keys/{key_id}/rotate",
    scope="*",
    right=Right.OWN,
    errors=(403, 404),
    answer=NewApiKey,
    audit=("key.rotated",),
)
async def rotate_key(call: Call, parts: Parts) -> Answer:
    """Give an API key another secret, shown this once; the old one is useless at once."""
    async with parts.database.transaction() as tx:
        made = await actions.rotate_key(tx, call.caller, call.params[0], parts.settings.all_tiers)
    return _with_secret(made)


def _changes(body: KeyBody, parts: Parts) -> KeyChanges:
    resources = body.resources
    if isinstance(resources, list):
        resources = list(dict.fromkeys(resources))
    return KeyChanges(
        name=UNSET if body.name is UNSET else read_name(body.name),
        scopes=UNSET if body.scopes is UNSET else read_scopes(body.scopes),
        resources=tuple(resources) if isinstance(resources, list) else resources,
        tier=parts.settings.all_tiers.read(body.tier) if isinstance(body.tier, str) else body.tier,
        expires_at=UNSET if body.expires_at is UNSET else read_expiry(body.expires_at, now()),
    )


def _with_secret(made: actions.NewKey) -> Answer:
    return Answer({**made.key.as_json(), "key": made.secret}, secrets=("key",))


def _budget(call: Call, parts: Parts) -> dict[str, Any]:
    """What the budget's headers say, as JSON."""
    caller = call.caller
    shown = dict(parts.budgets.show(caller.budget, caller.limits, 0, now()))
    return {
        window: {
            "limit": caller.limits[index],
            "remaining": int(shown[b"x-ratelimit-remaining-" + window.encode()]),
            "reset_at": shown[b"x-ratelimit-reset-" + window.encode()].decode(),
        }
        for index, window in enumerate(("hour", "minute"))
    }

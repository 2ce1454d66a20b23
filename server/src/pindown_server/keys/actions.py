"""What can be done with API keys. The API and commands come through here."""

from typing import NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from .. import ids
from ..changes import caller_ended
from ..clock import now
from ..door.caller import Caller
from ..people import store as people
from ..people.session import digest
from ..storage import Transaction
from ..tiers import Tiers
from . import store
from .key import Key, hint_of, require_no_wider, require_whole


class NewKey(NamedTuple):
    """A key and its secret, which is shown once."""

    key: Key
    secret: str


class KeyChanges(NamedTuple):
    """What a key shall be called and may do; what is UNSET stays as it is."""

    name: str | UnsetType = UNSET
    scopes: tuple[str, ...] | UnsetType = UNSET
    resources: tuple[str, ...] | None | UnsetType = UNSET
    tier: str | None | UnsetType = UNSET
    expires_at: int | None | UnsetType = UNSET


async def create_key(tx: Transaction, caller: Caller, wanted: KeyChanges, tiers: Tiers) -> NewKey:
    """A new key of the caller's account, no wider than the caller.

    What a key does not say about a key it makes is as for itself: tier and expiry.
    """
    account = await people.get_account(tx, caller.user_id)
    own_tier = None if caller.tier == account.tier else caller.tier
    own_end = caller.expires_at if caller.kind == "key" else None
    key, secret = _new(caller.user_id, caller.key_id or caller.user_id)
    key = _with(key, KeyChanges(tier=own_tier, expires_at=own_end))
    key = _with(key, wanted)
    require_no_wider(key, account.tier, caller, tiers)
    await store.add_key(tx, key, digest(secret))
    return NewKey(key, secret)


async def issue_key(tx: Transaction, user_id: str, wanted: KeyChanges) -> NewKey:
    """A new key, made by whoever runs the server."""
    key, secret = _new(user_id, "command")
    key = _with(key, wanted)
    await store.add_key(tx, key, digest(secret))
    return NewKey(key, secret)


async def change_key(
    tx: Transaction, caller: Caller, key_id: str, changes: KeyChanges, tiers: Tiers
) -> Key:
    """Call a key something else or let it do something else; its open streams begin anew."""
    key = await _get_own(tx, caller, key_id)
    account = await people.get_account(tx, caller.user_id)
    changed = _with(key, changes)
    if caller.kind == "key":
        require_no_wider(key, account.tier, caller, tiers)
    require_no_wider(changed, account.tier, caller, tiers)
    if changed == key:
        return key
    await store.save_key(tx, changed)
    if msgspec.structs.replace(changed, name=key.name) != key:
        tx.announce(caller_ended(key.id))
    return changed


async def rotate_key(tx: Transaction, caller: Caller, key_id: str, tiers: Tiers) -> NewKey:
    """Give a key another secret; the old one is useless at once, and its streams end."""
    key = await _get_own(tx, caller, key_id)
    account = await people.get_account(tx, caller.user_id)
    if caller.kind == "key":
        require_no_wider(key, account.tier, caller, tiers)
    secret = ids.new_api_key()
    key = msgspec.structs.replace(key, hint=hint_of(secret))
    await store.save_secret(tx, key.id, digest(secret), key.hint)
    tx.announce(caller_ended(key.id))
    return NewKey(key, secret)


async def revoke_key(tx: Transaction, caller: Caller, key_id: str) -> None:
    """Make a key useless from now on and end every stream opened with it."""
    await withdraw_key(tx, await _get_own(tx, caller, key_id))


async def withdraw_key(tx: Transaction, key: Key) -> None:
    """Make anybody's key useless; for whoever runs the server."""
    await store.remove_key(tx, key.id)
    tx.announce(caller_ended(key.id))


async def _get_own(tx: Transaction, caller: Caller, key_id: str) -> Key:
    require_whole(caller)
    return await store.get_key(tx, caller.user_id, key_id, lock=True)


def _new(user_id: str, created_by: str) -> NewKey:
    secret = ids.new_api_key()
    key = Key(
        id=ids.new_id(ids.KEY),
        user_id=user_id,
        name="",
        hint=hint_of(secret),
        scopes=(),
        resources=None,
        tier=None,
        expires_at=None,
        created_at=now(),
        created_by=created_by,
    )
    return NewKey(key, secret)


def _with(key: Key, changes: KeyChanges) -> Key:
    given = {name: value for name, value in changes._asdict().items() if value is not UNSET}
    return msgspec.structs.replace(key, **given)

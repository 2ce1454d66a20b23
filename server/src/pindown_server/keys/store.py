"""API keys in the database."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from ..storage import Reader, Transaction


class KeyOwner(NamedTuple):
    """What a call with a key needs to know."""

    key_id: str
    user_id: str
    scopes: frozenset[str]
    resources: frozenset[str] | None
    tier: str
    expires_at: int | None
    is_admin: bool


async def find_key_owner(reader: Reader, named: str) -> KeyOwner | None:
    """Whose key this is, by its digest or id; an expired one too, so that its holder can be told."""
    row = await reader.find(
        """SELECT api_keys.id, users.id, api_keys.scopes, api_keys.resources,
            COALESCE(api_keys.tier, users.tier), api_keys.expires_at, users.is_admin
        FROM api_keys JOIN users ON users.id = api_keys.user_id
        WHERE api_keys.digest = :named OR api_keys.id = :named""",
        {"named": named},
    )
    if row is None:
        return None
    key_id, user_id, scopes, resources, tier, expires_at, is_admin = row
    narrowed = None if resources is None else _names(resources)
    return KeyOwner(key_id, user_id, _names(scopes), narrowed, tier, expires_at, bool(is_admin))


async def save_last_used(tx: Transaction, used: Mapping[str, int]) -> None:
    """Note when keys were used last; in one order, so that nodes do not wait for each other."""
    await tx.run_many(
        """UPDATE api_keys SET last_used_at = :at
        WHERE id = :id AND (last_used_at IS NULL OR last_used_at < :at)""",
        [{"id": key_id, "at": at} for key_id, at in sorted(used.items())],
    )


def _names(text: str) -> frozenset[str]:
    return frozenset(msgspec.json.decode(text, type=list[str]))

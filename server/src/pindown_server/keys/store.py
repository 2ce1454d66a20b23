"""API keys in the database."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from ..errors import NotFound
from ..storage import Reader, Transaction
from .key import Key

FIELDS = Key.__struct_fields__
KEY = f"SELECT {', '.join(FIELDS)} FROM api_keys"


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
    narrowed = None if resources is None else frozenset(_names(resources))
    scopes = frozenset(_names(scopes))
    return KeyOwner(key_id, user_id, scopes, narrowed, tier, expires_at, bool(is_admin))


async def get_key(reader: Reader, user_id: str, key_id: str, *, lock: bool = False) -> Key:
    """A key of this account; raises NotFound."""
    sql = f"{KEY} WHERE id = :id AND user_id = :user" + (" {lock}" if lock else "")
    row = await reader.find(sql, {"id": key_id, "user": user_id})
    if row is None:
        raise NotFound("API key")
    return _key(row)


async def list_keys(reader: Reader, user_id: str, limit: int, offset: int) -> tuple[list[Key], int]:
    """The keys of an account, newest first, and how many there are."""
    rows = await reader.rows(
        f"{KEY} WHERE user_id = :user ORDER BY created_at DESC, id DESC"
        " LIMIT :limit OFFSET :offset",
        {"user": user_id, "limit": limit, "offset": offset},
    )
    total = await reader.find(
        "SELECT count(*) FROM api_keys WHERE user_id = :user", {"user": user_id}
    )
    return [_key(row) for row in rows], total[0] if total else 0


async def all_keys(reader: Reader) -> list[Key]:
    """Everybody's keys, newest first."""
    rows = await reader.rows(f"{KEY} ORDER BY created_at DESC, id DESC", {})
    return [_key(row) for row in rows]


async def find_key_named(reader: Reader, named: str) -> Key | None:
    """The key with this id, or the one key with this hint."""
    rows = await reader.rows(f"{KEY} WHERE id = :named OR hint = :named LIMIT 2", {"named": named})
    return _key(rows[0]) if len(rows) == 1 else None


async def add_key(tx: Transaction, key: Key, digest: str) -> None:
    """Store a new key."""
    columns = (*FIELDS, "digest")
    await tx.run(
        f"INSERT INTO api_keys ({', '.join(columns)})"
        f" VALUES ({', '.join(':' + column for column in columns)})",
        {**_values(key), "digest": digest},
    )


async def save_key(tx: Transaction, key: Key) -> None:
    """Store what a key is called and may do."""
    await tx.run(
        """UPDATE api_keys SET name = :name, scopes = :scopes, resources = :resources,
            tier = :tier, expires_at = :expires_at WHERE id = :id""",
        _values(key),
    )


async def save_secret(tx: Transaction, key_id: str, digest: str, hint: str) -> None:
    """Store what is kept of a new secret; the old one is worth nothing from now on."""
    await tx.run(
        "UPDATE api_keys SET digest = :digest, hint = :hint WHERE id = :id",
        {"id": key_id, "digest": digest, "hint": hint},
    )


async def remove_key(tx: Transaction, key_id: str) -> None:
    """Take a key away."""
    await tx.run("DELETE FROM api_keys WHERE id = :id", {"id": key_id})


async def save_last_used(tx: Transaction, used: Mapping[str, int]) -> None:
    """Note when keys were used last; in one order, so that nodes do not wait for each other."""
    await tx.run_many(
        """UPDATE api_keys SET last_used_at = :at
        WHERE id = :id AND (last_used_at IS NULL OR last_used_at < :at)""",
        [{"id": key_id, "at": at} for key_id, at in sorted(used.items())],
    )


def _key(row: tuple[Any, ...]) -> Key:
    values = dict(zip(FIELDS, row, strict=True))
    values["scopes"] = _names(values["scopes"])
    if values["resources"] is not None:
        values["resources"] = _names(values["resources"])
    return Key(**values)


def _values(key: Key) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.structs.asdict(key)
    values["scopes"] = msgspec.json.encode(key.scopes).decode()
    if key.resources is not None:
        values["resources"] = msgspec.json.encode(key.resources).decode()
    return values


def _names(text: str) -> tuple[str, ...]:
    return msgspec.json.decode(text, type=tuple[str, ...])

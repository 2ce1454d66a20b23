"""The SQL of answers that are kept for repeated calls."""

from typing import NamedTuple

from ..storage import Reader, Transaction
from .caller import Caller

# Who calls under which name: keys do not meet each other's names, nor those of their person.
OF_CALLER = "user_id = :user AND key_id = :key"


class Kept(NamedTuple):
    """What was answered, and to which call."""

    fingerprint: str
    status: int
    answer: str
    etag: str | None


async def find_kept(reader: Reader, caller: Caller, name: str, since: int) -> Kept | None:
    """The answer that was given under this name, if it was not too long ago."""
    row = await reader.find(
        "SELECT fingerprint, status, answer, etag FROM retries"
        f" WHERE {OF_CALLER} AND name = :name AND at > :since",
        {**_who(caller), "name": name, "since": since},
    )
    return None if row is None else Kept(*row)


async def claim(
    tx: Transaction, caller: Caller, name: str, fingerprint: str, at: int, since: int
) -> bool:
    """Take the name for this call; False if it has been taken.

    Whoever is taking it at the same moment is waited for: its row is locked until its end.
    """
    taken = await tx.run(
        "INSERT INTO retries (user_id, key_id, name, fingerprint, at, status, answer)"
        " VALUES (:user, :key, :name, :fingerprint, :at, 0, '')"
        " ON CONFLICT (user_id, key_id, name) DO UPDATE SET fingerprint = excluded.fingerprint,"
        " at = excluded.at, status = 0, answer = '', etag = NULL WHERE retries.at <= :since",
        {**_who(caller), "name": name, "fingerprint": fingerprint, "at": at, "since": since},
    )
    return taken == 1


async def keep(tx: Transaction, caller: Caller, name: str, kept: Kept) -> None:
    """Store what the call is answered. Nothing, if its account went with it."""
    await tx.run(
        "UPDATE retries SET status = :status, answer = :answer, etag = :etag"
        f" WHERE {OF_CALLER} AND name = :name",
        {
            **_who(caller),
            "name": name,
            "status": kept.status,
            "answer": kept.answer,
            "etag": kept.etag,
        },
    )


async def find_surplus(reader: Reader, who: tuple[str, str], most: int) -> int | None:
    """When the newest answer was given that is one too many for this caller."""
    row = await reader.find(
        f"SELECT at FROM retries WHERE {OF_CALLER} ORDER BY at DESC LIMIT 1 OFFSET :most",
        {"user": who[0], "key": who[1], "most": most},
    )
    return row[0] if row else None


async def remove_surplus(tx: Transaction, who: tuple[str, str], until: int, most: int) -> int:
    """Forget the oldest of a caller's answers up to that moment, a few; how many."""
    return await tx.run(
        f"DELETE FROM retries WHERE {OF_CALLER} AND name IN (SELECT name FROM retries"
        f" WHERE {OF_CALLER} AND at <= :until ORDER BY at LIMIT :most)",
        {"user": who[0], "key": who[1], "until": until, "most": most},
    )


async def remove_expired(tx: Transaction, until: int, most: int) -> int:
    """Forget the oldest answers up to that moment, a few; how many."""
    return await tx.run(
        "DELETE FROM retries WHERE (user_id, key_id, name) IN"
        " (SELECT user_id, key_id, name FROM retries WHERE at <= :until ORDER BY at LIMIT :most)",
        {"until": until, "most": most},
    )


def _who(caller: Caller) -> dict[str, str]:
    return {"user": caller.user_id, "key": caller.key_id}

"""Accounts, sessions and one-time links in the database."""

from typing import NamedTuple

from ..storage import Reader, Transaction


class SessionOwner(NamedTuple):
    """What a call with a session's cookie needs to know."""

    session_id: str
    user_id: str
    expires_at: int
    tier: str
    is_admin: bool


async def find_session_owner(reader: Reader, digest: str, now: int) -> SessionOwner | None:
    """Who is signed in with this cookie."""
    row = await reader.find(
        """SELECT sessions.id, users.id, sessions.expires_at, users.tier, users.is_admin
        FROM sessions JOIN users ON users.id = sessions.user_id
        WHERE sessions.digest = :digest AND sessions.expires_at > :now""",
        {"digest": digest, "now": now},
    )
    return None if row is None else SessionOwner(row[0], row[1], row[2], row[3], bool(row[4]))


async def prolong_sessions(tx: Transaction, session_ids: list[str], until: int) -> None:
    """Let sessions that are in use last longer."""
    await tx.run(
        "UPDATE sessions SET expires_at = :until WHERE id IN (:ids*)",
        {"until": until, "ids": session_ids},
    )

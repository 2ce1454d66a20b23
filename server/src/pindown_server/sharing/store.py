"""The SQL of roles given to accounts."""

from typing import NamedTuple

from ..storage import Reader, Transaction


class Grant(NamedTuple):
    """A role that somebody has."""

    user_id: str
    role: str
    given_at: int


async def list_grants(
    reader: Reader, thing_id: str, limit: int, offset: int
) -> tuple[list[Grant], int]:
    """Who has a role on a thing, newest first, and how many there are."""
    total = await reader.find(
        "SELECT count(*) FROM grants WHERE thing_id = :thing", {"thing": thing_id}
    )
    rows = await reader.rows(
        "SELECT user_id, role, given_at FROM grants WHERE thing_id = :thing"
        " ORDER BY given_at DESC, user_id LIMIT :limit OFFSET :offset",
        {"thing": thing_id, "limit": limit, "offset": offset},
    )
    return [Grant(*row) for row in rows], total[0] if total else 0


async def find_grant(reader: Reader, thing_id: str, user_id: str) -> Grant | None:
    """The role that somebody has on a thing."""
    row = await reader.find(
        "SELECT user_id, role, given_at FROM grants WHERE thing_id = :thing AND user_id = :user",
        {"thing": thing_id, "user": user_id},
    )
    return None if row is None else Grant(*row)


async def save_grant(tx: Transaction, thing_id: str, grant: Grant, given_by: str) -> None:
    """Give somebody a role, in place of the one they have."""
    await tx.run(
        "INSERT INTO grants (thing_id, user_id, role, given_by, given_at)"
        " VALUES (:thing, :user, :role, :by, :at)"
        " ON CONFLICT (thing_id, user_id) DO UPDATE SET role = excluded.role",
        {
            "thing": thing_id,
            "user": grant.user_id,
            "role": grant.role,
            "by": given_by,
            "at": grant.given_at,
        },
    )


async def remove_grant(tx: Transaction, thing_id: str, user_id: str) -> None:
    """Take somebody's role away."""
    await tx.run(
        "DELETE FROM grants WHERE thing_id = :thing AND user_id = :user",
        {"thing": thing_id, "user": user_id},
    )

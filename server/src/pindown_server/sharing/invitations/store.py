"""The SQL of invitations."""

from collections.abc import Sequence

from ...storage import Reader, Transaction
from .invitation import Invitation

FIELDS = Invitation._fields
COLUMNS = ", ".join(FIELDS)


async def find_by_digest(reader: Reader, digest: str, *, lock: bool = False) -> Invitation | None:
    """The invitation whose token has this digest, also one that is too old."""
    sql = f"SELECT {COLUMNS} FROM invitations WHERE digest = :digest" + (" {lock}" if lock else "")
    row = await reader.find(sql, {"digest": digest})
    return None if row is None else Invitation(*row)


async def find(reader: Reader, invitation_id: str) -> Invitation | None:
    """The invitation with this id."""
    row = await reader.find(
        f"SELECT {COLUMNS} FROM invitations WHERE id = :id", {"id": invitation_id}
    )
    return None if row is None else Invitation(*row)


async def find_for(reader: Reader, thing_id: str, email: str) -> Invitation | None:
    """What somebody was invited to a thing with."""
    row = await reader.find(
        f"SELECT {COLUMNS} FROM invitations WHERE thing_id = :thing AND email = :email",
        {"thing": thing_id, "email": email},
    )
    return None if row is None else Invitation(*row)


async def list_of_thing(reader: Reader, thing_id: str, now: int) -> list[Invitation]:
    """Who is still invited to a thing, newest first."""
    rows = await reader.rows(
        f"SELECT {COLUMNS} FROM invitations WHERE thing_id = :thing AND expires_at > :now"
        " ORDER BY created_at DESC, id",
        {"thing": thing_id, "now": now},
    )
    return [Invitation(*row) for row in rows]


async def count_sent(reader: Reader, user_id: str, now: int) -> int:
    """How many invitations of somebody's wait to be accepted."""
    row = await reader.find(
        "SELECT count(*) FROM invitations WHERE invited_by = :user AND expires_at > :now",
        {"user": user_id, "now": now},
    )
    return row[0] if row else 0


async def list_sent(
    reader: Reader,
    user_id: str,
    now: int,
    kinds: Sequence[str],
    things: Sequence[str] | None,
    limit: int,
    offset: int,
) -> tuple[list[Invitation], int]:
    """What somebody sent to things of these kinds and nobody accepted yet, newest first; how many.

    If `things` are given, to these only.
    """
    where = "invited_by = :user AND expires_at > :now AND kind IN (:kinds*)"
    values: dict[str, object] = {"user": user_id, "now": now, "kinds": kinds}
    if things is not None:
        where += " AND thing_id IN (:things*)"
        values["things"] = things
    total = await reader.find(f"SELECT count(*) FROM invitations WHERE {where}", values)
    rows = await reader.rows(
        f"SELECT {COLUMNS} FROM invitations WHERE {where}"
        " ORDER BY created_at DESC, id LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset},
    )
    return [Invitation(*row) for row in rows], total[0] if total else 0


async def save(tx: Transaction, invitation: Invitation, digest: str) -> None:
    """Store an invitation, in place of an earlier one of the same person to the same thing."""
    await tx.run(
        f"""INSERT INTO invitations (digest, {COLUMNS})
        VALUES (:digest, {", ".join(":" + field for field in FIELDS)})
        ON CONFLICT (thing_id, email) DO UPDATE SET digest = excluded.digest, id = excluded.id,
        role = excluded.role, invited_by = excluded.invited_by,
        created_at = excluded.created_at, expires_at = excluded.expires_at""",
        {"digest": digest, **invitation._asdict()},
    )


async def save_role(tx: Transaction, invitation_id: str, role: str) -> None:
    """Give somebody who is invited another role."""
    await tx.run(
        "UPDATE invitations SET role = :role WHERE id = :id", {"role": role, "id": invitation_id}
    )


async def hand_over(tx: Transaction, thing_id: str, user_id: str) -> None:
    """Have the invitations to a thing be those of its new owner."""
    await tx.run(
        "UPDATE invitations SET invited_by = :user WHERE thing_id = :thing",
        {"user": user_id, "thing": thing_id},
    )


async def remove(tx: Transaction, invitation_id: str) -> bool:
    """Take an invitation away; False if somebody was faster."""
    return (await tx.run("DELETE FROM invitations WHERE id = :id", {"id": invitation_id})) == 1


async def remove_of_thing(tx: Transaction, thing_id: str) -> None:
    """Take away all invitations to a thing."""
    await tx.run("DELETE FROM invitations WHERE thing_id = :thing", {"thing": thing_id})


async def remove_expired(tx: Transaction, before: int) -> None:
    """Take away what was too old before this time."""
    await tx.run("DELETE FROM invitations WHERE expires_at <= :before", {"before": before})

"""The SQL of the audit log."""

from typing import Any

from ..storage import Reader, Transaction
from .entry import MOST_PER_USER, Entry

FIELDS = Entry.__struct_fields__
MOST_COUNTED = 10_000  # beyond it a list does not say how long it is

_IS = {
    "concerns": "(user_id = :concerns OR thing_id = :concerns)",
    "kind": "substr(what, 1, length(:kind)) = :kind",
}


async def add_entry(tx: Transaction, entry: Entry) -> None:
    """Store an entry, in place of the oldest of somebody who has the most."""
    await tx.run(
        f"INSERT INTO audit ({', '.join(FIELDS)}) VALUES ({', '.join(':' + f for f in FIELDS)})",
        {field: getattr(entry, field) for field in FIELDS},
    )
    await tx.run(
        "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE user_id = :user"
        " ORDER BY at DESC, id DESC LIMIT 10 OFFSET :most)",
        {"user": entry.user_id, "most": MOST_PER_USER},
    )


async def list_entries(
    reader: Reader, wanted: dict[str, str], limit: int, offset: int
) -> tuple[list[Entry], int]:
    """The entries with these values, newest first, and how many there are, counted so far.

    `concerns`: an account; what it did, and what was done to it. `kind`: how `what` begins.
    """
    where = " AND ".join(_IS.get(name, f"{name} = :{name}") for name in wanted) or "1 = 1"
    values: dict[str, Any] = {**wanted, "counted": MOST_COUNTED}
    total = await reader.find(
        f"SELECT count(*) FROM (SELECT 1 FROM audit WHERE {where} LIMIT :counted) found", values
    )
    rows = await reader.rows(
        f"SELECT {', '.join(FIELDS)} FROM audit WHERE {where}"
        " ORDER BY at DESC, id DESC LIMIT :limit OFFSET :offset",
        {**wanted, "limit": limit, "offset": offset},
    )
    return [Entry(*row) for row in rows], total[0] if total else 0


async def remove_old(tx: Transaction, until: int, most: int) -> int:
    """Forget the oldest entries up to that moment, a few; how many."""
    return await tx.run(
        "DELETE FROM audit WHERE id IN"
        " (SELECT id FROM audit WHERE at <= :until ORDER BY at LIMIT :most)",
        {"until": until, "most": most},
    )

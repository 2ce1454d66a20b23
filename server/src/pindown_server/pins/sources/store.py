"""The SQL of the way back: from a dataset's names to the pins that use them."""

from collections.abc import Collection, Sequence
from typing import Any

from ...storage import Reader, Transaction
from ..pin import Pin
from ..room import SIZED, within_room
from ..store import ASKED

# The pins of an owner that may draw from what has one of these names.
USERS = """SELECT p.id FROM pins p WHERE p.owner_id = :owner AND p.deleted_at IS NULL
    AND p.id IN (SELECT s.pin_id FROM pin_sources s
        WHERE s.owner_id = :owner AND s.name IN (:names*))"""

# In the order of their ids, as everybody locks pins who locks more than one.
RAISE = f"UPDATE pins SET version = version + 1 WHERE id IN ({USERS} ORDER BY p.id {{lock}}) RETURNING id"


async def save_names(tx: Transaction, pin: Pin, names: Sequence[str]) -> None:
    """Store which names the pin may use, in place of those before."""
    await tx.run("DELETE FROM pin_sources WHERE pin_id = :id", {"id": pin.id})
    if names:
        await tx.run_many(
            "INSERT INTO pin_sources (pin_id, owner_id, name) VALUES (:id, :owner, :name)",
            [{"id": pin.id, "owner": pin.owner_id, "name": name} for name in names],
        )


async def raise_versions(tx: Transaction, owner_id: str, names: Collection[str]) -> list[str]:
    """Give every pin that draws from these names its next version; their ids."""
    rows = await tx.rows(RAISE, {"owner": owner_id, "names": sorted(names)})
    return [row[0] for row in rows]


async def list_users(reader: Reader, owner_id: str, names: Collection[str]) -> list[str]:
    """The ids of the pins that may draw from these names, in their order."""
    rows = await reader.rows(f"{USERS} ORDER BY p.id", {"owner": owner_id, "names": sorted(names)})
    return [row[0] for row in rows]


async def list_pins_by_id(reader: Reader, pin_ids: Sequence[str], most: int) -> list[Pin]:
    """Those of the pins that exist, whoever may see them: nobody's role is asked.

    Of more than `most` bytes some are left out: they come without what they say.
    """
    rows = await reader.rows(
        f"SELECT {SIZED} FROM {within_room(ASKED)}", {"ids": pin_ids, "most": most}
    )
    return [Pin(*row) for row in rows]


async def list_versions(reader: Reader, pin_ids: Sequence[str]) -> Sequence[tuple[Any, ...]]:
    """`(id, version)` of those of the pins that exist."""
    return await reader.rows(
        "SELECT id, version FROM pins WHERE id IN (:ids*) AND deleted_at IS NULL",
        {"ids": pin_ids},
    )


async def find_sources(reader: Reader, pin_id: str) -> tuple[str, str | None] | None:
    """The owner of a pin and its stored sources."""
    row = await reader.find("SELECT owner_id, sources FROM pins WHERE id = :id", {"id": pin_id})
    return None if row is None else (row[0], row[1])

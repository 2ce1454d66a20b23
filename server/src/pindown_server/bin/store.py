"""The SQL of what lies in the bin: things of every kind whose `deleted_at` is set."""

from collections.abc import Sequence

from ..clock import now
from ..storage import Reader, Transaction
from .binned import KEPT, Binned

# What is older may be half taken away already.
IN_BIN = "owner_id = :user AND deleted_at > :since"

# One query over all kinds: a list in one order, of which only a part is read.
_SELECTS = {
    "pin": "SELECT id, 'pin' AS kind, title, deleted_at FROM pins",
    "pinboard": "SELECT id, 'pinboard' AS kind, title, deleted_at FROM pinboards",
    "page": "SELECT id, 'page' AS kind, title, deleted_at FROM pages",
    "dataset": "SELECT id, 'dataset' AS kind, name AS title, deleted_at FROM datasets",
}
_FORGET = {
    "pin": "UPDATE pins SET deleted_at = 0 WHERE id = :id AND deleted_at IS NOT NULL",
    "pinboard": "UPDATE pinboards SET deleted_at = 0 WHERE id = :id AND deleted_at IS NOT NULL",
    "page": "UPDATE pages SET deleted_at = 0 WHERE id = :id AND deleted_at IS NOT NULL",
    "dataset": "UPDATE datasets SET deleted_at = 0 WHERE id = :id AND deleted_at IS NOT NULL",
}
KINDS = tuple(_SELECTS)


def _things(kinds: Sequence[str], where: str) -> str:
    """Those of these kinds for which the condition holds, as a table."""
    selects = [f"{_SELECTS[kind]} WHERE {where}" for kind in kinds]
    return f"({' UNION ALL '.join(selects)}) AS things"


async def list_binned(
    reader: Reader,
    user_id: str,
    kinds: Sequence[str],
    ids: Sequence[str] | None,
    limit: int,
    offset: int,
) -> tuple[list[Binned], int]:
    """What somebody deleted, last deleted first, and how much there is.

    Of these kinds only and, if `ids` are given, of these things only.
    """
    where = IN_BIN + ("" if ids is None else " AND id IN (:ids*)")
    values = {"user": user_id, "since": now() - KEPT} | ({} if ids is None else {"ids": ids})
    things = _things(kinds, where)
    total = await reader.find(f"SELECT count(*) FROM {things}", values)
    rows = await reader.rows(
        f"SELECT id, kind, title, deleted_at FROM {things}"
        " ORDER BY deleted_at DESC, id LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset},
    )
    return [Binned(*row) for row in rows], total[0] if total else 0


async def find_binned(reader: Reader, thing_id: str, user_id: str) -> Binned | None:
    """The thing, if it lies in this person's bin."""
    things = _things(KINDS, f"{IN_BIN} AND id = :id")
    row = await reader.find(
        f"SELECT id, kind, title, deleted_at FROM {things}",
        {"user": user_id, "since": now() - KEPT, "id": thing_id},
    )
    return None if row is None else Binned(*row)


async def hold_binned(tx: Transaction, thing: Binned, user_id: str) -> bool:
    """Whether the thing lies in the bin still, and does until the transaction ends."""
    row = await tx.find(
        f"{_SELECTS[thing.kind]} WHERE {IN_BIN} AND id = :id {{lock}}",
        {"user": user_id, "since": now() - KEPT, "id": thing.id},
    )
    return row is not None


async def forget(tx: Transaction, thing: Binned) -> None:
    """Have the thing lie there for longer than anything is kept."""
    await tx.run(_FORGET[thing.kind], {"id": thing.id})


async def find_oldest(reader: Reader, before: int) -> Binned | None:
    """Something that was deleted before this time."""
    things = _things(KINDS, "deleted_at <= :before")
    row = await reader.find(
        f"SELECT id, kind, title, deleted_at FROM {things} LIMIT 1", {"before": before}
    )
    return None if row is None else Binned(*row)

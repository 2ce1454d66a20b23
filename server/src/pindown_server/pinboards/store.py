"""The SQL of pinboards and of the places of pins on them."""

from collections.abc import Sequence
from typing import Any

from ..clock import now
from ..door.caller import Caller
from ..errors import NotFound
from ..pins.sight import ADMITTED
from ..storage import Reader, Transaction
from .pinboard import Pinboard
from .places import Place

FIELDS = Pinboard.__struct_fields__[:-1]  # all but the role
COLUMNS = ", ".join(f"pinboards.{field}" for field in FIELDS)
PLACE_FIELDS = Place.__struct_fields__[:-1]  # all but whether somebody is barred
PLACE_COLUMNS = ", ".join(PLACE_FIELDS)

# What the caller is to a pinboard: NULL where it does not exist for them.
ROLE = """
    CASE WHEN pinboards.owner_id = :user THEN 'owner'
    ELSE COALESCE(
        (SELECT g.role FROM grants g WHERE g.thing_id = pinboards.id AND g.user_id = :user),
        CASE WHEN pinboards.is_public = 1 AND (pinboards.require_sign_in = 0 OR :user <> '')
            AND (pinboards.expires_at IS NULL OR pinboards.expires_at > :now)
            THEN 'public' END) END"""

GET = f"""SELECT {COLUMNS}, {ROLE} FROM pinboards
    WHERE pinboards.id = :id AND pinboards.deleted_at IS NULL"""
GET_LOCKED = GET + " {lock}"
SEEN = f"""SELECT {COLUMNS}, {ROLE} FROM pinboards
    WHERE pinboards.id IN (:ids*) AND pinboards.deleted_at IS NULL"""
ADD = f"""INSERT INTO pinboards ({", ".join(FIELDS)})
    VALUES ({", ".join(":" + field for field in FIELDS)})"""
SAVE = f"""UPDATE pinboards SET {", ".join(f"{f} = :{f}" for f in FIELDS if f != "id")}
    WHERE id = :id"""
PLACES = f"""SELECT {PLACE_COLUMNS} FROM placements
    WHERE pinboard_id IN (:boards*) ORDER BY y, x, pin_id"""
SEEN_PLACES = f"""SELECT {", ".join("p." + field for field in PLACE_FIELDS)},
    CASE WHEN {ADMITTED} THEN 0 ELSE 1 END
    FROM placements p JOIN pinboards b ON b.id = p.pinboard_id
    WHERE p.pinboard_id IN (:boards*) AND b.id IN (:boards*) ORDER BY p.y, p.x, p.pin_id"""
SAVE_PLACE = f"""INSERT INTO placements ({PLACE_COLUMNS})
    VALUES ({", ".join(":" + field for field in PLACE_FIELDS)})
    ON CONFLICT (pinboard_id, pin_id) DO UPDATE SET
    {", ".join(f"{field} = excluded.{field}" for field in PLACE_FIELDS[2:])}"""


async def get_pinboard(
    reader: Reader, board_id: str, caller: Caller, *, lock: bool = False
) -> Pinboard:
    """The pinboard as the caller may see it; NotFound if it does not exist for them."""
    board = await find_pinboard(reader, board_id, caller, lock=lock)
    if board is None:
        raise NotFound("Pinboard")
    return board


async def find_pinboard(
    reader: Reader, board_id: str, caller: Caller, *, lock: bool = False
) -> Pinboard | None:
    """The pinboard as the caller may see it; None if it does not exist for them."""
    if not caller.reaches(board_id):
        return None
    values = {"id": board_id, "user": caller.user_id, "now": now()}
    row = await reader.find(GET_LOCKED if lock else GET, values)
    return None if row is None or row[-1] is None else Pinboard(*row)


async def seen_pinboards(
    reader: Reader, board_ids: Sequence[str], caller: Caller
) -> list[Pinboard]:
    """Those of the pinboards that exist for the caller, in the order asked for."""
    wanted = [board_id for board_id in dict.fromkeys(board_ids) if caller.reaches(board_id)]
    if not wanted:
        return []
    rows = await reader.rows(SEEN, {"ids": wanted, "user": caller.user_id, "now": now()})
    found = {row[0]: Pinboard(*row) for row in rows if row[-1] is not None}
    return [found[board_id] for board_id in wanted if board_id in found]


async def list_pinboards(
    reader: Reader, caller: Caller, limit: int, offset: int
) -> tuple[list[Pinboard], int]:
    """The caller's own pinboards, newest first, and how many there are."""
    return await _list(reader, caller, "pinboards.owner_id = :user", limit, offset)


async def list_shared(
    reader: Reader, caller: Caller, limit: int, offset: int
) -> tuple[list[Pinboard], int]:
    """Other people's pinboards that were shared with the caller, newest first."""
    where = "pinboards.id IN (SELECT g.thing_id FROM grants g WHERE g.user_id = :user)"
    return await _list(reader, caller, where, limit, offset)


async def _list(
    reader: Reader, caller: Caller, where: str, limit: int, offset: int
) -> tuple[list[Pinboard], int]:
    values: dict[str, Any] = {"user": caller.user_id}
    where += " AND pinboards.deleted_at IS NULL"
    if caller.resources is not None:
        where += " AND pinboards.id IN (:resources*)"
        values["resources"] = sorted(caller.resources)
    total = await reader.find(f"SELECT count(*) FROM pinboards WHERE {where}", values)
    rows = await reader.rows(
        f"SELECT {COLUMNS}, {ROLE} FROM pinboards WHERE {where}"
        " ORDER BY pinboards.created_at DESC, pinboards.id DESC LIMIT :limit OFFSET :offset",
        {**values, "now": now(), "limit": limit, "offset": offset},
    )
    return [Pinboard(*row) for row in rows], total[0] if total else 0


async def list_existing(reader: Reader, board_ids: Sequence[str]) -> set[str]:
    """Those of the ids that are pinboards, whoever may see them."""
    rows = await reader.rows(
        "SELECT id FROM pinboards WHERE id IN (:ids*) AND deleted_at IS NULL", {"ids": board_ids}
    )
    return {row[0] for row in rows}


async def find_public_state(reader: Reader, board_id: str) -> tuple[int, int, int | None] | None:
    """`is_public`, `require_sign_in`, `expires_at`: why a visitor may not see it."""
    row = await reader.find(
        "SELECT is_public, require_sign_in, expires_at FROM pinboards"
        " WHERE id = :id AND deleted_at IS NULL",
        {"id": board_id},
    )
    return None if row is None else (row[0], row[1], row[2])


async def add_pinboard(tx: Transaction, board: Pinboard) -> None:
    """Store a new pinboard."""
    await tx.run(ADD, _values(board))


async def save_pinboard(tx: Transaction, board: Pinboard) -> None:
    """Store the pinboard's next state."""
    await tx.run(SAVE, _values(board))


async def remove_pinboard(tx: Transaction, board_id: str, at: int) -> None:
    """Put the pinboard into the bin; its pins stay where they are."""
    await tx.run("UPDATE pinboards SET deleted_at = :at WHERE id = :id", {"id": board_id, "at": at})


async def take_from_bin(tx: Transaction, board_id: str) -> None:
    """Have the pinboard be there again."""
    await tx.run("UPDATE pinboards SET deleted_at = NULL WHERE id = :id", {"id": board_id})


async def drop_pinboard(tx: Transaction, board_id: str) -> None:
    """Take a pinboard away for good that lies in the bin."""
    await tx.run(
        "DELETE FROM pinboards WHERE id = :id AND deleted_at IS NOT NULL", {"id": board_id}
    )


async def list_places(reader: Reader, board_ids: Sequence[str]) -> dict[str, list[Place]]:
    """The places on each of the pinboards, in reading order."""
    places: dict[str, list[Place]] = {board_id: [] for board_id in board_ids}
    if board_ids:
        for row in await reader.rows(PLACES, {"boards": board_ids}):
            places[row[0]].append(Place(*row))
    return places


async def list_places_for(
    reader: Reader, board_ids: Sequence[str], caller: Caller
) -> dict[str, list[Place]]:
    """The same, and where pins ask for roles of which the caller holds none."""
    places: dict[str, list[Place]] = {board_id: [] for board_id in board_ids}
    if board_ids:
        values = {"boards": board_ids, "user": caller.user_id}
        for row in await reader.rows(SEEN_PLACES, values):
            places[row[0]].append(Place(*row))
    return places


async def list_opened(reader: Reader, board_id: str) -> list[str]:
    """The pins that may be open to a pinboard's audience."""
    rows = await reader.rows(
        "SELECT pin_id FROM placements WHERE pinboard_id = :id AND may_open = 1", {"id": board_id}
    )
    return [row[0] for row in rows]


async def save_places(tx: Transaction, places: Sequence[Place]) -> None:
    """Store where pins lie now, those that are new on a pinboard too."""
    values = [{field: getattr(place, field) for field in PLACE_FIELDS} for place in places]
    await tx.run_many(SAVE_PLACE, values)


async def remove_place(tx: Transaction, board_id: str, pin_id: str) -> bool:
    """Take a pin from a pinboard; False if it was not there."""
    removed = await tx.run(
        "DELETE FROM placements WHERE pinboard_id = :board AND pin_id = :pin",
        {"board": board_id, "pin": pin_id},
    )
    return removed == 1


async def clear_places(tx: Transaction, board_id: str, pin_ids: Sequence[str]) -> None:
    """Take these pins from a pinboard."""
    if pin_ids:
        await tx.run(
            "DELETE FROM placements WHERE pinboard_id = :board AND pin_id IN (:pins*)",
            {"board": board_id, "pins": pin_ids},
        )


async def remove_places(tx: Transaction, pin_ids: Sequence[str]) -> list[str]:
    """Take pins from all pinboards; the ids of those, and they stay locked."""
    rows = await tx.rows(
        "SELECT id FROM pinboards WHERE id IN"
        " (SELECT p.pinboard_id FROM placements p WHERE p.pin_id IN (:pins*)) ORDER BY id {lock}",
        {"pins": pin_ids},
    )
    if rows:
        await tx.run("DELETE FROM placements WHERE pin_id IN (:pins*)", {"pins": pin_ids})
    return [row[0] for row in rows]


async def count_up(tx: Transaction, board_ids: Sequence[str], at: int) -> list[tuple[str, int]]:
    """Give pinboards their next revision; `(id, revision)` of those that are not in the bin."""
    rows = await tx.rows(
        "UPDATE pinboards SET revision = revision + 1, updated_at = :at"
        " WHERE id IN (:ids*) AND deleted_at IS NULL RETURNING id, revision",
        {"ids": board_ids, "at": at},
    )
    return [(row[0], row[1]) for row in rows]


def _values(board: Pinboard) -> dict[str, Any]:
    return {field: getattr(board, field) for field in FIELDS}

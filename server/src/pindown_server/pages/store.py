"""The SQL of pages and of the pins on them."""

from collections.abc import Sequence
from typing import Any

from ..clock import now
from ..door.caller import Caller
from ..errors import NotFound
from ..storage import Reader, Transaction
from .page import Page, Stand

FIELDS = Page.__struct_fields__[:-1]  # all but the role
COLUMNS = ", ".join(f"pages.{field}" for field in FIELDS)
STAND_FIELDS = Stand.__struct_fields__
STAND_COLUMNS = ", ".join(STAND_FIELDS)

# What the caller is to a page: NULL where it does not exist for them.
ROLE = """
    CASE WHEN pages.owner_id = :user THEN 'owner'
    ELSE COALESCE(
        (SELECT g.role FROM grants g WHERE g.thing_id = pages.id AND g.user_id = :user),
        CASE WHEN pages.is_public = 1 AND (pages.require_sign_in = 0 OR :user <> '')
            AND (pages.expires_at IS NULL OR pages.expires_at > :now)
            THEN 'public' END) END"""

GET = f"""SELECT {COLUMNS}, {ROLE} FROM pages
    WHERE pages.id = :id AND pages.deleted_at IS NULL"""
GET_LOCKED = GET + " {lock}"
SEEN = f"""SELECT {COLUMNS}, {ROLE} FROM pages
    WHERE pages.id IN (:ids*) AND pages.deleted_at IS NULL"""
ADD = f"""INSERT INTO pages ({", ".join(FIELDS)})
    VALUES ({", ".join(":" + field for field in FIELDS)})"""
SAVE = f"""UPDATE pages SET {", ".join(f"{f} = :{f}" for f in FIELDS if f != "id")}
    WHERE id = :id"""
STANDS = f"""SELECT {STAND_COLUMNS} FROM page_pins
    WHERE page_id IN (:pages*) ORDER BY position, pin_id"""
SAVE_STAND = f"""INSERT INTO page_pins ({STAND_COLUMNS})
    VALUES ({", ".join(":" + field for field in STAND_FIELDS)})
    ON CONFLICT (page_id, pin_id) DO UPDATE SET
    {", ".join(f"{field} = excluded.{field}" for field in STAND_FIELDS[2:])}"""


async def get_page(reader: Reader, page_id: str, caller: Caller, *, lock: bool = False) -> Page:
    """The page as the caller may see it; NotFound if it does not exist for them."""
    page = await find_page(reader, page_id, caller, lock=lock)
    if page is None:
        raise NotFound("Page")
    return page


async def find_page(
    reader: Reader, page_id: str, caller: Caller, *, lock: bool = False
) -> Page | None:
    """The page as the caller may see it; None if it does not exist for them."""
    if not caller.reaches(page_id):
        return None
    values = {"id": page_id, "user": caller.user_id, "now": now()}
    row = await reader.find(GET_LOCKED if lock else GET, values)
    return None if row is None or row[-1] is None else Page(*row)


async def seen_pages(reader: Reader, page_ids: Sequence[str], caller: Caller) -> list[Page]:
    """Those of the pages that exist for the caller, in the order asked for."""
    wanted = [page_id for page_id in dict.fromkeys(page_ids) if caller.reaches(page_id)]
    if not wanted:
        return []
    rows = await reader.rows(SEEN, {"ids": wanted, "user": caller.user_id, "now": now()})
    found = {row[0]: Page(*row) for row in rows if row[-1] is not None}
    return [found[page_id] for page_id in wanted if page_id in found]


async def list_pages(
    reader: Reader, caller: Caller, limit: int, offset: int
) -> tuple[list[Page], int]:
    """The caller's own pages, newest first, and how many there are."""
    return await _list(reader, caller, "pages.owner_id = :user", limit, offset)


async def list_shared(
    reader: Reader, caller: Caller, limit: int, offset: int
) -> tuple[list[Page], int]:
    """Other people's pages that were shared with the caller, newest first."""
    where = "pages.id IN (SELECT g.thing_id FROM grants g WHERE g.user_id = :user)"
    return await _list(reader, caller, where, limit, offset)


async def _list(
    reader: Reader, caller: Caller, where: str, limit: int, offset: int
) -> tuple[list[Page], int]:
    values: dict[str, Any] = {"user": caller.user_id}
    where += " AND pages.deleted_at IS NULL"
    if caller.resources is not None:
        where += " AND pages.id IN (:resources*)"
        values["resources"] = sorted(caller.resources)
    total = await reader.find(f"SELECT count(*) FROM pages WHERE {where}", values)
    rows = await reader.rows(
        f"SELECT {COLUMNS}, {ROLE} FROM pages WHERE {where}"
        " ORDER BY pages.created_at DESC, pages.id DESC LIMIT :limit OFFSET :offset",
        {**values, "now": now(), "limit": limit, "offset": offset},
    )
    return [Page(*row) for row in rows], total[0] if total else 0


async def list_existing(reader: Reader, page_ids: Sequence[str]) -> set[str]:
    """Those of the ids that are pages, whoever may see them."""
    rows = await reader.rows(
        "SELECT id FROM pages WHERE id IN (:ids*) AND deleted_at IS NULL", {"ids": page_ids}
    )
    return {row[0] for row in rows}


async def find_public_state(reader: Reader, page_id: str) -> tuple[int, int, int | None] | None:
    """`is_public`, `require_sign_in`, `expires_at`: why a visitor may not see it."""
    row = await reader.find(
        "SELECT is_public, require_sign_in, expires_at FROM pages"
        " WHERE id = :id AND deleted_at IS NULL",
        {"id": page_id},
    )
    return None if row is None else (row[0], row[1], row[2])


async def add_page(tx: Transaction, page: Page) -> None:
    """Store a new page."""
    await tx.run(ADD, _values(page))


async def save_page(tx: Transaction, page: Page) -> None:
    """Store the page's next state."""
    await tx.run(SAVE, _values(page))


async def remove_page(tx: Transaction, page_id: str, at: int) -> None:
    """Put the page into the bin; its pins stay where they are."""
    await tx.run("UPDATE pages SET deleted_at = :at WHERE id = :id", {"id": page_id, "at": at})


async def take_from_bin(tx: Transaction, page_id: str) -> None:
    """Have the page be there again."""
    await tx.run("UPDATE pages SET deleted_at = NULL WHERE id = :id", {"id": page_id})


async def drop_page(tx: Transaction, page_id: str) -> None:
    """Take a page away for good that lies in the bin."""
    await tx.run("DELETE FROM pages WHERE id = :id AND deleted_at IS NOT NULL", {"id": page_id})


async def list_stands(reader: Reader, page_ids: Sequence[str]) -> dict[str, list[Stand]]:
    """The pins on each of the pages, from top to bottom."""
    stands: dict[str, list[Stand]] = {page_id: [] for page_id in page_ids}
    if page_ids:
        for row in await reader.rows(STANDS, {"pages": page_ids}):
            stands[row[0]].append(Stand(*row))
    return stands


async def list_opened(reader: Reader, page_id: str) -> list[str]:
    """The pins that may be open to a page's audience."""
    rows = await reader.rows(
        "SELECT pin_id FROM page_pins WHERE page_id = :id AND may_open = 1", {"id": page_id}
    )
    return [row[0] for row in rows]


async def save_stands(tx: Transaction, stands: Sequence[Stand]) -> None:
    """Store where pins stand now, those that are new on a page too."""
    values = [{field: getattr(stand, field) for field in STAND_FIELDS} for stand in stands]
    await tx.run_many(SAVE_STAND, values)


async def remove_stand(tx: Transaction, page_id: str, pin_id: str) -> bool:
    """Take a pin from a page; False if it was not there."""
    removed = await tx.run(
        "DELETE FROM page_pins WHERE page_id = :page AND pin_id = :pin",
        {"page": page_id, "pin": pin_id},
    )
    return removed == 1


async def remove_stands(tx: Transaction, pin_ids: Sequence[str]) -> list[str]:
    """Take pins from all pages; the ids of those, and they stay locked."""
    rows = await tx.rows(
        "SELECT id FROM pages WHERE id IN"
        " (SELECT q.page_id FROM page_pins q WHERE q.pin_id IN (:pins*)) ORDER BY id {lock}",
        {"pins": pin_ids},
    )
    if rows:
        await tx.run("DELETE FROM page_pins WHERE pin_id IN (:pins*)", {"pins": pin_ids})
    return [row[0] for row in rows]


async def count_up(tx: Transaction, page_ids: Sequence[str], at: int) -> list[tuple[str, int]]:
    """Give pages their next revision; `(id, revision)` of those that are not in the bin."""
    rows = await tx.rows(
        "UPDATE pages SET revision = revision + 1, updated_at = :at"
        " WHERE id IN (:ids*) AND deleted_at IS NULL RETURNING id, revision",
        {"ids": page_ids, "at": at},
    )
    return [(row[0], row[1]) for row in rows]


def _values(page: Page) -> dict[str, Any]:
    return {field: getattr(page, field) for field in FIELDS}

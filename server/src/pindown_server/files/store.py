"""The SQL of uploaded files and of the pins that show them."""

from collections.abc import Collection, Sequence

from ..storage import Reader, Transaction
from .file import File

COLUMNS = ", ".join(File.__struct_fields__)
MOST_SHOWING = 500  # pins looked at in one go for one that shows a file


async def find_file(reader: Reader, file_id: str, *, lock: bool = False) -> File | None:
    """The file, whoever may read it."""
    row = await reader.find(
        f"SELECT {COLUMNS} FROM files WHERE id = :id" + (" {lock}" if lock else ""), {"id": file_id}
    )
    return None if row is None else File(*row)


async def list_files(
    reader: Reader, owner_id: str, limit: int, offset: int
) -> tuple[list[File], int, int]:
    """Somebody's files, newest first, how many there are, and their bytes."""
    rows = await reader.rows(
        f"SELECT {COLUMNS} FROM files WHERE owner_id = :owner"
        " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset",
        {"owner": owner_id, "limit": limit, "offset": offset},
    )
    count, size = await measure_files(reader, owner_id)
    return [File(*row) for row in rows], count, size


async def measure_files(reader: Reader, owner_id: str) -> tuple[int, int]:
    """How many files somebody has, and their bytes."""
    row = await reader.find(
        "SELECT count(*), COALESCE(sum(size), 0) FROM files WHERE owner_id = :owner",
        {"owner": owner_id},
    )
    return (int(row[0]), int(row[1])) if row else (0, 0)


async def lock_files(tx: Transaction, owner_id: str) -> None:
    """Have others who add to somebody's files wait; the newest stands for all."""
    await tx.rows(
        "SELECT id FROM files WHERE owner_id = :owner ORDER BY created_at, id LIMIT 1 {lock}",
        {"owner": owner_id},
    )


async def add_file(tx: Transaction, file: File) -> None:
    """Store what is known of a new file."""
    await tx.run(
        f"INSERT INTO files ({COLUMNS})"
        f" VALUES ({', '.join(':' + name for name in File.__struct_fields__)})",
        {name: getattr(file, name) for name in File.__struct_fields__},
    )


async def remove_file(tx: Transaction, file_id: str) -> None:
    """Forget a file, and on which pins it was shown."""
    await tx.run("DELETE FROM files WHERE id = :id", {"id": file_id})


async def list_known(reader: Reader, file_ids: Sequence[str]) -> set[str]:
    """Those of the ids that are files."""
    rows = await reader.rows("SELECT id FROM files WHERE id IN (:ids*)", {"ids": file_ids})
    return {row[0] for row in rows}


async def list_own(reader: Reader, file_ids: Collection[str], owner_id: str) -> set[str]:
    """Those of the files that are somebody's."""
    rows = await reader.rows(
        "SELECT id FROM files WHERE id IN (:ids*) AND owner_id = :owner",
        {"ids": sorted(file_ids), "owner": owner_id},
    )
    return {row[0] for row in rows}


async def list_showing(reader: Reader, file_id: str, after: str = "") -> list[str]:
    """Pins that show a file, in the order of their ids, from beyond one; so many at a time."""
    rows = await reader.rows(
        "SELECT pin_id FROM file_references WHERE file_id = :id AND pin_id > :after"
        " ORDER BY pin_id LIMIT :most",
        {"id": file_id, "after": after, "most": MOST_SHOWING},
    )
    return [row[0] for row in rows]


async def add_references(tx: Transaction, pin_id: str, file_ids: Collection[str]) -> None:
    """Let a pin show files."""
    await tx.run_many(
        "INSERT INTO file_references (file_id, pin_id) VALUES (:file, :pin)"
        " ON CONFLICT (file_id, pin_id) DO NOTHING",
        [{"file": file_id, "pin": pin_id} for file_id in sorted(file_ids)],
    )


async def remove_references(tx: Transaction, pin_id: str, file_ids: Collection[str]) -> None:
    """A pin shows these files no more."""
    await tx.run(
        "DELETE FROM file_references WHERE pin_id = :pin AND file_id IN (:ids*)",
        {"pin": pin_id, "ids": sorted(file_ids)},
    )

"""The SQL of datasets and their revisions."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import msgspec

from .. import ids
from ..clock import MINUTE
from ..door.caller import Caller
from ..errors import NotFound
from ..storage import Reader, Transaction
from ..storage.thinning import Line, Shelf
from .dataset import Dataset, DatasetItem, details

FIELDS = Dataset.__struct_fields__
COLUMNS = ", ".join(f"d.{field}" for field in FIELDS)
ITEM_FIELDS = DatasetItem.__struct_fields__
ITEM_COLUMNS = ", ".join(f"d.{f}" for f in ITEM_FIELDS).replace("d.size", "octet_length(d.data)")

GET = f"SELECT {COLUMNS} FROM datasets d WHERE d.owner_id = :user AND d.deleted_at IS NULL"
ADD = f"""INSERT INTO datasets ({", ".join(FIELDS)})
    VALUES ({", ".join(":" + field for field in FIELDS)})"""
SAVE = f"""UPDATE datasets SET {", ".join(f"{field} = :{field}" for field in FIELDS[2:])}
    WHERE id = :id"""
KEEP = """INSERT INTO dataset_revisions
    (dataset_id, revision, at, by_user, by_key, what, slug, data, details)
    VALUES (:id, :revision, :at, :by_user, :by_key, :what, :slug, :data, :details)"""
NOTE = """UPDATE datasets SET kept_bytes = kept_bytes + :size, thin_at =
    CASE WHEN thin_at IS NULL OR thin_at > :first THEN :first ELSE thin_at END WHERE id = :id"""
FIRST_THINNED = 70 * MINUTE  # ten minutes' worth of what is an hour old goes at once
LOOKED_AT_EACH = 32  # revisions: by then there may be more bytes than are allowed

SHELF = Shelf(
    name="datasets",
    due="""SELECT id, kept_bytes FROM datasets WHERE thin_at <= :now
        ORDER BY thin_at LIMIT 1 {lock}""",
    save="""UPDATE datasets SET thin_at = :thin_at,
        kept_bytes = CASE WHEN kept_bytes > :freed THEN kept_bytes - :freed ELSE 0 END
        WHERE id = :id""",
    lines=(
        Line(
            name="revisions",
            read="""SELECT revision, at, at, CASE WHEN by_key IS NULL THEN 1 ELSE 0 END,
                octet_length(data) + octet_length(details) FROM dataset_revisions
                WHERE dataset_id = :id AND revision >= :mark ORDER BY revision LIMIT :most""",
            oldest="""SELECT revision, at, at, 0, octet_length(data) + octet_length(details)
                FROM dataset_revisions
                WHERE dataset_id = :id AND revision >= :mark AND by_key IS NOT NULL
                AND revision < (SELECT d.revision FROM datasets d WHERE d.id = :id)
                ORDER BY revision LIMIT :most""",
            drop="DELETE FROM dataset_revisions WHERE dataset_id = :id AND revision IN (:keys*)",
        ),
    ),
)
NAMED = "d.owner_id = :owner AND d.deleted_at IS NULL AND (d.slug IN (:slugs*) OR d.id IN (:ids*))"

# Bytes of data that are read to draw pins of one owner in one go; what is beyond counts as missing.
MOST_DRAWN = 32 * 1024 * 1024
DRAWN = f"""WITH sized AS (SELECT d.id, sum(octet_length(d.data)) OVER (ORDER BY d.id) AS so_far
        FROM datasets d WHERE {NAMED})
    SELECT d.id, d.slug, d.data FROM sized JOIN datasets d ON d.id = sized.id
    WHERE sized.so_far <= :most"""
DRAWN_AT = """WITH sized AS (SELECT r.dataset_id, r.revision,
            sum(octet_length(r.data)) OVER (ORDER BY r.dataset_id) AS so_far
        FROM datasets d JOIN dataset_revisions r ON r.dataset_id = d.id
            AND r.revision = (SELECT max(x.revision) FROM dataset_revisions x
                WHERE x.dataset_id = d.id AND x.at <= :at)
        WHERE d.owner_id = :owner AND (d.deleted_at IS NULL OR d.deleted_at > :at)
            AND (r.slug IN (:slugs*) OR d.id IN (:ids*)))
    SELECT r.dataset_id, r.slug, r.data FROM sized JOIN dataset_revisions r
        ON r.dataset_id = sized.dataset_id AND r.revision = sized.revision
    WHERE sized.so_far <= :most"""
HOLD = f"SELECT d.id, d.slug FROM datasets d WHERE {NAMED} ORDER BY d.id {{lock}}"


class Named(NamedTuple):
    """A dataset as pins draw from it: what it is called and its data, as JSON."""

    id: str
    slug: str
    data: str


async def get_dataset(
    reader: Reader, id_or_slug: str, caller: Caller, *, lock: bool = False
) -> Dataset:
    """The caller's own dataset, by its id or slug; NotFound if there is none for them."""
    by = "d.id" if id_or_slug.startswith(ids.DATASET) else "d.slug"
    sql = f"{GET} AND {by} = :name" + (" {lock}" if lock else "")
    row = await reader.find(sql, {"user": caller.user_id, "name": id_or_slug})
    if row is None or not caller.reaches(row[0]):
        raise NotFound("Dataset")
    return Dataset(*row)


async def list_datasets(
    reader: Reader, caller: Caller, wanted: dict[str, Any], limit: int, offset: int
) -> tuple[list[DatasetItem], int]:
    """The caller's own datasets without their data, newest first, and how many there are."""
    where = "d.owner_id = :user AND d.deleted_at IS NULL"
    values: dict[str, Any] = {"user": caller.user_id, **wanted}
    if caller.resources is not None:
        where += " AND d.id IN (:resources*)"
        values["resources"] = sorted(caller.resources)
    if "type" in wanted:
        where += " AND d.type = :type"
    total = await reader.find(f"SELECT count(*) FROM datasets d WHERE {where}", values)
    rows = await reader.rows(
        f"SELECT {ITEM_COLUMNS} FROM datasets d WHERE {where}"
        " ORDER BY d.created_at DESC, d.id DESC LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset},
    )
    return _items(rows), total[0] if total else 0


async def seen_datasets(
    reader: Reader, dataset_ids: Sequence[str], caller: Caller
) -> list[DatasetItem]:
    """Those of the datasets that are the caller's, without their data."""
    wanted = [dataset_id for dataset_id in dataset_ids if caller.reaches(dataset_id)]
    rows = await reader.rows(
        f"SELECT {ITEM_COLUMNS} FROM datasets d WHERE d.id IN (:ids*) AND d.owner_id = :user"
        " AND d.deleted_at IS NULL",
        {"ids": wanted, "user": caller.user_id},
    )
    return _items(rows)


async def list_slugs(reader: Reader, owner_id: str, slugs: Collection[str]) -> set[str]:
    """Those of the slugs that an owner's datasets have."""
    rows = await reader.rows(
        "SELECT d.slug FROM datasets d WHERE d.owner_id = :owner AND d.deleted_at IS NULL"
        " AND d.slug IN (:slugs*)",
        {"owner": owner_id, "slugs": sorted(slugs)},
    )
    return {row[0] for row in rows}


async def list_named(reader: Reader, owner_id: str, names: Collection[str]) -> list[Named]:
    """An owner's datasets that have one of these names: slugs or ids."""
    values = {**_named(owner_id, names), "most": MOST_DRAWN}
    return [Named(*row) for row in await reader.rows(DRAWN, values)]


async def list_named_at(
    reader: Reader, owner_id: str, names: Collection[str], at: int
) -> list[Named]:
    """The same as they were at a point in time, under the names they had then."""
    values = {**_named(owner_id, names), "at": at, "most": MOST_DRAWN}
    return [Named(*row) for row in await reader.rows(DRAWN_AT, values)]


async def list_past(
    reader: Reader, dataset_id: str, most: int, since: int, until: int
) -> Sequence[tuple[Any, ...]]:
    """`(at, data)` of the newest revisions in a stretch of time, oldest first."""
    rows = await reader.rows(
        "SELECT at, data FROM dataset_revisions WHERE dataset_id = :id AND at >= :since"
        " AND at <= :until ORDER BY revision DESC LIMIT :most",
        {"id": dataset_id, "since": since, "until": until, "most": most},
    )
    return rows[::-1]


async def hold_named(tx: Transaction, owner_id: str, names: Collection[str]) -> dict[str, str]:
    """Let nobody change what these names mean until the transaction ends; the id of each name.

    Whoever locks more than one kind of thing locks names, then datasets, then pins: else two could
    wait for each other.
    """
    await hold_names(tx, owner_id)
    rows = await tx.rows(HOLD, _named(owner_id, names))
    return {name: row[0] for row in rows for name in row}


async def hold_names(tx: Transaction, owner_id: str) -> None:
    """Let nobody else make, rename or delete a dataset, or use other names, until this ends."""
    await tx.run(
        "INSERT INTO names_held (owner_id, times) VALUES (:owner, 1)"
        " ON CONFLICT (owner_id) DO UPDATE SET times = names_held.times + 1",
        {"owner": owner_id},
    )


async def add_dataset(tx: Transaction, dataset: Dataset) -> None:
    """Store a new dataset."""
    await tx.run(ADD, _values(dataset))


async def save_dataset(tx: Transaction, dataset: Dataset) -> None:
    """Store the dataset's next state."""
    await tx.run(SAVE, _values(dataset))


async def save_owner(tx: Transaction, dataset: Dataset) -> None:
    """Store whose the dataset is now, and its slug, of which there is one per owner."""
    await tx.run(
        "UPDATE datasets SET owner_id = :owner, slug = :slug WHERE id = :id",
        {"id": dataset.id, "owner": dataset.owner_id, "slug": dataset.slug},
    )


async def remove_dataset(tx: Transaction, dataset_id: str, at: int) -> None:
    """Take the dataset away; its past stays for those who look at the past of pins."""
    await tx.run(
        "UPDATE datasets SET deleted_at = :at WHERE id = :id", {"id": dataset_id, "at": at}
    )


async def take_from_bin(tx: Transaction, dataset_id: str, slug: str) -> None:
    """Have the dataset be there again, under this slug."""
    await tx.run(
        "UPDATE datasets SET deleted_at = NULL, slug = :slug WHERE id = :id",
        {"id": dataset_id, "slug": slug},
    )


async def find_binned_name(reader: Reader, dataset_id: str) -> tuple[str, str]:
    """Name and slug of a dataset that lies in the bin; raises NotFound."""
    row = await reader.find(
        "SELECT name, slug FROM datasets WHERE id = :id AND deleted_at IS NOT NULL",
        {"id": dataset_id},
    )
    if row is None:
        raise NotFound("Dataset")
    return row[0], row[1]


async def remove_slice(tx: Transaction, dataset_id: str, most: int) -> int:
    """Take away some of the past of a dataset that goes for good; how much, 0 at the end."""
    return await tx.run(
        "DELETE FROM dataset_revisions WHERE dataset_id = :id AND revision IN"
        " (SELECT r.revision FROM dataset_revisions r WHERE r.dataset_id = :id"
        " ORDER BY r.revision LIMIT :most)",
        {"id": dataset_id, "most": most},
    )


async def drop_dataset(tx: Transaction, dataset_id: str) -> None:
    """Take a dataset away for good that lies in the bin."""
    await tx.run(
        "DELETE FROM datasets WHERE id = :id AND deleted_at IS NOT NULL", {"id": dataset_id}
    )


async def add_revision(tx: Transaction, dataset: Dataset, caller: Caller, what: str) -> None:
    """Keep the dataset as it is now in its history."""
    kept = details(dataset)
    await tx.run(
        KEEP,
        {
            "id": dataset.id,
            "revision": dataset.revision,
            "at": dataset.updated_at,
            "by_user": caller.user_id,
            "by_key": caller.key_id or None,
            "what": what,
            "slug": dataset.slug,
            "data": dataset.data,
            "details": kept,
        },
    )
    size = len(dataset.data.encode()) + len(kept.encode())
    is_full = dataset.revision % LOOKED_AT_EACH == 0
    first = dataset.updated_at + (0 if is_full else FIRST_THINNED)
    await tx.run(NOTE, {"id": dataset.id, "size": size, "first": first})


async def list_revisions(
    reader: Reader, dataset_id: str, limit: int, offset: int
) -> tuple[Sequence[tuple[Any, ...]], int]:
    """`(revision, at, by_user, by_key, what)` of a dataset's history, newest first."""
    total = await reader.find(
        "SELECT count(*) FROM dataset_revisions WHERE dataset_id = :id", {"id": dataset_id}
    )
    rows = await reader.rows(
        "SELECT revision, at, by_user, by_key, what FROM dataset_revisions"
        " WHERE dataset_id = :id ORDER BY revision DESC LIMIT :limit OFFSET :offset",
        {"id": dataset_id, "limit": limit, "offset": offset},
    )
    return rows, total[0] if total else 0


async def get_revision(reader: Reader, dataset_id: str, revision: int) -> tuple[Any, ...]:
    """`(revision, at, by_user, by_key, what, data, details)`."""
    row = await reader.find(
        "SELECT revision, at, by_user, by_key, what, data, details FROM dataset_revisions"
        " WHERE dataset_id = :id AND revision = :revision",
        {"id": dataset_id, "revision": revision},
    )
    if row is None:
        raise NotFound("Revision")
    return row


def _items(rows: Sequence[tuple[Any, ...]]) -> list[DatasetItem]:
    items = [DatasetItem(*row) for row in rows]
    for item in items:
        item.tags = msgspec.Raw(item.tags.encode())
    return items


def _named(owner_id: str, names: Collection[str]) -> dict[str, Any]:
    found = [name for name in sorted(names) if name.startswith(ids.DATASET)]
    slugs = [name for name in sorted(names) if not name.startswith(ids.DATASET)]
    return {"owner": owner_id, "slugs": slugs, "ids": found}


def _values(dataset: Dataset) -> dict[str, Any]:
    return {field: getattr(dataset, field) for field in FIELDS}

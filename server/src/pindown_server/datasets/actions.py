"""What can be done with datasets. Whoever draws from one is told in the same transaction."""

from typing import Any

import msgspec

from .. import ids
from ..clock import now
from ..door.caller import Caller
from ..errors import Conflict, Forbidden, PreconditionFailed, invalid
from ..parts import DatasetUsers
from ..storage import Transaction
from . import store
from .body import Append, ChangesOf, Fields, appended
from .dataset import Dataset, require_fit, require_slug, slugs_for, with_details


async def create_dataset(
    tx: Transaction, caller: Caller, fields: Fields, users: DatasetUsers
) -> Dataset:
    """A new dataset of the caller's. Texts that name it already draw from it at once."""
    caller.require_may_create()
    if "name" not in fields:
        raise invalid("name", "name is required", "text of 1 to 200 characters")
    await store.hold_names(tx, caller.user_id)
    moment = now()
    data = fields.get("data", "{}")
    dataset = Dataset(
        id=ids.new_id(ids.DATASET),
        owner_id=caller.user_id,
        name=fields["name"],
        slug=await _slug_of_new(tx, caller, fields),
        type=fields.get("type", "markdown" if data.startswith('"') else "json"),
        data='""' if fields.get("type") == "markdown" and "data" not in fields else data,
        description=fields.get("description", ""),
        tags=_text(fields.get("tags", [])),
        revision=1,
        created_at=moment,
        updated_at=moment,
    )
    require_fit(dataset.type, dataset.data)
    await store.add_dataset(tx, dataset)
    await store.add_revision(tx, dataset, caller, "created")
    await users.raise_versions(tx, dataset.owner_id, dataset.names)
    return dataset


async def update_dataset(
    tx: Transaction,
    caller: Caller,
    id_or_slug: str,
    fields_of: ChangesOf,
    if_match: int | None,
    users: DatasetUsers,
    *,
    renames: bool = False,
) -> Dataset:
    """Change a dataset and what is drawn from it.

    `fields_of` reads the body against it; `renames`: it may get another slug.
    """
    if renames:
        await store.hold_names(tx, caller.user_id)
    dataset = await store.get_dataset(tx, id_or_slug, caller, lock=True)  # NotFound
    require_match(dataset.revision, if_match)
    before = dataset.names
    what = await _apply(tx, caller, dataset, fields_of(dataset))
    if what:
        await _save(tx, caller, dataset, ", ".join(what))
        if not _DRAWN.isdisjoint(what):
            await users.raise_versions(tx, dataset.owner_id, before | dataset.names)
    return dataset


async def append_items(
    tx: Transaction,
    caller: Caller,
    id_or_slug: str,
    append: Append,
    if_match: int | None,
    users: DatasetUsers,
) -> tuple[Dataset, int]:
    """Add items to a list of the data; the dataset, and how long the list is."""
    length = 0

    def fields_of(dataset: Dataset) -> Fields:
        nonlocal length
        data, length = appended(dataset.data, append)
        return {"data": data}

    changed = await update_dataset(tx, caller, id_or_slug, fields_of, if_match, users)
    return changed, length


async def restore_revision(
    tx: Transaction,
    caller: Caller,
    id_or_slug: str,
    revision: int,
    if_match: int | None,
    users: DatasetUsers,
) -> Dataset:
    """Make the dataset what it was at a revision; that is a new revision. Its slug stays."""
    dataset = await store.get_dataset(tx, id_or_slug, caller, lock=True)
    require_match(dataset.revision, if_match)
    row = await store.get_revision(tx, dataset.id, revision)
    dataset = with_details(dataset, row[5], row[6])
    await _save(tx, caller, dataset, f"restored {revision}")
    await users.raise_versions(tx, dataset.owner_id, dataset.names)
    return dataset


async def delete_dataset(
    tx: Transaction,
    caller: Caller,
    id_or_slug: str,
    if_match: int | None,
    users: DatasetUsers,
    *,
    by_force: bool,
) -> tuple[Dataset, int]:
    """Delete a dataset; it, and when that was. Only `by_force` if pins draw from it."""
    await store.hold_names(tx, caller.user_id)
    dataset = await store.get_dataset(tx, id_or_slug, caller, lock=True)
    require_match(dataset.revision, if_match)
    uses = [] if by_force else await users.list_users(tx, dataset.owner_id, dataset.names)
    if uses:
        seen = [pin_id for pin_id in uses if caller.reaches(pin_id)]
        raise Conflict(
            f"{'1 pin draws' if len(uses) == 1 else f'{len(uses)} pins draw'} from this dataset."
            " Delete it all the same with ?force=true: a mark is then shown in its place",
            details={"reason": "IN_USE", "pins": seen[:MOST_LISTED], "total": len(uses)},
        )
    moment = max(now(), dataset.updated_at)
    await store.remove_dataset(tx, dataset.id, moment)
    await users.raise_versions(tx, dataset.owner_id, dataset.names)
    return dataset, moment


async def bring_back_dataset(
    tx: Transaction, caller: Caller, dataset_id: str, users: DatasetUsers
) -> None:
    """Take the caller's dataset out of the bin; under another slug if its own is taken by now."""
    await store.hold_names(tx, caller.user_id)
    name, slug = await store.find_binned_name(tx, dataset_id)
    if await store.list_slugs(tx, caller.user_id, [slug]):
        slug = await _slug_of_new(tx, caller, {"name": name})
    await store.take_from_bin(tx, dataset_id, slug)
    dataset = await store.get_dataset(tx, dataset_id, caller, lock=True)
    await _save(tx, caller, dataset, "taken out of the bin")
    await users.raise_versions(tx, dataset.owner_id, dataset.names)


async def give_dataset(
    tx: Transaction,
    caller: Caller,
    id_or_slug: str,
    owner_id: str,
    if_match: int | None,
    users: DatasetUsers,
) -> Dataset:
    """Give a dataset of the caller's to somebody else, under another slug if they have this one."""
    for held in sorted({caller.user_id, owner_id}):  # always in one order
        await store.hold_names(tx, held)
    dataset = await store.get_dataset(tx, id_or_slug, caller, lock=True)
    require_match(dataset.revision, if_match)
    names = dataset.names
    if await store.list_slugs(tx, owner_id, [dataset.slug]):
        taker = Caller("session", budget="", user_id=owner_id)
        dataset.slug = await _slug_of_new(tx, taker, {"name": dataset.name})
    dataset.owner_id = owner_id
    await store.save_owner(tx, dataset)
    await _save(tx, caller, dataset, "given to another owner")
    await users.raise_versions(tx, caller.user_id, names)
    await users.raise_versions(tx, owner_id, dataset.names)
    return dataset


def require_match(revision: int, if_match: int | None) -> None:
    """Raise PreconditionFailed if the caller had another revision in mind."""
    if if_match is not None and if_match != revision:
        raise PreconditionFailed(
            f"It is at revision {revision}: somebody changed it. Read it again, then change it.",
            details={"revision": revision},
        )


MOST_LISTED = 100
_DRAWN = frozenset({"slug", "type", "data"})


async def _slug_of_new(tx: Transaction, caller: Caller, fields: Fields) -> str:
    if "slug" in fields:
        await _require_free(tx, caller, fields["slug"])
        slug: str = fields["slug"]
        return slug
    for candidates in slugs_for(fields["name"]):
        taken = await store.list_slugs(tx, caller.user_id, candidates)
        free = [slug for slug in candidates if slug not in taken]
        if free:
            return free[0]
    raise Conflict("Too many datasets have this name: send another slug", details={"field": "slug"})


async def _require_free(tx: Transaction, caller: Caller, slug: str) -> None:
    require_slug(slug)
    if await store.list_slugs(tx, caller.user_id, [slug]):
        raise Conflict(f"Another dataset of yours has the slug '{slug}'", details={"field": "slug"})


async def _apply(tx: Transaction, caller: Caller, dataset: Dataset, fields: Fields) -> list[str]:
    """Change the dataset in place; the names of what is different now."""
    what = []
    for name, given in fields.items():
        value = _text(given) if name == "tags" else given
        if value == getattr(dataset, name):
            continue
        if name == "slug":
            if caller.resources is not None:
                raise Forbidden("A key that is limited to some things cannot take other names")
            await store.hold_names(tx, dataset.owner_id)
            await _require_free(tx, caller, value)
        setattr(dataset, name, value)
        what.append(name)
    if not _DRAWN.isdisjoint(what):
        require_fit(dataset.type, dataset.data)
    return what


async def _save(tx: Transaction, caller: Caller, dataset: Dataset, what: str) -> None:
    dataset.updated_at = max(now(), dataset.updated_at)
    dataset.revision += 1
    await store.save_dataset(tx, dataset)
    await store.add_revision(tx, dataset, caller, what)


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()

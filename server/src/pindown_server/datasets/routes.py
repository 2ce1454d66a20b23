"""Datasets over HTTP."""

import msgspec

from ..door import needs
from ..door.body import decode
from ..door.call import Answer, Call
from ..door.patch import JSON_PATCH
from ..door.route import LIST, Query, Routes
from ..door.shapes import Deleted, RevisionList
from ..errors import ValidationFailed, invalid
from ..parts import Parts
from ..rights import Right
from . import actions, store
from .answers import DatasetList, DatasetRevision
from .body import (
    Append,
    Appended,
    ChangesOf,
    DatasetBody,
    merged_fields,
    patched_fields,
    read_fields,
    read_merge,
)
from .dataset import Dataset, DatasetView, as_answer, as_revision, with_details

routes = Routes()

DATASET = "/v1/datasets/{dataset_id}"
TYPES = ("json", "markdown")


class SavedDataset(msgspec.Struct):
    """How the dataset stands after a change."""

    id: str
    slug: str
    updated_at: int
    revision: int


@routes.add(
    "POST",
    "/v1/datasets",
    scope="datasets:write",
    status=201,
    body=DatasetBody,
    needs=needs.all_of("name"),
    answer=DatasetView,
    dry_run=True,
)
async def create_dataset(call: Call, parts: Parts) -> Answer:
    """Create a dataset. Its slug is what texts call it: {{q4_sales.total}}."""
    fields = read_fields(call.body)
    async with parts.database.transaction() as tx:
        dataset = await actions.create_dataset(tx, call.caller, fields, parts.dataset_users)
    return Answer(as_answer(dataset), etag=etag(dataset))


@routes.add(
    "GET",
    "/v1/datasets",
    scope="datasets:read",
    query=(*LIST, Query("type", "string", "only this type", choices=TYPES)),
    answer=DatasetList,
)
async def list_datasets(call: Call, parts: Parts) -> Answer:
    """List your own datasets without their data, newest first."""
    limit, offset = call.page()
    wanted = {"type": call.query["type"]} if "type" in call.query else {}
    if wanted and wanted["type"] not in TYPES:
        raise invalid("type", "type must be json or markdown", "json | markdown")
    async with parts.database.reader() as reader:
        items, total = await store.list_datasets(reader, call.caller, wanted, limit, offset)
    return Answer({"items": items, "total": total, "limit": limit, "offset": offset})


@routes.add("GET", DATASET, scope="datasets:read", right=Right.SEE, answer=DatasetView)
async def get_dataset(call: Call, parts: Parts) -> Answer:
    """Get a dataset by its id or slug."""
    async with parts.database.reader() as reader:
        dataset = await store.get_dataset(reader, call.params[0], call.caller)
    return Answer(as_answer(dataset), etag=etag(dataset))


@routes.add(
    "PUT",
    DATASET,
    scope="datasets:write",
    right=Right.EDIT,
    body=DatasetBody,
    answer=SavedDataset,
    dry_run=True,
)
async def update_dataset(call: Call, parts: Parts) -> Answer:
    """Update a dataset: only what is sent changes, and every pin that draws from it."""
    fields = read_fields(call.body)
    return await _update(call, parts, lambda _: fields, renames="slug" in fields)


@routes.add(
    "PATCH",
    DATASET,
    scope="datasets:write",
    right=Right.EDIT,
    body=DatasetBody,
    answer=SavedDataset,
    body_is_patch=True,
    dry_run=True,
)
async def patch_dataset(call: Call, parts: Parts) -> Answer:
    """Patch a dataset: a merge patch (RFC 7396), or a JSON Patch (RFC 6902)."""
    if (call.header(b"content-type") or "").startswith(JSON_PATCH):
        operations = decode(call.body)
        return await _update(
            call,
            parts,
            lambda dataset: patched_fields(operations, dataset),
            renames=b"/slug" in call.body,
        )
    fields = read_merge(call.body)
    return await _update(
        call, parts, lambda dataset: merged_fields(fields, dataset), renames="slug" in fields
    )


@routes.add(
    "POST",
    DATASET + "/append",
    scope="datasets:write",
    right=Right.EDIT,
    body=Append,
    answer=Appended,
    dry_run=True,
)
async def append_items(call: Call, parts: Parts) -> Answer:
    """Add items to a list of the data, and keep its last ones."""
    append = call.read(Append)
    async with parts.database.transaction() as tx:
        dataset, length = await actions.append_items(
            tx, call.caller, call.params[0], append, call.if_match, parts.dataset_users
        )
    data = Appended(dataset.id, dataset.updated_at, dataset.revision, length)
    return Answer(data, etag=etag(dataset))


@routes.add(
    "DELETE",
    DATASET,
    scope="datasets:write",
    right=Right.OWN,
    errors=(409,),
    query=(Query("force", "boolean", "also if pins draw from it; they then show a mark"),),
    answer=Deleted,
    dry_run=True,
    audit=("dataset.deleted",),
)
async def delete_dataset(call: Call, parts: Parts) -> Answer:
    """Delete a dataset that no pin draws from, or with ?force=true any."""
    by_force = call.flag("force")
    async with parts.database.transaction() as tx:
        dataset, deleted_at = await actions.delete_dataset(
            tx, call.caller, call.params[0], call.if_match, parts.dataset_users, by_force=by_force
        )
    return Answer({"id": dataset.id, "deleted_at": deleted_at})


@routes.add(
    "GET",
    DATASET + "/revisions",
    scope="datasets:read",
    right=Right.SEE_SOURCE,
    query=LIST,
    answer=RevisionList,
)
async def list_dataset_revisions(call: Call, parts: Parts) -> Answer:
    """List a dataset's history, newest first: who, when, what."""
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        dataset = await store.get_dataset(reader, call.params[0], call.caller)
        rows, total = await store.list_revisions(reader, dataset.id, limit, offset)
    items = [as_revision(row) for row in rows]
    return Answer({"items": items, "total": total, "limit": limit, "offset": offset})


@routes.add(
    "GET",
    DATASET + "/revisions/{revision}",
    scope="datasets:read",
    right=Right.SEE_SOURCE,
    answer=DatasetRevision,
)
async def get_dataset_revision(call: Call, parts: Parts) -> Answer:
    """Get a dataset as it was at a revision."""
    async with parts.database.reader() as reader:
        dataset = await store.get_dataset(reader, call.params[0], call.caller)
        row = await store.get_revision(reader, dataset.id, _number(call.params[1]))
    old = with_details(dataset, row[5], row[6])
    old.revision, old.updated_at = row[0], row[1]
    return Answer({**as_revision(row), "dataset": as_answer(old)})


@routes.add(
    "POST",
    DATASET + "/revisions/{revision}/restore",
    scope="datasets:write",
    right=Right.EDIT,
    answer=SavedDataset,
    dry_run=True,
)
async def restore_dataset_revision(call: Call, parts: Parts) -> Answer:
    """Make a dataset what it was at a revision; that is a new revision."""
    dataset_id, revision = call.params
    async with parts.database.transaction() as tx:
        dataset = await actions.restore_revision(
            tx,
            call.caller,
            dataset_id,
            _number(revision),
            call.if_match,
            parts.dataset_users,
        )
    return _saved(dataset)


def etag(dataset: Dataset) -> str:
    """The dataset's ETag."""
    return f'"{dataset.revision}"'


async def _update(call: Call, parts: Parts, fields_of: ChangesOf, *, renames: bool) -> Answer:
    async with parts.database.transaction() as tx:
        dataset = await actions.update_dataset(
            tx,
            call.caller,
            call.params[0],
            fields_of,
            call.if_match,
            parts.dataset_users,
            renames=renames,
        )
    return _saved(dataset)


def _saved(dataset: Dataset) -> Answer:
    data = SavedDataset(dataset.id, dataset.slug, dataset.updated_at, dataset.revision)
    return Answer(data, etag=etag(dataset))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise ValidationFailed("A revision is a whole number", reason="INVALID_REVISION")
    return int(text)

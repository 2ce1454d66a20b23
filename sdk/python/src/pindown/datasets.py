"""`/v1/datasets`"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict, Unpack

from .group import Group, S, call
from .owner import Transferred, new_owner
from .pin import Deleted
from .request import Options, Request, path_of, read, split, write


class Dataset(TypedDict, total=False):
    """Data that pins draw from through variables; in a list without `data`."""

    id: str
    owner_id: str
    name: str
    slug: str
    type: Literal["json", "markdown"]
    data: Any
    description: str
    tags: list[str]
    role: str | None
    revision: int
    created_at: int
    updated_at: int


class DatasetUpdate(Options, total=False):
    """What a dataset is written with. What is left out stays as it is."""

    name: str
    slug: str
    type: Literal["json", "markdown"]
    data: Any
    description: str
    tags: list[str]


class DatasetPage(TypedDict):
    """Some of a list of datasets, newest first."""

    items: list[Dataset]
    total: int
    limit: int
    offset: int


class Datasets(Group[S]):
    """Datasets: what `{{variables}}` on pins are filled from. An id or a slug names one."""

    @call
    def create(
        self, body: Mapping[str, Any] | None = None, /, **fields: Unpack[DatasetUpdate]
    ) -> Request[Dataset]:
        """Create a dataset: `create(name="Q4 Sales", data={"total": 12450})`."""
        options, given = split(fields)
        return write("POST", path_of("datasets"), options, {**(body or {}), **given})

    @call
    def get(self, dataset_id: str, /) -> Request[Dataset]:
        """Get a dataset with its data."""
        return read(path_of("datasets", dataset_id))

    @call
    def list(
        self,
        *,
        type: Literal["json", "markdown"] | None = None,  # noqa: A002  as the API calls it
        limit: int | None = None,
        offset: int | None = None,
    ) -> Request[DatasetPage]:
        """List your datasets, newest first, without their data."""
        return read(path_of("datasets"), {"type": type, "limit": limit, "offset": offset})

    @call
    def update(
        self,
        dataset_id: str,
        body: Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[DatasetUpdate],
    ) -> Request[dict[str, Any]]:
        """Change what is given; every pin that draws from it shows it at once."""
        options, given = split(fields)
        return write("PUT", path_of("datasets", dataset_id), options, {**(body or {}), **given})

    @call
    def patch(
        self,
        dataset_id: str,
        patch: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        /,
        **options: Unpack[Options],
    ) -> Request[dict[str, Any]]:
        """Apply a merge patch (a mapping) or a JSON Patch (a list of steps)."""
        kind = "merge-patch" if isinstance(patch, Mapping) else "json-patch"
        path = path_of("datasets", dataset_id)
        return write("PATCH", path, options, patch, f"application/{kind}+json")

    @call
    def append(
        self,
        dataset_id: str,
        items: Sequence[Any],
        /,
        *,
        path: str | None = None,
        keep: int | None = None,
        **options: Unpack[Options],
    ) -> Request[dict[str, Any]]:
        """Add to the end of a list in it, of which only the last `keep` stay."""
        said = {"items": [*items], "path": path, "keep": keep}
        given = {word: value for word, value in said.items() if value is not None}
        return write("POST", path_of("datasets", dataset_id, "append"), options, given)

    @call
    def delete(
        self, dataset_id: str, /, *, force: bool = False, **options: Unpack[Options]
    ) -> Request[Deleted]:
        """Delete a dataset; while pins draw from it only with `force`."""
        query = {"force": True if force else None}
        return write("DELETE", path_of("datasets", dataset_id), options, query=query)

    @call
    def uses(
        self, dataset_id: str, /, *, limit: int | None = None, offset: int | None = None
    ) -> Request[dict[str, Any]]:
        """List the pins that draw from it."""
        return read(path_of("datasets", dataset_id, "uses"), {"limit": limit, "offset": offset})

    @call
    def revisions(
        self, dataset_id: str, /, *, limit: int | None = None, offset: int | None = None
    ) -> Request[dict[str, Any]]:
        """List its history, newest first."""
        path = path_of("datasets", dataset_id, "revisions")
        return read(path, {"limit": limit, "offset": offset})

    @call
    def revision(self, dataset_id: str, revision: int, /) -> Request[dict[str, Any]]:
        """Get the dataset as it was at a revision."""
        return read(path_of("datasets", dataset_id, "revisions", revision))

    @call
    def restore(
        self, dataset_id: str, revision: int, /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Make the dataset what it was at a revision; that is a new revision."""
        path = path_of("datasets", dataset_id, "revisions", revision, "restore")
        return write("POST", path, options)

    @call
    def transfer(
        self,
        dataset_id: str,
        /,
        *,
        email: str | None = None,
        user_id: str | None = None,
        **options: Unpack[Options],
    ) -> Request[Transferred]:
        """Give it to another account. Your pins draw from it no more."""
        path = path_of("datasets", dataset_id, "transfer")
        return write("POST", path, options, new_owner(email, user_id))

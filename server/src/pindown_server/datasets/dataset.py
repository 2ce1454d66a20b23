"""The dataset and its rules. No database, no HTTP."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from ..clock import iso
from ..errors import Problem, ValidationFailed, invalid

LARGEST_DATA: Final = 1000 * 1024  # bytes of JSON: what a body of the usual size can bring
LONGEST_SLUG: Final = 64
MOST_NAMESAKES: Final = 1_000  # datasets of one name that get a slug by themselves

# Names that mean something else in a template.
RESERVED: Final = frozenset(
    "and or not true false null if else each as this datasets dataset _meta".split()
)
_SLUG = re.compile(r"[a-z][a-z0-9_]{0,63}")


class Dataset(msgspec.Struct, gc=False):
    """A dataset as stored. The order is the store's columns'."""

    id: str
    owner_id: str
    name: str
    slug: str
    type: str  # `json` or `markdown`
    data: str  # JSON as it was sent; of a Markdown dataset a JSON string
    description: str
    tags: str  # JSON list
    revision: int
    created_at: int
    updated_at: int

    @property
    def names(self) -> set[str]:
        """What texts call it: its slug and its id."""
        return {self.slug, self.id}


def slugs_for(name: str) -> Iterator[list[str]]:
    """The name in snake_case, such as `q4_sales` of "Q4 Sales", then with a number at its end."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if not slug or not slug[0].isalpha():
        slug = f"data_{slug}".rstrip("_")
    slug = slug[: LONGEST_SLUG - 8].rstrip("_")
    if slug in RESERVED:
        slug = f"{slug}_data"
    yield [slug]
    for begin in range(2, MOST_NAMESAKES, 100):
        yield [f"{slug}_{number}" for number in range(begin, begin + 100)]


def require_slug(slug: str) -> None:
    """Raise ValidationFailed unless texts can use it as a name."""
    if _SLUG.fullmatch(slug) is None or slug in RESERVED:
        expected = "small letters, digits and _, beginning with a letter, at most 64"
        why = "means something else in a text" if slug in RESERVED else f"must be {expected}"
        raise invalid("slug", f"slug {why}", expected)


def require_fit(kind: str, data: str) -> None:
    """Raise ValidationFailed unless the data is of its type and not too large."""
    if len(data.encode()) > LARGEST_DATA:
        most = f"{LARGEST_DATA // 1024} KiB"
        raise ValidationFailed(
            f"A dataset holds at most {most} of JSON",
            [Problem("data", "is too large", f"≤ {most}")],
        )
    if kind == "markdown" and not data.startswith('"'):
        raise invalid("data", "The data of a markdown dataset is a text", "text")


class DatasetItem(msgspec.Struct):
    """A dataset in a list: without its data, of which `size` says how many bytes it takes."""

    id: str
    owner_id: str
    name: str
    slug: str
    type: str
    description: str
    tags: Any
    size: int
    revision: int
    created_at: int
    updated_at: int


class DatasetView(DatasetItem):
    """A dataset."""

    data: Any


def as_answer(dataset: Dataset) -> DatasetView:
    """The dataset as the API shows it."""
    return DatasetView(
        id=dataset.id,
        owner_id=dataset.owner_id,
        name=dataset.name,
        slug=dataset.slug,
        type=dataset.type,
        description=dataset.description,
        tags=msgspec.Raw(dataset.tags.encode()),
        size=len(dataset.data.encode()),
        revision=dataset.revision,
        created_at=dataset.created_at,
        updated_at=dataset.updated_at,
        data=msgspec.Raw(dataset.data.encode()),
    )


def writable(dataset: Dataset) -> dict[str, Any]:
    """What of a dataset can be written, as one object."""
    return {
        "name": dataset.name,
        "slug": dataset.slug,
        "description": dataset.description,
        "tags": msgspec.json.decode(dataset.tags),
        "data": msgspec.json.decode(dataset.data),
    }


def as_revision(row: tuple[Any, ...]) -> dict[str, Any]:
    """Who changed it, when, and what."""
    revision, at, by_user, by_key, what, *_ = row
    by = {"user_id": by_user, "key_id": by_key}
    return {"revision": revision, "at": at, "created_at": iso(at), "by": by, "what": what}


def details(dataset: Dataset) -> str:
    """What a revision keeps besides the data, as JSON."""
    return msgspec.json.encode(
        {
            "name": dataset.name,
            "slug": dataset.slug,
            "type": dataset.type,
            "description": dataset.description,
            "tags": msgspec.Raw(dataset.tags.encode()),
        }
    ).decode()


def with_details(dataset: Dataset, data: str, kept: str) -> Dataset:
    """The dataset with what a revision kept; its slug is today's, because pins use it today."""
    old = msgspec.json.decode(kept)
    return msgspec.structs.replace(
        dataset,
        data=data,
        name=old["name"],
        type=old["type"],
        description=old["description"],
        tags=msgspec.json.encode(old["tags"]).decode(),
    )

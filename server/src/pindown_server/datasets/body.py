"""The shapes in which a body may say what a dataset is, and what to add to one."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..door import body as bodies
from ..door.patch import apply_operations, give_back, merge, nulls_as_defaults
from ..errors import invalid
from .dataset import Dataset, writable

MOST_ITEMS = 10_000
DEFAULTS: dict[str, Any] = {"description": "", "tags": []}  # what a patch may take away

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Slug = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        description="what texts call it: {{q4_sales.total}}",
        extra_json_schema={"pattern": "^[a-z][a-z0-9_]*$"},
    ),
]
Description = Annotated[str, Meta(max_length=2000)]
Tags = Annotated[list[Annotated[str, Meta(min_length=1, max_length=50)]], Meta(max_length=50)]
Type = Annotated[
    Literal["json", "markdown"], Meta(description="by default that of the data: a text is Markdown")
]
Data = Annotated[
    msgspec.Raw, Meta(extra_json_schema={"description": "any JSON, or a text; at most 1,000 KiB"})
]


class DatasetBody(msgspec.Struct, forbid_unknown_fields=True):
    """A dataset to create, or what to change of one. Without `slug`, it is made out of the name."""

    name: Name | UnsetType = UNSET
    slug: Slug | UnsetType = UNSET
    type: Type | UnsetType = UNSET
    data: Data | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET


class Append(msgspec.Struct, forbid_unknown_fields=True):
    """Items to add to a list of the data.

    `path` leads to the list, names joined by `/`; empty where the data itself is the list. A list
    that is not there yet is made. Of the list the last `keep` items are kept.
    """

    items: Annotated[
        list[Any], Meta(min_length=1, max_length=MOST_ITEMS, description="added in this order")
    ]
    path: Annotated[
        str, Meta(max_length=1000, description="where the list is, names joined by /: rows")
    ] = ""
    keep: (
        Annotated[int, Meta(ge=1, le=1_000_000, description="how many of the newest stay")] | None
    ) = None


class Appended(msgspec.Struct):
    """How the dataset stands after an append: `length` is that of the list."""

    id: str
    updated_at: int
    revision: int
    length: int


Fields = dict[str, Any]
ChangesOf = Callable[[Dataset], Fields]


def read_fields(body: bytes) -> Fields:
    """What a body says, by the dataset's fields; raises ValidationFailed with every problem."""
    given = bodies.read(DatasetBody, body)
    fields = {name: v for name, v in msgspec.structs.asdict(given).items() if v is not UNSET}
    if "data" in fields:
        fields["data"] = bytes(fields["data"]).decode()
    return fields


def read_merge(body: bytes) -> Fields:
    """What a merge patch says; a null means the default."""
    return read_fields(nulls_as_defaults(body, DEFAULTS))


def merged_fields(fields: Fields, dataset: Dataset) -> Fields:
    """The same as a merge patch of this dataset (RFC 7396): objects merge, null takes away."""
    if "data" not in fields:
        return fields
    merged = merge(msgspec.json.decode(dataset.data), msgspec.json.decode(fields["data"]))
    return {**fields, "data": _text(merged)}


def patched_fields(operations: Any, dataset: Dataset) -> Fields:
    """What a JSON Patch (RFC 6902) wants different; Conflict where a `test` fails."""
    before = writable(dataset)
    after = apply_operations(operations, before)
    give_back(after, before, DEFAULTS)
    body = {name: value for name, value in after.items() if value != before.get(name)}
    return read_fields(msgspec.json.encode(body))


def appended(data: str, append: Append) -> tuple[str, int]:
    """The data with more items in one of its lists, and how long that is."""
    steps = [step for step in append.path.strip("/").split("/") if step]
    root: Any = msgspec.json.decode(data)
    before = _list_at(root, steps, append.path)
    items = [*before, *append.items]
    items = items if append.keep is None else items[-append.keep :]
    return _text(_with(root, steps, items)), len(items)


def _list_at(root: Any, steps: list[str], path: str) -> list[Any]:
    value = root
    for number, step in enumerate(steps):
        value = _step(value, step, path, is_last=number == len(steps) - 1)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _no_list(path)
    return value


def _step(value: Any, step: str, path: str, *, is_last: bool) -> Any:
    name = step.replace("~1", "/").replace("~0", "~")
    if isinstance(value, dict) and (name in value or is_last):
        return value.get(name)
    is_place = isinstance(value, list) and step.isascii() and step.isdigit() and len(step) < 10
    if is_place and int(step) < len(value):
        return value[int(step)]
    raise _no_list(path)


def _with(value: Any, steps: list[str], items: list[Any]) -> Any:
    """The value with the list in its place; only containers that were walked are looked into."""
    if not steps:
        return items
    step, *rest = steps
    if isinstance(value, list):
        value[int(step)] = _with(value[int(step)], rest, items)
    else:
        name = step.replace("~1", "/").replace("~0", "~")
        value[name] = _with(value.get(name), rest, items)
    return value


def _no_list(path: str) -> Exception:
    found = f"There is no list at '{path[:100]}'" if path else "The data itself is not a list"
    return invalid("path", found, "names that lead to a list, joined by /")


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()

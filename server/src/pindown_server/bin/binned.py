"""A thing in the bin. No database, no HTTP."""

from typing import Any, Final, NamedTuple

from ..clock import DAY

KEPT: Final = 30 * DAY  # as long as api.md promises; then it is gone for good


class Binned(NamedTuple):
    """Something its owner deleted. In the order of the store's columns."""

    id: str
    kind: str
    title: str
    deleted_at: int


def as_item(thing: Binned) -> dict[str, Any]:
    """The thing in the list of what lies in the bin."""
    return {
        "id": thing.id,
        "kind": thing.kind,
        "title": thing.title,
        "deleted_at": thing.deleted_at,
        "kept_until": thing.deleted_at + KEPT,
    }

"""Batches as the API takes them and answers them."""

from typing import Any, NotRequired, TypedDict

from .pin import Pin
from .pinboard import Pinboard
from .request import Options


class BatchOptions(Options, total=False):
    """What can be said about a batch."""

    atomic: bool
    """All or nothing: a Conflict whose details list what failed, and nothing changed."""


class Failure(TypedDict, total=False):
    """Why one element of a batch failed; the others were done."""

    index: int
    id: str
    error: str
    code: str
    details: dict[str, Any]


class CreatedInBatch(TypedDict):
    """A pin that a batch created, and which of its elements it was."""

    id: str
    index: int
    created_at: int


class CreatedPins(TypedDict):
    """What became of a batch of new pins."""

    created: list[CreatedInBatch]
    failed: list[Failure]


class UpdatedPins(TypedDict):
    """What became of a batch of updates."""

    updated: list[str]
    failed: list[Failure]
    updated_at: int
    superseded: NotRequired[list[str]]


class DeletedPins(TypedDict):
    """What became of pins that were to be deleted."""

    deleted: list[str]
    failed: list[Failure]


class AddedPins(TypedDict):
    """What became of pins that were to be placed on a pinboard."""

    added: list[str]
    failed: list[Failure]
    revision: int


class RemovedPins(TypedDict):
    """What became of pins that were to be taken from a pinboard."""

    removed: list[str]
    failed: list[Failure]
    revision: int


class PinBatch(TypedDict):
    """Many pins at once; the ids that are none, and those that are not yours to see.

    `left_out`: those that had no room in this answer; ask for them in another call.
    """

    found: list[Pin]
    not_found: list[str]
    permission_denied: list[str]
    left_out: list[str]


class PinboardBatch(TypedDict):
    """Many pinboards at once; the ids that are none, and those that are not yours to see."""

    found: list[Pinboard]
    not_found: list[str]
    permission_denied: list[str]

"""What names mean while a template is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .tree import Path

_WHOLE_TEXT = ("markdown", "content")  # what the old forms call the whole of a text


class Unset:
    """No value at all, which null is not."""

    def __repr__(self) -> str:
        return "UNSET"


UNSET = Unset()


class Prose(str):
    """A dataset that is a text: it is Markdown, and is written into Markdown as it is."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that leads nowhere, and why. `is_unknown`: not even its first name is known."""

    name: str
    reason: str = "MISSING"
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """The data a template may see.

    `own` is the data of the pin's own dataset, `datasets` maps slugs to data, `by_id` ids to data.
    Names in `not_allowed` are datasets' that nobody entitled put there. `meta` is `_meta`, `now`
    the time in epoch milliseconds.
    """

    own: Any = UNSET
    datasets: Mapping[str, Any] = field(default_factory=dict)
    by_id: Mapping[str, Any] = field(default_factory=dict)
    not_allowed: frozenset[str] = frozenset()
    meta: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """One time round a loop."""

    item: Any
    name: str | None
    index: int
    count: int
    key: str | int

    def find(self, first: str) -> Any:
        """What the name means in this loop; UNSET if nothing. The item's own keys come first."""
        if type(self.item) is dict and first in self.item:
            return self.item[first]
        if first in ("this", self.name):
            return self.item
        if first[0] != "@":
            return UNSET
        match first:
            case "@index":
                return self.index
            case "@key":
                return self.key
            case "@first":
                return self.index == 0
            case "@last":
                return self.index == self.count - 1
        return UNSET


def find(path: Path, scope: Scope, frames: list[Frame]) -> Any:
    """The value of a path, or Missing. Only keys of objects and places in lists are ever looked at."""
    for frame in reversed(frames):
        value = frame.find(path.first)
        if value is not UNSET:
            return _walk(path, value, path.steps)
    if path.legacy_id is not None:
        return _of_dataset(path, path.legacy_id, scope.by_id, path.steps, scope)
    if (value := _of_own(path, scope.own)) is not UNSET:
        return value
    if path.first in scope.datasets or path.first in scope.not_allowed:
        return _of_dataset(path, path.first, scope.datasets, path.steps, scope)
    if path.first == "datasets" and path.steps:
        return _of_dataset(path, str(path.steps[0]), scope.datasets, path.steps[1:], scope)
    if path.first == "_meta":
        return _walk(path, dict(scope.meta), path.steps)
    return Missing(path.written, is_unknown=scope.own is UNSET and not frames)


def walk(value: Any, steps: tuple[str | int, ...]) -> Any:
    """What the steps lead to; UNSET where they lead nowhere."""
    for step in steps:
        value = _step(value, step)
        if value is UNSET:
            return UNSET
    return value


def _of_own(path: Path, own: Any) -> Any:
    """The value of a bare key of the pin's own dataset; UNSET if it has no such key."""
    if own is UNSET:
        return UNSET
    if path.first == "this":
        return _walk_dataset(path, own, path.steps)
    if type(own) is str and not path.steps and path.first in _WHOLE_TEXT:
        return Prose(own)
    value = _step(own, path.first)
    return UNSET if value is UNSET else _walk(path, value, path.steps)


def _of_dataset(
    path: Path, name: str, known: Mapping[str, Any], steps: tuple[str | int, ...], scope: Scope
) -> Any:
    if name in scope.not_allowed:
        return Missing(path.written, "DATASET_NOT_ALLOWED")
    if name not in known:
        return Missing(path.written, is_unknown=True)
    return _walk_dataset(path, known[name], steps)


def _walk_dataset(path: Path, data: Any, steps: tuple[str | int, ...]) -> Any:
    """Of a dataset that is a text, the text: by its name alone, or as `.markdown`, `.content`."""
    if type(data) is str and (not steps or (len(steps) == 1 and steps[0] in _WHOLE_TEXT)):
        return Prose(data)
    return _walk(path, data, steps)


def _walk(path: Path, value: Any, steps: tuple[str | int, ...]) -> Any:
    found = walk(value, steps)
    return Missing(path.written) if found is UNSET else found


def _step(value: Any, step: str | int) -> Any:
    # Exactly these types: whatever else there is has attributes, not data.
    if type(value) is dict:
        return value.get(str(step), UNSET)
    if type(value) is list and type(step) is int and -len(value) <= step < len(value):
        return value[step]
    return UNSET

"""The past of figures that draw from datasets: what they would have shown, dataset by dataset.

A pin's own history holds the templates, not what they showed. So the template of now is rendered
with the data of then; of a figure that draws from several datasets, the others are as they are now.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import msgspec

from ..datasets import store as datasets
from ..storage import Reader
from ..templates import Scope, find_references, render_text
from .types.numbers import number_of

MOST_BYTES: Final = 2 * 1024 * 1024  # of a dataset's past, read and decoded for one drawing

Past = Sequence[tuple[int, Any]]  # times and data, oldest first


class Stretch(NamedTuple):
    """Some time in which these names of a scope meant this past data."""

    scope: Scope
    names: Collection[str]
    past: Past


async def read_past(
    reader: Reader,
    named: datasets.Named,
    most: int,
    since: int = 0,
    until: int = 1 << 62,
) -> Past:
    """The newest revisions of a dataset in a stretch of time, fewer of a large one."""
    fitting = max(2, MOST_BYTES // max(1, len(named.data)))
    rows = await datasets.list_past(reader, named.id, min(most, fitting), since, until)
    return [(at, msgspec.json.decode(data)) for at, data in rows]


def names_in(text: str, own: str | None) -> set[str]:
    """The slugs and ids of the datasets that a figure's text may draw from."""
    found = find_references(text, {"": "text"})
    return {*found.names, *found.dataset_ids} | ({own} if own else set())


def points_of(text: str, stretch: Stretch) -> list[tuple[int, float]]:
    """The numbers that the text would have shown."""
    scope, names, past = stretch
    is_own = any(scope.datasets.get(name) is scope.own for name in names)
    points = []
    for at, data in past:
        known = {**scope.datasets, **dict.fromkeys(names, data)}
        then = replace(
            scope, own=data if is_own else scope.own, datasets=known, by_id=known, now=at
        )
        number = number_of(render_text(text, "text", then).value)
        if number is not None:
            points.append((at, number))
    return points

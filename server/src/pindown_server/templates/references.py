"""What a value draws from: known before it is rendered, so that the store can keep it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .budget import MOST_WORDS
from .compiled import template_of
from .places import Kind, Place, place_of
from .rendering import DEEPEST
from .tree import Choice, Loop, Node, Output, Path, Template

_OWN_NAMES = frozenset({"this", "_meta"})


@dataclass(frozen=True, slots=True)
class References:
    """Names that a value uses.

    `names`: first names that may be slugs of datasets, those after `datasets.` included; some of
    them may turn out to be keys. `dataset_ids`: named by the old forms. `paths`: as written.
    `is_clocked`: it shows a time that passes, and nobody's clock but ours moves it.
    """

    names: frozenset[str] = frozenset()
    dataset_ids: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()
    is_clocked: bool = False


def find_references(value: Any, places: Mapping[str, str]) -> References:
    """What a JSON value or a text draws from. Never raises; bounded as rendering is."""
    names: set[str] = set()
    ids: set[str] = set()
    paths: set[str] = set()
    is_clocked = False
    left = MOST_WORDS
    for text, kind in _texts(value, place_of(places), 0):
        template = template_of(text, kind)
        left -= template.words
        if left < 0:
            break  # rendering stops here too
        for path in template.paths:
            paths.add(path.written)
            if path.legacy_id is not None:
                ids.add(path.legacy_id)
            else:
                names |= _names(path)
        is_clocked = is_clocked or _is_clocked(template, kind)
    return References(frozenset(names), frozenset(ids), frozenset(paths), is_clocked)


def _texts(value: Any, place: Place, depth: int) -> Iterator[tuple[str, Kind]]:
    if type(value) is str:
        if "{{" in value:
            yield value, place.kind
    elif depth > DEEPEST:
        return
    elif type(value) is dict:
        for key, item in value.items():
            yield from _texts(item, place.within(key), depth + 1)
    elif type(value) is list:
        inner = place.within("*")
        for item in value:
            yield from _texts(item, inner, depth + 1)


def _names(path: Path) -> set[str]:
    if path.first[0] == "@" or path.first in _OWN_NAMES:
        return set()
    if path.first == "datasets" and path.steps:
        return {path.first, str(path.steps[0])}
    return {path.first}


def _is_clocked(template: Template, kind: Kind) -> bool:
    if "relative_time" not in template.filters:
        return False
    return kind != "markdown" or any(map(_has_clock, template.nodes))


def _has_clock(node: Node) -> bool:
    """Whether Markdown shows an age that is no mark: in code, in a loop's head, filtered further."""
    match node:
        case Output():
            names = [filter_.name for filter_ in node.shown.filters]
            return "relative_time" in (names if node.inside else names[:-1])
        case Choice(branches):
            return any(_has_clock(inner) for _, nodes in branches for inner in nodes)
        case Loop(over, _, nodes, otherwise):
            in_head = any(filter_.name == "relative_time" for filter_ in over.filters)
            return in_head or any(map(_has_clock, (*nodes, *otherwise)))
    return False

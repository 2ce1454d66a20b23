"""Renders texts and configs: bounded in steps, size and time, whatever they hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import escaping
from .addresses import is_address
from .budget import Budget, ExhaustedError
from .compiled import template_of
from .places import Place, place_of
from .printing import encoded
from .scope import Scope
from .writing import Writing

DEEPEST = 64  # levels of a config; deeper ones the API refuses
MOST_PROBLEMS = 100  # nobody reads more
CUT = "…"


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """What could not be rendered: the field (`cards/0/value`), which name in it, and why.

    Reasons: MISSING (nothing has this name), DATASET_NOT_ALLOWED (the pin may not draw from it),
    UNKNOWN_FILTER, FILTER (the filter can do nothing with the value), NOT_A_LIST (a loop over
    something else), UNSAFE_URL, SYNTAX, LIMIT (the rendering would take too long or grow too large).
    """

    field: str
    name: str
    reason: str

    def as_json(self) -> dict[str, str]:
        """As an element of `rendered_errors`."""
        return {"field": self.field, "name": self.name, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A value with its variables resolved, and what went wrong on the way."""

    value: Any
    problems: list[TemplateProblem] = field(default_factory=list)


def has_variables(json_text: str) -> bool:
    """Whether a JSON text may hold variables: a cheap look that sees no less than there is."""
    return "{{" in json_text or "\\u007b" in json_text or "\\u007B" in json_text


def render(value: Any, places: Mapping[str, str], scope: Scope) -> Rendered:
    """The value with every `{{…}}` resolved. Never raises; what holds none is the same object.

    A text that is nothing but one variable becomes the variable's value, of any type; null if
    there is none. Each other text stays a text.
    """
    rendering = _Rendering(scope)
    return Rendered(rendering.walk(value, place_of(places), "", 0), rendering.problems)


def render_text(text: str, kind: str, scope: Scope) -> Rendered:
    """A text with its variables resolved, which is always a text: for titles and blocks."""
    rendering = _Rendering(scope)
    value = rendering.text(text, place_of({"": kind}), "", keeps_type=False)
    return Rendered(value or "", rendering.problems)


class _Rendering:
    """One rendering on its way."""

    def __init__(self, scope: Scope) -> None:
        self._budget = Budget()
        self._scope = scope
        self._sizes: dict[int, tuple[Any, int]] = {}
        self._seen: set[tuple[str, str, str]] = set()
        self.problems: list[TemplateProblem] = []

    def walk(self, value: Any, place: Place, path: str, depth: int) -> Any:
        """The value at a place; the same object where nothing in it changed."""
        if type(value) is str:
            return self.text(value, place, path) if "{{" in value else value
        if depth > DEEPEST:
            return value
        if type(value) is dict:
            return self._walk_dict(value, place, path, depth)
        if type(value) is list:
            return self._walk_list(value, place, path, depth)
        return value

    def _walk_dict(
        self, value: dict[str, Any], place: Place, path: str, depth: int
    ) -> dict[str, Any]:
        changed: dict[str, Any] | None = None
        for key, item in value.items():
            if type(item) not in (str, dict, list):
                continue
            found = self.walk(item, place.within(key), _join(path, key), depth + 1)
            if found is not item:
                changed = dict(value) if changed is None else changed
                changed[key] = found
        return value if changed is None else changed

    def _walk_list(self, value: list[Any], place: Place, path: str, depth: int) -> list[Any]:
        changed: list[Any] | None = None
        inner = place.within("*")
        for index, item in enumerate(value):
            if type(item) not in (str, dict, list):
                continue
            found = self.walk(item, inner, f"{path}/{index}" if path else str(index), depth + 1)
            if found is not item:
                changed = list(value) if changed is None else changed
                changed[index] = found
        return value if changed is None else changed

    def text(self, text: str, place: Place, path: str, *, keeps_type: bool = True) -> Any:
        """A text that holds variables."""
        if self._budget.is_spent:  # not even read any more
            is_whole = text.startswith("{{") and text.endswith("}}")
            return self._cut(path, "", place, keeps_type=keeps_type and is_whole)
        template = template_of(text, place.kind)
        if template.problem is not None:
            self._budget.charge(template.words)
            self._report(path, *template.problem)
            return text
        whole = template.whole
        writing = Writing(
            self._scope,
            place.kind,
            self._budget,
            lambda name, reason: self._report(path, name, reason),
        )
        try:
            self._budget.read(template.words)
            if whole is not None and keeps_type:
                return self._fitted(writing.value_of(whole), place, writing)
            writing.write(template.nodes)
        except ExhaustedError:
            so_far = "".join(writing.pieces)
            return self._cut(path, so_far, place, keeps_type=keeps_type and whole is not None)
        return self._finished(writing, path)

    def _cut(self, path: str, so_far: str, place: Place, *, keeps_type: bool) -> str | None:
        """What is shown of a text that would have cost too much."""
        self._report(path, "", "LIMIT")
        return None if keeps_type or place.kind == "url" else so_far + CUT

    def _finished(self, writing: Writing, path: str) -> str | None:
        text = "".join(writing.pieces)
        if writing.kind != "url":
            return text
        if writing.lacks_value:
            return None
        if is_address(text):
            return text
        self._report(path, text[:80], "UNSAFE_URL")
        return None

    def _fitted(self, value: Any, place: Place, writing: Writing) -> Any:
        """A value in place of a text: its own texts are made to fit their places as well."""
        self._budget.write(self._size(value))
        return self._dress(value, place, writing, 0)

    def _dress(self, value: Any, place: Place, writing: Writing, depth: int) -> Any:
        if isinstance(value, str):
            return self._dressed_text(value, place, writing)
        if place.is_plain or depth > DEEPEST:
            return value
        if type(value) is dict:
            self._budget.spend(1 + len(value) // 4)
            return {
                key: self._dress(item, place.within(key), writing, depth + 1)
                for key, item in value.items()
            }
        if type(value) is list:
            self._budget.spend(1 + len(value) // 4)
            inner = place.within("*")
            return [self._dress(item, inner, writing, depth + 1) for item in value]
        return value

    def _dressed_text(self, value: str, place: Place, writing: Writing) -> Any:
        self._budget.spend(1 + len(value) // 1000)
        match place.kind:
            case "markdown":
                return writing.in_markdown(value, is_alone=True)
            case "code":
                return escaping.fenced(value, is_whole=True)
            case "url" if not is_address(value):
                writing.report(value[:80], "UNSAFE_URL")
                return None
        return str(value)

    def _size(self, value: Any) -> int:
        """About how long the value is as JSON; a list is measured once, however often it is used."""
        if isinstance(value, str):
            return len(value)
        if type(value) not in (dict, list):
            return 8
        known = self._sizes.get(id(value))
        if known is None:
            known = self._sizes[id(value)] = (value, len(encoded(value)))
            self._budget.spend(1 + known[1] // 10_000)
        return known[1]

    def _report(self, path: str, name: str, reason: str) -> None:
        entry = (path, name, reason)
        if len(self.problems) < MOST_PROBLEMS and entry not in self._seen:
            self._seen.add(entry)
            self.problems.append(TemplateProblem(*entry))


def _join(path: str, key: str) -> str:
    step = key.replace("~", "~0").replace("/", "~1")
    return f"{path}/{step}" if path else step

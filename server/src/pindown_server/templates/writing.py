"""Writes one text: looks names up, runs filters, takes branches, goes round loops."""

from collections.abc import Callable
from typing import Any

from . import escaping, times
from .budget import Budget
from .filters import FILTERS, Given, UnfitError
from .numbers import number_of
from .places import Kind
from .printing import NOTHING, printed
from .scope import Frame, Missing, Prose, Scope, find
from .tokens import Words
from .tree import (
    Both,
    Choice,
    Compare,
    Either,
    Expression,
    Filter,
    Filtered,
    Loop,
    Node,
    Not,
    Output,
    Path,
    Value,
)

_LINE_BEGINNINGS = " \t>*+-#|0123456789.)"  # of quotes, lists, headings, cells
_FARTHEST_LOOK = 8  # pieces


class Writing:
    """One text on its way: what is written is in `pieces`."""

    def __init__(
        self, scope: Scope, kind: Kind, budget: Budget, report: Callable[[str, str], None]
    ) -> None:
        self._scope = scope
        self._budget = budget
        self._frames: list[Frame] = []
        self.kind = kind
        self.report = report
        self.pieces: list[str] = []
        self.lacks_value = False
        """Whether something that was to be written is missing or null."""

    def write(self, nodes: tuple[Node, ...]) -> None:
        """Write the nodes; raises ExhaustedError."""
        for node in nodes:
            self._budget.spend()
            if isinstance(node, Words):
                self._add(node.text)
            elif isinstance(node, Output):
                self._add(self._text_of(node))
            elif isinstance(node, Choice):
                self._choose(node)
            else:
                self._go_round(node)

    def value_of(self, output: Output) -> Any:
        """What one variable is, with its own type; None where it is missing."""
        is_prose = self.kind == "markdown" and not output.inside
        value = self._filtered(output.shown, is_prose=is_prose)
        if isinstance(value, Missing):
            self.report(value.name, value.reason)
            return None
        return value

    def in_markdown(self, value: Any, *, is_alone: bool = False) -> str:
        """A value as Markdown that is drawn as the value."""
        if isinstance(value, (Prose, _Mark)):
            return str(value)
        text = printed(value)
        if type(value) in (int, float, bool) or value is None:
            return text
        self._budget.escape(len(text))
        at_start, is_own_line = (True, True) if is_alone else self._line_state()
        return escaping.markdown(text, at_start=at_start, may_break=is_own_line)

    def _add(self, text: str) -> None:
        if text:
            self._budget.write(len(text))
            self.pieces.append(text)

    def _text_of(self, output: Output) -> str:
        value = self.value_of(output)
        if value is None:
            self.lacks_value = True
            return "" if self.kind == "url" else NOTHING
        if output.inside == "span":
            return escaping.span(printed(value))
        if output.inside == "fence" or self.kind == "code":
            return escaping.fenced(printed(value), is_whole=False)
        match self.kind:
            case "markdown":
                return self.in_markdown(value)
            case "url":
                is_first = not any(self.pieces)
                return escaping.address(printed(value), is_first=is_first)
        return printed(value)

    def _line_state(self) -> tuple[bool, bool]:
        """Whether nothing but what begins a line stands on this line; whether nothing at all does."""
        line = ""
        for piece in reversed(self.pieces[-_FARTHEST_LOOK:]):
            _, found, rest = piece.rpartition("\n")
            line = rest + line
            if found:
                break
            if line.strip(_LINE_BEGINNINGS):
                return False, False
        return not line.strip(_LINE_BEGINNINGS), not line

    def _choose(self, choice: Choice) -> None:
        for condition, nodes in choice.branches:
            if condition is None or _is_true(self._known(self._value(condition))):
                self.write(nodes)
                return

    def _go_round(self, loop: Loop) -> None:
        over = self._filtered(loop.over)
        if isinstance(over, Missing):
            self.report(over.name, over.reason)
            over = None
        if over is not None and type(over) not in (list, dict):
            self.report(loop.over.written, "NOT_A_LIST")
            over = None
        if not over:
            self.write(loop.otherwise)
            return
        items = list(over.items()) if type(over) is dict else list(enumerate(over))
        self._budget.spend(len(items) // 100)
        for index, (key, item) in enumerate(items):
            self._frames.append(Frame(item, loop.name, index, len(items), key))
            self._budget.spend()
            self.write(loop.nodes)
            self._frames.pop()

    def _filtered(self, shown: Filtered, *, is_prose: bool = False) -> Any:
        """The value behind its filters; Missing if its name leads nowhere and none steps in."""
        value = self._value(shown.expression)
        for index, filter_ in enumerate(shown.filters):
            self._budget.spend()
            is_last = index == len(shown.filters) - 1
            if filter_.name == "relative_time" and is_prose and is_last:
                value = self._mark(value)
            else:
                value = self._through(filter_, value)
        return value

    def _mark(self, value: Any) -> Any:
        """A mark that the reader's clock keeps moving."""
        moment = times.moment_of(value)
        if moment is not None:
            return _Mark(times.mark(moment))
        if value is not None and not isinstance(value, Missing):
            self.report("relative_time", "FILTER")
        return value

    def _through(self, filter_: Filter, value: Any) -> Any:
        known = FILTERS.get(filter_.name)
        if known is None:
            self.report(filter_.name, "UNKNOWN_FILTER")
            return value
        if filter_.name == "default":
            value = self._known(value, is_optional=True)
        if isinstance(value, Missing) or (value is None and filter_.name != "default"):
            return value
        arguments = [self._known(self._value(argument)) for argument in filter_.arguments]
        try:
            return known(value, Given(arguments, self._budget, self._scope.now))
        except UnfitError:
            self.report(filter_.name, "FILTER")
            return value

    def _value(self, expression: Expression) -> Any:
        self._budget.spend()
        match expression:
            case Path():
                return find(expression, self._scope, self._frames)
            case Value(value):
                return value
            case Not(inner):
                return not _is_true(self._known(self._value(inner)))
            case Compare(sign, left, right):
                return _compare(
                    sign, self._known(self._value(left)), self._known(self._value(right))
                )
        return self._joined(expression)

    def _joined(self, expression: Either | Both) -> Any:
        """The value that decides: `note or "none"` is the note, or none."""
        stops_at = isinstance(expression, Either)
        *others, last = expression.parts
        for part in others:
            value = self._known(self._value(part), is_optional=True)
            if _is_true(value) is stops_at:
                return value
        return self._value(last)

    def _known(self, value: Any, *, is_optional: bool = False) -> Any:
        """The value where a missing one counts as null.

        What may well be absent is no problem, such as a key that some rows have; a name that means
        nothing at all is one, unless something stands in for it.
        """
        if not isinstance(value, Missing):
            return value
        if value.reason != "MISSING" or (value.is_unknown and not is_optional):
            self.report(value.name, value.reason)
        return None


class _Mark(str):
    """Markdown of our own making."""

    __slots__ = ()


def _is_true(value: Any) -> bool:
    return value is not None and value is not False and value not in (0, "", [], {})


def _compare(sign: str, left: Any, right: Any) -> bool:
    """Numbers as numbers, also when written as text; texts by their characters; else only equality."""
    numbers = (number_of(left), number_of(right))
    if None not in numbers:
        left, right = numbers
    elif not (type(left) is type(right) and isinstance(left, (str, bool, type(None)))):
        is_same = isinstance(left, str) and isinstance(right, str) and str(left) == str(right)
        return is_same if sign == "==" else (not is_same if sign == "!=" else False)
    match sign:
        case "==":
            return bool(left == right)
        case "!=":
            return bool(left != right)
    if left is None or isinstance(left, bool):
        return False
    match sign:
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case ">":
            return bool(left > right)
    return bool(left >= right)

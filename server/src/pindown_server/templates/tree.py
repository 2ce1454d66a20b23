"""What a template means, as a small tree. It only says; `rendering` does."""

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from .tokens import Words


@dataclass(frozen=True, slots=True)
class Value:
    """A number, a text in quotes, true, false or null."""

    value: Any


@dataclass(frozen=True, slots=True)
class Path:
    """A name and the steps behind it; `legacy_id` is the dataset that an old form names by id."""

    written: str
    first: str
    steps: tuple[str | int, ...]
    legacy_id: str | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """True where the expression is not."""

    inner: "Expression"


@dataclass(frozen=True, slots=True)
class Either:
    """The first that is true, else the last: `note or "none"`."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Both:
    """The first that is not true, else the last."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values beside each other."""

    sign: Literal["==", "!=", "<", "<=", ">", ">="]
    left: "Expression"
    right: "Expression"


Expression: TypeAlias = Value | Path | Not | Either | Both | Compare


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter and what stands in its parentheses."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Filtered:
    """An expression and the filters it runs through."""

    written: str
    expression: Expression
    filters: tuple[Filter, ...]


@dataclass(slots=True)
class Output:
    """A value written into the text. `inside` tells code in Markdown, where nothing is escaped."""

    shown: Filtered
    inside: Literal["", "fence", "span"] = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The first branch whose condition is true; a condition of None is `else`."""

    branches: tuple[tuple[Expression | None, tuple["Node", ...]], ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """The nodes once for each element; `otherwise` where there is none."""

    over: Filtered
    name: str | None
    nodes: tuple["Node", ...]
    otherwise: tuple["Node", ...]


Node: TypeAlias = Words | Output | Choice | Loop


@dataclass(frozen=True, slots=True)
class Template:
    """A text that was read: its nodes, how many words its tags have, or why it is no template."""

    nodes: tuple[Node, ...] = ()
    words: int = 0
    paths: frozenset[Path] = frozenset()
    filters: frozenset[str] = frozenset()
    problem: tuple[str, str] | None = field(default=None)

    @property
    def whole(self) -> Output | None:
        """The one variable that the text is nothing but: it keeps the value's own type."""
        if len(self.nodes) == 1 and isinstance(self.nodes[0], Output):
            return self.nodes[0]
        return None

"""Reads a text into a tree: tags by recursive descent, expressions likewise, once per text."""

from typing import Any

from .code import mark_code
from .tokens import GrammarError, Tag, Token, Words, split, steps_of, tokens
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
    Template,
    Value,
)

MOST_WORDS = 5_000  # in the tags of one text; more is data, and belongs into a loop
DEEPEST = 16  # blocks in blocks, parentheses in parentheses: deeper ones nobody can read

KEYWORDS = {"true": True, "false": False, "null": None}
RESERVED = frozenset({*KEYWORDS, "and", "or", "not", "if", "each", "else", "as"})
_SAME = {"===": "==", "!==": "!="}
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", *_SAME})
_NAMING = frozenset({"date", "sum", "min", "max", "sort"})
_LEGACY = {"current": 1, "pin": 2}


def parse(text: str, *, is_markdown: bool) -> Template:
    """The template of a text. What cannot be read has a `problem` and no nodes. Never raises."""
    reading = _Reading(text)
    try:
        nodes = reading.read_all()
    except GrammarError as error:
        return Template(words=reading.seen.words, problem=(error.name, error.reason))
    if is_markdown:
        mark_code(nodes)
    return Template(
        nodes, reading.seen.words, frozenset(reading.seen.paths), frozenset(reading.seen.filters)
    )


class _Seen:
    """What was named on the way."""

    def __init__(self) -> None:
        self.paths: set[Path] = set()
        self.filters: set[str] = set()
        self.words = 0

    def count(self, words: int) -> None:
        """Take note of so many words; raises GrammarError where they are too many."""
        self.words += words
        if self.words > MOST_WORDS:
            raise GrammarError("words", "LIMIT")


class _Reading:
    """The parts of a text, read one after the other."""

    def __init__(self, text: str) -> None:
        self._parts = split(text)
        self.seen = _Seen()

    def read_all(self) -> tuple[Node, ...]:
        nodes, end = self._nodes(0)
        if end is not None:
            raise GrammarError(f"{{{{{end.inside}}}}}")
        return nodes

    def _nodes(self, depth: int) -> tuple[tuple[Node, ...], Tag | None]:
        """Nodes up to the end, or to an `else` or `/…` that whoever asked has to judge."""
        if depth > DEEPEST:
            raise GrammarError("blocks", "LIMIT")
        nodes: list[Node] = []
        for part in self._parts:
            self.seen.count(1)
            if isinstance(part, Words):
                nodes.append(part)
                continue
            if part.inside.startswith("#"):
                nodes.append(self._block(part, depth + 1))
            elif part.is_block:
                return tuple(nodes), part
            else:
                nodes.append(Output(_Inside(part.inside, self.seen).filtered()))
        return tuple(nodes), None

    def _block(self, tag: Tag, depth: int) -> Node:
        word, rest = (*tag.inside[1:].split(None, 1), "", "")[:2]
        if word == "if":
            return self._choice(rest, depth)
        if word == "each":
            return self._loop(rest, depth)
        raise GrammarError(f"{{{{{tag.inside}}}}}")

    def _choice(self, condition: str, depth: int) -> Choice:
        branches: list[tuple[Expression | None, tuple[Node, ...]]] = []
        test: Expression | None = _Inside(condition, self.seen).condition()
        while True:
            nodes, end = self._nodes(depth)
            branches.append((test, nodes))
            if end is not None and end.inside.replace(" ", "") == "/if":
                return Choice(tuple(branches))
            words = end.inside.split(None, 2) if end is not None else []
            if words[:1] != ["else"] or test is None:
                raise GrammarError("{{#if " + condition + "}}")
            if len(words) == 1:
                test = None
            elif words[1] == "if" and len(words) == 3:
                test = _Inside(words[2], self.seen).condition()
            else:
                raise GrammarError(f"{{{{{' '.join(words)}}}}}")

    def _loop(self, over: str, depth: int) -> Loop:
        shown, name = _Inside(over, self.seen).loop()
        nodes, end = self._nodes(depth)
        otherwise: tuple[Node, ...] = ()
        if end is not None and end.inside == "else":
            otherwise, end = self._nodes(depth)
        if end is None or end.inside.replace(" ", "") != "/each":
            raise GrammarError("{{#each " + over + "}}")
        return Loop(shown, name, nodes, otherwise)


class _Inside:
    """The words inside one tag."""

    def __init__(self, inside: str, seen: _Seen) -> None:
        self._written = inside
        self._tokens = tokens(inside, MOST_WORDS)
        seen.count(len(self._tokens))
        self._at = 0
        self._seen = seen

    def condition(self) -> Expression:
        """An expression and nothing behind it."""
        found = self._either(0)
        self._require_end()
        return found

    def filtered(self) -> Filtered:
        """An expression with its filters and nothing behind them."""
        found = self._filtered()
        self._require_end()
        return found

    def loop(self) -> tuple[Filtered, str | None]:
        """What a loop goes over, and the name it gives each element."""
        found, name = self._filtered(), None
        if self._takes("as"):
            name = self._next().text
            if not name.isidentifier() or name in RESERVED:
                raise self._wrong()
        self._require_end()
        return found, name

    def _filtered(self) -> Filtered:
        expression = self._either(0)
        filters = []
        while self._takes("|"):
            filters.append(self._filter())
        return Filtered(self._written.strip()[:200], expression, tuple(filters))

    def _filter(self) -> Filter:
        token = self._next()
        if token.kind != "path" or not token.text.isidentifier():
            raise self._wrong()
        self._seen.filters.add(token.text)
        arguments: list[Expression] = []
        if self._takes("(") and not self._takes(")"):
            arguments.append(self._argument(token.text))
            while self._takes(","):
                arguments.append(self._argument(token.text))
            self._require(")")
        return Filter(token.text, tuple(arguments))

    def _argument(self, name: str) -> Expression:
        """A value; for some filters a bare name means itself: `sum(price)`, `currency(EUR)`."""
        token = self._tokens[self._at]
        means_itself = name in _NAMING or (name == "currency" and token.text.isalpha())
        if token.kind == "path" and means_itself:
            return Value(self._next().text)
        return self._either(0)

    def _either(self, depth: int) -> Expression:
        parts = [self._both(depth)]
        while self._takes("or") or self._takes("||"):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self, depth: int) -> Expression:
        parts = [self._negated(depth)]
        while self._takes("and") or self._takes("&&"):
            parts.append(self._negated(depth))
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _negated(self, depth: int) -> Expression:
        if depth > DEEPEST:
            raise GrammarError(self._written, "LIMIT")
        if self._takes("not") or self._takes("!"):
            return Not(self._negated(depth + 1))
        left = self._single(depth)
        token = self._tokens[self._at]
        if token.kind == "sign" and token.text in _COMPARISONS:
            self._at += 1
            sign: Any = _SAME.get(token.text, token.text)
            return Compare(sign, left, self._single(depth))
        return left

    def _single(self, depth: int) -> Expression:
        if self._takes("("):
            inner = self._either(depth + 1)
            self._require(")")
            return inner
        token = self._next()
        if token.kind in ("number", "text"):
            return Value(token.value)
        if token.kind != "path":
            raise self._wrong()
        if token.text in KEYWORDS:
            return Value(KEYWORDS[token.text])
        if token.text in RESERVED:
            raise self._wrong()
        path = _path(token.text)
        self._seen.paths.add(path)
        return path

    def _next(self) -> Token:
        token = self._tokens[self._at]
        if token.kind == "end":
            raise self._wrong()
        self._at += 1
        return token

    def _takes(self, text: str) -> bool:
        token = self._tokens[self._at]
        if token.text != text or token.kind not in ("sign", "path"):
            return False
        self._at += 1
        return True

    def _require(self, text: str) -> None:
        if not self._takes(text):
            raise self._wrong()

    def _require_end(self) -> None:
        if self._tokens[self._at].kind != "end":
            raise self._wrong()

    def _wrong(self) -> GrammarError:
        return GrammarError("{{" + self._written + "}}")


def _path(written: str) -> Path:
    """A path; `dataset.current.<id>` and `dataset.pin.<pin>.<id>` name a dataset by its id."""
    first, steps = steps_of(written)
    if first == "dataset" and steps and (ids := _LEGACY.get(str(steps[0]))) and len(steps) > ids:
        return Path(written, first, steps[ids + 1 :], str(steps[ids]))
    return Path(written, first, steps)

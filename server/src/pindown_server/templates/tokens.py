"""The words a template is made of: plain text and tags outside, names and signs inside a tag."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

# What a tag cannot be read past: quotes, inside which braces are text, its end, and another brace.
# Not one expression for the whole tag: repeating a group possessively is broken in Python before
# 3.11.5, and a group that gives back takes memory for each character.
_STOP = re.compile(r"""["'{]|\}\}""")
_LINE_REST = re.compile(r"[ \t]*+(?:\r?\n|\Z)")

_TOKEN = re.compile(
    r"""\s*+(?:
        (?P<number>-?\d{1,15}(?:\.\d{1,15})?(?![\w.]))
      | (?P<path>@?\d*[^\W\d]\w*(?:-\w+)*
            (?:\.\w+(?:-\w+)*|\[\s*(?:-?\d{1,9}|"[^"]*"|'[^']*')\s*\])*)
      | (?P<text>"[^"]*"|'[^']*')
      | (?P<sign>===|!==|==|!=|<=|>=|&&|\|\||[<>|(),!])
    )""",
    re.VERBOSE,
)
_STEP = re.compile(r"""\.(\w+(?:-\w+)*)|\[\s*(?:(-?\d+)|"([^"]*)"|'([^']*)')\s*\]""")

Kind = Literal["number", "path", "text", "sign", "end"]


class GrammarError(Exception):
    """A text that the grammar does not know: what is wrong, and with which part of it."""

    def __init__(self, name: str, reason: str = "SYNTAX") -> None:
        super().__init__(name)
        self.name = name[:80]
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Words:
    """Text between tags, as it is written out."""

    text: str


@dataclass(frozen=True, slots=True)
class Tag:
    """What stands between two pairs of braces, without the space around it."""

    inside: str

    @property
    def is_block(self) -> bool:
        """Whether it begins, parts or ends a block; alone on a line it leaves no line behind."""
        return self.inside[:1] in ("#", "/") or self.inside.split(None, 1)[:1] == ["else"]


def split(text: str) -> Iterator[Words | Tag]:
    """The parts of a template, in order. Raises GrammarError at braces that never close."""
    at = begin = 0
    while (at := text.find("{{", at)) >= 0:
        if text.startswith("{{{{", at):
            yield Words(text[begin:at] + "{{")
            begin = at = at + 4
            continue
        if text.startswith("{{{", at):  # a brace before a variable, as formulas have it
            at += 1
        close = _find_end(text, at + 2)
        if close < 0:
            raise GrammarError(text[at : at + 80])
        tag = Tag(text[at + 2 : close].strip())
        start, end = at, close + 2
        if tag.is_block:
            start, end = _with_its_line(text, start, end, begin)
        if start > begin:
            yield Words(text[begin:start])
        yield tag
        begin = at = end
    if begin < len(text):
        yield Words(text[begin:])


def _find_end(text: str, at: int) -> int:
    """Where the `}}` is that is not inside quotes; -1 if there is none."""
    while (stop := _STOP.search(text, at)) is not None:
        sign = stop.group()
        if sign == "}}":
            return stop.start()
        at = text.find(sign, stop.end()) + 1
        if sign == "{" or at == 0:
            break
    return -1


def _with_its_line(text: str, start: int, end: int, begin: int) -> tuple[int, int]:
    """The tag's line, if there is nothing else on it: a list must not fall apart around a tag."""
    first = start
    while first > begin and text[first - 1] in " \t":
        first -= 1
    rest = _LINE_REST.match(text, end)
    if rest is None or (first > 0 and text[first - 1] != "\n"):
        return start, end
    return first, rest.end()


@dataclass(frozen=True, slots=True)
class Token:
    """A word inside a tag."""

    kind: Kind
    text: str

    @property
    def value(self) -> Any:
        """What a number or a text in quotes says."""
        if self.kind == "text":
            return self.text[1:-1]
        return float(self.text) if "." in self.text else int(self.text)


def tokens(inside: str, most: int) -> list[Token]:
    """The words inside a tag, and an end. Raises GrammarError at a sign nobody knows."""
    found: list[Token] = []
    at, inside = 0, inside.rstrip()
    while at < len(inside):
        match = _TOKEN.match(inside, at)
        if match is None:
            raise GrammarError(inside)
        if len(found) == most:
            raise GrammarError("words", "LIMIT")
        kind: Any = match.lastgroup
        found.append(Token(kind, match.group(kind)))
        at = match.end()
    found.append(Token("end", ""))
    return found


def steps_of(path: str) -> tuple[str, tuple[str | int, ...]]:
    """The first name of a path and the steps behind it: `rows[0].name` is rows, 0, name."""
    first = re.split(r"[.\[]", path, maxsplit=1)[0]
    steps: list[str | int] = []
    for name, index, double, single in _STEP.findall(path[len(first) :]):
        if index:
            steps.append(int(index))
        elif name.isascii() and name.isdigit() and len(name) < 10:
            steps.append(int(name))
        else:
            steps.append(name or double or single)
    return first, tuple(steps)

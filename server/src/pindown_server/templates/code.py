"""Which variables of a Markdown text stand in code, where a backslash is a character like others.

Where there is doubt the answer is no: such a value is escaped, which is ugly in code and safe
everywhere. The other mistake would let a value write Markdown.
"""

import re

from .tokens import Words
from .tree import Choice, Loop, Node, Output

# Fences further in may belong to a list or may be indented code, which only a whole parser knows.
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^\n]*)")
_RUN = re.compile(r"\\[!-/:-@\[-`{-~]|(`+)")
_HERE = "\ue000"  # stands for a variable; a text that holds it itself is left in doubt


class _InDoubtError(Exception):
    """The text cannot be judged without knowing which branches are taken."""


def mark_code(nodes: tuple[Node, ...]) -> None:
    """Set `inside` of the variables that stand in a fence or in a span of code."""
    try:
        _Fences().read(nodes)
    except _InDoubtError:
        _unmark(nodes)
        return
    _mark_spans(nodes)


class _Fences:
    """Reads line after line, as a Markdown parser would, whether a fence is open."""

    def __init__(self) -> None:
        self._open: str | None = None
        self._line = ""

    def read(self, nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            if isinstance(node, Words):
                self._words(node.text)
            elif isinstance(node, Output):
                node.inside = "" if self._open is None else "fence"
                self._line += _HERE
            else:
                self._block(node)

    def _block(self, node: Choice | Loop) -> None:
        before, line = self._open, self._line
        ends = {line}
        for branch in _branches(node):
            self._line = line
            self.read(branch)
            if self._open != before:
                raise _InDoubtError
            ends.add(self._line)
        if len(ends) == 1:
            return
        self._line = line + _HERE
        if isinstance(node, Loop):  # the second time round begins where the first one ended
            self.read(node.nodes)
            self._line += _HERE

    def _words(self, text: str) -> None:
        if "\r" in text.replace("\r\n", ""):
            raise _InDoubtError  # it ends a line as well; nobody writes it any more
        *whole, rest = text.split("\n")
        for part in whole:
            self._end_line(self._line + part)
            self._line = ""
        self._line += rest

    def _end_line(self, line: str) -> None:
        line = line.rstrip("\r")
        if _HERE in line:
            if _FENCE.match(line.replace(_HERE, "")):
                raise _InDoubtError  # depends on what stands before it, which may be nothing
            return
        found = _FENCE.match(line)
        if found is None:
            return
        run, rest = found.group(1), found.group(2)
        if self._open is None:
            if run[0] == "~" or "`" not in rest:
                self._open = run
        elif run[0] == self._open[0] and len(run) >= len(self._open) and not rest.strip(" \t"):
            self._open = None


def _branches(node: Choice | Loop) -> list[tuple[Node, ...]]:
    if isinstance(node, Loop):
        return [node.nodes, node.otherwise]
    return [nodes for _, nodes in node.branches]


def _all_branches(nodes: tuple[Node, ...]) -> list[tuple[Node, ...]]:
    blocks = [node for node in nodes if isinstance(node, (Choice, Loop))]
    return [branch for node in blocks for branch in _branches(node)]


def _unmark(nodes: tuple[Node, ...]) -> None:
    for node in nodes:
        if isinstance(node, Output):
            node.inside = ""
    for branch in _all_branches(nodes):
        _unmark(branch)


def _mark_spans(nodes: tuple[Node, ...]) -> None:
    """Mark what stands between backticks of one line, in paragraphs whose lines all pair up."""
    outputs, flat = [], []
    for node in nodes:
        if isinstance(node, Words):
            flat.append(node.text)
        elif isinstance(node, Output):
            outputs.append(node)
            flat.append(_HERE)
        else:
            flat.append("\n<\n")  # puts the paragraph in doubt
    text = "".join(flat)
    if text.count(_HERE) != len(outputs):
        return
    marks = [mark for part in re.split(r"\n[ \t]*(?=\n)", text) for mark in _marks_of(part)]
    for output, is_code in zip(outputs, marks, strict=True):
        if is_code and not output.inside:
            output.inside = "span"
    if all(_marks_of_line(line) is not None for line in text.split("\n")):
        for branch in _all_branches(nodes):
            _mark_spans(branch)


def _marks_of(paragraph: str) -> list[bool]:
    """Of each variable of a paragraph, whether it surely stands in a span of code."""
    nowhere = [False] * paragraph.count(_HERE)
    if not nowhere or any(sign in paragraph for sign in "<$~|"):
        return nowhere
    marks: list[bool] = []
    for line in paragraph.split("\n"):
        found = _marks_of_line(line)
        if found is None:
            return nowhere
        marks += found
    return marks


def _marks_of_line(line: str) -> list[bool] | None:
    """The same of a line; None if its backticks do not pair up within it."""
    marks: list[bool] = []
    at = 0
    while (run := _RUN.search(line, at)) is not None:
        marks += [False] * line.count(_HERE, at, run.start())
        at = run.end()
        if run.group(1) is None:
            continue
        close = re.compile(rf"(?<!`){run.group(1)}(?!`)").search(line, at)
        if close is None:
            return None
        marks += [True] * line.count(_HERE, at, close.start())
        at = close.end()
    return marks + [False] * line.count(_HERE, at)

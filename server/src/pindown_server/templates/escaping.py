"""Values as text that means itself where it is written.

No value can write Markdown, end a fence, or lead an address elsewhere.
"""

import re
from urllib.parse import quote

# What begins or ends something anywhere in a line. Never `.` and `%`: 12.5 % is left in peace.
# `_` between letters, `&` before a space and `#` before a letter mean themselves anyway.
_ANYWHERE = re.compile(
    r"[\\`*\[\]()<>$|~]|(?<![^\W_])_|_(?![^\W_])|&(?=[#\w]|\Z)|\A:|!\Z|(?<!\S)#(?=#*(?!\S))"
)
# What begins something at the start of a line only.
_AT_START = re.compile(r"-(?=-)|[-+](?!\S)|=|[0-9]{1,9}[.)](?!\S)")
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")
_FENCE = re.compile(r"^([ \t]*)(?=`{3}|~{3})", re.MULTILINE)
_FENCE_AT_EDGE = re.compile(r"\A([ \t]*)(?=[`~])|^([ \t]*)(?=[`~]+[ \t]*\Z)", re.MULTILINE)
_NOTHING = "\u200b"  # has no width; with it a line of backticks is no fence


def markdown(text: str, *, at_start: bool, may_break: bool) -> str:
    """The text as Markdown that is drawn as the text.

    `at_start`: nothing stands before it on its line. `may_break`: it may have lines of its own,
    which in a table or a heading would end what it stands in.
    """
    lines = [line.strip(" \t") for line in text.splitlines()] if may_break else []
    if not lines:
        return _line(_on_one_line(text), at_start=at_start)
    first, *others = lines
    return "\n".join(
        [_line(first, at_start=at_start), *(_line(line, at_start=True) for line in others)]
    )


def _on_one_line(text: str) -> str:
    """The text with a space for each line break and the space around it.

    Not by an expression: one that looks for a line break behind any space reads a megabyte of
    spaces once for each of them.
    """
    first, *others = (text + ".").splitlines()  # the point keeps a break at the end
    if not others:
        return text
    between = [line for other in others[:-1] if (line := other.strip())]
    return " ".join([first.rstrip(), *between, others[-1].lstrip()])[:-1]


def _line(text: str, *, at_start: bool) -> str:
    if at_start:
        text = text.lstrip(" \t")
    escaped = _ANYWHERE.sub(r"\\\g<0>", text)
    found = _AT_START.match(text) if at_start else None
    if found is None:
        return escaped
    if text[0].isdigit():
        return f"&#{ord(text[0])};{escaped[1:]}"  # neither the digit nor the point has an escape
    return "\\" + escaped


def fenced(text: str, *, is_whole: bool) -> str:
    """The text as a part of code, or all of it, in which no line ends the fence around it."""
    if "`" not in text and "~" not in text:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # either ends a line
    text = _FENCE.sub(rf"\g<1>{_NOTHING}", text)
    return text if is_whole else _FENCE_AT_EDGE.sub(rf"\g<0>{_NOTHING}", text)


def span(text: str) -> str:
    """The text as code within a line: backticks, which would end it, become apostrophes."""
    return _on_one_line(text).replace("`", "'")


def address(text: str, *, is_first: bool) -> str:
    """The text as a part of an address; what begins one is itself, and judged when it is whole."""
    if is_first:
        return _CONTROL.sub("", text)
    return quote(text, safe="-._~", errors="replace")

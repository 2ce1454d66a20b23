"""Calls and answers as code to look at and to copy."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

import msgspec

_TOKEN = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?P<text>"(?:[^"\\]|\\.)*")'
    r"|(?P<word>\b(?:true|false|null)\b|-?\b\d+(?:\.\d+)?\b)"
)
LONGEST_LINE = 68


def as_json(value: Any) -> str:
    """Coloured JSON, with what fits on a line on one line."""
    return coloured(_lines(value, 0))


def coloured(text: str) -> str:
    """JSON with its parts told apart, as HTML."""
    made, end = [], 0
    for found in _TOKEN.finditer(text):
        made.append(escape(text[end : found.start()], quote=False))
        made.append(f'<i class="{found.lastgroup}">{escape(found[0], quote=False)}</i>')
        end = found.end()
    return "".join(made) + escape(text[end:], quote=False)


def as_curl(method: str, address: str, example: Mapping[str, Any], *, needs_key: bool) -> str:
    """The call for a terminal, as HTML."""
    url = address + example.get("path", "")
    quoted = f"'{url}'" if "?" in url else url
    lines = [f"curl {quoted}" if method == "GET" else f"curl -X {method} {quoted}"]
    if needs_key:
        lines.append('-H "Authorization: Bearer $PINDOWN_KEY"')
    if "body" in example:
        lines.append("-H 'Content-Type: application/json'")
        body = _lines(example["body"], 0).replace("'", "'\\''")
        lines.append(f"-d '{body}'")
    elif "text" in example:
        lines.append(f"-d {example['text']}")
    elif example.get("path") == "/v1/files":
        lines.append("-F file=@latte.png")
    return escape(" \\\n  ".join(lines), quote=False)


def _lines(value: Any, level: int) -> str:
    flat = _flat(value)
    if len(flat) + 2 * level <= LONGEST_LINE or not isinstance(value, dict | list):
        return flat
    inner, ends = "  " * (level + 1), "{}" if isinstance(value, dict) else "[]"
    if isinstance(value, dict):
        parts = [f"{_flat(name)}: {_lines(item, level + 1)}" for name, item in value.items()]
    else:
        parts = [_lines(item, level + 1) for item in value]
    body = ",\n".join(inner + part for part in parts)
    return f"{ends[0]}\n{body}\n{'  ' * level}{ends[1]}"


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flat(n)}: {_flat(item)}" for n, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flat, value)) + "]"
    return msgspec.json.encode(value).decode()

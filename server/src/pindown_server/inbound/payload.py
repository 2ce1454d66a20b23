"""What was pushed, read from JSON, text, a form or CSV. No database, no HTTP."""

import csv
import io
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from ..door import body as bodies
from ..errors import ValidationFailed, invalid
from ..pins.pin import LARGEST_CONFIG

JSON = b"application/json"
TEXT = b"text/plain"
MARKDOWN = b"text/markdown"
CSV = b"text/csv"
FORM = b"application/x-www-form-urlencoded"
TYPES = (JSON, TEXT, MARKDOWN, CSV, FORM)

MOST_COLUMNS = 200  # wider ones no table on a screen shows
LONGEST_HEADING = 200  # characters
MOST_FIELDS = 1_000  # of a form

_NUMBER = re.compile(r"\s*-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?(?:[eE][-+]?[0-9]{1,2})?\s*")
_PAIRS = re.compile(r"[\w.\-+%\[\]]+=[^\n]*\Z")


@dataclass(frozen=True, slots=True)
class Payload:
    """A value, and the text it was written as where it was text."""

    value: Any
    text: str | None = None


def read_payload(body: bytes, content_type: str | None) -> Payload:
    """What a body of this media type says; raises ValidationFailed."""
    if not body.strip():
        raise ValidationFailed(
            "There is nothing in the body: send a number, a text, JSON or CSV",
            reason="EMPTY_BODY",
        )
    essence = (content_type or "").partition(";")[0].strip().lower().encode()
    if essence == JSON:
        return Payload(bodies.decode(body))
    text = _decoded(body)
    if essence == CSV:
        return Payload(_read_csv(text), text)
    if essence == MARKDOWN:
        return Payload(text, text)
    if essence == TEXT:
        text = _as_lines(text)
        return Payload(_number(text), text)
    return _read_unnamed(body, text)


def _read_unnamed(body: bytes, text: str) -> Payload:
    """A body whose kind is not said, or said by a client that calls everything a form, as curl does."""
    if text.lstrip()[:1] in ("{", "[", '"') or text.strip() in ("true", "false", "null"):
        return Payload(bodies.decode(body))
    if _PAIRS.fullmatch(text.strip()):
        try:
            pairs = parse_qsl(text.strip(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError as error:
            raise invalid("body", f"A form has at most {MOST_FIELDS} fields") from error
        if any("\0" in part for pair in pairs for part in pair):
            raise _no_text()
        return Payload({name: _number(value) for name, value in pairs})
    return Payload(_number(text), text)


def _decoded(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_text() from error
    if "\0" in text:
        raise _no_text()
    return text


def _no_text() -> ValidationFailed:
    return ValidationFailed(
        "The body is no text in UTF-8 without NUL characters", reason="INVALID_TEXT"
    )


def _as_lines(text: str) -> str:
    """Plain text of several lines as Markdown that keeps them: what a program printed, in columns."""
    text = text.strip("\r\n")
    if "\n" not in text:
        return text
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}"


def _number(text: str) -> Any:
    """The number a text is, or the text."""
    return msgspec.json.decode(text.strip()) if _NUMBER.fullmatch(text) else text


def _read_csv(text: str) -> list[dict[str, Any]]:
    """The rows of a table, each cell under its column's heading."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    size = 0
    rows: list[dict[str, Any]] = []
    try:
        columns = _headings(next((row for row in reader if any(row)), []))
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) > len(columns):
                raise invalid(
                    f"rows/{len(rows)}",
                    f"Line {reader.line_num} has {len(cells)} cells, but there are"
                    f" {len(columns)} columns",
                )
            rows.append({name: _number(cell) for name, cell in zip(columns, cells, strict=False)})
            size += sum(map(len, columns)) + sum(map(len, cells)) + 6 * len(columns)
            if size > LARGEST_CONFIG:
                raise invalid(
                    "rows",
                    f"The table is larger than {LARGEST_CONFIG // 1024} KiB as JSON: push fewer rows",
                    "≤ 512 KiB",
                )
    except csv.Error as error:
        raise ValidationFailed(
            f"Line {reader.line_num} is no CSV: {error}", reason="INVALID_CSV"
        ) from error
    return rows


def _headings(cells: list[str]) -> list[str]:
    """The columns' names, each once."""
    if len(cells) > MOST_COLUMNS:
        raise invalid("columns", f"A table has at most {MOST_COLUMNS} columns")
    names: dict[str, None] = {}
    for number, cell in enumerate(cells, 1):
        name = cell.strip() or f"Column {number}"
        if len(name) > LONGEST_HEADING:
            raise invalid("columns", f"A heading has at most {LONGEST_HEADING} characters")
        while name in names:
            name += " ′"
        names[name] = None
    return list(names)


def _delimiter(text: str) -> str:
    """The separator that the first line uses most."""
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count)

"""From our statements to each driver's form."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

# A colon that is neither part of a cast (::) nor of a literal's time.
_NAME = re.compile(r"(?<![:\w]):([a-z_]+)(\*?)")


MOST_REMEMBERED = 1_000  # statements; ours are a few hundred, filters make some more
_plain: dict[str, str] = {}


class Numbered(NamedTuple):
    """A statement with $1, $2 … and the names those stand for."""

    sql: str
    names: tuple[str, ...]


def for_sqlite(sql: str, values: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """SQLite takes our names as they are, and has one writer, so there is nothing to lock."""
    text = _plain.get(sql)
    if text is not None:
        return text, values
    if _has_list(sql):
        sql, values = spread(sql, values)
        return sql.replace("{lock}", ""), values
    if len(_plain) < MOST_REMEMBERED:
        _plain[sql] = sql.replace("{lock}", "")
    return sql.replace("{lock}", ""), values


def spread(sql: str, values: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """Turn each `:name*` into one `:name_a, :name_b …` per element; an empty list into NULL."""
    if not _has_list(sql):
        return sql, values
    flat = dict(values)

    def each(match: re.Match[str]) -> str:
        name, star = match.groups()
        if not star:
            return match.group(0)
        flat.pop(name, None)
        elements = values[name]  # which a statement may name twice
        if not elements:
            return "NULL"
        flat.update({f"{name}_{_letters(i)}": element for i, element in enumerate(elements)})
        return ", ".join(f":{name}_{_letters(i)}" for i in range(len(elements)))

    return _NAME.sub(each, sql), flat


@lru_cache(maxsize=1000)
def for_postgres(sql: str) -> Numbered:
    """Numbered placeholders, each name once."""
    names: list[str] = []

    def number(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return Numbered(_NAME.sub(number, sql).replace("{lock}", "FOR UPDATE"), tuple(names))


@lru_cache(maxsize=1000)
def _has_list(sql: str) -> bool:
    return any(match.group(2) for match in _NAME.finditer(sql))


def _letters(index: int) -> str:
    """0 → a, 25 → z, 26 → ba: the names of placeholders hold letters only."""
    text = chr(ord("a") + index % 26)
    while index >= 26:
        index //= 26
        text = chr(ord("a") + index % 26) + text
    return text

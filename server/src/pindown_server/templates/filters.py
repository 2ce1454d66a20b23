"""The filters: `{{path | filter(args)}}`. Each gets a value and gives one; none can do anything else.

A value that a filter can do nothing with goes on as it is, and is reported as `FILTER`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from . import numbers, times
from .budget import MOST_OUTPUT, Budget, ExhaustedError
from .printing import printed
from .scope import UNSET, walk
from .tokens import steps_of


class UnfitError(Exception):
    """A value, or an argument, that this filter can do nothing with."""


class Given:
    """What a filter was given besides the value."""

    def __init__(self, arguments: list[Any], budget: Budget, now: int) -> None:
        self._arguments = arguments
        self.budget = budget
        self.now = now

    def get(self, index: int, default: Any = None) -> Any:
        """An argument as it is."""
        return self._arguments[index] if index < len(self._arguments) else default

    def whole(self, index: int, default: int | None, most: int) -> int | None:
        """A whole number from 0 to `most`."""
        value = self.get(index, default)
        if value is None or (type(value) is int and 0 <= value <= most):
            return value
        raise UnfitError

    def text(self, index: int, default: str, longest: int = 100) -> str:
        """A text."""
        value = self.get(index, default)
        if type(value) is str and len(value) <= longest:
            return value
        raise UnfitError

    def require_at_most(self, count: int) -> None:
        """Refuse arguments that nobody would read."""
        if len(self._arguments) > count:
            raise UnfitError


def _number(value: Any) -> float:
    found = numbers.number_of(value)
    if found is None:
        raise UnfitError
    return found


def _list(value: Any, given: Given) -> list[Any]:
    if type(value) is not list:
        raise UnfitError
    given.budget.spend(1 + len(value) // 8)
    return value


def _currency(value: Any, given: Given) -> str:
    code = given.text(0, "USD", 8)
    if not code.isalpha():
        raise UnfitError
    return numbers.currency(_number(value), code, given.whole(1, None, numbers.MOST_DIGITS))


def _grouped(value: Any, given: Given) -> str:
    return numbers.grouped(_number(value), given.whole(0, None, numbers.MOST_DIGITS))


def _percent(value: Any, given: Given) -> str:
    return numbers.percent(_number(value), given.whole(0, 1, numbers.MOST_DIGITS) or 0)


def _round(value: Any, given: Given) -> float:
    return numbers.rounded(_number(value), given.whole(0, 0, numbers.MOST_DIGITS) or 0)


def _date(value: Any, given: Given) -> str:
    moment = times.moment_of(value)
    if moment is None:
        raise UnfitError
    return times.formatted(moment, given.text(0, times.DEFAULT, times.LONGEST_FORMAT))


def _relative_time(value: Any, given: Given) -> str:
    moment = times.moment_of(value)
    if moment is None:
        raise UnfitError
    return times.age(moment, given.now)


def _bytes(value: Any, _given: Given) -> str:
    return numbers.data_size(_number(value))


def _duration(value: Any, _given: Given) -> str:
    return numbers.duration(_number(value))


def _capitalize(value: Any, given: Given) -> str:
    text = _text(value, given)
    return text[:1].upper() + text[1:]


def _upper(value: Any, given: Given) -> str:
    return _text(value, given).upper()


def _lower(value: Any, given: Given) -> str:
    return _text(value, given).lower()


def _text(value: Any, given: Given) -> str:
    text = printed(value)
    given.budget.spend(1 + len(text) // 100)
    return text


def _join(value: Any, given: Given) -> str:
    separator = given.text(0, ", ")
    parts, length = [], 0
    for item in _list(value, given):
        parts.append(printed(item))
        length += len(parts[-1]) + len(separator)
        if length > MOST_OUTPUT:
            raise ExhaustedError
    given.budget.spend(1 + length // 100)
    return separator.join(parts)


def _length(value: Any, _given: Given) -> int:
    if type(value) not in (list, dict, str):
        raise UnfitError
    return len(value)


def _first(value: Any, given: Given) -> Any:
    found = _list(value, given)
    return found[0] if found else None


def _last(value: Any, given: Given) -> Any:
    found = _list(value, given)
    return found[-1] if found else None


def _sum(value: Any, given: Given) -> float:
    # Exact halves and cents: 0.1 + 0.2 is 0.3 on a card.
    total = sum(map(_number, _column(value, given)))
    return total if isinstance(total, int) else numbers.rounded(total, 9)


def _min(value: Any, given: Given) -> Any:
    return min(_column(value, given), key=_rank, default=None)


def _max(value: Any, given: Given) -> Any:
    return max(_column(value, given), key=_rank, default=None)


def _column(value: Any, given: Given) -> list[Any]:
    """The values under a path of all elements; those that have none are left out."""
    given.require_at_most(1)
    found = _each(_list(value, given), given.get(0))
    given.budget.spend(
        sum(type(item) is str for item in found) // 2
    )  # a number is read out of each
    return [item for item in found if item is not UNSET and item is not None]


def _each(items: Iterable[Any], path: Any) -> list[Any]:
    """What the path leads to in each element; without one the elements."""
    if path is None:
        return list(items)
    if type(path) is not str:
        raise UnfitError
    first, steps = steps_of(path)
    return [walk(item, (first, *steps)) for item in items]


def _sort(value: Any, given: Given) -> list[Any]:
    items = _list(value, given)
    given.budget.spend(len(items))
    path, direction = given.get(0), given.get(1, "asc")
    if path in ("asc", "desc") and given.get(1) is None:
        path, direction = None, path
    if direction not in ("asc", "desc"):
        raise UnfitError
    keys = [_rank(key) for key in _each(items, path)]
    order = sorted(range(len(items)), key=keys.__getitem__, reverse=direction == "desc")
    return [items[index] for index in order]


def _rank(value: Any) -> tuple[int, float, str]:
    """What to sort by: numbers, then texts, then whatever has no order."""
    number = numbers.number_of(value)
    if number is not None:
        return (0, number, "")
    return (1, 0, value) if isinstance(value, str) else (2, 0, "")


def _limit(value: Any, given: Given) -> list[Any]:
    most = given.whole(0, None, 10**9)
    if most is None:
        raise UnfitError
    return _list(value, given)[:most]


def _default(value: Any, given: Given) -> Any:
    return given.get(0, "") if value is None or value == "" else value


_BADGES = {
    **dict.fromkeys("running healthy ok active success up online done".split(), "🟢"),
    **dict.fromkeys("pending warning waiting degraded paused".split(), "🟡"),
    **dict.fromkeys("stopped error failed critical down offline".split(), "🔴"),
}


def _status_badge(value: Any, given: Given) -> str:
    text = _text(value, given)
    badge = _BADGES.get(text.strip().lower())
    return text if badge is None else f"{badge} {text.strip().capitalize()}"


def _progress_bar(value: Any, given: Given) -> str:
    most = _number(given.get(0, 100))
    if most <= 0:
        raise UnfitError
    share = _number(value) / most
    blocks = max(0, min(10, int(numbers.rounded(share * 10, 0))))
    return "█" * blocks + "░" * (10 - blocks) + f" {numbers.percent(share, 0)}"


FILTERS: dict[str, Callable[[Any, Given], Any]] = {
    "currency": _currency,
    "number": _grouped,
    "percent": _percent,
    "percentage": _percent,
    "round": _round,
    "date": _date,
    "relative_time": _relative_time,
    "bytes": _bytes,
    "duration": _duration,
    "capitalize": _capitalize,
    "upper": _upper,
    "lower": _lower,
    "join": _join,
    "length": _length,
    "first": _first,
    "last": _last,
    "sum": _sum,
    "min": _min,
    "max": _max,
    "sort": _sort,
    "limit": _limit,
    "default": _default,
    "status_badge": _status_badge,
    "progress_bar": _progress_bar,
}

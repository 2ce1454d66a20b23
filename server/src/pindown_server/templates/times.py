"""Moments as text, the same for every reader: in UTC, in English, the year first."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from .numbers import number_of

DEFAULT = "YYYY-MM-DD"
LONGEST_FORMAT = 100  # characters

_LONGEST = 60  # characters of a moment and of some space around it
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2})?(?:[T ]\d{2}:\d{2}\S{0,25})?")
# `[at]` means itself; longer words before shorter ones.
_WORD = re.compile(
    r"\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DD|D|dddd|ddd|HH|H|hh|h|mm|m|ss|s|A|a|%[a-zA-Z%]"
)
_AGES = (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1))
_STRFTIME = {
    "%Y": "YYYY", "%y": "YY", "%B": "MMMM", "%b": "MMM", "%m": "MM", "%d": "DD", "%e": "D",
    "%A": "dddd", "%a": "ddd", "%H": "HH", "%I": "hh", "%M": "mm", "%S": "ss", "%p": "A",
}  # fmt: skip
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def moment_of(value: Any) -> datetime | None:
    """ISO 8601 text, or epoch milliseconds or seconds, as a moment in UTC; None if it is neither."""
    number = number_of(value)
    if number is not None:
        # Epoch seconds would be a day in January 1970 if read as milliseconds.
        seconds = number if abs(number) < 1e11 else number / 1000
        try:
            return _EPOCH + timedelta(seconds=seconds)
        except OverflowError:
            return None
    text = value.strip() if isinstance(value, str) and len(value) <= _LONGEST else ""
    if not _ISO.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text + "-01" if len(text) == 7 else text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def formatted(moment: datetime, form: str) -> str:
    """The moment in words such as `D MMM YYYY` or `%d.%m.%Y`."""
    return _WORD.sub(lambda word: _say(moment, word), form)


def _say(moment: datetime, found: re.Match[str]) -> str:
    word = _STRFTIME.get(found.group(), found.group())
    if found.group(1) is not None:
        return found.group(1)
    hour = moment.hour % 12 or 12
    said = {
        "YYYY": f"{moment.year:04}", "YY": f"{moment.year % 100:02}",
        "MMMM": _MONTHS[moment.month - 1], "MMM": _MONTHS[moment.month - 1][:3],
        "MM": f"{moment.month:02}", "M": str(moment.month),
        "DD": f"{moment.day:02}", "D": str(moment.day),
        "dddd": _DAYS[moment.weekday()], "ddd": _DAYS[moment.weekday()][:3],
        "HH": f"{moment.hour:02}", "H": str(moment.hour), "hh": f"{hour:02}", "h": str(hour),
        "mm": f"{moment.minute:02}", "m": str(moment.minute),
        "ss": f"{moment.second:02}", "s": str(moment.second),
        "A": "AM" if moment.hour < 12 else "PM", "a": "am" if moment.hour < 12 else "pm",
        "%%": "%",
    }  # fmt: skip
    return said.get(word, word)


def age(moment: datetime, now: int) -> str:
    """How long ago: `12 s ago`, `18 min ago`, `3 d ago`, `in 2 h`, `just now`."""
    seconds = (now - milliseconds(moment)) // 1000
    unit, worth = next((step for step in _AGES if abs(seconds) >= step[1]), ("s", 1))
    count = abs(seconds) // worth
    if count == 0:
        return "just now"
    return f"{count} {unit} ago" if seconds > 0 else f"in {count} {unit}"


def mark(moment: datetime) -> str:
    """The moment for Markdown, as an element of HTML whose words the reader's clock replaces."""
    iso = formatted(moment, "YYYY-MM-DD[T]HH:mm:ss[Z]")
    return f'<time datetime="{iso}">{formatted(moment, "YYYY-MM-DD HH:mm [UTC]")}</time>'


def milliseconds(moment: datetime) -> int:
    """Epoch milliseconds."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)

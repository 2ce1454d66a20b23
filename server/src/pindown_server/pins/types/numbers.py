"""The number in a formatted text, read as the web app reads it (`web/src/lib/pins/number.ts`)."""

import math
import re
from typing import Any

_MAGNITUDES = {"": 1.0, "k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "bn": 1e9, "T": 1e12}
_LONGEST = 80  # characters; a longer text is prose, and prose is not a figure

_DASH_AS_MINUS = re.compile(r"[\u2212\u2013](?=\s*(?:[$€£¥₹₩₿]\s*)?[0-9])")
_NARROW_SPACES = re.compile(r"[\u00a0\u202f\u2009]")
# Only where the first number belongs to it: `+9 since 08:00` is nine.
_LOOKS_LIKE_TIME = re.compile(r"^\D*(\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2})", re.ASCII)
# Sign, currency, digits with separators, then a magnitude only where it touches the digits:
# `5 k` may be kelvin. It begins at no space and looks past each run of spaces once: ten thousand
# texts of spaces are read as fast as others.
_NUMBER = re.compile(
    r"(?<![\w.,])(?=\S)([-+]?)\s*(?:([$€£¥₹₩₿])\s*)?([-+]?)(\d(?:[\d.,' ]*\d)?)(e[-+]?\d+)?"
    r"(bn|[kKMBT])?(?!\w)",
    re.ASCII,
)
_GROUP = re.compile(r"[' ](?=\d{3}(?!\d))", re.ASCII)


def number_of(value: Any) -> float | None:
    """The first number in a value, or None where there is none.

    `"$12,450"` is 12450, `"+23.5%"` 23.5, `"(1,200)"` −1200, `"1.2k"` 1200, `"512B"` 512 (bytes),
    `"$1.2B"` a milliard. Of two kinds of separators the last one is the decimal sign: `"€1.234,56"`
    is 1234.56. One comma before exactly three digits groups (`"1,234"` is 1234, but `"0,123"` is
    0.123); one point never does, since JSON and most programs write it so (`"1.234"` is 1.234).
    Times, dates, versions and texts of more than 80 characters hold no number; neither do
    booleans, and what is beyond a double.
    """
    if isinstance(value, str):
        return _finite(_read(value)) if len(value) <= _LONGEST else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _finite(value)
    return None


def _finite(number: float | None) -> float | None:
    try:
        return float(number) if number is not None and math.isfinite(number) else None
    except OverflowError:
        return None


def _read(written: str) -> float | None:
    text = _NARROW_SPACES.sub(" ", _DASH_AS_MINUS.sub("-", written)).replace("’", "'").strip()
    found = None if _LOOKS_LIKE_TIME.search(text) else _NUMBER.search(text)
    if found is None:
        return None
    sign, currency, inner_sign, digits, exponent, magnitude = found.groups(default="")
    size = _in_plain(digits)
    if size is None:
        return None
    if magnitude == "B" and not currency:
        magnitude = ""  # `512B` is bytes; `$1.2B` is money
    in_brackets = text.startswith("(") and text.endswith(")")
    number = float(size + exponent) * _MAGNITUDES[magnitude]
    return -number if sign == "-" or inner_sign == "-" or in_brackets else number


def _in_plain(digits: str) -> str | None:
    """Digits with separators as Python writes them; None where they are no number."""
    plain = _GROUP.sub("", digits)
    if "'" in plain or " " in plain:
        # `3 of 5` and `12 34` hold several numbers: the first one counts.
        return re.split(r"[^0-9]", plain, maxsplit=1)[0]
    separators = re.findall(r"[.,]", plain)
    if len(separators) <= 1:
        groups = re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", plain)
        return plain.replace(",", "" if groups else ".")
    last = separators[-1]
    if set(separators) == {last}:
        grouped = re.fullmatch(r"[0-9]{1,3}([.,][0-9]{3})+", plain)
        return re.sub(r"[.,]", "", plain) if grouped else None
    whole, _, part = plain.rpartition(last)
    return None if last in whole else f"{re.sub(r'[.,]', '', whole)}.{part}"

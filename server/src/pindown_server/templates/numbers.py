"""Numbers as text, the same for every reader: a point before decimals, commas between thousands."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

LARGEST = 10**100  # beyond this a number is no figure any more
MOST_DIGITS = 12
_NUMBER = re.compile(
    r"\s*[-+]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][-+]?\d{1,2})?\s*", re.ASCII
)
_EXACT = Context(prec=200, rounding=ROUND_HALF_UP)

_SIGNS = {
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "BRL": "R$", "CAD": "CA$",
    "AUD": "A$", "NZD": "NZ$", "MXN": "MX$", "HKD": "HK$", "CNY": "CN¥", "ILS": "₪", "VND": "₫",
}  # fmt: skip
_DIGITS = {
    **dict.fromkeys("CLP ISK JPY KRW PYG UGX VND XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}
_BYTES = ("B", "kB", "MB", "GB", "TB", "PB", "EB")


def number_of(value: Any) -> int | float | None:
    """The number that a value is, also as text such as "12.5"; None if it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and len(value) < 100 and _NUMBER.fullmatch(value):
        value = float(value) if re.search(r"[.eE]", value) else int(value)
    if not isinstance(value, (int, float)):
        return None
    return value if -LARGEST < value < LARGEST else None  # NaN is neither


def plain(value: float) -> str:
    """A number as it is written in JSON, whole ones without a point."""
    if type(value) is float and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def rounded(value: float, digits: int) -> float:
    """The number with so many decimals; a half goes away from zero, as people round."""
    exact = _rounded(value, digits)
    return int(exact) if digits == 0 else float(exact)


def grouped(value: float | Decimal, digits: int | None, most: int = 3) -> str:
    """`12,450.5`: with so many decimals, or as many as it has up to `most`."""
    text = f"{_rounded(value, most if digits is None else digits):,f}"
    if digits is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if text.strip("-0.,") else text.removeprefix("-")


def currency(value: float, code: str, digits: int | None) -> str:
    """`$1,000.00`, `-€5.00`, `CHF 1,000.00`."""
    code = code.upper()
    places = _DIGITS.get(code, 2) if digits is None else digits
    amount = grouped(abs(value), places)
    sign = "-" if value < 0 and amount.strip("0.,") else ""
    return f"{sign}{_SIGNS[code]}{amount}" if code in _SIGNS else f"{sign}{code} {amount}"


def percent(value: float, digits: int) -> str:
    """`23.5%` of 0.235."""
    return grouped(Decimal(str(value)).scaleb(2), digits) + "%"


def data_size(value: float) -> str:
    """Amounts of data in powers of a thousand, as disks and networks are sold: `1.5 kB`."""
    step = 0
    while step < len(_BYTES) - 1 and abs(value) >= 1000:
        value /= 1000
        step += 1
    digits = 0 if step == 0 or abs(value) >= 100 else 1
    return f"{grouped(value, None, digits)} {_BYTES[step]}"


def duration(seconds: float) -> str:
    """A length of time in its two largest parts: `2 h 5 min`, `41 min`, `350 ms`."""
    size = abs(seconds)
    sign = "-" if seconds < 0 else ""
    if size == 0:
        return "0 s"
    if size < 1:
        return f"{sign}{max(1, int(rounded(size * 1000, 0)))} ms"
    if size < 10 and size != int(size):
        return f"{sign}{plain(rounded(size, 1))} s"
    left = int(rounded(size, 0))
    parts: list[str] = []
    for unit, worth in (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1)):
        count, left = divmod(left, worth)
        if count:
            parts.append(f"{count:,} {unit}")
        elif parts:
            break  # `2 h 0 min 5 s` would claim a precision nobody asked for
        if len(parts) == 2:
            break
    return sign + " ".join(parts)


def _rounded(value: float | Decimal, digits: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), context=_EXACT)

"""Values as text, before they are escaped for their place."""

import math
from typing import Any

import msgspec

from .numbers import LARGEST, plain

NOTHING = "–"
"""What stands where there is no value: a quiet dash, as everywhere in the web app."""


def printed(value: Any) -> str:
    """The value as text: numbers as in JSON, lists and objects as JSON, null as a dash."""
    match value:
        case str():
            return str(value)
        case None:
            return NOTHING
        case bool():
            return "true" if value else "false"
        case int() if not -LARGEST < value < LARGEST:
            return f"{float(value):g}" if abs(value) < 10**300 else NOTHING
        case float() if not math.isfinite(value):
            return NOTHING
        case int() | float():
            return plain(value)
    return encoded(value).decode()


def encoded(value: Any) -> bytes:
    """The JSON of a list or an object; null for what JSON cannot say."""
    try:
        return msgspec.json.encode(value)
    except (TypeError, ValueError, RecursionError, msgspec.MsgspecError):
        return b"null"

"""Calls that were made and what was answered, by operation: written by `make contract`."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

FILE = Path(__file__).with_name("examples.json")


@cache
def examples() -> dict[str, dict[str, Any]]:
    """Of every route one call; empty where they were not written yet."""
    if not FILE.is_file():
        return {}
    found: dict[str, dict[str, Any]] = msgspec.json.decode(FILE.read_bytes())
    return found

"""Points in time: integer epoch milliseconds inside, ISO 8601 UTC where the contract asks for it."""

import time
from datetime import UTC, datetime

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
LATEST = 253_402_300_799_999  # the end of the year 9999: later than that no date is written


def now() -> int:
    """Epoch milliseconds."""
    return time.time_ns() // 1_000_000


def iso(milliseconds: int) -> str:
    """`2026-11-22T15:30:00Z`; with milliseconds where there are some."""
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    if milliseconds % 1000 == 0:
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{milliseconds % 1000:03d}Z"


def parse(text: str) -> int | None:
    """Epoch milliseconds out of a number or an ISO 8601 text; None if it is neither."""
    if text.isascii() and text.isdigit() and len(text) <= 15:
        return int(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(int(moment.timestamp() * 1000), LATEST)  # west of Greenwich that year ends later

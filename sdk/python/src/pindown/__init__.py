"""Push numbers to Pindown from Python."""

from .client import AsyncPindown, Pindown
from .configs import alert, gauge, line_chart, markdown, stat, stats, table
from .errors import (
    Conflict,
    ConnectionFailed,
    Forbidden,
    Gone,
    NotFound,
    PindownError,
    PreconditionFailed,
    RateLimited,
    Refused,
    ScopeRequired,
    ServerFailed,
    TimedOut,
    Unauthorized,
    ValidationFailed,
)
from .live import LiveEvent, LiveStatus

__version__ = "0.1.0"

__all__ = [
    "AsyncPindown",
    "Conflict",
    "ConnectionFailed",
    "Forbidden",
    "Gone",
    "LiveEvent",
    "LiveStatus",
    "NotFound",
    "Pindown",
    "PindownError",
    "PreconditionFailed",
    "RateLimited",
    "Refused",
    "ScopeRequired",
    "ServerFailed",
    "TimedOut",
    "Unauthorized",
    "ValidationFailed",
    "alert",
    "gauge",
    "line_chart",
    "markdown",
    "stat",
    "stats",
    "table",
]

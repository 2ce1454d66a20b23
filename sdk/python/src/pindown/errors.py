"""Every way a call can fail.

PindownError
├── Refused                the server answered, and said no
│   ├── Unauthorized       401
│   ├── Forbidden          403  FORBIDDEN
│   │   └── ScopeRequired  403  SCOPE_REQUIRED
│   ├── NotFound           404
│   ├── ValidationFailed   400
│   ├── Conflict           409  CONFLICT, IDEMPOTENCY_CONFLICT
│   ├── PreconditionFailed 412
│   ├── Gone               410
│   ├── RateLimited        429
│   └── ServerFailed       5xx
└── ConnectionFailed       no answer came
    └── TimedOut
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any


class PindownError(Exception):
    """A call failed."""


class Refused(PindownError):
    """The server answered, and said no. `code` is stable; the message is a sentence for a person."""

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str,
        details: dict[str, Any],
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.details = details
        self.request_id = request_id
        self.retry_after = retry_after


class Unauthorized(Refused):
    """No key or session, or one that is unknown, expired or revoked."""


class Forbidden(Refused):
    """You can see the thing, but may not do this to it."""


class ScopeRequired(Forbidden):
    """The key lacks the scope of this endpoint."""

    @property
    def required_scope(self) -> str | None:
        """The scope that is missing."""
        return self.details.get("required_scope")


class NotFound(Refused):
    """Missing, or not visible to you: both look the same."""


class ValidationFailed(Refused):
    """The request says something that cannot be done."""

    @property
    def field(self) -> str | None:
        """The first wrong field, its names joined by `/`."""
        return self.details.get("field")

    @property
    def expected(self) -> str | None:
        """What would fit there."""
        return self.details.get("expected")

    @property
    def problems(self) -> list[dict[str, Any]]:
        """Every problem of the body."""
        errors = self.details.get("errors")
        return errors if isinstance(errors, list) else []


class Conflict(Refused):
    """Somebody was faster, or it exists already."""


class PreconditionFailed(Refused):
    """The stored thing is at another revision than `if_match`."""


class Gone(Refused):
    """A public link past its end."""


class RateLimited(Refused):
    """The budget of tokens is spent; `retry_after`: seconds until it is filled again."""


class ServerFailed(Refused):
    """The server could not, and it is not your fault."""


class ConnectionFailed(PindownError):
    """No answer came: the server is away, or the connection broke."""


class TimedOut(ConnectionFailed):
    """No answer came in time."""


_BY_CODE: dict[str, type[Refused]] = {
    "UNAUTHORIZED": Unauthorized,
    "SCOPE_REQUIRED": ScopeRequired,
    "FORBIDDEN": Forbidden,
    "NOT_FOUND": NotFound,
    "VALIDATION_FAILED": ValidationFailed,
    "PRECONDITION_FAILED": PreconditionFailed,
    "IDEMPOTENCY_CONFLICT": Conflict,
    "CONFLICT": Conflict,
    "GONE": Gone,
    "RATE_LIMIT_EXCEEDED": RateLimited,
    "INTERNAL_ERROR": ServerFailed,
    "UNAVAILABLE": ServerFailed,
}

# Something between the client and the server may answer without one of our codes.
_BY_STATUS: dict[int, type[Refused]] = {
    400: ValidationFailed,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    410: Gone,
    412: PreconditionFailed,
    429: RateLimited,
}


def refused(status: int, headers: Mapping[str, str], body: object) -> Refused:
    """The error that an answer with a status of 400 or more stands for."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict) or not isinstance(error.get("code"), str):
        error = {"code": f"HTTP_{status}", "message": f"The server answered {status}"}
    code, details = error["code"], error.get("details")
    other = ServerFailed if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Refused
    kind = _BY_CODE.get(code) or _BY_STATUS.get(status, other)
    return kind(
        str(error.get("message", code)),
        status=status,
        code=code,
        details=details if isinstance(details, dict) else {},
        request_id=headers.get("x-request-id"),
        retry_after=_seconds(headers.get("retry-after")),
    )


def _seconds(header: str | None) -> float | None:
    """`Retry-After` in seconds, from either of its two forms."""
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())

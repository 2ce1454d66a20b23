"""Every error the server answers with: class, status, code.

    PindownError
    ├── Unauthorized         401  UNAUTHORIZED
    ├── ScopeRequired        403  SCOPE_REQUIRED
    ├── Forbidden            403  FORBIDDEN
    ├── NotFound             404  NOT_FOUND
    ├── ValidationFailed     400  VALIDATION_FAILED
    ├── PayloadTooLarge      413  PAYLOAD_TOO_LARGE
    ├── UnsupportedMediaType 415  UNSUPPORTED_MEDIA_TYPE
    ├── MethodNotAllowed     405  METHOD_NOT_ALLOWED
    ├── PreconditionFailed   412  PRECONDITION_FAILED
    ├── Conflict             409  CONFLICT
    │   └── IdempotencyConflict   IDEMPOTENCY_CONFLICT
    ├── Gone                 410  GONE
    ├── RateLimitExceeded    429  RATE_LIMIT_EXCEEDED
    ├── Unavailable          503  UNAVAILABLE
    └── InternalError        500  INTERNAL_ERROR

A code is a promise to every client: add codes freely, never rename one.
"""

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a body: where, what, and what would fit."""

    field: str
    message: str
    expected: str | None = None

    def as_json(self) -> dict[str, str]:
        """The problem as an element of `details.errors`."""
        shown = {"field": self.field, "message": self.message}
        if self.expected is not None:
            shown["expected"] = self.expected
        return shown


class PindownError(Exception):
    """Something the caller can understand and act on. Anything else is a bug and becomes a 500."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "INTERNAL_ERROR"

    def __init__(
        self,
        message: str,
        *,
        details: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.details = details
        self.headers = headers or {}


class Unauthorized(PindownError):
    """No key or session, or one that is unknown, expired or revoked."""

    status = 401
    code = "UNAUTHORIZED"

    def __init__(
        self, message: str = "Invalid or missing API key", *, reason: str | None = None
    ) -> None:
        super().__init__(
            message,
            details={"reason": reason} if reason else None,
            headers={"WWW-Authenticate": "Bearer"},
        )


class ScopeRequired(PindownError):
    """The key lacks the scope of this endpoint."""

    status = 403
    code = "SCOPE_REQUIRED"

    def __init__(self, scope: str) -> None:
        super().__init__(
            f"This endpoint requires the '{scope}' scope", details={"required_scope": scope}
        )


class Forbidden(PindownError):
    """The caller can see the thing, but may not do this to it."""

    status = 403
    code = "FORBIDDEN"

    def __init__(self, message: str, *, right: str | None = None) -> None:
        super().__init__(message, details={"required_right": right} if right else None)


class NotFound(PindownError):
    """Missing, or not visible to the caller: both look the same."""

    status = 404
    code = "NOT_FOUND"

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} not found or you don't have access")


class ValidationFailed(PindownError):
    """The request says something that cannot be done. Lists every problem that was found."""

    status = 400
    code = "VALIDATION_FAILED"

    def __init__(
        self, message: str, problems: list[Problem] | None = None, *, reason: str | None = None
    ) -> None:
        details: dict[str, Any] = {}
        if problems:
            details["field"] = problems[0].field
            if problems[0].expected is not None:
                details["expected"] = problems[0].expected
        if reason:
            details["reason"] = reason
        if problems:
            details["errors"] = [problem.as_json() for problem in problems]
        super().__init__(message, details=details or None)
        self.problems = problems or []


def invalid(field: str, message: str, expected: str | None = None) -> ValidationFailed:
    """A refusal that names one field."""
    return ValidationFailed(message, [Problem(field, message, expected)])


class PayloadTooLarge(PindownError):
    """The body is larger than this server takes."""

    status = 413
    code = "PAYLOAD_TOO_LARGE"


class UnsupportedMediaType(PindownError):
    """The body is of a kind this endpoint cannot read."""

    status = 415
    code = "UNSUPPORTED_MEDIA_TYPE"


class MethodNotAllowed(PindownError):
    """The path exists, the method does not."""

    status = 405
    code = "METHOD_NOT_ALLOWED"


class PreconditionFailed(PindownError):
    """If-Match names another revision than the stored one."""

    status = 412
    code = "PRECONDITION_FAILED"


class Conflict(PindownError):
    """Somebody was faster, or it exists already."""

    status = 409
    code = "CONFLICT"


def overtaken() -> Conflict:
    """What a store says when somebody else made or removed the same in the same moment."""
    return Conflict("Somebody else changed the same in this moment: read it again, then try again")


class IdempotencyConflict(Conflict):
    """The same Idempotency-Key came with another request before."""

    code = "IDEMPOTENCY_CONFLICT"


class Gone(PindownError):
    """The public link of something past its expires_at."""

    status = 410
    code = "GONE"


class RateLimitExceeded(PindownError):
    """The caller's budget of tokens is spent."""

    status = 429
    code = "RATE_LIMIT_EXCEEDED"


class Unavailable(PindownError):
    """The store is away; nothing was changed."""

    status = 503
    code = "UNAVAILABLE"

    def __init__(self, message: str = "The store is not available at the moment") -> None:
        super().__init__(message, headers={"Retry-After": "2"})


class Entangled(Unavailable):
    """Two changes waited for each other, and the store gave this one up: it can be made again."""


class InternalError(PindownError):
    """A bug of ours. The log has the story, under the same request id."""

    def __init__(self) -> None:
        super().__init__("Something went wrong on our side")

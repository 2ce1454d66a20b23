"""What a route may refuse with, as OpenAPI shows it, and the headers of every answer."""

from typing import Any

from .. import errors
from .route import Route

Schema = dict[str, Any]

KINDS = {
    400: "The request says something that cannot be done",
    401: "No key or session, or one that is unknown, expired or revoked",
    403: "The key lacks the scope, or you may see this and not do that",
    404: "Missing, or not visible to you: both look the same",
    405: "The address does not answer this method",
    409: "It does not go together with what is there",
    410: "It was shared until a time that has passed",
    412: "It has changed since you read it",
    413: "The body is larger than this server takes",
    415: "The body is of a kind that cannot be read here",
    429: "More tokens than are left in this minute or hour",
    500: "A fault of ours; X-Request-Id finds it in the log",
    503: "The store is away for a moment",
}
BUDGET = {
    "X-RateLimit-Limit-Hour": ("integer", "tokens in an hour"),
    "X-RateLimit-Remaining-Hour": ("integer", "tokens left in this hour"),
    "X-RateLimit-Reset-Hour": ("string", "when the hour ends, ISO 8601"),
    "X-RateLimit-Limit-Minute": ("integer", "tokens in a minute"),
    "X-RateLimit-Remaining-Minute": ("integer", "tokens left in this minute"),
    "X-RateLimit-Reset-Minute": ("string", "when the minute ends, ISO 8601"),
    "X-RateLimit-Token-Cost": ("integer", "tokens this call cost"),
    "X-Request-Id": ("string", "names this call in our log"),
}
REPLAYED = "Idempotency-Replayed"
HEADERS = {
    **BUDGET,
    "ETag": ("string", "names the revision, for If-Match and If-None-Match"),
    REPLAYED: ("string", "true: this was answered before"),
    "Retry-After": ("integer", "seconds until it is worth trying again"),
    "WWW-Authenticate": ("string", "how to say who you are: Bearer"),
    "Allow": ("string", "the methods that this address answers"),
}
MORE = {401: ("WWW-Authenticate",), 405: ("Allow",), 429: ("Retry-After",), 503: ("Retry-After",)}


def statuses(route: Route) -> set[int]:
    """The statuses it refuses with."""
    found = {401, 429, 500, 503, *route.errors}
    if route.access != "anyone" or route.method != "GET":
        found.add(403)
    if "{" in route.path:
        found |= {400, 404}
    if route.query or route.method != "GET":
        found.add(400)
    if route.method != "GET":
        found |= {413, 415}
    if route.is_remembered:
        found.add(409)
    if route.takes_revision:
        found.add(412)
    return found


def components() -> Schema:
    """The parts that operations refer to."""
    return {
        "schemas": {"Problem": PROBLEM, "Error": ERROR},
        "headers": {
            name: {"description": text, "schema": {"type": kind}}
            for name, (kind, text) in HEADERS.items()
        },
        "responses": {str(status): _refusal(status, text) for status, text in KINDS.items()},
    }


def with_headers(*more: str) -> Schema:
    """Those that every answer carries, and more."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in (*BUDGET, *more)}


def codes(status: int) -> list[str]:
    """The error codes of a status."""
    return sorted({kind.code for kind in below(errors.PindownError) if kind.status == status})


def below(kind: type[errors.PindownError]) -> list[type[errors.PindownError]]:
    """Every class of error under this one."""
    direct = kind.__subclasses__()
    return direct + [deeper for one in direct for deeper in below(one)]


def _refusal(status: int, text: str) -> Schema:
    named = {"type": "object", "properties": {"code": {"enum": codes(status)}}}
    schema = {
        "allOf": [
            {"$ref": "#/components/schemas/Error"},
            {"type": "object", "properties": {"error": named}},
        ]
    }
    return {
        "description": text,
        "headers": with_headers(*MORE.get(status, ())),
        "content": {"application/json": {"schema": schema}},
    }


PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "field": {"type": "string", "description": "names joined by /, as you sent them"},
        "message": {"type": "string"},
        "expected": {"type": "string"},
    },
    "required": ["field", "message"],
}
ERROR: Schema = {
    "type": "object",
    "properties": {
        "success": {"const": False},
        "error": {
            "type": "object",
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string", "description": "a sentence that says what to do"},
                "details": {
                    "type": "object",
                    "properties": {
                        "field": {"type": "string"},
                        "expected": {"type": "string"},
                        "reason": {"type": "string"},
                        "errors": {
                            "type": "array",
                            "items": {"$ref": "#/components/schemas/Problem"},
                        },
                    },
                },
            },
            "required": ["code", "message"],
        },
    },
    "required": ["success", "error"],
}

"""OpenAPI 3.1 out of the routes' declarations: what the door checks is what the document says."""

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from .. import errors
from .route import JSON_TYPES, Route
from .scopes import SCOPES
from .upload import MULTIPART

Schema = dict[str, Any]
ALWAYS = (500, 503)
KINDS = {
    400: "Invalid",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    409: "Conflict",
    410: "Gone",
    412: "PreconditionFailed",
    413: "PayloadTooLarge",
    415: "UnsupportedMediaType",
    429: "RateLimitExceeded",
    500: "InternalError",
    503: "Unavailable",
}
BUDGET = {
    "X-RateLimit-Limit-Hour": "tokens in an hour",
    "X-RateLimit-Remaining-Hour": "tokens left in this hour",
    "X-RateLimit-Reset-Hour": "when the hour ends, ISO 8601",
    "X-RateLimit-Limit-Minute": "tokens in a minute",
    "X-RateLimit-Remaining-Minute": "tokens left in this minute",
    "X-RateLimit-Reset-Minute": "when the minute ends, ISO 8601",
    "X-RateLimit-Token-Cost": "tokens this call cost",
    "X-Request-Id": "names this call in our log",
}

REPLAYED = "Idempotency-Replayed"
FILE_BODY: Schema = {
    "required": True,
    "content": {
        MULTIPART: {
            "schema": {
                "type": "object",
                "properties": {
                    "file": {"type": "string", "format": "binary"},
                    "name": {"type": "string", "description": "in place of the file's own name"},
                },
                "required": ["file"],
            }
        }
    },
}
RETRY_KEY: Schema = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "names this change: sent again within a day, it is answered again and not made",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}


def document(routes: Iterable[Route], version: str, extra_schemas: dict[str, Schema]) -> Schema:
    """The whole API."""
    routes = list(routes)
    models = {model for route in routes for model in (route.body, route.answer) if model}
    models.discard(bytes)
    _, components = msgspec.json.schema_components(
        sorted(models, key=str), ref_template="#/components/schemas/{name}"
    )
    paths: dict[str, Schema] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Pindown API",
            "version": version,
            "description": "Push JSON to a pin; every open browser shows it at once.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {**dict(sorted(components.items())), **_envelopes(), **extra_schemas},
            "headers": {
                name: {"description": text, "schema": {"type": "string"}}
                for name, text in {**BUDGET, REPLAYED: "true: this was answered before"}.items()
            },
            "responses": {name: _refusal(status) for status, name in KINDS.items()},
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": _scopes()},
                "session": {"type": "apiKey", "in": "cookie", "name": "pindown_session"},
            },
        },
    }


def _operation(route: Route) -> Schema:
    operation: Schema = {
        "operationId": route.name,
        "summary": route.summary,
        "tags": [route.segments[1]],
        "x-token-cost": route.cost,
        "security": _security(route),
        "responses": {str(route.status): _success(route)},
    }
    if route.may_create:
        operation["responses"]["201"] = _success(route)
    if route.scope:
        operation["x-required-scope"] = route.scope
    parameters = [_in_path(name) for name in re.findall(r"{(\w+)}", route.path)]
    parameters += [
        {"name": q.name, "in": "query", "description": q.help, "schema": {"type": q.kind}}
        for q in route.query
    ]
    if route.is_remembered:
        parameters.append(RETRY_KEY)
    if parameters:
        operation["parameters"] = parameters
    if route.takes_file:
        operation["requestBody"] = FILE_BODY
    elif route.takes is not JSON_TYPES:
        operation["requestBody"] = _any_body(route)
    elif route.body is not None:
        operation["requestBody"] = _body(route)
    for status in sorted(_statuses(route)):
        reference = f"#/components/responses/{KINDS[status]}"
        operation["responses"][str(status)] = {"$ref": reference}
    return operation


def _statuses(route: Route) -> set[int]:
    found = {*ALWAYS, 401, 429, *route.errors}
    if route.access != "anyone":
        found.add(403)
    if "{" in route.path:
        found.add(404)
    if route.query or route.body is not None or route.takes is not JSON_TYPES or "{" in route.path:
        found.add(400)
    if route.method != "GET":
        found |= {400, 403, 413, 415}
    if route.is_remembered:
        found.add(409)
    if route.method in ("PUT", "PATCH", "DELETE"):
        found |= {404, 412}
    return found


def _security(route: Route) -> list[dict[str, list[str]]]:
    if route.access == "session":
        return [{"session": []}]
    known: list[dict[str, list[str]]] = [{"key": []}, {"session": []}]
    return [*known, {}] if route.access == "anyone" else known


def _success(route: Route) -> Schema:
    if route.is_streaming:
        content: Schema = {"text/event-stream": {"schema": {"type": "string"}}}
    elif route.answer is bytes:
        content = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    else:
        data: Schema = {"type": "object"}
        if route.answer is not None:
            data = {"$ref": f"#/components/schemas/{route.answer.__name__}"}
        schema = {
            "type": "object",
            "properties": {
                "success": {"const": True},
                "data": data,
                "message": {"type": "string"},
            },
            "required": ["success", "data"],
        }
        content = {"application/json": {"schema": schema}}
    headers = _headers()
    if route.is_remembered:
        headers[REPLAYED] = {"$ref": f"#/components/headers/{REPLAYED}"}
    return {"description": route.summary, "headers": headers, "content": content}


def _body(route: Route) -> Schema:
    schema = {"$ref": f"#/components/schemas/{route.body.__name__}"}
    content: Schema = {"application/json": {"schema": schema}}
    if route.body_is_patch:
        operations = {"type": "array", "items": {"type": "object"}}
        content["application/merge-patch+json"] = {"schema": schema}
        content["application/json-patch+json"] = {"schema": operations}
    return {"required": True, "content": content}


def _any_body(route: Route) -> Schema:
    """A body of several media types: JSON is any, the others are text."""
    content = {
        kind.decode(): {"schema": {} if kind == JSON_TYPES[0] else {"type": "string"}}
        for kind in route.takes
    }
    return {"required": True, "content": content}


def _in_path(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _refusal(status: int) -> Schema:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    codes = sorted(
        kind.code for kind in _tree(errors.PindownError) if kind.status == status and kind.code
    )
    return {
        "description": ", ".join(dict.fromkeys(codes)),
        "headers": _headers(),
        "content": content,
    }


def _tree(kind: type[errors.PindownError]) -> list[type[errors.PindownError]]:
    below = kind.__subclasses__()
    return below + [deeper for one in below for deeper in _tree(one)]


def _headers() -> Schema:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in BUDGET}


def _envelopes() -> dict[str, Schema]:
    problem = {
        "type": "object",
        "properties": {
            "field": {"type": "string"},
            "message": {"type": "string"},
            "expected": {"type": "string"},
        },
        "required": ["field", "message"],
    }
    codes = sorted({kind.code for kind in _tree(errors.PindownError)})
    error = {
        "type": "object",
        "properties": {
            "code": {"enum": codes},
            "message": {"type": "string"},
            "details": {
                "type": "object",
                "properties": {"errors": {"type": "array", "items": problem}},
            },
        },
        "required": ["code", "message"],
    }
    envelope = {
        "type": "object",
        "properties": {"success": {"const": False}, "error": error},
        "required": ["success", "error"],
    }
    return {"Error": envelope}


def _scopes() -> str:
    return "An API key. Scopes: " + "; ".join(f"`{name}` {text}" for name, text in SCOPES.items())

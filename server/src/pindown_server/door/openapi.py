"""OpenAPI 3.1 out of the routes' declarations: what the door checks is what the document says."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from ..rights import RIGHTS
from .inputs import body, parameters
from .meanings import describe
from .refusals import REPLAYED, components, statuses, with_headers
from .route import Route
from .scopes import SCOPES
from .shapes import Nothing

Schema = dict[str, Any]

# Answers carry what they will not carry for ever: a client passes over what it does not know.
TAGS = {
    "pins": "What shows something: push JSON to it, and every open browser draws it anew.",
    "pinboards": "Pins side by side on a grid.",
    "pages": "Pins one below the other, to be read.",
    "datasets": "Data that pins draw from through variables.",
    "templates": "Variables, tried before anybody sees them.",
    "push": "Numbers in one line, without making a pin first.",
    "in": "Push addresses: one pin each, no key needed.",
    "files": "Pictures and other files that pins show.",
    "shared": "What everyone may see who has the link.",
    "live": "Every change as it happens.",
    "search": "Find what you may see.",
    "pin-types": "The types of pins: what each is for, its schema, an example.",
    "bin": "What was deleted, for 30 days.",
    "audit": "Who did what.",
    "invitations": "Bringing somebody in.",
    "api-keys": "Keys for programs, with no more rights than they need.",
    "me": "Your own account.",
    "users": "Accounts, for admins.",
    "auth": "Signing up, in and out.",
    "openapi.json": "This description.",
}


def document(
    routes: Iterable[Route], version: str, examples: Mapping[str, Mapping[str, Any]]
) -> Schema:
    """The whole API. `examples` are calls and what was answered, by operation."""
    routes = list(routes)
    models = sorted({m for route in routes for m in _models(route)}, key=str)
    named, schemas = msgspec.json.schema_components(
        models, ref_template="#/components/schemas/{name}"
    )
    schemas = {**dict(sorted(schemas.items())), **components()["schemas"]}
    describe(schemas)
    schema_of = dict(zip(models, named, strict=True))
    paths: dict[str, Schema] = {}
    for route in routes:
        operation = _operation(route, schema_of, examples.get(route.name, {}))
        _link(operation, route, routes)
        paths.setdefault(route.path, {})[route.method.lower()] = operation
    used = {route.segments[1] for route in routes}
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
        "tags": [{"name": name, "description": TAGS[name]} for name in TAGS if name in used],
        "paths": dict(sorted(paths.items())),
        "components": {
            **components(),
            "schemas": schemas,
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": _scopes()},
                "session": {"type": "apiKey", "in": "cookie", "name": "pindown_session"},
            },
        },
    }


def _models(route: Route) -> list[Any]:
    models = (route.body, route.metadata, route.answer)
    return [model for model in models if model not in (None, bytes, Nothing)]


def _operation(route: Route, schema_of: Mapping[Any, Schema], example: Mapping[str, Any]) -> Schema:
    operation: Schema = {
        "operationId": route.name,
        "summary": route.summary,
        "description": _description(route),
        "tags": [route.segments[1]],
        "x-token-cost": route.cost,
        "security": _security(route),
        "parameters": parameters(route, example.get("params", {})),
        "responses": {str(route.status): _success(route, schema_of, example)},
    }
    if route.may_create:
        operation["responses"]["201"] = _success(route, schema_of, {})
    if route.scope:
        operation["x-required-scope"] = route.scope
    if route.right:
        operation["x-required-right"] = route.right.value
    if (given := body(route, _body_schema(route, schema_of), example)) is not None:
        operation["requestBody"] = given
    if route.has_etag and route.method == "GET":
        operation["responses"]["304"] = {
            "description": "You have it already: If-None-Match names it",
            "headers": with_headers("ETag"),
        }
    for status in sorted(statuses(route)):
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/{status}"}
    return {name: value for name, value in operation.items() if value not in ("", [])}


def _body_schema(route: Route, schema_of: Mapping[Any, Schema]) -> Schema | None:
    """The body's type, with what a body needs besides."""
    schema = schema_of.get(route.body)
    if schema is None:
        return None
    more = [route.needs] if route.needs else []
    if route.metadata is not None:
        more.append({"properties": {"metadata": schema_of[route.metadata]}})
    return {"allOf": [schema, *more]} if more else schema


def _description(route: Route) -> str:
    """What the docstring says, and for whom it is."""
    whom = f"For {RIGHTS[route.right]}." if route.right else ""
    return "\n\n".join(text for text in (route.description, whom) if text)


def _security(route: Route) -> list[dict[str, list[str]]]:
    if route.access == "session":
        return [{"session": []}]
    scopes = [route.scope] if route.scope else []
    known: list[dict[str, list[str]]] = [{"key": scopes}, {"session": []}]
    return [*known, {}] if route.access == "anyone" else known


def _success(route: Route, schema_of: Mapping[Any, Schema], example: Mapping[str, Any]) -> Schema:
    content: Schema
    if route.is_streaming:
        # Neither text nor object: some read a schema as the whole stream's, some as each event's.
        events = {"description": "Server-Sent Events, for as long as somebody listens."}
        content = {"text/event-stream": {"schema": events}}
    elif route.answer is bytes:
        content = {route.media: {"schema": {}}}
    else:
        content = {
            "application/json": {"schema": _envelope(route, schema_of.get(route.answer, {}))}
        }
    if "answer" in example:
        next(iter(content.values()))["example"] = example["answer"]
    more = ["ETag"] if route.has_etag else []
    headers = with_headers(*more, *([REPLAYED] if route.is_remembered else []))
    return {"description": route.summary, "headers": headers, "content": content}


def _envelope(route: Route, data: Schema) -> Schema:
    if route.answer is Nothing:
        return {"type": "object", "properties": {"success": {"const": True}}}
    if route.has_dry_run:
        tried = {"type": "boolean", "const": True, "description": "it was only tried"}
        data = {"allOf": [data, {"type": "object", "properties": {"dry_run": tried}}]}
    return {
        "type": "object",
        "properties": {
            "success": {"const": True},
            "data": data,
            "message": {"type": "string"},
        },
        "required": ["success", "data"],
    }


def _link(operation: Schema, route: Route, routes: list[Route]) -> None:
    """From what was created to everything that can be done with it."""
    answered = getattr(route.answer, "__struct_fields__", ())
    if route.status != 201 or "id" not in answered:
        return
    below = len(route.segments) + 1
    links = {}
    for other in routes:
        names = [part for part in other.segments[: below - 1] if part[0] == "{"]
        rest = other.segments[below:]
        is_below = len(other.segments) >= below and other.segments[below - 1][0] == "{"
        if not is_below or other.path.count("{") != len(names) + 1:
            continue
        if other.segments[: below - 1] == route.segments and not any("{" in p for p in rest):
            known = {name[1:-1]: f"$request.path.{name[1:-1]}" for name in names}
            made = other.segments[below - 1][1:-1]
            known[made] = f"$response.body#/data/{made if made in answered else 'id'}"
            links[other.name] = {"operationId": other.name, "parameters": known}
    if links:
        operation["responses"]["201"]["links"] = links


def _scopes() -> str:
    return "An API key. Scopes: " + "; ".join(f"`{name}` {text}" for name, text in SCOPES.items())

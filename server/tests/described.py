"""Whether what the server answers is what its OpenAPI document says: nothing more, nothing less."""

import json
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from pindown_server import __version__
from pindown_server.app import all_routes
from pindown_server.door.openapi import document
from pindown_server.door.refusals import BUDGET
from pindown_server.door.route import Route, Table

# Where owners put whatever they like beside what is described.
OPEN = {"ItemMetadata", "Metadata", "PinboardMetadata", "PageMetadata", "Error", "Problem"}


@cache
def described() -> dict[str, Any]:
    """The document, with every object closed: in tests, what is not described may not be there."""
    made = deepcopy(document(all_routes(), __version__, {}))
    for name, schema in made["components"]["schemas"].items():
        if name not in OPEN and "properties" in schema:
            schema.setdefault("additionalProperties", False)
    return made


def check(method: str, path: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Fail unless the document says that this may be answered."""
    found = _table().find(method, path.partition("?")[0])
    assert "x-request-id" in headers, f"{method} {path} does not name the call"
    if found is None:
        assert status in (404, 405), f"{method} {path} answered {status}"
        return _fit(_error(status), body, f"{method} {path}")
    route = found[0]
    name = f"{route.method} {route.path}"
    said = described()["paths"][route.path][route.method.lower()]["responses"]
    assert str(status) in said, f"{name} answered {status}, which its description leaves out"
    for header in BUDGET:
        assert header.lower() in headers, f"{name} answered without {header}"
    assert status != 412 or route.takes_revision, name
    answer = said[str(status)]
    for header in ("etag", "idempotency-replayed"):
        known = {known.lower() for known in answer.get("headers", {})}
        assert header not in headers or header in known, f"{name} answered with {header}"
    if "$ref" in answer:
        return _fit(_error(status), body, f"{name} {status}")
    if status == 304 or route.is_streaming or route.answer is bytes:
        return None
    return _fit_data(route, body, f"{name} {status}")


def _fit_data(route: Route, body: bytes, name: str) -> None:
    whole = json.loads(body)
    assert whole.keys() <= {"success", "data", "message"}, f"{name}: {sorted(whole)}"
    if route.has_dry_run:
        whole["data"].pop("dry_run", None)
    _fit(route.name, json.dumps(whole).encode(), name)


def _fit(schema: str, body: bytes, name: str) -> None:
    wrong = list(_validator(schema).iter_errors(json.loads(body)))
    assert not wrong, f"{name} answers what its description leaves out:\n" + "\n".join(
        f"  {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}" for error in wrong[:5]
    )


def _error(status: int) -> str:
    return str(status)


@cache
def _validator(name: str) -> Draft202012Validator:
    """Of an operation's success, or of a status that refuses."""
    if name.isdigit():
        said = described()["components"]["responses"][name]
    else:
        route = next(route for route in all_routes() if route.name == name)
        operation = described()["paths"][route.path][route.method.lower()]
        said = operation["responses"][str(route.status)]
    schema = said["content"]["application/json"]["schema"]
    return Draft202012Validator({**schema, "components": described()["components"]})


@cache
def _table() -> Table:
    return Table(all_routes())

"""What a route takes, as OpenAPI shows it: path, query, headers and body."""

import re
from collections.abc import Mapping
from typing import Any

from .. import ids
from ..rights import RIGHTS
from .route import JSON_TYPES, Query, Route
from .upload import MULTIPART

Schema = dict[str, Any]

# What stands in a path under this name: an id of this kind, or what is written like this.
PREFIXES = {
    "pin_id": ids.PIN,
    "block_id": ids.BLOCK,
    "pinboard_id": ids.PINBOARD,
    "page_id": ids.PAGE,
    "comment_id": ids.COMMENT,
    "file_id": ids.FILE,
    "address_id": ids.PUSH_ADDRESS,
    "user_id": ids.USER,
    "key_id": ids.KEY,
    "session_id": ids.SESSION,
    "role_id": ids.ROLE,
    "invitation_id": ids.INVITATION,
}
PATTERNS = {
    "thing_id": "^(p|pb|pg|d)-[a-z0-9]{12}$",
    "dataset_id": "^[a-z][a-z0-9_-]{0,63}$",  # or its slug
    "pin_type": "^[a-z0-9-]+$",
    "name": "^[a-z0-9]([a-z0-9_-]{0,62}[a-z0-9])?$",
    "email": "^[^@\\s\\x00-\\x1f\\x7f]+@[^@\\s\\x00-\\x1f\\x7f]+$",
    "secret": "^[A-Za-z0-9]{32}$",
    "token": "^[A-Za-z0-9]{32}$",
}
REVISION: Schema = {"type": "integer", "minimum": 1, "maximum": 10**15 - 1}
# What `Call.moment` reads.
MOMENT: Schema = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": 10**15 - 1},
        {"type": "string", "format": "date-time"},
    ]
}

# Blanks around a header are none of its value; what cannot be seen is no name.
_SEEN = "!-~\u00a1-\u00ac\u00ae-\u00ff"
RETRY_KEY: Schema = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "1 to 200 visible characters that name this change: sent again within a day,"
    " it is answered again and not made",
    "schema": {
        "type": "string",
        "pattern": f"^[{_SEEN}]([ {_SEEN}]{{0,198}}[{_SEEN}])?$",
    },
}
IF_MATCH: Schema = {
    "name": "If-Match",
    "in": "header",
    "description": "the ETag you know: 412 if it has changed since. Without it the last write wins",
    "schema": {"type": "string", "pattern": r'^(\*|(W/)?"[!#-+\--~]*")$'},
}
IF_NONE_MATCH: Schema = {
    "name": "If-None-Match",
    "in": "header",
    "description": "the ETag you have: 304 if it still is that",
    "schema": {"type": "string"},
}


def parameters(route: Route, examples: Mapping[str, Any]) -> list[Schema]:
    """Everything it takes besides the body."""
    found = [_in_path(name, examples.get(name)) for name in re.findall(r"{(\w+)}", route.path)]
    found += [_in_query(query) for query in route.query]
    if route.is_remembered:
        found.append(RETRY_KEY)
    if route.takes_revision:
        found.append(IF_MATCH)
    if route.has_etag and route.method == "GET":
        found.append(IF_NONE_MATCH)
    return found


def body(route: Route, schema: Schema | None, example: Mapping[str, Any]) -> Schema | None:
    """The body it takes; None where it takes none."""
    if route.takes_file:
        return {"required": True, "content": {MULTIPART: {"schema": FILE}}}
    if route.takes is not JSON_TYPES:
        content: Schema = {kind.decode(): {"schema": {}} for kind in route.takes}
    elif schema is None:
        return None
    else:
        content = {"application/json": {"schema": schema}}
        if route.body_is_patch:
            content["application/merge-patch+json"] = {"schema": schema}
            content["application/json-patch+json"] = {"schema": JSON_PATCH}
    if "body" in example:
        content["application/json"]["example"] = example["body"]
    return {"required": True, "content": content}


def _in_path(name: str, example: Any) -> Schema:
    if name == "revision":
        schema = REVISION
    else:
        pattern = PATTERNS.get(name) or f"^{PREFIXES[name]}[a-z0-9]{{12}}$"
        schema = {"type": "string", "pattern": pattern}
    shown = {"name": name, "in": "path", "required": True, "schema": schema}
    return shown if example is None else {**shown, "example": example}


def _in_query(query: Query) -> Schema:
    schema: Schema = dict(MOMENT) if query.kind == "moment" else {"type": query.kind}
    for name, value in (("minimum", query.lowest), ("maximum", query.highest)):
        if value is not None:
            schema[name] = value
    if query.default is not None:
        schema["default"] = query.default
    if query.kind == "string":
        schema["pattern"] = "^[^\\x00]*$"
    if query.choices:
        schema["enum"] = list(query.choices)
    if query.is_required:
        schema["minLength"] = 1
    shown = {"name": query.name, "in": "query", "description": query.help, "schema": schema}
    if query.right:
        shown["description"] = f"{query.help}; for {RIGHTS[query.right]}"
        shown["x-required-right"] = query.right.value
    return {**shown, "required": True} if query.is_required else shown


FILE: Schema = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "name": {"type": "string", "description": "in place of the file's own name"},
    },
    "required": ["file"],
}
JSON_PATCH: Schema = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "op": {"enum": ["add", "remove", "replace", "move", "copy", "test"]},
            "path": {"type": "string"},
            "from": {"type": "string"},
            "value": {},
        },
        "required": ["op", "path"],
    },
}

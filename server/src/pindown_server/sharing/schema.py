"""The live stream's events as JSON Schema 2020-12, for clients in other languages."""

from typing import Any

import msgspec

from ..pins.blocks.types import BLOCK_TYPES

TIME = {"type": "integer", "description": "epoch milliseconds"}
ID = {"type": "string"}
SLOTS = {
    "type": "object",
    "properties": {name: {"type": "integer", "minimum": 0} for name in ("x", "y", "w", "h")},
    "required": ["x", "y", "w", "h"],
}
BLOCK = {
    "type": "object",
    "description": "A part of a pin as every viewer sees it",
    "properties": {
        "id": ID,
        "name": {"type": "string"},
        "type": {"enum": list(BLOCK_TYPES)},
        "order": {"type": "integer"},
        "rendered": {"description": "what it says, of a conditional the chosen text"},
    },
    "required": ["id", "name", "type", "order", "rendered"],
}
PIN = {
    "type": "object",
    "description": "A pin as every viewer sees it",
    "properties": {
        "id": ID,
        "pin_id": ID,
        "pin_type": {"type": "string"},
        "pin_layout": {"type": "string"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "pin_config": {"description": "fits the schema of its type, rendered"},
        "blocks": {"type": "array", "items": BLOCK},
        "revision": {"type": "integer"},
        "version": {"type": "integer", "description": "never goes back within a stream"},
        "updated_at": TIME,
        "pushed_at": TIME,
        "is_late": {"type": "boolean"},
        "expect_every": {"type": ["integer", "null"], "description": "seconds"},
        "left_out": {
            "const": True,
            "description": "there was no room for what it says beside the others: the config is null,"
            " without blocks; read the pin by itself",
        },
        "history": {
            "description": "past values of figures with an automatic sparkline, by path, oldest"
            " first; absent where there are none",
            "type": "object",
            "additionalProperties": {
                "type": "array",
                "maxItems": 60,
                "items": {"type": "array", "prefixItems": [TIME, {"type": "number"}]},
            },
        },
    },
}
OPTIONAL = {"history", "left_out"}
PINBOARD = {
    "type": "object",
    "properties": {
        "id": ID,
        "title": {"type": "string"},
        "description": {"type": "string"},
        "pins": {"type": "array", "items": ID},
        "layout": {"type": "object", "additionalProperties": SLOTS},
        "mobile_layout": {"type": "object", "additionalProperties": SLOTS},
        "hidden": {"type": "array", "items": SLOTS},
        "revision": {"type": "integer"},
        "updated_at": TIME,
    },
}
PAGE = {
    "type": "object",
    "properties": {
        "id": ID,
        "title": {"type": "string"},
        "description": {"type": "string"},
        "pins": {"type": "array", "items": ID, "description": "from top to bottom"},
        "hidden": {
            "type": "array",
            "description": "where on the page there are pins that are not the reader's to see",
            "items": {
                "type": "object",
                "properties": {"position": {"type": "integer", "minimum": 0}},
                "required": ["position"],
            },
        },
        "revision": {"type": "integer"},
        "updated_at": TIME,
    },
}


def live_schema() -> bytes:
    """One definition per event, under the event's name."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Events of GET /v1/live",
        "$defs": {
            "snapshot": _object(
                pins=_list(PIN), pinboards=_list(PINBOARD), pages=_list(PAGE), denied=_list(ID)
            ),
            "pin": _all_required(PIN),
            "frame": _object(pins=_list(PIN)),
            "pinboard": _object(id=ID, revision={"type": "integer"}),
            "page": _object(id=ID, revision={"type": "integer"}),
            "alive": _object(id=ID, pushed_at=TIME),
            "late": _object(id=ID, pushed_at=TIME),
            "on_time": _object(id=ID, pushed_at=TIME),
            "deleted": _object(id=ID),
            "denied": {"type": "object", "properties": {"id": ID}},
        },
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _all_required(item)}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _all_required(schema: dict[str, Any]) -> dict[str, Any]:
    if "properties" in schema:
        required = [name for name in schema["properties"] if name not in OPTIONAL]
        return {**schema, "required": required}
    return schema

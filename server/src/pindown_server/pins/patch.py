"""PATCH on a pin: a merge patch (RFC 7396) or a JSON Patch (RFC 6902) of its writable object."""

from typing import Any

import msgspec

from ..door.patch import apply_operations, merge, require_operations
from ..errors import ValidationFailed
from .body import Changes, choose, read_changes
from .pin import FLAGS, Pin

# Clients that look for the config elsewhere point there too.
ALIASES = (("/content", "/pin_config"), ("/metadata/pin_config", "/pin_config"))
METADATA_ALIASES = tuple(
    (f"/metadata/{name}", f"/{name}") for name in ("pin_type", "pin_layout", *FLAGS)
)


def merge_changes(said: Any, pin: Pin) -> Changes:
    """What a merge patch wants different: objects merge, null takes away."""
    changes = choose(said, pin)
    if "config" in changes.values:
        patch = msgspec.json.decode(changes.values["config"])
        merged = merge(msgspec.json.decode(pin.config), patch)
        changes.values["config"] = msgspec.json.encode(merged).decode()
    return changes


def patch_changes(operations: Any, pin: Pin) -> Changes:
    """What a JSON Patch wants different; Conflict where a `test` fails."""
    before = writable(pin)
    after = apply_operations(_pointed(operations), before)
    if not isinstance(after.get("metadata", {}), dict):
        raise ValidationFailed("The patch takes away the pin itself", reason="PATCH_INVALID")
    for key in msgspec.json.decode(pin.metadata):
        after.setdefault("metadata", {}).setdefault(key, None)  # what the patch took away
    unchanged = [key for key, value in after.items() if key in before and value == before[key]]
    body = {key: value for key, value in after.items() if key not in unchanged}
    return read_changes(msgspec.json.encode(body), pin)


def writable(pin: Pin) -> dict[str, Any]:
    """What of a pin can be written, as one object."""
    return {
        "data_type": pin.data_type,
        "pin_type": pin.pin_type,
        "pin_layout": pin.pin_layout,
        "pin_config": msgspec.json.decode(pin.config),
        "dataset_id": pin.dataset_id,
        "expect_every": pin.expect_every,
        "grace": pin.grace,
        **pin.flags(),
        "metadata": {
            **msgspec.json.decode(pin.metadata),
            "title": pin.title,
            "description": pin.description,
            "tags": msgspec.json.decode(pin.tags),
        },
    }


def _pointed(operations: Any) -> list[dict[str, Any]]:
    pointed = []
    for operation in require_operations(operations):
        moved = dict(operation)
        for name in ("path", "from"):
            if isinstance(moved.get(name), str):
                moved[name] = _canonical(moved[name])
        pointed.append(moved)
    return pointed


def _canonical(pointer: str) -> str:
    for alias, meant in (*ALIASES, *METADATA_ALIASES):
        if pointer == alias or pointer.startswith(alias + "/"):
            return meant + pointer[len(alias) :]
    return pointer

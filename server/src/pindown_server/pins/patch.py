"""PATCH on a pin: a merge patch (RFC 7396) or a JSON Patch (RFC 6902) of its writable object."""

from typing import Any

import msgspec

from ..door.patch import apply_operations, give_back, merge, nulls_as_defaults
from ..errors import invalid
from .body import Changes, Copies, choose, read_changes, read_copies
from .pin import FLAGS, Pin

# Clients that look for the config elsewhere point there too.
ALIASES = (("/content", "/pin_config"), ("/metadata/pin_config", "/pin_config"))
METADATA_ALIASES = tuple(
    (f"/metadata/{name}", f"/{name}") for name in ("pin_type", "pin_layout", *FLAGS)
)


# What is there when a patch takes a field away; what is not among these cannot be missing.
_METADATA_DEFAULTS: dict[str, Any] = {"description": "", "tags": [], **dict.fromkeys(FLAGS, False)}
DEFAULTS: dict[str, Any] = {
    **_METADATA_DEFAULTS,
    "dataset_id": None,
    "expect_every": None,
    "grace": None,
    "metadata": _METADATA_DEFAULTS,
}


def read_merge(body: bytes) -> tuple[Copies, dict[str, Any]]:
    """Everything a merge patch says about a pin, copy by copy; a null means the default."""
    return read_copies(nulls_as_defaults(body, DEFAULTS))


def merge_changes(said: tuple[Copies, dict[str, Any]], pin: Pin) -> Changes:
    """What a merge patch wants different: objects merge, null takes away."""
    changes = choose(said, pin)
    if "config" in changes.values:
        patch = msgspec.json.decode(changes.values["config"])
        merged = merge(msgspec.json.decode(pin.config), patch)
        changes.values["config"] = msgspec.json.encode(merged).decode()
    own = msgspec.json.decode(pin.metadata)
    changes.own_metadata = {
        key: merge(own.get(key), patch) for key, patch in changes.own_metadata.items()
    }
    return changes


def patch_changes(operations: Any, pin: Pin) -> Changes:
    """What a JSON Patch wants different; Conflict where a `test` fails."""
    before = writable(pin)
    after = apply_operations(operations, before, _canonical)
    metadata = after.setdefault("metadata", {})
    if not isinstance(metadata, dict):
        raise invalid("metadata", "metadata must be an object", "an object")
    give_back(after, before, DEFAULTS)
    own = dict.fromkeys(msgspec.json.decode(pin.metadata))  # null takes one of these away
    give_back(metadata, before["metadata"], _METADATA_DEFAULTS | own, "metadata/")
    unchanged = [key for key, value in after.items() if key in before and value == before[key]]
    body = {key: value for key, value in after.items() if key not in unchanged}
    changes = read_changes(msgspec.json.encode(body), pin)
    changes.config_path = _config_path(operations)
    return changes


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


def _config_path(operations: list[dict[str, Any]]) -> str:
    """Where the caller looks for the config, for refusals."""
    pointers = [str(operation.get("path", "")) for operation in operations]
    named = (alias for alias, _ in ALIASES for at in pointers if (at + "/").startswith(alias + "/"))
    return next(named, "/pin_config")[1:]


def _canonical(pointer: str) -> str:
    for alias, meant in (*ALIASES, *METADATA_ALIASES):
        if pointer == alias or pointer.startswith(alias + "/"):
            return meant + pointer[len(alias) :]
    return pointer

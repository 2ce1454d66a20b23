"""PATCH bodies: a merge patch (RFC 7396) or a JSON Patch (RFC 6902) of a thing's writable object."""

from itertools import groupby
from typing import Any

import jsonpatch
import jsonpointer
import msgspec

from ..errors import Conflict, Problem, ValidationFailed

JSON_PATCH = "application/json-patch+json"
MOST_OPERATIONS = 1_000
MOST_COPIES = 50
LARGEST_COPY = 2 * 1024 * 1024  # bytes: a few copies of copies would fill the memory


def merge(target: Any, patch: Any) -> Any:
    """RFC 7396, section 2."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged.get(key), value)
    return merged


def require_operations(operations: Any) -> list[dict[str, Any]]:
    """The operations of a JSON Patch; raises ValidationFailed if it is none."""
    if not isinstance(operations, list) or len(operations) > MOST_OPERATIONS:
        raise ValidationFailed(
            f"A JSON Patch is a list of at most {MOST_OPERATIONS} operations",
            [Problem("", "is not a JSON Patch", "[{op, path, value}]")],
            reason="PATCH_INVALID",
        )
    if not all(isinstance(operation, dict) for operation in operations):
        raise ValidationFailed("An operation is an object", reason="PATCH_INVALID")
    if sum(operation.get("op") == "copy" for operation in operations) > MOST_COPIES:
        raise ValidationFailed(
            f"A JSON Patch copies at most {MOST_COPIES} times", reason="PATCH_INVALID"
        )
    return operations


def apply_operations(operations: Any, before: dict[str, Any]) -> dict[str, Any]:
    """The object after a JSON Patch; `before` stays as it is.

    Raises Conflict (TEST_FAILED) where a `test` fails, ValidationFailed for what cannot be applied.
    """
    after: Any = before
    try:
        for is_copy, run in groupby(
            require_operations(operations), lambda operation: operation.get("op") == "copy"
        ):
            for part in [[one] for one in run] if is_copy else [list(run)]:
                after = jsonpatch.JsonPatch(part).apply(after)
                if is_copy:
                    _require_small(after)
    except jsonpatch.JsonPatchTestFailed as error:
        raise Conflict("A test of the patch failed", details={"reason": "TEST_FAILED"}) from error
    except (jsonpatch.JsonPatchException, jsonpointer.JsonPointerException) as error:
        raise ValidationFailed(
            f"The patch cannot be applied: {str(error)[:200]}", reason="PATCH_INVALID"
        ) from error
    except RecursionError as error:
        raise ValidationFailed("The patch nests too deeply", reason="TOO_DEEP") from error
    if not isinstance(after, dict):
        raise ValidationFailed("The patch takes away the thing itself", reason="PATCH_INVALID")
    return after


def _require_small(value: Any) -> None:
    if len(msgspec.json.encode(value)) > LARGEST_COPY:
        raise ValidationFailed("The patch copies too much", reason="PATCH_INVALID")

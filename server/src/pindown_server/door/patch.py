"""PATCH bodies: a merge patch (RFC 7396) or a JSON Patch (RFC 6902) of a thing's writable object."""

from typing import Any

import jsonpatch
import jsonpointer
import msgspec

from ..errors import Conflict, Problem, ValidationFailed

JSON_PATCH = "application/json-patch+json"
MOST_OPERATIONS = 1_000
MOST_COPIED = 2 * 1024 * 1024  # bytes of all copies: a few copies of copies would fill the memory


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
    return operations


def apply_operations(operations: Any, before: dict[str, Any]) -> dict[str, Any]:
    """The object after a JSON Patch; `before` stays as it is.

    Raises Conflict (TEST_FAILED) where a `test` fails, ValidationFailed for what cannot be applied.
    """
    after: Any = msgspec.json.decode(msgspec.json.encode(before))
    left = MOST_COPIED
    try:
        for operation in require_operations(operations):
            given, size = _given(operation, after)
            left -= size
            if left < 0:
                raise ValidationFailed("The patch copies too much", reason="PATCH_INVALID")
            after = jsonpatch.JsonPatch([given]).apply(after, in_place=True)
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


class _Given:
    """A value that nobody else holds: the library need not copy it, which takes it very long."""

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value

    def __deepcopy__(self, _memo: object) -> Any:
        return self._value


def _given(operation: dict[str, Any], document: Any) -> tuple[dict[str, Any], int]:
    """The operation with a value of its own, and how many bytes of that it copies."""
    kind, source = operation.get("op"), operation.get("from")
    if kind in ("add", "replace") and "value" in operation:
        return {**operation, "value": _Given(operation["value"])}, 0
    if kind != "copy" or not isinstance(source, str):
        return operation, 0
    value = jsonpointer.JsonPointer(source).resolve(document)
    if isinstance(value, jsonpointer.EndOfList):
        return operation, 0  # which the library refuses
    copied = msgspec.json.encode(value)
    fresh = _Given(msgspec.json.decode(copied))
    return {"op": "add", "path": operation.get("path"), "value": fresh}, len(copied)

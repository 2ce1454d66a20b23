"""PATCH bodies: a merge patch (RFC 7396) or a JSON Patch (RFC 6902) of a thing's writable object."""

from collections.abc import Callable, Mapping
from typing import Any

import jsonpatch
import jsonpointer
import msgspec

from ..errors import Conflict, Problem, ValidationFailed, invalid
from .body import decode

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


def apply_operations(
    operations: Any, before: dict[str, Any], meant: Callable[[str], str] = str
) -> dict[str, Any]:
    """The object after a JSON Patch; `before` stays as it is.

    `meant`: the pointer that another one stands for. Raises Conflict (TEST_FAILED) where a `test`
    fails, ValidationFailed for what cannot be applied; both name the operation.
    """
    after: Any = msgspec.json.decode(msgspec.json.encode(before))
    left = MOST_COPIED
    for number, operation in enumerate(require_operations(operations)):
        try:
            given, size = _given(_pointed(operation, meant), after)
            left -= size
            if left < 0:
                raise ValidationFailed("The patch copies too much", reason="PATCH_INVALID")
            after = jsonpatch.JsonPatch([given]).apply(after, in_place=True)
        except jsonpatch.JsonPatchTestFailed as error:
            raise Conflict(
                f"Operation {number} of the patch, a test of {_shown(operation)}, failed",
                details={"reason": "TEST_FAILED", **_where(operation), "operation": number},
            ) from error
        except (jsonpatch.JsonPatchException, jsonpointer.JsonPointerException) as error:
            raise _unfit(number, operation, error) from error
        except RecursionError as error:
            raise ValidationFailed("The patch nests too deeply", reason="TOO_DEEP") from error
    if not isinstance(after, dict):
        raise ValidationFailed("The patch takes away the thing itself", reason="PATCH_INVALID")
    return after


def give_back(
    after: dict[str, Any], before: dict[str, Any], defaults: Mapping[str, Any], path: str = ""
) -> None:
    """Put the default in place of what a patch took away.

    Raises ValidationFailed for what has none: it can be changed, and not be missing.
    """
    for name in sorted(before.keys() - after.keys()):
        if name not in defaults:
            raise invalid(path + name, f"{path}{name} cannot be taken away: send another value")
        after[name] = defaults[name]


def nulls_as_defaults(body: bytes, defaults: Mapping[str, Any]) -> bytes:
    """A merge patch with the default in place of each null that takes away what has one."""
    if b"null" not in body:
        return body
    patch = decode(body)
    if not isinstance(patch, dict):
        return body
    _fill(patch, defaults)
    return msgspec.json.encode(patch)


def _fill(patch: dict[str, Any], defaults: Mapping[str, Any]) -> None:
    for name in patch.keys() & defaults.keys():
        if patch[name] is None:
            patch[name] = defaults[name]
        elif isinstance(patch[name], dict) and isinstance(defaults[name], Mapping):
            _fill(patch[name], defaults[name])


def _pointed(operation: dict[str, Any], meant: Callable[[str], str]) -> dict[str, Any]:
    pointers = {name: operation[name] for name in ("path", "from") if name in operation}
    moved: dict[str, Any] = {
        name: meant(at) for name, at in pointers.items() if isinstance(at, str)
    }
    return {**operation, **moved}


def _unfit(number: int, operation: dict[str, Any], error: Exception) -> ValidationFailed:
    """Why an operation cannot be applied; the library would show the whole thing that it is for."""
    if isinstance(error, jsonpatch.InvalidJsonPatch):
        why, where = str(error)[:100], {}
    else:
        why, where = f"nothing stands at {_shown(operation)}", _where(operation)
    problems = [Problem(where["field"], why, "a path that leads somewhere")] if where else None
    return ValidationFailed(
        f"Operation {number} of the patch cannot be applied: {why}",
        problems,
        reason="PATCH_INVALID",
    )


def _shown(operation: dict[str, Any]) -> str:
    named = [str(operation[name])[:100] for name in ("from", "path") if name in operation]
    return " or ".join(f"'{pointer}'" for pointer in named)


def _where(operation: dict[str, Any]) -> dict[str, str]:
    """The field of a refusal: names joined by `/`, as the pointer has them."""
    return {"field": str(operation.get("path", "")).removeprefix("/")[:200]}


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

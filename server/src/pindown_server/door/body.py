"""Bodies in: JSON that is safe to keep, as the type the route declares, or every problem of it."""

import contextlib
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar, cast

import jsonschema
import msgspec

from ..errors import Problem, ValidationFailed

T = TypeVar("T")
DEEPEST = 32
MOST_PROBLEMS = 100  # nobody reads more, and the answer to a bad body must not outgrow the body
MOST_LOOKS = 1_000  # elements of one list or map that take a close look, some 10 µs each

# Numbers that may be beyond what a double can hold; parts kept as raw text are not looked into.
_HUGE = re.compile(rb"[eE]\+?\d{3}|(?<!\d)\d{300}")

_AS_LISTS = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))

# Fields that an answer carries and a request cannot set: an answer may be changed and sent back.
ANSWER_ONLY = frozenset(
    "id pin_id owner_id rendered rendered_title rendered_errors pushed_at is_late blocks revision"
    " version created_at updated_at shareable_url pins pin_count hidden layout mobile_layout role"
    " dry_run success message late_count views superseded hint size created_by last_used_at tier is_admin".split()
)


def read(model: type[T], body: bytes) -> T:
    """The body as this type.

    msgspec reads and checks in one pass and stops at the first problem; only when it refuses
    does jsonschema go over the same schema and list them all. Where it finds none, a whole number
    was written as 60.0, which JSON does not tell from 60.
    """
    require_safe(body)
    try:
        return _decoder(model).decode(body)
    except msgspec.ValidationError:
        return _read_slowly(model, body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_json(body, error) from error


def read_part(model: type[T], raw: msgspec.Raw, path: str) -> T:
    """A part of a body that was read before, as this type; problems carry its path."""
    try:
        return _decoder(model).decode(raw)
    except msgspec.ValidationError as error:
        problems = list_problems(_schema(cast(Any, model)), _decode(bytes(raw)))
        if not problems:
            with contextlib.suppress(msgspec.ValidationError):
                return _lax_decoder(model).decode(raw)
            problems = [Problem(_path_of(error), _sentence(error))]
        named = [
            Problem(f"{path}/{p.field}" if p.field else path, p.message, p.expected)
            for p in problems
        ]
        raise ValidationFailed(f"{named[0].field} {named[0].message}", named) from error


def read_whole(model: type[T], body: bytes, name: str, part: type[Any]) -> T:
    """As `read`, and what it refuses with the problems of the object in one of its fields."""
    try:
        return read(model, body)
    except ValidationFailed:
        refuse(body, model, name, part)
        raise


def refuse(body: bytes, model: type[Any], name: str, part: type[Any]) -> None:
    """Raise ValidationFailed with every problem of a body and of the object in one of its fields."""
    refusals: list[ValidationFailed] = []
    given: dict[str, msgspec.Raw] = {}
    try:
        read(model, body)
    except ValidationFailed as error:
        if not error.problems:  # it is no JSON at all
            raise
        refusals.append(error)
    with contextlib.suppress(msgspec.ValidationError):  # told above: it is no object
        given = _GIVEN.decode(body)
    try:
        if name in given:
            read_part(part, given[name], name)
    except ValidationFailed as error:
        refusals.append(error)
    if refusals:
        problems = [problem for error in refusals for problem in error.problems]
        raise ValidationFailed(refusals[0].message, problems)


def decode(body: bytes) -> Any:
    """Any JSON, safe to keep."""
    require_safe(body)
    return _decode(body)


def _decode(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_json(body, error) from error


def _not_json(body: bytes, error: Exception) -> ValidationFailed:
    if isinstance(error, RecursionError):
        return _too_deep()
    if not body.strip():
        return ValidationFailed("The body is empty: send JSON", reason="INVALID_JSON")
    where = re.search(r"\(byte (\d+)\)", str(error))
    place = f" at byte {where.group(1)}" if where else ""
    return ValidationFailed(f"The body is not valid JSON{place}", reason="INVALID_JSON")


def _too_deep() -> ValidationFailed:
    return ValidationFailed(f"The body is nested deeper than {DEEPEST} levels", reason="TOO_DEEP")


def require_safe(body: bytes) -> None:
    """Refuse what some database or reader cannot take: NUL, halves of characters, deep nesting."""
    if body.count(b"{") + body.count(b"[") > DEEPEST and _is_deeper(body, DEEPEST):
        _decode(body)  # what is no JSON has no depth
        raise _too_deep()
    if b"\\u0000" in body and b"\\u0000" in body.replace(b"\\\\", b""):
        _decode(body)
        raise ValidationFailed("Text with a NUL character cannot be stored", reason="INVALID_JSON")
    if b"\\ud" in body or b"\\uD" in body or not body.isascii() or _HUGE.search(body):
        _decode(body)  # refuses half characters and numbers out of range wherever they are


def _is_deeper(body: bytes, levels: int) -> bool:
    """Whether JSON nests deeper, without building it: that takes twenty times as long.

    Without its texts only brackets count; each round takes away the innermost ones.
    """
    outside = body.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')[::2]
    brackets = b"".join(outside).translate(_AS_LISTS, _NO_BRACKETS)
    for _ in range(levels):
        if not brackets:
            return False
        brackets = brackets.replace(b"[]", b"")
    return bool(brackets)


def _read_slowly(model: type[T], body: bytes) -> T:
    value = _decode(body)
    if isinstance(value, dict):
        fields = {field.encode_name for field in msgspec.structs.fields(cast(Any, model))}
        value = {k: v for k, v in value.items() if k in fields or k not in ANSWER_ONLY}
    try:
        return _decoder(model).decode(msgspec.json.encode(value))
    except msgspec.ValidationError as error:
        problems = list_problems(_schema(cast(Any, model)), value)
        if not problems:
            with contextlib.suppress(msgspec.ValidationError):
                return _lax_decoder(model).decode(msgspec.json.encode(value))
            problems = [Problem(_path_of(error), _sentence(error))]
        first = problems[0]
        message = f"{first.field or 'The body'} {first.message}"
        raise ValidationFailed(message, problems) from error


def list_problems(schema: dict[str, Any], value: Any) -> list[Problem]:
    """What keeps the value from fitting the schema, in the order of the body; of very much the first."""
    found: list[Problem] = []
    for error in islice(_Validator(schema).iter_errors(value), MOST_PROBLEMS):
        found += _problems(error)
    return sorted(set(found), key=lambda problem: problem.field)[:MOST_PROBLEMS]


def _items(
    validator: Any, items: Any, instance: Any, _schema: Any
) -> Iterator[jsonschema.ValidationError]:
    if isinstance(instance, list):
        for index, item in enumerate(instance[:MOST_LOOKS]):
            yield from validator.descend(item, items, path=index)


def _additional(
    validator: Any, rule: Any, instance: Any, schema: Any
) -> Iterator[jsonschema.ValidationError]:
    if not isinstance(instance, dict):
        return
    extra = [name for name in instance if name not in schema.get("properties", ())]
    if rule is False and extra:
        yield jsonschema.ValidationError("unknown fields")
    elif isinstance(rule, dict):
        for name in extra[:MOST_LOOKS]:
            yield from validator.descend(instance[name], rule, path=name)


_Validator = jsonschema.validators.extend(
    jsonschema.Draft202012Validator, {"items": _items, "additionalProperties": _additional}
)


def _problems(error: Any) -> list[Problem]:
    path = "/".join(escape(str(part)) for part in error.absolute_path)
    if error.validator in ("anyOf", "oneOf") and error.context:
        # Of the alternatives, what is wrong within one of the right kind says the most.
        deeper = [
            inner
            for inner in error.context
            if inner.validator != "type" or inner.absolute_path != error.absolute_path
        ]
        if deeper:
            return [problem for inner in deeper for problem in _problems(inner)]
        close = [inner for inner in error.context if inner.validator not in ("type", "const")]
        if close:  # of the right kind, and beyond a bound
            return [problem for inner in close for problem in _problems(inner)]
        expected = _kinds(error.schema)
        return [Problem(path, f"must be {expected}", expected)]
    if error.validator == "required":
        prefix = path + "/" if path else ""
        missing = [name for name in error.validator_value if name not in error.instance]
        return [Problem(prefix + escape(name), "is required") for name in missing]
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        extra = [name for name in error.instance if name not in known][:MOST_PROBLEMS]
        prefix = path + "/" if path else ""
        return [Problem(prefix + escape(name), "is not a field of this") for name in extra]
    return [_problem(path, error)]


def _problem(path: str, error: Any) -> Problem:
    limit = error.validator_value
    match error.validator:
        case "type":
            expected = _kinds({"type": limit})
            return Problem(path, f"must be {expected}", expected)
        case "enum":
            expected = " | ".join(str(choice) for choice in limit)
            return Problem(path, f"must be one of {expected}", expected)
        case "maxLength":
            return Problem(path, f"must be at most {limit} characters", f"≤ {limit} characters")
        case "minLength":
            return Problem(path, "must not be empty", f"≥ {limit} characters")
        case "maxItems":
            return Problem(path, f"must have at most {limit} elements", f"≤ {limit} elements")
        case "minItems":
            return Problem(path, "must not be empty", f"≥ {limit} elements")
        case "minimum":
            return Problem(path, f"must be at least {limit}", f"≥ {limit}")
        case "maximum":
            return Problem(path, f"must be at most {limit}", f"≤ {limit}")
        case "pattern":
            expected = error.schema.get("x-expected")
            said = f"must be {expected}" if expected else "has the wrong form"
            return Problem(path, said, expected or str(limit))
    return Problem(path, "does not fit")


_NAMES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "null",
}


def _kinds(schema: dict[str, Any]) -> str:
    """The JSON types a schema takes, in words."""
    kinds: list[str] = []
    for part in schema.get("anyOf") or schema.get("oneOf") or [schema]:
        named = part.get("type", "object" if "$ref" in part else None)
        kinds += named if isinstance(named, list) else [named] if named else []
    return " or ".join(_NAMES.get(kind, kind) for kind in dict.fromkeys(kinds)) or "something else"


def escape(name: str) -> str:
    """A name as one step of a path."""
    return name.replace("~", "~0").replace("/", "~1")


def _sentence(error: msgspec.ValidationError) -> str:
    return "does not fit: " + str(error).partition(" - at ")[0]


def _path_of(error: msgspec.ValidationError) -> str:
    path = str(error).partition(" - at `$")[2].rstrip("`").lstrip(".")
    return re.sub(r"\[(\d+|\.\.\.)\]", r"/\1", path).replace(".", "/")


_GIVEN = msgspec.json.Decoder(dict[str, msgspec.Raw])


def _decoder(model: type[T]) -> msgspec.json.Decoder[T]:
    decoder: msgspec.json.Decoder[T] = _any_decoder(cast(Any, model))
    return decoder


def _lax_decoder(model: type[T]) -> msgspec.json.Decoder[T]:
    """For what fits the schema: so lax that 60.0 is a whole number."""
    return msgspec.json.Decoder(model, strict=False)


@lru_cache(maxsize=200)
def _any_decoder(model: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(model)


@lru_cache(maxsize=200)
def _schema(model: Any) -> dict[str, Any]:
    return msgspec.json.schema(model)

"""Everything that is wrong with a config which msgspec has refused, in words a person understands.

The schema is the one that is published, the validator jsonschema's. It is taught three things:
a text that is nothing but one `{{variable}}` fits everywhere, since it takes the variable's own
type; a missing field is a problem of that field and not of what should hold it; and of a long list
it looks closely only at what does not fit at a glance.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from types import GenericAlias
from typing import Any

import jsonschema
import msgspec

from ...door.body import escape
from ...errors import Problem
from .schema import Described, Schema

MOST_PROBLEMS = 100  # nobody reads more, and each costs some 50 µs
MOST_LOOKS = 2_000  # elements of one list that take a close look, for the same reason

# One whole `{{…}}` and nothing else: no second one inside, no block (`{{#if …}}`), no `{{{{`.
_VARIABLE = re.compile(
    r"\{\{(?![{#/])(?:[^{}\"']|\"[^\"]*\"|'[^']*'|\{(?!\{)|\}(?!\}))*\}\}", re.DOTALL
)

Check = Callable[[Any, Any, Any, Schema], Iterable[jsonschema.ValidationError]]


class Checker:
    """Finds the problems of configs of one type."""

    def __init__(self, described: Described) -> None:
        class_ = jsonschema.validators.extend(
            jsonschema.Draft202012Validator,
            {
                name: _passing_over_variables(check)
                for name, check in {
                    **jsonschema.Draft202012Validator.VALIDATORS,
                    "type": _type,
                    "enum": _enum,
                    "pattern": _pattern,
                    "required": _required,
                    "anyOf": _needs_one_of,
                    "items": self._items,
                }.items()
            },
            type_checker=jsonschema.Draft202012Validator.TYPE_CHECKER.redefine("number", _number),
        )
        self._described = described
        self._validator = class_(described.schema)

    def find_problems(self, config: bytes) -> list[Problem]:
        """What is wrong, each thing with its path; [] if only variables kept msgspec from it."""
        try:
            return self._problems(msgspec.json.decode(config))
        except msgspec.ValidationError:
            return [Problem("", "holds a number that is out of range")]
        except (msgspec.DecodeError, UnicodeDecodeError):
            return [Problem("", "is not valid JSON")]
        except RecursionError:
            return [Problem("", "is nested too deeply")]

    def _problems(self, value: Any) -> list[Problem]:
        found: dict[str, Problem] = {}
        for error in islice(self._validator.iter_errors(value), MOST_PROBLEMS):
            field = "/".join(escape(str(step)) for step in error.absolute_path)
            found.setdefault(field, Problem(field, *_explained(error)))
        return list(found.values())

    def _items(
        self, validator: Any, items: Schema, instance: Any, _schema: Schema
    ) -> Iterator[jsonschema.ValidationError]:
        if not isinstance(instance, list):
            return
        kind = self._described.item_type(items)
        if _fits_at_a_glance(instance, GenericAlias(list, (kind,))):
            return
        looks = 0
        for index, item in enumerate(instance):
            if _fits_at_a_glance(item, kind):
                continue
            looks += 1
            if looks > MOST_LOOKS:
                yield jsonschema.ValidationError(
                    f"holds more than {MOST_LOOKS} elements that are wrong or hold variables"
                )
                return
            yield from validator.descend(item, items, path=index)


def is_variable(text: str) -> bool:
    """Whether a text is nothing but one `{{…}}` and so becomes the variable's value, of any type."""
    return text.startswith("{{") and _VARIABLE.fullmatch(text) is not None


def words_for(schema: Schema) -> str:
    """What fits a schema, in words: `number or text`, `up | down | neutral`."""
    if "x-expected" in schema:
        return str(schema["x-expected"])
    if "enum" in schema:
        return " | ".join(choice for choice in schema["enum"] if choice is not None)
    named = schema.get("type", [])
    types = [named] if isinstance(named, str) else named
    return " or ".join(_word(name, schema) for name in types if name != "null") or "any JSON"


_WORDS = {
    "string": "text",
    "boolean": "true or false",
    "array": "list",
    "object": "object",
}


def _word(name: str, schema: Schema) -> str:
    if name != "number":
        return _WORDS[name]
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is None and high is None:
        return "number"
    return f"number from {low}" if high is None else f"number from {low} to {high}"


def _explained(error: jsonschema.ValidationError) -> tuple[str, str | None]:
    """The problem as a sentence without its subject, and what would fit."""
    expected = words_for(error.schema)
    match error.validator:
        case "minimum":
            return f"must be at least {error.validator_value}", expected
        case "maximum":
            return f"must be at most {error.validator_value}", expected
        case "maxLength":
            return f"is longer than {error.validator_value} characters", expected
        case "items":
            return error.message, None
    return error.message, expected


def _passing_over_variables(check: Check) -> Check:
    def checked(
        validator: Any, rule: Any, instance: Any, schema: Schema
    ) -> Iterator[jsonschema.ValidationError]:
        if not (isinstance(instance, str) and is_variable(instance)):
            yield from check(validator, rule, instance, schema) or ()

    return checked


def _type(
    validator: Any, types: Any, instance: Any, schema: Schema
) -> Iterator[jsonschema.ValidationError]:
    if not any(validator.is_type(instance, name) for name in _listed(types)):
        yield jsonschema.ValidationError(f"must be {_with_article(words_for(schema))}")


def _enum(
    _validator: Any, choices: list[Any], instance: Any, schema: Schema
) -> Iterator[jsonschema.ValidationError]:
    if not (instance is None or isinstance(instance, str)) or instance not in choices:
        yield jsonschema.ValidationError(f"must be one of {words_for(schema)}")


def _pattern(
    _validator: Any, pattern: str, instance: Any, schema: Schema
) -> Iterator[jsonschema.ValidationError]:
    if not isinstance(instance, str) or re.search(pattern, instance):
        return
    # What begins with a variable may become a good address: it is judged when it is rendered.
    if not (schema.get("x-text") == "url" and instance.startswith("{{")):
        yield jsonschema.ValidationError(f"must be {_with_article(words_for(schema))}")


def _required(
    _validator: Any, names: list[str], instance: Any, schema: Schema
) -> Iterator[jsonschema.ValidationError]:
    if isinstance(instance, dict):
        for name in names:
            if name not in instance:
                yield jsonschema.ValidationError(
                    "is required", path=[name], schema=schema["properties"][name]
                )


def _needs_one_of(
    _validator: Any, ways: list[Schema], instance: Any, schema: Schema
) -> Iterator[jsonschema.ValidationError]:
    names = [way["required"][0] for way in ways]
    if isinstance(instance, dict) and all(instance.get(name) is None for name in names):
        first, *others = names
        yield jsonschema.ValidationError(
            f"is required, or {' or '.join(others)} instead",
            path=[first],
            schema=schema["properties"][first],
        )


def _fits_at_a_glance(item: Any, kind: Any) -> bool:
    try:
        msgspec.convert(item, kind)
    except (msgspec.ValidationError, RecursionError):
        return False
    return True


def _number(_checker: Any, value: Any) -> bool:
    """Whether this is a number that a double can hold."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    try:
        float(value)
    except OverflowError:
        return False
    return True


def _with_article(words: str) -> str:
    first = words.partition(" ")[0]
    if first in ("text", "true", "any") or " | " in words:
        return words
    return f"{'an' if first[0] in 'aeio' else 'a'} {words}"


def _listed(types: Any) -> list[str]:
    return [types] if isinstance(types, str) else types

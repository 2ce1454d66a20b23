"""A JSON Schema as rows that a person reads: where, what, whether it is needed."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Schema = Mapping[str, Any]
DEEPEST = 3  # deeper than this a table says less than the example beside it


class Field(NamedTuple):
    """A field: its name with those around it, its type in words, and what is said about it."""

    name: str
    kind: str
    is_required: bool
    text: str


def list_fields(schema: Schema, document: Schema) -> list[Field]:
    """The fields of an object, those of objects in it below them."""
    return list(_fields(schema, document, "", 0))


def kind_of(schema: Schema, document: Schema) -> str:
    """A schema's type in words."""
    schema = resolve(schema, document)
    if "enum" in schema:
        return " | ".join(_shown(choice) for choice in schema["enum"])
    if "const" in schema:
        return _shown(schema["const"])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " | ".join(dict.fromkeys(kind_of(part, document) for part in schema[several]))
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        return " | ".join(kind)
    if kind == "array":
        if "prefixItems" in schema:
            inner = ", ".join(kind_of(part, document) for part in schema["prefixItems"])
            return f"[{inner}]"
        return f"{kind_of(schema.get('items', {}), document)}[]"
    if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return f"id → {kind_of(schema['additionalProperties'], document)}"
    return str(kind)


def resolve(schema: Schema, document: Schema) -> Schema:
    """What a reference leads to, and what is said beside it."""
    while "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = {**found, **{name: value for name, value in schema.items() if name != "$ref"}}
    if "allOf" in schema:
        merged: dict[str, Any] = {}
        for part in schema["allOf"]:
            whole = resolve(part, document)
            merged = {**whole, **merged}
            merged["properties"] = {**merged.get("properties", {}), **whole.get("properties", {})}
        return merged
    return schema


def _fields(schema: Schema, document: Schema, before: str, depth: int) -> Iterator[Field]:
    schema = resolve(schema, document)
    needed = set(schema.get("required", ()))
    for name, raw in schema.get("properties", {}).items():
        field = resolve(raw, document)
        yield Field(before + name, kind_of(field, document), name in needed, _text(field))
        inner, mark = _inside(field, document)
        if inner.get("properties") and depth + 1 < DEEPEST:
            yield from _fields(inner, document, f"{before}{name}{mark}", depth + 1)


def _inside(field: Schema, document: Schema) -> tuple[Schema, str]:
    """The object in a field, and how one gets there: `cards[].`."""
    if field.get("type") == "array":
        return resolve(field.get("items", {}), document), "[]."
    return field, "."


def _text(field: Schema) -> str:
    bounds = [
        words.format(field[name])
        for name, words in (
            ("minimum", "at least {:,}"),
            ("maximum", "at most {:,}"),
            ("maxLength", "at most {:,} characters"),
            ("maxItems", "at most {:,} of them"),
        )
        if isinstance(field.get(name), int)
    ]
    parts = (field, *field.get("anyOf", ()))
    said = next((part["description"] for part in parts if "description" in part), "")
    said = "" if "title" in field else said  # what a type is; the fields in it say it themselves
    default = field.get("default")
    if default not in (None, "", {}, []):
        bounds.append(f"{_shown(default)} by default")
    return "; ".join(part for part in (said, ", ".join(bounds)) if part)


def _shown(value: Any) -> str:
    return {True: "true", False: "false", None: "null"}.get(value, str(value))

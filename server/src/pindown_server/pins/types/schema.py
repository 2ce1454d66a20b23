"""The JSON Schema 2020-12 of a config, made from its model.

msgspec can write one too. This one suits forms and people: nothing is hidden behind references, an
optional text is `"type": ["string", "null"]` and not a choice of two schemas, required fields come
first, and choices stay in the order in which they were written.
"""

import builtins
import types
import typing
from typing import Any, cast, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from .fields import Config, NeedsOneOf

Schema = dict[str, Any]

_OF_THE_WHOLE = ("type", "title", "description")
_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    types.NoneType: {"type": "null"},
    Any: {},
}


class Described:
    """A model's schema, and of each list in it the Python type of what it holds."""

    def __init__(self, model: type[Config]) -> None:
        self._items: list[tuple[Schema, Any]] = []
        self.schema = self._of(model)
        # By identity: the schema is made once and then only read.
        self._item_types = {id(node): kind for node, kind in self._items}

    def item_type(self, items: Schema) -> Any:
        """The Python type behind an `items` schema of this very schema."""
        return self._item_types[id(items)]

    def _of(self, kind: Any) -> Schema:
        match get_origin(kind):
            case typing.Annotated:
                base, *metas = get_args(kind)
                return _with_marks(self._of(base), metas)
            case typing.Union | types.UnionType:
                return _merged([self._of(choice) for choice in get_args(kind)])
            case typing.Literal:
                return {"type": "string", "enum": list(get_args(kind))}
            case builtins.list:
                return {"type": "array", "items": self._items_of(*get_args(kind))}
            case builtins.dict:
                return {"type": "object", "additionalProperties": self._of(get_args(kind)[1])}
        return self._object(kind) if kind not in _PLAIN else dict(_PLAIN[kind])

    def _items_of(self, kind: Any) -> Schema:
        items = self._of(kind)
        self._items.append((items, kind))
        return items

    def _object(self, model: type[Config]) -> Schema:
        hints = get_type_hints(model, include_extras=True)
        fields = sorted(msgspec.structs.fields(model), key=lambda field: not field.required)
        schema: Schema = {
            "title": _words(model.__name__),
            "description": (model.__doc__ or "").partition("\n")[0],
            "type": "object",
            "required": [field.encode_name for field in fields if field.required],
            "properties": {
                field.encode_name: _titled(_words(field.name), self._of(hints[field.name]))
                for field in fields
            },
        }
        if not schema["required"]:
            del schema["required"]
        if issubclass(model, NeedsOneOf):
            schema["anyOf"] = [
                {"required": [name], "properties": {name: {"not": {"type": "null"}}}}
                for name in _encoded(model, model.NEEDED)
            ]
        return schema


def _titled(title: str, schema: Schema) -> Schema:
    heading = {"title": title, "description": schema.get("description", "")}
    return heading | schema | heading


def _with_marks(schema: Schema, metas: list[Any]) -> Schema:
    marked = dict(schema)
    for meta in cast("list[Meta]", metas):
        said = {
            "description": meta.description,
            "minimum": meta.ge,
            "maximum": meta.le,
            "pattern": meta.pattern,
            "maxLength": meta.max_length,
        }
        marked |= {name: value for name, value in said.items() if value is not None}
        marked |= meta.extra_json_schema or {}
    return marked


def _merged(choices: list[Schema]) -> Schema:
    """One schema for all choices: each keyword of JSON Schema minds one type only."""
    merged: Schema = {}
    types: list[str] = []
    for choice in choices:
        named = choice["type"]
        types += named if isinstance(named, list) else [named]
        merged |= {name: rule for name, rule in choice.items() if name not in _OF_THE_WHOLE}
    if "enum" in merged and "null" in types:
        merged["enum"] = [*merged["enum"], None]
    return {"type": types, **merged}


def _encoded(model: type[Config], names: tuple[str, ...]) -> list[str]:
    encoded = {field.name: field.encode_name for field in msgspec.structs.fields(model)}
    return [encoded[name] for name in names]


def _words(name: str) -> str:
    """`good_when` and `StatCard` as words."""
    parted = "".join(f" {c.lower()}" if c.isupper() else c for c in name.replace("_", " ")).strip()
    return parted[:1].upper() + parted[1:]

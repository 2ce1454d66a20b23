"""What a type of pin is: its name, what it is for, and what its configs look like."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from ...errors import Problem
from .checking import Checker
from .fields import Config
from .schema import Described, Schema


@dataclass(frozen=True, eq=False)
class PinType:
    """A type of pin. Its module stands in this folder and holds it under the name `TYPE`.

    `order` is its place in the documentation and wherever types are listed.
    """

    order: int
    name: str
    purpose: str
    model: type[Config]
    example: dict[str, Any]

    @cached_property
    def schema(self) -> Schema:
        """JSON Schema 2020-12 of a config; texts are marked `x-text`."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **self._described.schema,
            "title": self.name,
            "description": self.purpose,
            "examples": [self.example],
        }

    def find_problems(self, config: bytes) -> list[Problem]:
        """Everything that is wrong with the JSON text of a config; [] when it fits.

        Takes about 5 µs when it fits. Paths are joined by `/` and relative to the config; a
        problem of the config as a whole has an empty one. A text that is nothing but one
        `{{variable}}` fits everywhere. Never raises, whatever it is given.
        """
        try:
            self._decode(config)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return self._checker.find_problems(config)
        return []

    def places(self) -> dict[str, str]:
        """Where texts stand and how each is escaped: `{"cards/*/title": "text"}`.

        `*` is any element or key; `**` at the end is this place and everything beneath it. What
        is not listed, such as a field the type does not know, is `text`.
        """
        return dict(_places(self._described.schema, ""))

    @cached_property
    def _described(self) -> Described:
        return Described(self.model)

    @cached_property
    def _checker(self) -> Checker:
        return Checker(self._described)

    @cached_property
    def _decode(self) -> Any:
        return msgspec.json.Decoder(self.model).decode


def _places(schema: Schema, path: str) -> list[tuple[str, str]]:
    found = []
    if "x-text" in schema:
        found.append((path if "type" in schema else path + "/**", schema["x-text"]))
    for name, inner in schema.get("properties", {}).items():
        found += _places(inner, f"{path}/{name}" if path else name)
    for inner in (schema.get("items"), schema.get("additionalProperties")):
        if inner is not None:
            found += _places(inner, f"{path}/*" if path else "*")
    return found

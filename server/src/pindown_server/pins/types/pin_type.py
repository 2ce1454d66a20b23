"""What a type of pin is: a model of its config, its schema, an example, and what it is for."""

import re
from functools import cached_property
from typing import Any, Final, Literal

import msgspec

from ...door.body import list_problems
from ...errors import Problem

Kind = Literal["text", "markdown", "url", "code"]

# One variable and nothing else: it takes the variable's own type, checked after rendering.
WHOLE_VARIABLE: Final = re.compile(r"\s*\{\{[^{}]*\}\}\s*")


class PinType:
    """A type of pin."""

    def __init__(
        self,
        name: str,
        model: type[msgspec.Struct],
        *,
        purpose: str,
        example: dict[str, Any],
    ) -> None:
        self.name = name
        self.model = model
        self.purpose = purpose
        self.example = example
        self._decoder = msgspec.json.Decoder(model)

    def __repr__(self) -> str:
        return f"PinType({self.name!r})"

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The config's JSON Schema 2020-12, complete in itself."""
        (reference,), definitions = msgspec.json.schema_components(
            [self.model], ref_template="#/$defs/{name}"
        )
        root = definitions.pop(reference["$ref"].rsplit("/", 1)[1])
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **root,
            "title": self.name,
            "description": self.purpose,
        }
        if definitions:
            schema["$defs"] = definitions
        return schema

    def find_problems(self, config: bytes) -> list[Problem]:
        """Everything that keeps the JSON text from being a config of this type; [] when it fits."""
        if b"{{" not in config:
            try:
                self._decoder.decode(config)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                return self._list_problems(config)
            return []
        return self._list_problems(config)

    def _list_problems(self, config: bytes) -> list[Problem]:
        try:
            value = msgspec.json.decode(config)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return [Problem("", "is not valid JSON")]
        problems = list_problems(self.schema, value)
        return [problem for problem in problems if not _is_variable(value, problem.field)]

    def places(self) -> dict[str, Kind]:
        """Where texts stand and how each is escaped: `cards/*/title` → `text`."""
        found: dict[str, Kind] = {}
        self._collect(self.schema, "", found, frozenset())
        return found

    def _collect(
        self, schema: dict[str, Any], path: str, found: dict[str, Kind], above: frozenset[str]
    ) -> None:
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            if name not in above:
                self._collect(self.schema["$defs"][name], path, found, above | {name})
            return
        if schema.get("type") == "string" or "x-text" in schema:
            found[path] = schema.get("x-text", "text")
        for part in schema.get("anyOf", ()):
            self._collect(part, path, found, above)
        for name, part in schema.get("properties", {}).items():
            self._collect(part, f"{path}/{name}" if path else name, found, above)
        if isinstance(schema.get("items"), dict):
            self._collect(schema["items"], f"{path}/*" if path else "*", found, above)


def _is_variable(value: Any, path: str) -> bool:
    """Whether what stands at the path is one whole variable."""
    for step in filter(None, path.split("/")):
        step = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            return False
    return isinstance(value, str) and WHOLE_VARIABLE.fullmatch(value) is not None


"""msgspec, which reads configs, and JSON Schema, which is published, accept the same ones."""

import json
import re
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pindown_server.pins.types import PIN_TYPES
from pindown_server.pins.types.checking import MOST_PROBLEMS, is_variable

NUMBERS = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["https://a.example/x", "/x", "auto", "up", "16:9", "4/3", "f-0a1b2c3d4e5f", "{{a", "javascript:"]
)  # fmt: skip
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=5,
)


def fitting(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a schema takes, give or take a pattern."""
    if "type" not in schema:
        return ANYTHING
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return st.one_of([fitting_type(name, schema) for name in types])


def fitting_type(name: str, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    low, high = schema.get("minimum"), schema.get("maximum")
    strategies = {
        "null": st.none(),
        "boolean": st.booleans(),
        "number": st.floats(low, high, allow_nan=False, allow_infinity=False),
        "string": TEXTS.filter(re.compile(schema.get("pattern", "")).search),
        "array": st.lists(st.deferred(lambda: fitting(schema["items"])), max_size=2),
    }
    return strategies[name] if name in strategies else fitting_object(schema)


def fitting_object(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "properties" not in schema:
        return st.dictionaries(TEXTS, fitting(schema.get("additionalProperties", {})), max_size=2)
    required = schema.get("required", [])
    fields = {field: fitting(inner) for field, inner in schema["properties"].items()}
    return st.fixed_dictionaries(
        {field: fields[field] for field in required},
        optional={field: fields[field] for field in fields if field not in required},
    )


FITTING = {name: fitting(found.schema) for name, found in PIN_TYPES.items()}


@st.composite
def configs(draw: st.DrawFn, name: str) -> Any:
    """A config with no mistake, one or two."""
    config = draw(FITTING[name])
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.sampled_from(places_in(config)))
        config = replaced(config, place, draw(ANYTHING))
    return config


def places_in(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if not isinstance(value, dict | list):
        return [place]
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    return [
        place,
        *(deeper for step, inner in steps for deeper in places_in(inner, (*place, step))),
    ]


def replaced(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    changed = value.copy()
    changed[place[0]] = replaced(value[place[0]], place[1:], new)
    return changed


def holds_variable(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(holds_variable, value.values()))
    if isinstance(value, list):
        return any(map(holds_variable, value))
    return isinstance(value, str) and (is_variable(value) or value.startswith("{{"))


def accepts(model: Any, text: bytes) -> bool:
    try:
        msgspec.json.decode(text, type=model)
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize("name", PIN_TYPES)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_both_accept_the_same_configs(name: str, data: st.DataObject) -> None:
    found = PIN_TYPES[name]
    config = data.draw(configs(name))
    assume(not holds_variable(config))
    text = json.dumps(config).encode()
    fits = jsonschema.Draft202012Validator(found.schema).is_valid(config)
    assert accepts(found.model, text) == fits
    assert (found.find_problems(text) == []) == fits


@pytest.mark.parametrize("name", PIN_TYPES)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_problems_are_where_jsonschema_sees_them(name: str, data: st.DataObject) -> None:
    found = PIN_TYPES[name]
    config = data.draw(configs(name))
    assume(not holds_variable(config))
    problems = found.find_problems(json.dumps(config).encode())
    errors = jsonschema.Draft202012Validator(found.schema).iter_errors(config)
    seen = {"/".join(map(str, error.absolute_path)) for error in errors}
    named = {problem.field for problem in problems}
    assert len(named) == len(problems) <= MOST_PROBLEMS
    # A missing field is named itself, where jsonschema names what should hold it.
    missing = {p.field.rpartition("/")[0] for p in problems if p.message.startswith("is required")}
    there = {p.field for p in problems if not p.message.startswith("is required")}
    assert there | missing == seen


@pytest.mark.parametrize("name", PIN_TYPES)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_variables_in_place_of_values_fit(name: str, data: st.DataObject) -> None:
    found = PIN_TYPES[name]
    config = data.draw(FITTING[name])
    assume(found.find_problems(json.dumps(config).encode()) == [])
    place = data.draw(st.sampled_from(places_in(config)))
    variable = replaced(config, place, "{{shop.value | default(0)}}")
    assert found.find_problems(json.dumps(variable).encode()) == []

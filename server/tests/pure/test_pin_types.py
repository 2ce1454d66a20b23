"""The types of pins: their examples, schemas and places."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from pindown_server.errors import ValidationFailed
from pindown_server.pins.types import PIN_TYPES, PinType, get_pin_type

TYPES = [pytest.param(found, id=name) for name, found in PIN_TYPES.items()]


def test_the_types_come_in_the_order_of_the_quickstart() -> None:
    assert list(PIN_TYPES) == [
        "stat-cards",
        "line-chart",
        "flexible-table",
        "charts",
        "table",
        "alert-action",
        "score-gauge",
        "indicator-table",
        "bottom-detector",
        "long-short-pie",
        "markdown",
        "embed",
        "image",
        "json-viewer",
    ]


def test_a_type_is_found_by_its_name() -> None:
    assert get_pin_type("score-gauge") is PIN_TYPES["score-gauge"]


def test_an_unknown_type_is_refused_with_all_that_are_known() -> None:
    with pytest.raises(ValidationFailed) as refused:
        get_pin_type("hologram" * 100)
    details = refused.value.details or {}
    assert (details["field"], details["reason"]) == ("pin_type", "INVALID_PIN_TYPE")
    assert details["expected"] == " | ".join(PIN_TYPES)
    assert len(refused.value.message) < 100


@pytest.mark.parametrize("found", TYPES)
def test_the_example_fits_the_model_and_the_schema(found: PinType) -> None:
    assert found.find_problems(json.dumps(found.example).encode()) == []
    jsonschema.Draft202012Validator(found.schema).validate(found.example)


@pytest.mark.parametrize("found", TYPES)
def test_the_schema_is_one_and_says_what_each_field_is_for(found: PinType) -> None:
    jsonschema.Draft202012Validator.check_schema(found.schema)
    assert "$ref" not in json.dumps(found.schema)
    assert found.schema["title"] == found.name
    assert found.schema["description"] == found.purpose
    fields = list(fields_of(found.schema))
    assert [field for field in fields if not (field["title"] and field["description"])] == []


@pytest.mark.parametrize("found", TYPES)
def test_every_text_says_how_it_is_escaped(found: PinType) -> None:
    for field in fields_of(found.schema):
        if "string" in field.get("type", ()) and "enum" not in field and "pattern" not in field:
            assert field["x-text"] in ("text", "markdown"), field["title"]
    assert set(found.places().values()) <= {"text", "markdown", "url", "code"}


@pytest.mark.parametrize("found", TYPES)
def test_fields_it_does_not_know_are_accepted(found: PinType) -> None:
    config = {**found.example, "collaboration": {"enabled": True}, "später": [None, {"a": 1}]}
    assert found.find_problems(json.dumps(config).encode()) == []


@pytest.mark.parametrize("found", TYPES)
def test_what_is_optional_may_be_null(found: PinType) -> None:
    needed = {*found.schema.get("required", [])}
    needed |= {name for way in found.schema.get("anyOf", []) for name in way["required"]}
    nothing = {name: None for name in found.schema["properties"] if name not in needed}
    config = found.example | nothing
    assert found.find_problems(json.dumps(config).encode()) == []
    jsonschema.Draft202012Validator(found.schema).validate(config)


def test_places_say_where_texts_stand() -> None:
    cards = PIN_TYPES["stat-cards"].places()
    assert cards["cards/*/title"] == cards["cards/*/value"] == "text"
    assert cards["cards/*/sparkline/*"] == "text"
    assert "cards/*/trend" not in cards
    alert = PIN_TYPES["alert-action"].places()
    assert (alert["message"], alert["actions/*/url"]) == ("markdown", "url")
    assert PIN_TYPES["table"].places()["rows/*/*/**"] == "text"
    assert PIN_TYPES["json-viewer"].places() == {"data/**": "text"}


def fields_of(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for field in schema.get("properties", {}).values():
        yield field
        yield from fields_of(field)
    if "items" in schema:
        yield from fields_of(schema["items"])

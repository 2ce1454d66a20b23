"""What kind of pin suits a value, and what a value becomes in a pin that is there already."""

from typing import Any, NamedTuple

import msgspec

from ..errors import ValidationFailed
from ..pins.pin import Pin
from ..pins.types import PIN_TYPES
from .payload import Payload

# A config is told by the fields that no other type has; the first that is there and fits counts.
_TELLING = {
    "cards": "stat-cards",
    "series": "line-chart",
    "rows": "flexible-table",
    "indicators": "indicator-table",
    "signals": "bottom-detector",
    "long": "long-short-pie",
    "score": "score-gauge",
    "level": "alert-action",
    "content": "markdown",
}
# A body says so itself.
BODY_FIELDS = frozenset({"pin_type", "pin_card_type", "pin_config", "data_type"})
# What a push says anew each time; how the figure looks stays as somebody set it.
_SAID = frozenset({"value", "change", "trend"})


class Shaped(NamedTuple):
    """A config and the type it is of."""

    pin_type: str
    config: Any


def is_body(value: Any) -> bool:
    """Whether this is a pin's body as `POST /v1/pins` takes it, and not just a config or data."""
    if not isinstance(value, dict):
        return False
    return not BODY_FIELDS.isdisjoint(value) or ("content" in value and "metadata" in value)


def shape_new(payload: Payload, title: str) -> Shaped:
    """The kind of pin that suits a value."""
    value = payload.value
    if isinstance(value, dict):
        return _shape_object(value, title)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Shaped("stat-cards", {"cards": [{"title": title, "value": value}]})
    if isinstance(value, str):
        return Shaped("markdown", {"content": value})
    if isinstance(value, list) and value:
        if all(isinstance(item, dict) for item in value):
            return Shaped("flexible-table", {"rows": value})
        if all(_is_number(item) for item in value):
            return Shaped("line-chart", {"series": [{"name": title, "data": value}]})
    return Shaped("json-viewer", {"data": value})


def shape_for(payload: Payload, pin: Pin) -> Any:
    """The value as a config of the pin's type; raises ValidationFailed where it cannot be one.

    What the config says about looks stays: a card's unit, a chart's thresholds, a table's columns.
    """
    value, config = payload.value, _stored(pin)
    if isinstance(value, dict) and _fits(pin.pin_type, value):
        return value
    shaped = _keeping_looks(pin.pin_type, payload, config)
    if shaped is None or PIN_TYPES[pin.pin_type].find_problems(msgspec.json.encode(shaped)):
        raise _does_not_fit(payload, pin)
    return shaped


def _shape_object(value: dict[str, Any], title: str) -> Shaped:
    if isinstance(value.get("value"), (int, float, str)):
        card = {"title": title, **value}
        if _fits("stat-cards", {"cards": [card]}):
            return Shaped("stat-cards", {"cards": [card]})
    if "type" in value and _fits("charts", value):
        return Shaped("charts", value)
    for field, pin_type in _TELLING.items():
        if field in value and _fits(pin_type, value):
            return Shaped(pin_type, value)
    return Shaped("json-viewer", {"data": value})


def _keeping_looks(pin_type: str, payload: Payload, config: dict[str, Any]) -> Any:
    value = payload.value
    match pin_type:
        case "stat-cards":
            return _one_card(value, config)
        case "markdown":
            text = payload.text if payload.text is not None else value
            return {**config, "content": text} if isinstance(text, str) else None
        case "json-viewer":
            return {**config, "data": value}
        case "flexible-table" | "table":
            return {**config, "rows": value} if isinstance(value, list) else None
        case "line-chart" | "charts":
            return _one_series(value, config)
        case "score-gauge" | "bottom-detector":
            return {**config, "score": value} if _is_number(value) else None
    return None


def _one_card(value: Any, config: dict[str, Any]) -> Any:
    cards = config.get("cards")
    if not isinstance(cards, list) or len(cards) > 1:
        return None
    old = cards[0] if cards and isinstance(cards[0], dict) else {}
    said = value if isinstance(value, dict) else {"value": value}
    kept = {name: v for name, v in old.items() if name in said or name not in _SAID}
    return {**config, "cards": [kept | said]}


def _one_series(value: Any, config: dict[str, Any]) -> Any:
    if not isinstance(value, list):
        return None
    series = config.get("series")
    if not isinstance(series, list):
        return {**config, "data": value}
    if len(series) != 1 or not isinstance(series[0], dict):
        return None
    return {**config, "series": [{**series[0], "data": value}]}


def _stored(pin: Pin) -> dict[str, Any]:
    """The pin's config as an object."""
    config = msgspec.json.decode(pin.config)
    return config if isinstance(config, dict) else {}


def _fits(pin_type: str, value: dict[str, Any]) -> bool:
    """Whether an object is a config of the type, and not only data that nothing speaks against."""
    if pin_type == "json-viewer" or set(PIN_TYPES[pin_type].schema["properties"]).isdisjoint(value):
        return False
    return not PIN_TYPES[pin_type].find_problems(msgspec.json.encode(value))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _does_not_fit(payload: Payload, pin: Pin) -> ValidationFailed:
    said = _words(payload.value)
    return ValidationFailed(
        f"This pin is a {pin.pin_type}, and {said} is none: push a config of that type,"
        " or push to another name",
        reason="PIN_CONFIG_INVALID",
    )


def _words(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "this list"
    return "this object"

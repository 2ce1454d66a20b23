"""The past values that figures with `"sparkline": "auto"` draw. No database, no HTTP."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from .pin import Pin
from .types.numbers import number_of

MOST_POINTS: Final = 60  # of each figure
MOST_FIGURES: Final = 24  # of a pin; no screen shows more of them with a line each

Points = dict[str, list[tuple[int, float]]]  # `cards/0/value` → (epoch milliseconds, number)

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Points).decode


def draws_trends(pin: Pin) -> bool:
    """Whether a figure may ask for its past: a cheap look, since every push is looked at."""
    return pin.pin_type == "stat-cards" and '"auto"' in pin.config


def begins(pin: Pin) -> bool:
    """Whether a figure asks for a past that was not kept so far."""
    return not _asking(pin).keys() <= _kept(pin).keys()


def keep_point(pin: Pin, past: Iterable[tuple[int, str]] = ()) -> None:
    """Add what the pin says now to the past of its figures.

    `past` are the times and configs of before, oldest first, for figures that begin to ask.
    """
    asking, kept = _asking(pin), _kept(pin)
    points: Points = {path: kept.get(path, []) for path in asking}
    for at, config in past:
        before = _values(config)
        for path in asking.keys() - kept.keys():
            _add(points[path], at, before.get(path))
    for path, value in asking.items():
        _add(points[path], pin.observed_at, value)
    pin.history = _encode({path: line[-MOST_POINTS:] for path, line in points.items()}).decode()


def list_templates(pin: Pin) -> dict[str, str]:
    """The texts with variables of the figures whose sparkline is automatic, by path."""
    asking = _asking(pin) if draws_trends(pin) else {}
    return {
        path: value for path, value in asking.items() if isinstance(value, str) and "{{" in value
    }


def with_drawn(pin: Pin, drawn: Points) -> str:
    """What is kept and what was drawn, as one past in the order of time, as JSON."""
    points = _kept(pin)
    for path, line in drawn.items():
        merged = sorted([*points.get(path, []), *line], key=lambda point: point[0])
        points[path] = merged[-MOST_POINTS:]
    return _encode(points).decode()


def _add(line: list[tuple[int, float]], at: int, value: Any) -> None:
    number = number_of(value)
    if number is not None:
        line.append((at, number))


def _kept(pin: Pin) -> Points:
    return {} if pin.history is None else _decode(pin.history)


def _asking(pin: Pin) -> dict[str, Any]:
    """The values of the figures whose sparkline is automatic, by path."""
    cards = _cards(pin.config)
    asking = {
        f"cards/{number}/value": card.get("value")
        for number, card in enumerate(cards)
        if isinstance(card, dict) and card.get("sparkline") == "auto"
    }
    return dict(list(asking.items())[:MOST_FIGURES])


def _values(config: str) -> dict[str, Any]:
    """The values of all figures of a config, by path."""
    return {
        f"cards/{number}/value": card.get("value")
        for number, card in enumerate(_cards(config))
        if isinstance(card, dict)
    }


def _cards(config: str) -> list[Any]:
    """The cards of a config, which in the past may have been another type's."""
    value = msgspec.json.decode(config)
    cards = value.get("cards") if isinstance(value, dict) else None
    return cards if isinstance(cards, list) else []

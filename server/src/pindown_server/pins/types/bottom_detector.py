"""bottom-detector: how near a low is, and which signals say so."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from .fields import Config, Figure, Name, Text
from .pin_type import PinType


class LowSignal(Config):
    """One sign of a low."""

    name: Text
    value: Figure | None | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    threshold: Figure | None | UnsetType = UNSET


class BottomDetector(Config):
    """A score from 0 to 100 and what it is made of."""

    score: Annotated[float, Meta(ge=0, le=100)] | str | None
    status: Name | UnsetType = UNSET
    label: Name | UnsetType = UNSET
    signals: Annotated[list[LowSignal], Meta(max_length=200)] | UnsetType = UNSET


TYPE = PinType(
    "bottom-detector",
    BottomDetector,
    purpose="How near a low is, and which signals say so.",
    example={
        "score": 64,
        "status": "building",
        "label": "Wheat futures",
        "signals": [
            {"name": "RSI (14)", "value": 28.4, "threshold": 30, "active": True},
            {"name": "Volume spike", "value": 1.9, "threshold": 2.5, "active": False},
            {"name": "Below 200-day mean", "value": -6.2, "threshold": 0, "active": True},
        ],
    },
)

"""score-gauge: one score on a scale."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from .fields import Config, Figure, Name, Threshold
from .pin_type import PinType


class ScoreGauge(Config):
    """A score, by default from 0 to 100."""

    score: Figure | None
    min: Figure | UnsetType = UNSET
    max: Figure | UnsetType = UNSET
    label: Name | UnsetType = UNSET
    unit: Name | UnsetType = UNSET
    thresholds: Annotated[list[Threshold], Meta(max_length=50)] | UnsetType = UNSET


TYPE = PinType(
    "score-gauge",
    ScoreGauge,
    purpose="One score on a scale, with levels that matter.",
    example={
        "score": 72,
        "label": "Oven efficiency",
        "unit": "%",
        "thresholds": [
            {"value": 40, "label": "poor", "color": "red"},
            {"value": 65, "label": "fair", "color": "amber"},
            {"value": 100, "label": "good", "color": "green"},
        ],
    },
)

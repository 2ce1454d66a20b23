"""`score-gauge`: a score on its scale."""

from typing import Annotated

from .fields import FORMAT, UNIT, Config, Format, Text, Threshold, Value, says
from .pin_type import PinType


class ScoreGauge(Config):
    """A score on its scale."""

    score: Annotated[Value, says("Where the needle stands")]
    min: Annotated[Value | None, says("Where the scale begins; 0 if absent")] = None
    max: Annotated[Value | None, says("Where the scale ends; 100 if absent")] = None
    label: Annotated[Text | None, says("What the score is about")] = None
    unit: Annotated[Text | None, UNIT] = None
    format: Annotated[Format | None, FORMAT] = None
    thresholds: Annotated[
        list[Threshold] | None, says("The levels of the scale, each from its value upwards")
    ] = None


TYPE = PinType(
    order=70,
    name="score-gauge",
    purpose="A score on its scale, with the level it has reached.",
    model=ScoreGauge,
    example={
        "score": 78,
        "label": "Guests who would come again",
        "thresholds": [
            {"value": 0, "label": "poor", "color": "bad"},
            {"value": 50, "label": "fair", "color": "warning"},
            {"value": 75, "label": "good", "color": "good"},
        ],
    },
)

"""`bottom-detector`: how near a low is, and which signals say so."""

from typing import Annotated

from msgspec import Meta

from .fields import FORMAT, UNIT, Config, Format, Text, Value, says
from .pin_type import PinType


class DetectorSignal(Config):
    """One sign that a low is near."""

    name: Annotated[Text, says("What is watched")]
    value: Annotated[Value | None, says("Where it stands")] = None
    active: Annotated[bool | None, says("Whether it says that the low is near")] = None
    threshold: Annotated[Value | None, says("Where it becomes active")] = None
    unit: Annotated[Text | None, UNIT] = None
    format: Annotated[Format | None, FORMAT] = None


class BottomDetector(Config):
    """How near a low is, and which signals say so."""

    score: Annotated[
        Annotated[float, Meta(ge=0, le=100)] | Text,
        says("How near the low is, from 0 (far) to 100 (there)"),
    ]
    status: Annotated[Text | None, says("The score in words")] = None
    label: Annotated[Text | None, says("What is watched")] = None
    signals: Annotated[list[DetectorSignal] | None, says("What the score is made of")] = None


TYPE = PinType(
    order=90,
    name="bottom-detector",
    purpose="How near a low is, and which signals say so.",
    model=BottomDetector,
    example={
        "score": 72,
        "status": "A low is near",
        "label": "BTC / USD, daily",
        "signals": [
            {"name": "Relative strength", "value": 27.4, "threshold": 30, "active": True},
            {"name": "Volume above average", "value": "2.6×", "threshold": "2×", "active": True},
            {"name": "Fear and greed", "value": 18, "threshold": 20, "active": True},
            {"name": "Funding negative", "value": "0.004%", "threshold": "0%", "active": False},
        ],
    },
)

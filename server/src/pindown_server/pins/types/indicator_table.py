"""`indicator-table`: many signals at one glance."""

from typing import Annotated, Literal

from .fields import FORMAT, GOOD_WHEN, UNIT, Config, Direction, Format, Text, Value, says
from .pin_type import PinType

Signal = Literal["buy", "sell", "neutral", "up", "down", "flat", "ok", "warn", "bad"]


class Indicator(Config):
    """One measure and what it says."""

    name: Annotated[Text, says("What is measured")]
    value: Annotated[Value | None, says("What was measured")] = None
    signal: Annotated[Signal | None, says("What it means")] = None
    change: Annotated[Value | None, says("How far it moved")] = None
    description: Annotated[Text | None, says("A line of explanation")] = None
    unit: Annotated[Text | None, UNIT] = None
    format: Annotated[Format | None, FORMAT] = None
    good_when: Annotated[Direction | None, GOOD_WHEN] = None


class IndicatorTable(Config):
    """Measures, each with what it says."""

    indicators: Annotated[list[Indicator], says("The measures, from top to bottom")]


TYPE = PinType(
    order=80,
    name="indicator-table",
    purpose="Many measures at one glance, each with its value and the signal it gives.",
    model=IndicatorTable,
    example={
        "indicators": [
            {"name": "Moving average, 50 days", "value": 64210, "signal": "buy", "change": "+1.8%"},
            {"name": "Relative strength", "value": 58.4, "signal": "neutral", "change": "−2.1%"},
            {"name": "Momentum", "value": 1240, "signal": "buy", "change": "+6.0%"},
            {
                "name": "Funding rate",
                "value": "0.031%",
                "signal": "sell",
                "description": "Longs pay shorts",
            },
        ]
    },
)

"""`long-short-pie`: who bets on a rise, and who on a fall."""

from typing import Annotated

from .fields import Config, Text, Value, says
from .pin_type import PinType


class LongShortPie(Config):
    """Two sides of one whole."""

    long: Annotated[Value, says("The share or the amount of those who bet on a rise")]
    short: Annotated[Value, says("The share or the amount of those who bet on a fall")]
    label: Annotated[Text | None, says("What is counted")] = None
    asset: Annotated[Text | None, says("What they bet on")] = None
    change: Annotated[Value | None, says("How far the longs' share moved")] = None


TYPE = PinType(
    order=100,
    name="long-short-pie",
    purpose="Who bets on a rise and who on a fall, as two parts of one whole.",
    model=LongShortPie,
    example={
        "long": 62.4,
        "short": 37.6,
        "label": "Open positions",
        "asset": "BTC",
        "change": "+3.2%",
    },
)

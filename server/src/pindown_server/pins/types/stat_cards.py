"""`stat-cards`: one large figure, or a row of them."""

from typing import Annotated

from msgspec import Meta

from .fields import (
    COLOUR,
    FORMAT,
    GOOD_WHEN,
    UNIT,
    Config,
    Direction,
    Format,
    Text,
    Trend,
    Value,
    says,
)
from .pin_type import PinType

Auto = Annotated[
    str,
    Meta(pattern=r"^auto(?![\s\S])", extra_json_schema={"x-expected": "list of numbers, or auto"}),
]


class StatCard(Config):
    """One figure and what it says."""

    title: Annotated[Text, says("What the figure counts")]
    value: Annotated[Value, says("The figure: a number, or formatted text such as $12,450")]
    change: Annotated[Value | None, says("How far it moved, such as +23.5%")] = None
    trend: Annotated[
        Trend | None, says("Which way it moved; from the sign of change if absent")
    ] = None
    unit: Annotated[Text | None, UNIT] = None
    format: Annotated[Format | None, FORMAT] = None
    description: Annotated[Text | None, says("A line of explanation below the figure")] = None
    icon: Annotated[Text | None, says("A character that stands before the title")] = None
    color: Annotated[Text | None, COLOUR] = None
    target: Annotated[Value | None, says("The value to reach; the card shows how far it is")] = None
    good_when: Annotated[Direction | None, GOOD_WHEN] = None
    sparkline: Annotated[
        list[Value | None] | Auto | None,
        says("Past values, oldest first, or auto: drawn from the pin's history"),
    ] = None


class StatCards(Config):
    """One large figure, or a row of them."""

    cards: Annotated[list[StatCard], says("The figures, from left to right")]


TYPE = PinType(
    order=10,
    name="stat-cards",
    purpose="One large figure or a row of them, each with its change, an arrow and a sparkline.",
    model=StatCards,
    example={
        "cards": [
            {
                "title": "Sales today",
                "value": 12450,
                "format": "currency",
                "unit": "EUR",
                "change": "+23.5%",
                "trend": "up",
                "sparkline": [8120, 8630, 9240, 9010, 10180, 10940, 11620, 12450],
            },
            {
                "title": "Orders waiting",
                "value": 38,
                "change": "+9 since 08:00",
                "trend": "up",
                "goodWhen": "down",
            },
            {"title": "Loaves baked", "value": 1104, "target": 1400, "color": "teal"},
        ]
    },
)

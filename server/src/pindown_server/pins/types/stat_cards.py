"""stat-cards: one large figure, or a row of them."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from .fields import Color, Config, Figure, Format, Name, Text, Trend
from .pin_type import PinType


class StatCard(Config):
    """One figure."""

    title: Text
    value: Figure | None
    change: Figure | None | UnsetType = UNSET
    trend: Annotated[Trend, Meta(description="from the sign of change if absent")] | UnsetType = (
        UNSET
    )
    unit: Name | UnsetType = UNSET
    format: Format | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    icon: Name | UnsetType = UNSET
    color: Color | UnsetType = UNSET
    target: Figure | UnsetType = UNSET
    good_when: (
        Annotated[Literal["up", "down"], Meta(description="is a rise good?")] | UnsetType
    ) = UNSET
    sparkline: (
        Annotated[
            list[float | None] | Literal["auto"],
            Meta(description="numbers, or auto: from the pin's history"),
        ]
        | UnsetType
    ) = UNSET


class StatCards(Config):
    """Figures side by side."""

    cards: Annotated[list[StatCard], Meta(min_length=1, max_length=100)]


TYPE = PinType(
    "stat-cards",
    StatCards,
    purpose="One large figure, or a row of them, each with its change and a sparkline.",
    example={
        "cards": [
            {
                "title": "Sales today",
                "value": 12450,
                "unit": "EUR",
                "format": "currency",
                "change": "+23.5%",
                "trend": "up",
                "description": "on last Sunday",
                "sparkline": [310, 480, 455, 620, 710, 690, 880, 1040],
            }
        ]
    },
)

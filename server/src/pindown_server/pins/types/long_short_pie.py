"""long-short-pie: how a crowd is positioned."""

from msgspec import UNSET, UnsetType

from .fields import Config, Figure, Name
from .pin_type import PinType


class LongShortPie(Config):
    """Two shares of one whole."""

    long: Figure
    short: Figure
    label: Name | UnsetType = UNSET
    asset: Name | UnsetType = UNSET
    change: Figure | None | UnsetType = UNSET


TYPE = PinType(
    "long-short-pie",
    LongShortPie,
    purpose="How a crowd is positioned: the long and the short share.",
    example={"asset": "WHEAT", "long": 61.4, "short": 38.6, "change": "+2.1", "label": "24 h"},
)

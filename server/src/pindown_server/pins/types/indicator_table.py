"""indicator-table: many signals at a glance."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from .fields import Config, Figure, Text
from .pin_type import PinType

Signal = Literal["buy", "sell", "neutral", "up", "down", "flat", "ok", "warn", "bad"]


class Indicator(Config):
    """One signal."""

    name: Text
    value: Figure | None | UnsetType = UNSET
    signal: Signal | UnsetType = UNSET
    change: Figure | None | UnsetType = UNSET
    description: Text | UnsetType = UNSET


class IndicatorTable(Config):
    """Signals, one a row."""

    indicators: Annotated[list[Indicator], Meta(max_length=1_000)]


TYPE = PinType(
    "indicator-table",
    IndicatorTable,
    purpose="Many signals at a glance: what each says and where it stands.",
    example={
        "indicators": [
            {"name": "Ingress latency", "value": "42 ms", "signal": "ok", "change": "-3 ms"},
            {"name": "Disk, rack 2", "value": "81 %", "signal": "warn", "change": "+4 %"},
            {"name": "Backup age", "value": "31 h", "signal": "bad", "description": "expected daily"},
        ]
    },
)

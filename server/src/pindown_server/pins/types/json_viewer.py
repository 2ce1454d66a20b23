"""json-viewer: data as it is."""

from typing import Any

from msgspec import UNSET, UnsetType

from .fields import Config
from .pin_type import PinType


class JsonViewer(Config):
    """Any JSON; a config without `data` is the data itself."""

    data: Any = UNSET
    collapsed: bool | UnsetType = UNSET


TYPE = PinType(
    "json-viewer",
    JsonViewer,
    purpose="Any JSON as a tree to open and close.",
    example={"data": {"queue": "ovens", "waiting": 3, "oldest": "2026-11-22T09:14:00Z"}},
)

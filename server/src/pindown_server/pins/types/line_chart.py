"""line-chart: values over time or over categories."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from .fields import Color, Config, Figure, Format, Name, Threshold
from .pin_type import PinType

Place = float | str  # a category, a number or a point in time
MOST_POINTS = 100_000


class Point(Config):
    """One value at a place."""

    x: Place
    y: Figure | None


class Series(Config):
    """One line: values for the labels, or points of its own."""

    data: Annotated[list[float | str | Point | None], Meta(max_length=MOST_POINTS)]
    name: Name | UnsetType = UNSET
    color: Color | UnsetType = UNSET


class Annotation(Config):
    """A place that matters."""

    x: Place
    label: Name | UnsetType = UNSET


class Chart(Config):
    """What all charts share: `series` with `labels`, or `data` with `xKey` and `yKeys`."""

    series: Annotated[list[Series], Meta(max_length=100)] | UnsetType = UNSET
    labels: Annotated[list[Place], Meta(max_length=MOST_POINTS)] | UnsetType = UNSET
    data: Annotated[list[dict[str, Any]], Meta(max_length=MOST_POINTS)] | UnsetType = UNSET
    x_key: Name | UnsetType = UNSET
    y_keys: Annotated[list[Name], Meta(max_length=100)] | UnsetType = UNSET
    x_label: Name | UnsetType = UNSET
    y_label: Name | UnsetType = UNSET
    unit: Name | UnsetType = UNSET
    format: Format | UnsetType = UNSET
    area: bool | UnsetType = UNSET
    smooth: bool | UnsetType = UNSET
    stacked: bool | UnsetType = UNSET
    y_min: Figure | UnsetType = UNSET
    y_max: Figure | UnsetType = UNSET
    thresholds: Annotated[list[Threshold], Meta(max_length=50)] | UnsetType = UNSET
    annotations: Annotated[list[Annotation], Meta(max_length=100)] | UnsetType = UNSET


TYPE = PinType(
    "line-chart",
    Chart,
    purpose="Values over time or over categories, as lines.",
    example={
        "labels": ["06", "08", "10", "12", "14", "16"],
        "series": [
            {"name": "Today", "data": [24, 204, 176, 268, 251, None]},
            {"name": "Last Sunday", "data": [40, 172, 120, 209, 142, 204]},
        ],
        "yLabel": "loaves",
        "area": True,
        "smooth": True,
        "thresholds": [{"value": 300, "label": "oven limit"}],
    },
)

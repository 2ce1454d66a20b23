"""`line-chart`: how numbers went over time, or from label to label."""

from typing import Annotated, ClassVar

from .fields import (
    COLOUR,
    FORMAT,
    UNIT,
    Anything,
    Config,
    Format,
    Moment,
    NeedsOneOf,
    Text,
    Threshold,
    Value,
    says,
)
from .pin_type import PinType


class Point(Config):
    """A value and its place."""

    x: Annotated[Value | None, says("Where it stands: a number, a moment or a label")] = None
    y: Annotated[Value | None, says("The value; null leaves a gap")] = None
    name: Annotated[Value | None, says("The same as x, for shares of a whole")] = None
    value: Annotated[Value | None, says("The same as y; a heatmap's value, where y is its row")] = (
        None
    )
    size: Annotated[Value | None, says("How large a scatter chart draws it")] = None
    open: Annotated[Value | None, says("A candle's first value")] = None
    high: Annotated[Value | None, says("A candle's highest value")] = None
    low: Annotated[Value | None, says("A candle's lowest value")] = None
    close: Annotated[Value | None, says("A candle's last value")] = None


SeriesPoint = float | Text | None | Point | list[Value | None]


class Series(Config):
    """Values that belong together and are drawn as one."""

    data: Annotated[
        list[SeriesPoint],
        says("Its values: numbers at the labels, objects with x and y, or lists [x, y]"),
    ]
    name: Annotated[Text | None, says("What the legend calls it")] = None
    color: Annotated[Text | None, COLOUR] = None
    dashed: Annotated[
        bool | None, says("Drawn quietly, as something that is only compared with")
    ] = None


class Annotation(Config):
    """A remark at a place of the axis."""

    x: Annotated[Moment, says("Where it stands: a number, a moment or a label")]
    label: Annotated[Text | None, says("What to say there")] = None


class Chart(NeedsOneOf):
    """Values on two axes, written as series or as rows of data."""

    NEEDED: ClassVar = ("series", "data")

    series: Annotated[list[Series] | None, says("The lines of values, each with its data")] = None
    labels: Annotated[
        list[Value | None] | None, says("What stands below the values of series, in order")
    ] = None
    data: Annotated[
        list[dict[str, Anything] | Value | None] | None,
        says("Rows in place of series: one object for each x; numbers are one unnamed series"),
    ] = None
    x_key: Annotated[
        Text | None, says("Which key of a row is its x; found by itself if absent")
    ] = None
    y_keys: Annotated[
        list[Text] | None, says("Which keys of a row are values; all numbers if absent")
    ] = None
    x_label: Annotated[Text | None, says("What the horizontal axis says")] = None
    y_label: Annotated[Text | None, says("What the vertical axis says")] = None
    unit: Annotated[Text | None, UNIT] = None
    format: Annotated[Format | None, FORMAT] = None
    area: Annotated[bool | None, says("Whether the space below a line is filled")] = None
    smooth: Annotated[bool | None, says("Whether lines are curves")] = None
    stacked: Annotated[bool | None, says("Whether series stand on one another")] = None
    y_min: Annotated[Value | None, says("Where the vertical axis begins")] = None
    y_max: Annotated[Value | None, says("Where the vertical axis ends")] = None
    thresholds: Annotated[
        list[Threshold] | None, says("Values to compare with, drawn as level lines")
    ] = None
    annotations: Annotated[
        list[Annotation] | None, says("Remarks at places of the horizontal axis")
    ] = None


TYPE = PinType(
    order=20,
    name="line-chart",
    purpose="How numbers went over time: one line or several, with thresholds and remarks.",
    model=Chart,
    example={
        "labels": ["06:00", "07:00", "08:00", "09:00", "10:00", "11:00", "12:00", "13:00"],
        "series": [
            {"name": "Today", "data": [24, 138, 205, 182, 186, 246, 269, 246]},
            {"name": "Last Sunday", "data": [40, 104, 172, 140, 120, 158, 208, 178]},
        ],
        "yLabel": "loaves an hour",
        "area": True,
        "smooth": True,
        "yMin": 0,
        "thresholds": [{"value": 250, "label": "what one oven bakes", "color": "orange"}],
    },
)

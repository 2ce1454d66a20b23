"""`charts`: the kinds of charts besides the plain line."""

from typing import Annotated, Literal

from .fields import says
from .line_chart import Chart
from .pin_type import PinType

Kind = Literal[
    "line",
    "area",
    "bar",
    "horizontal-bar",
    "stacked-bar",
    "pie",
    "donut",
    "scatter",
    "radar",
    "heatmap",
    "funnel",
    "candlestick",
]


class Charts(Chart, kw_only=True):
    """A chart of a kind that it names; the rest as in `line-chart`."""

    type: Annotated[Kind, says("The kind of chart")]


TYPE = PinType(
    order=40,
    name="charts",
    purpose="Bars, shares, points, candles and more: a chart of the kind you name.",
    model=Charts,
    example={
        "type": "stacked-bar",
        "data": [
            {"day": "Wed", "shops": 3120, "online": 940},
            {"day": "Thu", "shops": 3380, "online": 1010},
            {"day": "Fri", "shops": 4210, "online": 1260},
            {"day": "Sat", "shops": 5640, "online": 1530},
            {"day": "Sun", "shops": 4980, "online": 1720},
        ],
        "xKey": "day",
        "yKeys": ["shops", "online"],
        "format": "currency",
        "unit": "EUR",
    },
)

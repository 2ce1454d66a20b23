"""charts: every other kind of chart."""

from typing import Literal

from .line_chart import Chart
from .pin_type import PinType

ChartKind = Literal[
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
    """A chart of a chosen kind."""

    type: ChartKind


TYPE = PinType(
    "charts",
    Charts,
    purpose="Bars, slices, areas and other charts of a chosen kind.",
    example={
        "type": "bar",
        "labels": ["Harbour", "Station", "Market square", "University"],
        "series": [{"name": "Sales", "data": [5310.2, 4902.75, 1540, 697.05]}],
        "yLabel": "EUR",
    },
)

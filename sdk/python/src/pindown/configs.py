"""What a pin shows, in a word: `pins.create(stat("Sales today", 12450, unit="EUR"), title="Sales")`.

Each answers the body of a create or an update: the type and the config.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict, Unpack

Body = dict[str, Any]
Number = float | int
Format = Literal["number", "currency", "percent", "bytes", "duration", "date"]


class StatCard(TypedDict, total=False):
    """How a figure is shown."""

    change: str | Number
    trend: Literal["up", "down", "neutral"]
    unit: str
    format: Format
    description: str
    icon: str
    color: str
    target: str | Number
    goodWhen: Literal["up", "down"]
    sparkline: Sequence[Number] | Literal["auto"]


class Chart(TypedDict, total=False):
    """How a line chart is shown."""

    xLabel: str
    yLabel: str
    area: bool
    smooth: bool
    stacked: bool
    yMin: Number
    yMax: Number
    thresholds: Sequence[Mapping[str, Any]]
    annotations: Sequence[Mapping[str, Any]]


class Gauge(TypedDict, total=False):
    """How a gauge is shown."""

    min: Number
    max: Number
    label: str
    unit: str
    thresholds: Sequence[Mapping[str, Any]]


def stat(title: str, value: str | Number, **card: Unpack[StatCard]) -> Body:
    """One large figure."""
    return stats({"title": title, "value": value, **card})


def stats(*cards: Mapping[str, Any]) -> Body:
    """A row of figures: mappings with `title`, `value` and what a card may have."""
    return _body("stat-cards", {"cards": [dict(card) for card in cards]})


def line_chart(
    series: Mapping[str, Sequence[Any]], labels: Sequence[str] = (), **chart: Unpack[Chart]
) -> Body:
    """Lines by name, each a list of numbers over the labels or of {x, y}."""
    drawn = [{"name": name, "data": list(data)} for name, data in series.items()]
    axis = {"labels": list(labels)} if labels else {}
    return _body("line-chart", {"series": drawn, **axis, **chart})


def table(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[Mapping[str, Any]] | None = None
) -> Body:
    """A table; without columns they are read out of the rows."""
    given = {} if columns is None else {"columns": [dict(column) for column in columns]}
    return _body("flexible-table", {**given, "rows": [dict(row) for row in rows]})


def gauge(score: Number, **shown: Unpack[Gauge]) -> Body:
    """A needle on a scale, 0 to 100 unless said otherwise."""
    return _body("score-gauge", {"score": score, **shown})


def alert(
    title: str,
    message: str = "",
    level: Literal["info", "success", "warning", "critical"] = "info",
) -> Body:
    """A banner."""
    return _body("alert-action", {"level": level, "title": title, "message": message})


def markdown(text: str) -> Body:
    """A text in Markdown."""
    return _body("markdown", {"content": text})


def _body(pin_type: str, config: Mapping[str, Any]) -> Body:
    return {"pin_type": pin_type, "pin_config": dict(config)}

"""What a wrong config is told: every problem, in its place, in plain words."""

import json
from typing import Any

import pytest
from pindown_server.errors import Problem
from pindown_server.pins.types import PIN_TYPES
from pindown_server.pins.types.checking import MOST_LOOKS, MOST_PROBLEMS


def problems(pin_type: str, config: Any) -> list[Problem]:
    return PIN_TYPES[pin_type].find_problems(json.dumps(config).encode())


def fields(pin_type: str, config: Any) -> list[str]:
    return [problem.field for problem in problems(pin_type, config)]


def card(**changes: Any) -> dict[str, Any]:
    return {"cards": [{"title": "Sales", "value": 1, **changes}]}


def point(**changes: Any) -> dict[str, Any]:
    return {"series": [{"data": [{"x": 1, "y": 2, **changes}]}]}


def test_every_problem_is_named_with_its_path() -> None:
    config = {
        "cards": [
            {"title": "Total Sales", "value": "$12,450"},
            {"title": 7, "trend": "sideways"},
            "Revenue",
            {"title": "Users", "value": {"amount": 3}, "sparkline": [1, True]},
        ]
    }
    assert problems("stat-cards", config) == [
        Problem("cards/1/value", "is required", "number or text"),
        Problem("cards/1/title", "must be text", "text"),
        Problem("cards/1/trend", "must be one of up | down | neutral", "up | down | neutral"),
        Problem("cards/2", "must be an object", "object"),
        Problem("cards/3/value", "must be a number or text", "number or text"),
        Problem("cards/3/sparkline/1", "must be a number or text", "number or text"),
    ]


@pytest.mark.parametrize(
    ("pin_type", "config", "field", "message"),
    [
        ("stat-cards", {}, "cards", "is required"),
        ("stat-cards", [], "", "must be an object"),
        ("stat-cards", {"cards": {}}, "cards", "must be a list"),
        ("stat-cards", card(value=None), "cards/0/value", "must be a number or text"),
        ("stat-cards", card(value=True), "cards/0/value", "must be a number or text"),
        ("stat-cards", card(sparkline="on"), "cards/0/sparkline", "must be a list of numbers, or auto"),
        ("stat-cards", card(goodWhen="neutral"), "cards/0/goodWhen", "must be one of up | down"),
        ("line-chart", {}, "series", "is required, or data instead"),
        ("line-chart", {"series": None}, "series", "is required, or data instead"),
        ("line-chart", {"series": [{"name": "a"}]}, "series/0/data", "is required"),
        ("line-chart", point(y=[1]), "series/0/data/0/y", "must be a number or text"),
        ("line-chart", {"data": [], "smooth": "yes"}, "smooth", "must be true or false"),
        ("line-chart", {"data": [], "thresholds": [{}]}, "thresholds/0/value", "is required"),
        ("line-chart", {"data": [], "annotations": [{}]}, "annotations/0/x", "is required"),
        ("charts", {"data": []}, "type", "is required"),
        ("flexible-table", {"rows": [["a"]]}, "rows/0", "must be an object"),
        ("flexible-table", {"rows": [], "columns": [{}]}, "columns/0/id", "is required"),
        ("table", {"rows": [], "pageSize": 0}, "pageSize", "must be at least 1"),
        ("table", {"rows": [], "sortBy": {}}, "sortBy/id", "is required"),
        ("alert-action", {}, "title", "is required"),
        ("score-gauge", {"score": None}, "score", "must be a number or text"),
        ("indicator-table", {"indicators": [{}]}, "indicators/0/name", "is required"),
        ("bottom-detector", {"score": 101}, "score", "must be at most 100"),
        ("bottom-detector", {"score": -0.5}, "score", "must be at least 0"),
        ("long-short-pie", {"long": 60}, "short", "is required"),
        ("markdown", {"content": 7}, "content", "must be text"),
        ("embed", {}, "url", "is required"),
        ("image", {"alt": "nothing"}, "url", "is required, or fileId instead"),
        ("json-viewer", {}, "data", "is required"),
        ("json-viewer", {"data": 1, "collapsed": -1}, "collapsed", "must be at least 0"),
    ],
)  # fmt: skip
def test_a_problem_is_said_in_plain_words(
    pin_type: str, config: Any, field: str, message: str
) -> None:
    assert [(found.field, found.message) for found in problems(pin_type, config)] == [
        (field, message)
    ]


@pytest.mark.parametrize(
    ("pin_type", "config", "expected"),
    [
        ("alert-action", {"title": "a", "level": "error"}, "info | success | warning | critical"),
        (
            "charts",
            {"type": "hologram", "data": []},
            (
                "line | area | bar | horizontal-bar | stacked-bar | pie | donut | scatter | radar"
                " | heatmap | funnel | candlestick"
            ),
        ),
        (
            "embed",
            {"url": "https://a.example", "type": "dailymotion"},
            "youtube | vimeo | loom | figma | google-maps | codepen | website",
        ),
        (
            "indicator-table",
            {"indicators": [{"name": "a", "signal": "hodl"}]},
            "buy | sell | neutral | up | down | flat | ok | warn | bad",
        ),
        (
            "stat-cards",
            card(format="money"),
            "number | currency | percent | bytes | duration | date",
        ),
    ],
)
def test_choices_are_listed_in_their_own_order(pin_type: str, config: Any, expected: str) -> None:
    (found,) = problems(pin_type, config)
    assert (found.expected, found.message) == (expected, f"must be one of {expected}")


@pytest.mark.parametrize(
    ("pin_type", "config"),
    [
        ("stat-cards", card(value="$12,450", change="+23.5%", trend="up")),
        ("stat-cards", card(change=-4, trend="neutral", sparkline="auto")),
        ("stat-cards", card(sparkline=[1, "2 kg", None])),
        ("stat-cards", {"cards": []}),
        ("line-chart", {"series": [{"data": [1, "1,110", None, {"x": "06", "y": 2}, [3, 4]]}]}),
        ("line-chart", {"data": [{"month": "Jan", "online": 4}], "xKey": "month"}),
        ("charts", {"type": "pie", "data": [{"name": "a", "value": 3}]}),
        ("charts", {"type": "candlestick", "labels": ["a"], "series": [{"data": [[3, 9, 1, 5]]}]}),
        ("flexible-table", {"columns": [{"id": "a", "label": "A", "type": "text"}], "rows": []}),
        ("table", {"columns": [{"id": "a", "name": "A"}], "rows": [{"a": {"url": "/x"}}]}),
        ("table", {"rows": [{}], "sortBy": {"id": "a", "direction": "desc"}, "pageSize": 25}),
        ("score-gauge", {"score": "78 %", "thresholds": [{"value": 0}]}),
        ("markdown", {}),
        ("image", {"fileId": "f-0a1b2c3d4e5f"}),
        ("json-viewer", {"data": None, "collapsed": 2}),
    ],
)
def test_shapes_that_clients_send_are_accepted(pin_type: str, config: Any) -> None:
    assert problems(pin_type, config) == []


@pytest.mark.parametrize(
    ("pin_type", "config"),
    [
        ("stat-cards", "{{shop.cards}}"),
        ("stat-cards", {"cards": "{{shop.cards}}"}),
        ("stat-cards", {"cards": ["{{shop.first}}", {"title": "{{a}}", "value": "{{b.c | round}}"}]}),
        ("stat-cards", card(trend="{{shop.trend}}", sparkline="{{shop.days}}", format="{{f}}")),
        ("line-chart", {"series": "{{shop.series}}", "area": "{{area}}"}),
        ("flexible-table", {"rows": "{{sales.rows | limit(10)}}"}),
        ("bottom-detector", {"score": "{{score}}", "signals": [{"name": "a", "active": "{{b}}"}]}),
        ("embed", {"url": "{{page.url}}", "aspectRatio": "{{ratio}}"}),
        ("embed", {"url": "{{page.base}}/latest"}),
        ("image", {"url": '{{camera | default("{{none}}")}}'}),
    ],
)  # fmt: skip
def test_a_variable_fits_everywhere(pin_type: str, config: Any) -> None:
    assert problems(pin_type, config) == []


@pytest.mark.parametrize(
    "text",
    ["up {{a}}", "{{a}}{{b}}", " {{a}}", "{{{{a}}", "{{#if a}}up{{/if}}", "{{a", "{a}", "{{a}}\n"],
)
def test_text_around_variables_is_only_text(text: str) -> None:
    assert fields("stat-cards", card(title=text)) == []
    assert fields("stat-cards", card(trend=text)) == ["cards/0/trend"]


def test_a_variable_hides_no_other_problem() -> None:
    config = {"series": [{"data": "{{a}}", "name": 7}, {"data": 3}], "labels": "{{b}}"}
    assert fields("line-chart", config) == ["series/0/name", "series/1/data"]


def test_what_is_wrong_far_back_in_a_long_list_is_found() -> None:
    points = [{"x": place, "y": place} for place in range(12_000)]
    config = {"series": [{"data": [*points, True, {"y": []}]}]}
    assert fields("line-chart", config) == ["series/0/data/12000", "series/0/data/12001/y"]


def test_no_more_problems_are_listed_than_one_would_read() -> None:
    assert len(problems("stat-cards", {"cards": [None] * 5_000})) == MOST_PROBLEMS


def test_a_list_that_takes_too_many_close_looks_is_refused() -> None:
    one = {"title": "a", "value": 1, "trend": "{{b}}"}
    assert problems("stat-cards", {"cards": [one] * MOST_LOOKS}) == []
    (found,) = problems("stat-cards", {"cards": [one] * (MOST_LOOKS + 1)})
    assert (found.field, str(MOST_LOOKS) in found.message) == ("cards", True)

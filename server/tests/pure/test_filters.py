"""The filters do what docs/using/variables.md says, example by example."""

import json
import re
from typing import Any

import pytest
from house import ROOT
from pindown_server.templates import Scope, render
from pindown_server.templates.filters import FILTERS

PAGE = (ROOT / "docs/using/variables.md").read_text()
ROW = re.compile(r"^\| `(.+?)` \| `(\{\{.+?\}\})` \| `(.+?)` \|$", re.MULTILINE)
EXAMPLES = [
    (json.loads(value), template.replace("\\|", "|"), json.loads(result))
    for value, template, result in ROW.findall(PAGE)
]
THREE_HOURS_LATER = 1_795_361_400_000 + 3 * 3_600_000


@pytest.mark.parametrize(("value", "template", "result"), EXAMPLES)
def test_the_examples_of_the_page(value: Any, template: str, result: Any) -> None:
    rendered = render(template, {}, Scope(own={"x": value}, now=THREE_HOURS_LATER)).value
    assert (rendered, type(rendered)) == (result, type(result))


def test_every_filter_has_an_example() -> None:
    used = {name for _, template, _ in EXAMPLES for name in re.findall(r"\| (\w+)", template)}
    assert set(FILTERS) - used == {"percentage"}
    assert len(EXAMPLES) == PAGE.count("| `{{x ")


@pytest.mark.parametrize(
    ("value", "template", "result"),
    [
        (10**30, "number", "1,000,000,000,000,000,000,000,000,000,000"),
        (-0.001, "number(2)", "0.00"),
        (-0.001, "currency", "$0.00"),
        (1e21, "currency(EUR)", "€1,000,000,000,000,000,000,000.00"),
        (1.005, "round(2)", 1.01),
        (2.5, "round", 3),
        (-2.5, "round", -3),
        (999_999_999, "bytes", "1,000 MB"),
        (-1500, "bytes", "-1.5 kB"),
        (5, "bytes", "5 B"),
        (0, "duration", "0 s"),
        (2.5, "duration", "2.5 s"),
        (90_061, "duration", "1 d 1 h"),
        (3_605, "duration", "1 h"),
        (-90, "duration", "-1 min 30 s"),
        ("2026-11", "date", "2026-11-01"),
        ("2026-11-22 15:30", 'date("YY/M/D H:m:s a")', "26/11/22 15:30:0 pm"),
        ("0001-01-01T00:00:00+10:00", "date", "0001-01-01T00:00:00+10:00"),
        ("yesterday", "date", "yesterday"),
        (1e300, "date", 1e300),
        (THREE_HOURS_LATER, "relative_time", "just now"),
        (THREE_HOURS_LATER + 90_000, "relative_time", "in 1 min"),
        (THREE_HOURS_LATER - 3 * 86_400_000, "relative_time", "3 d ago"),
        (150, "progress_bar", "██████████ 150%"),
        (-5, "progress_bar", "░░░░░░░░░░ -5%"),
        (1, "progress_bar(0)", 1),
        ([], "sum", 0),
        ([], "max", None),
        ([{"n": 1}, {}, {"n": None}], "sum(n)", 1),
        ([{"a": {"b": 2}}], "sum(a.b)", 2),
        ([1, "x"], "sum", [1, "x"]),
        ([10, "9", "b", "a", None], "sort", ["9", 10, "a", "b", None]),
        ([1, 2], "limit(0)", []),
        ([1, 2], "limit(-1)", [1, 2]),
        ({"a": 1}, "length", 1),
        ("", "default(1)", 1),
        (False, "default(1)", False),
        ("odd", "status_badge", "odd"),
        (True, "number", True),
        ("1_000", "number", "1_000"),
        ("١٢", "number", "١٢"),
        ("nan", "number", "nan"),
        (5, "currency(12)", 5),
        (5, "currency(EUR, 99)", 5),
        (5, "number(1, 2, 3)", "5.0"),
    ],
)
def test_filters_at_their_edges(value: Any, template: str, result: Any) -> None:
    text = "{{x | " + template + "}}"
    rendered = render(text, {}, Scope(own={"x": value}, now=THREE_HOURS_LATER)).value
    assert (rendered, type(rendered)) == (result, type(result))

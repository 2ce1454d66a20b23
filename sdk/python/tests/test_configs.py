"""Each body that a word makes is one that the server takes."""

from typing import Any

import pytest
from pindown import Pindown, alert, gauge, line_chart, markdown, stat, stats, table
from running_server import RunningServer

BODIES: list[dict[str, Any]] = [
    stat("Sales today", 12450, unit="EUR", goodWhen="up", sparkline="auto"),
    stats({"title": "A", "value": 1}, {"title": "B", "value": "2", "change": "+1%"}),
    line_chart({"2026": [1, 2, 3]}, ["Mon", "Tue", "Wed"], area=True, yLabel="EUR"),
    line_chart({"2026": [{"x": 1, "y": 2}]}),
    table([{"product": "Widget A", "sales": 1520}]),
    table([{"product": "Widget A"}], [{"id": "product", "label": "Product", "type": "text"}]),
    gauge(72, max=90, label="Health"),
    alert("Disk nearly full", "94 % of **/data**", "critical"),
    markdown("# Sales"),
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body["pin_type"])
def test_the_server_takes_it(server: RunningServer, key: str, body: dict[str, Any]) -> None:
    with Pindown(key, server.url) as pindown:
        pin = pindown.pins.create(body, title="Made in a word")
        assert pin["pin_type"] == body["pin_type"]
        assert pin["pin_config"] == body["pin_config"]
        pindown.pins.update(pin["id"], body)


def test_what_is_not_given_is_not_said() -> None:
    assert stat("Sales", 1) == {
        "pin_type": "stat-cards",
        "pin_config": {"cards": [{"title": "Sales", "value": 1}]},
    }

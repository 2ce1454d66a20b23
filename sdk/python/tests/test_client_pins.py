"""Every call about pins, waiting and awaited, against a real server."""

from typing import Any

import pytest
from pindown import NotFound, PreconditionFailed, stat


def test_a_pin_from_its_first_value_to_the_bin(pindown: Any) -> None:
    made = pindown.pins.create(stat("Sales", 1), title="Sales", metadata={"tags": ["kpi"]})
    assert made["pin_config"] == {"cards": [{"title": "Sales", "value": 1}]}
    saved = pindown.pins.update(made["id"], stat("Sales", 2), title="Sales today")
    assert (saved["id"], saved["revision"]) == (made["id"], 2)
    pin = pindown.pins.get(made["id"])
    assert (pin["title"], pin["content"]["cards"][0]["value"]) == ("Sales today", 2)
    assert pin["metadata"]["tags"] == ["kpi"]
    assert pindown.pins.delete(made["id"])["id"] == made["id"]
    with pytest.raises(NotFound):
        pindown.pins.get(made["id"])


def test_what_is_left_out_stays_and_none_empties(pindown: Any, pin: str) -> None:
    pindown.pins.update(pin, expect_every=60)
    pindown.pins.update(pin, title="Other")
    assert pindown.pins.get(pin)["expect_every"] == 60
    pindown.pins.update(pin, expect_every=None)
    assert pindown.pins.get(pin)["expect_every"] is None


def test_lists_come_newest_first(pindown: Any, pin: str) -> None:
    page = pindown.pins.list(limit=1)
    assert [item["id"] for item in page["items"]] == [pin]
    assert page["total"] >= 1
    assert pindown.pins.list(tag="no such tag")["items"] == []
    assert pin not in [one["id"] for one in pindown.pins.shared()["items"]]


def test_patches_of_both_kinds(pindown: Any, pin: str) -> None:
    pindown.pins.patch(pin, {"metadata": {"title": "Merged"}})
    assert pindown.pins.get(pin)["title"] == "Merged"
    step = {"op": "replace", "path": "/pin_config/cards/0/value", "value": 7}
    pindown.pins.patch(pin, [step])
    assert pindown.pins.get(pin)["pin_config"]["cards"][0]["value"] == 7


def test_a_revision_that_was_overtaken_is_refused(pindown: Any, pin: str) -> None:
    pindown.pins.update(pin, title="First", if_match=1)
    with pytest.raises(PreconditionFailed):
        pindown.pins.update(pin, title="Second", if_match=1)
    assert pindown.pins.get(pin)["title"] == "First"


def test_history_and_back(pindown: Any, pin: str) -> None:
    pindown.pins.update(pin, stat("Total Sales", 2))
    revisions = pindown.pins.revisions(pin)
    assert [item["revision"] for item in revisions["items"]] == [2, 1]
    old = pindown.pins.revision(pin, 1)
    assert old["pin"]["pin_config"]["cards"][0]["value"] == "$12,450"
    assert pindown.pins.restore(pin, 1)["revision"] == 3
    assert pindown.pins.get(pin)["pin_config"] == old["pin"]["pin_config"]


def test_sharing_tells_where(pindown: Any, pin: str) -> None:
    shared = pindown.pins.share(pin, is_public=True)
    assert shared["is_public"] is True
    assert shared["shareable_url"].endswith(f"/share/pin/{pin}")


def test_every_type_says_what_it_takes(pindown: Any) -> None:
    types = pindown.pin_types.list()["items"]
    assert "stat-cards" in [item["type"] for item in types]
    assert pindown.pin_types.get("stat-cards")["schema"]["type"] == "object"

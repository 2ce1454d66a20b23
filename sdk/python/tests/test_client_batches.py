"""Many at once, and changes that are only tried, with both clients against a real server."""

from typing import Any

import pytest
from pindown import Conflict, stat


def named(title: str) -> dict[str, Any]:
    return {**stat("Sales", 1), "title": title}


def test_pins_in_batches(pindown: Any) -> None:
    made = pindown.pins.batch_create([named("One"), {"title": 7}, named("Two")])
    assert [pin["index"] for pin in made["created"]] == [0, 2]
    assert [(fail["index"], fail["code"]) for fail in made["failed"]] == [(1, "VALIDATION_FAILED")]
    one, two = [pin["id"] for pin in made["created"]]
    updates = [{"id": one, **stat("Sales", 5)}, {"id": "p-000000000000", "title": "x"}]
    changed = pindown.pins.batch_update(updates)
    assert (changed["updated"], changed["failed"][0]["code"]) == ([one], "NOT_FOUND")
    read = pindown.pins.batch_get([two, one, "p-000000000000"])
    assert [pin["id"] for pin in read["found"]] == [two, one]
    assert read["found"][1]["pin_config"]["cards"][0]["value"] == 5
    assert read["not_found"] == ["p-000000000000"]
    with pytest.raises(Conflict) as told:
        pindown.pins.batch_delete([one, "p-000000000000"], atomic=True)
    assert told.value.details["failed"][0]["id"] == "p-000000000000"
    assert pindown.pins.batch_delete([one, two])["deleted"] == [one, two]


def test_pins_on_a_board_in_batches(pindown: Any, pin: str) -> None:
    board = pindown.pinboards.create(title="Harbour")["id"]
    assert pindown.pinboards.batch_add_pins(board, [pin])["added"] == [pin]
    assert pindown.pinboards.batch_get([board])["found"][0]["pins"] == [pin]
    assert pindown.pinboards.batch_remove_pins(board, [pin], dry_run=True)["dry_run"] is True
    assert pindown.pinboards.batch_remove_pins(board, [pin])["removed"] == [pin]


def test_a_dry_run_changes_nothing(pindown: Any, pin: str) -> None:
    assert pindown.pins.update(pin, title="Tried", dry_run=True)["dry_run"] is True
    assert pindown.pins.get(pin)["title"] == "Sales"
    tried = pindown.pins.create(stat("Sales", 1), title="Tried", dry_run=True)
    assert pindown.pins.batch_get([tried["id"]])["not_found"] == [tried["id"]]
    assert pindown.pins.delete(pin, dry_run=True)["dry_run"] is True
    assert pindown.pins.get(pin)["revision"] == 1

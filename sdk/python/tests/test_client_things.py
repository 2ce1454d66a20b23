"""Copies, the past, files, the bin, templates and search: every call, waiting and awaited."""

from typing import Any

import httpx2
import pytest
from pindown import NotFound, stat

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def test_a_copy_is_a_pin_of_its_own(pindown: Any, pin: str) -> None:
    board = pindown.pinboards.create(title="Sales")["id"]
    pindown.pinboards.add_pin(board, pin)
    copy = pindown.pins.duplicate(pin)
    assert copy["id"] != pin
    assert copy["content"] == pindown.pins.get(pin)["content"]
    assert pindown.pinboards.duplicate(board)["pins"] == [pin]


def test_a_pinboard_is_made_what_it_was(pindown: Any, pin: str) -> None:
    board = pindown.pinboards.create(title="Sales")["id"]
    pindown.pinboards.add_pin(board, pin)
    pindown.pinboards.remove_pin(board, pin)
    assert pindown.pinboards.revisions(board)["total"] == 3
    assert pindown.pinboards.restore(board, 2)["left_out"] == 0
    assert pindown.pinboards.get(board)["pins"] == [pin]
    then = pindown.pinboards.revisions(board)["items"][-1]["at"]
    assert pindown.pinboards.get(board, as_of=then)["title"] == "Sales"


def test_a_number_over_time(pindown: Any, pin: str) -> None:
    for value in (1, 2, 3):
        pindown.pins.update(pin, stat("Total Sales", value))
    numbers = [number for _, number in pindown.pins.series(pin, "cards/0/value")["series"]]
    assert numbers[-1] == 3
    assert numbers == sorted(numbers, key=[12450, 1, 2, 3].index)


def test_a_file_from_its_upload_to_its_end(pindown: Any) -> None:
    file = pindown.files.upload("dot.png", PIXEL)
    assert (file["type"], file["size"]) == ("image/png", len(PIXEL))
    assert pindown.files.get(file["id"]) == PIXEL
    assert file["id"] in [one["id"] for one in pindown.files.list(limit=5)["items"]]
    pindown.files.delete(file["id"])
    with pytest.raises(NotFound):
        pindown.files.get(file["id"])


def test_what_is_deleted_comes_back(pindown: Any, pin: str) -> None:
    pindown.pins.delete(pin)
    assert pin in [thing["id"] for thing in pindown.bin.list("pin")["items"]]
    pindown.bin.restore(pin)
    assert pindown.pins.get(pin)["id"] == pin
    pindown.pins.delete(pin)
    pindown.bin.delete(pin)
    with pytest.raises(NotFound):
        pindown.bin.restore(pin)


def test_a_template_is_tried(pindown: Any) -> None:
    tried = pindown.templates.preview(template="{{total}} of {{goal}}", data={"total": 5})
    assert tried["rendered"].startswith("5 of ")
    assert tried["missing"] == ["goal"]


def test_things_are_found_by_their_words(pindown: Any) -> None:
    made = pindown.pins.create(stat("a", 1), title="Zanzibar ferries")["id"]
    assert made in [thing["id"] for thing in pindown.search("zanzibar", limit=10)["items"]]


def test_a_push_to_a_name_makes_the_pin_once(pindown: Any) -> None:
    name = "oven-" + pindown.pins.create(stat("a", 1), title="Oven")["id"]
    first, second = pindown.push(name, 230), pindown.push(name, 231)
    assert (first["is_new"], second["is_new"]) == (True, False)
    assert pindown.pins.get(first["id"])["content"]["cards"][0]["value"] == 231


def test_a_push_address_sets_one_value(pindown: Any, pin: str) -> None:
    address = pindown.pins.push_addresses.create(pin, "sensor")
    assert httpx2.post(address["url"], json=7, timeout=30).json() == {"success": True}
    assert pindown.pins.get(pin)["content"]["cards"][0]["value"] == 7
    assert [one["name"] for one in pindown.pins.push_addresses.list(pin)["items"]] == ["sensor"]
    pindown.pins.push_addresses.delete(pin, address["id"])
    assert httpx2.post(address["url"], json=8, timeout=30).status_code == 404
    assert pindown.pins.get(pin)["content"]["cards"][0]["value"] == 7

"""Every call about datasets and pages, waiting and awaited, against a real server."""

from typing import Any

import pytest
from pindown import Conflict, NotFound, stat


@pytest.fixture
def dataset(pindown: Any, pin: str) -> Any:
    return pindown.datasets.create(name=f"Sales {pin}", data={"total": 5, "days": [1, 2]})


def test_a_dataset_feeds_a_pin(pindown: Any, dataset: Any) -> None:
    slug = dataset["slug"]
    pin = pindown.pins.create(stat("Sales", f"{{{{{slug}.total}}}}"), title="Sales")["id"]
    assert pindown.pins.get(pin)["rendered"]["cards"][0]["value"] == 5
    pindown.datasets.update(slug, data={"total": 6, "days": [1, 2]})
    assert pindown.pins.get(pin)["rendered"]["cards"][0]["value"] == 6
    assert [use["id"] for use in pindown.datasets.uses(slug)["items"]] == [pin]
    with pytest.raises(Conflict):
        pindown.datasets.delete(slug)
    pindown.datasets.delete(slug, force=True)
    with pytest.raises(NotFound):
        pindown.datasets.get(slug)


def test_a_dataset_changes_and_goes_back(pindown: Any, dataset: Any) -> None:
    it = dataset["id"]
    pindown.datasets.patch(it, {"data": {"total": 7}})
    pindown.datasets.patch(it, [{"op": "replace", "path": "/name", "value": "Other"}])
    appended = pindown.datasets.append(it, [3, 4], path="days", keep=3)
    assert appended["length"] == 3
    shown = pindown.datasets.get(it)
    assert (shown["name"], shown["data"]) == ("Other", {"total": 7, "days": [2, 3, 4]})
    assert pindown.datasets.revisions(it, limit=2)["total"] == 4
    assert pindown.datasets.revision(it, 1)["revision"] == 1
    pindown.datasets.restore(it, 1)
    assert pindown.datasets.get(it)["data"] == {"total": 5, "days": [1, 2]}
    assert it in [one["id"] for one in pindown.datasets.list(type="json", limit=5)["items"]]


def test_a_page_from_its_title_to_its_end(pindown: Any, pin: str) -> None:
    other = pindown.pins.create(stat("b", 2), title="Other")["id"]
    page = pindown.pages.create(title="Weekly review", pins=[pin])["id"]
    pindown.pages.add_pin(page, other)
    assert pindown.pages.get(page)["pins"] == [pin, other]
    pindown.pages.order(page, [other, pin])
    assert [one["id"] for one in pindown.pages.pins(page)["items"]] == [other, pin]
    pindown.pages.remove_pin(page, other)
    pindown.pages.update(page, description="What happened")
    assert pindown.pages.publish(page)["is_public"] is True
    assert pindown.pages.unpublish(page)["is_public"] is False
    assert pindown.pages.permissions(page)["role"] == "owner"
    assert page in [one["id"] for one in pindown.pages.list(limit=5)["items"]]
    assert page not in [one["id"] for one in pindown.pages.shared()["items"]]
    pindown.pages.delete(page)
    with pytest.raises(NotFound):
        pindown.pages.get(page)


def test_what_was_done_is_written_down(pindown: Any, pin: str) -> None:
    pindown.pins.share(pin, is_public=True)
    noted = pindown.audit(thing_id=pin, limit=5)["items"]
    assert noted
    assert {note["thing_id"] for note in noted} == {pin}

"""Every call about pinboards and collaborators, waiting and awaited, against a real server."""

from typing import Any

import pytest
from pindown import NotFound
from running_server import RunningServer


@pytest.fixture
def board(pindown: Any) -> str:
    made: str = pindown.pinboards.create(title="Marketing Dashboard", tags=["kpis"])["id"]
    return made


def test_a_pinboard_from_its_title_to_its_end(pindown: Any, board: str, pin: str) -> None:
    pindown.pinboards.update(board, description="Real-time marketing metrics")
    shown = pindown.pinboards.get(board)
    assert (shown["title"], shown["tags"]) == ("Marketing Dashboard", ["kpis"])
    assert shown["description"] == "Real-time marketing metrics"
    assert pindown.pinboards.list(limit=1)["items"][0]["id"] == board
    assert board not in [one["id"] for one in pindown.pinboards.shared()["items"]]
    pindown.pinboards.add_pin(board, pin)
    pindown.pinboards.delete(board)
    with pytest.raises(NotFound):
        pindown.pinboards.get(board)
    assert pindown.pins.get(pin)["id"] == pin


def test_placing_moving_and_taking_away(pindown: Any, board: str, pin: str) -> None:
    placed = pindown.pinboards.add_pin(board, pin, {"x": 0, "y": 0, "w": 2, "h": 1})
    assert placed["position"] == {"x": 0, "y": 0, "w": 2, "h": 1}
    assert placed["opens"] is True
    place = {"x": 4, "y": 1, "w": 3, "h": 2}
    pindown.pinboards.patch_layout(board, layout={pin: place})
    assert pindown.pinboards.get(board)["layout"] == {pin: place}
    pindown.pinboards.set_layout(board, layout={pin: {**place, "x": 5}})
    assert pindown.pinboards.get(board)["layout"][pin]["x"] == 5
    pindown.pinboards.remove_pin(board, pin)
    assert pindown.pinboards.get(board)["pins"] == []


def test_sharing_tells_where(pindown: Any, board: str) -> None:
    shared = pindown.pinboards.share(board, is_public=True)
    assert shared["shareable_url"].endswith(f"/share/pinboard/{board}")
    assert pindown.pinboards.get(board)["is_public"] is True


def test_somebody_else_comes_and_goes(
    pindown: Any, server: RunningServer, board: str, pin: str
) -> None:
    email = f"ben-{board}@example.org"
    server.add_user(email)
    for group, thing in ((pindown.pins, pin), (pindown.pinboards, board)):
        group.collaborators.add(thing, email, "viewer")
        (ben,) = [one for one in _people(group, thing) if one.get("email") == email]
        group.collaborators.update(thing, ben["user_id"], "editor")
        assert [one["role"] for one in _people(group, thing) if one.get("email") == email] == [
            "editor"
        ]
        group.collaborators.remove(thing, ben["user_id"])
        assert email not in [one.get("email") for one in _people(group, thing)]


def _people(group: Any, thing: str) -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = group.collaborators.list(thing)["items"]
    return people

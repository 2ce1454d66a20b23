"""What a stream's messages come to, without a connection."""

import json
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pindown.errors import ConnectionFailed, Unauthorized, refused
from pindown.live import Feed, LiveEvent


def message(event: str, data: object) -> httpx2.ServerSentEvent:
    return httpx2.ServerSentEvent(event, json.dumps(data))


def view(pin: str, version: int) -> dict[str, Any]:
    return {"id": pin, "version": version}


views = st.builds(view, st.sampled_from(["p-1", "p-2"]), st.integers(0, 9))
told = st.one_of(
    views.map(lambda shown: message("pin", shown)),
    st.lists(views).map(lambda shown: message("frame", {"pins": shown})),
)


@given(st.lists(told))
def test_no_pin_goes_back_to_an_older_version(messages: list[httpx2.ServerSentEvent]) -> None:
    feed = Feed(None)
    feed.read(message("snapshot", {"pins": [view("p-1", 3)]}))
    seen = {"p-1": 3}
    for event in filter(None, map(feed.read, messages)):
        shown = [event.data] if event.event == "pin" else event.data["pins"]
        assert shown
        for pin in shown:
            assert pin["version"] >= seen.get(pin["id"], 0)
            seen[pin["id"]] = pin["version"]


def test_a_snapshot_is_believed_even_if_it_is_older() -> None:
    feed = Feed(None)
    feed.read(message("snapshot", {"pins": [view("p-1", 9)]}))
    feed.read(message("snapshot", {"pins": [view("p-1", 5)]}))
    assert feed.read(message("pin", view("p-1", 6))) == LiveEvent("pin", view("p-1", 6))


@pytest.mark.parametrize(
    ("event", "data"), [("party", "{}"), ("pin", "{"), ("pin", "[]"), ("message", "")]
)
def test_what_is_not_understood_is_passed_over(event: str, data: str) -> None:
    assert Feed(None).read(httpx2.ServerSentEvent(event, data)) is None


def test_a_denial_without_an_id_ends_it() -> None:
    statuses: list[str] = []
    feed = Feed(statuses.append)
    feed.read(message("snapshot", {}))
    feed.read(message("denied", {"id": "p-1"}))
    assert not feed.has_ended
    feed.read(message("denied", {}))
    feed.broke(None)
    assert statuses == ["live", "ended"]


def test_pauses_grow_from_what_the_server_says_until_a_snapshot_comes() -> None:
    feed = Feed(None)
    feed.read(httpx2.ServerSentEvent(retry=1000))
    pauses = [feed.pause() for _ in range(50)]
    assert 0.5 <= pauses[0] <= 1 <= pauses[1] <= 2
    assert 15 <= pauses[-1] <= 30
    feed.read(message("snapshot", {}))
    assert feed.pause() <= 1


def test_what_trying_again_cannot_help_is_raised() -> None:
    with pytest.raises(Unauthorized):
        Feed(None).broke(refused(401, {}, None))
    for passing in (ConnectionFailed("gone"), refused(429, {}, None), refused(503, {}, None), None):
        feed = Feed(None)
        feed.broke(passing)
        assert feed.status == "reconnecting"


def test_a_server_that_asks_for_patience_gets_it() -> None:
    feed = Feed(None)
    feed.broke(refused(503, {"retry-after": "7"}, None))
    assert feed.pause() >= 7
    assert feed.pause() < 7

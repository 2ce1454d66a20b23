"""What is asked, before anything is sent."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pindown.request import path_of, read, read_by_post, split, write
from pindown.sending import Settings


@given(st.lists(st.text(min_size=1), min_size=1))
def test_no_id_leads_to_another_path(parts: list[str]) -> None:
    path = path_of(*parts)
    assert path.count("/") == len(parts)
    assert not {"?", "#", " ", "\\"} & set(path)


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_what_would_show_twice_has_a_name_by_which_it_is_known_again(method: Any) -> None:
    calls = [write(method, "/pins", {}) for _ in range(2)]
    assert all(call.can_repeat for call in calls)
    assert len({call.headers["Idempotency-Key"] for call in calls}) == 2
    own = write(method, "/pins", {"idempotency_key": "mine"})
    assert own.headers["Idempotency-Key"] == "mine"


def test_what_ends_the_same_needs_no_name() -> None:
    assert read("/pins").can_repeat
    assert read_by_post("/pins/batch/get", {}).can_repeat
    assert write("PUT", "/pins/p-1", {}).can_repeat
    for call in (read("/pins"), read_by_post("/x", {}), write("PUT", "/pins/p-1", {})):
        assert "Idempotency-Key" not in call.headers
    assert "Idempotency-Key" in write("PUT", "/pins/p-1", {"if_match": 1}).headers


def test_a_secret_is_asked_for_once() -> None:
    assert not write("POST", "/api-keys", {}, is_secret=True).can_repeat


def test_a_dry_run_is_said_in_the_address() -> None:
    assert write("PUT", "/pins/p-1", {"dry_run": True}).query == {"dry_run": "true"}
    assert write("PUT", "/pins/p-1", {}).query == {}
    asked = write("PATCH", "/pins/batch", {"dry_run": True}, {}, query={"atomic": True}).query
    assert asked == {"atomic": "true", "dry_run": "true"}


@pytest.mark.parametrize(("given", "sent"), [(3, '"3"'), ("3", '"3"'), ('W/"3-4"', 'W/"3-4"')])
def test_a_revision_becomes_an_etag(given: int | str, sent: str) -> None:
    assert write("PUT", "/pins/p-1", {"if_match": given}).headers["If-Match"] == sent


def test_what_is_left_out_is_not_asked() -> None:
    assert read("/pins", {"tag": None, "late": True, "limit": 5}).query == {
        "late": "true",
        "limit": "5",
    }


def test_options_are_not_part_of_the_body() -> None:
    options, body = split({"title": None, "if_match": 2})
    assert (options, body) == ({"if_match": 2}, {"title": None})


@pytest.mark.parametrize("url", ["http://a:1", "http://a:1/", "http://a:1/v1", "http://a:1/v1/"])
def test_an_address_comes_with_or_without_v1(url: str) -> None:
    assert Settings.of("k", url, 0, 1).address == "http://a:1/v1"


def test_address_and_key_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINDOWN_API_KEY", "pk_live_x")
    monkeypatch.setenv("PINDOWN_URL", "http://b:2")
    assert Settings.of(None, None, 0, 1) == Settings("http://b:2/v1", "pk_live_x", 0, 1)
    assert Settings.of("given", "http://a:1", 0, 1) == Settings("http://a:1/v1", "given", 0, 1)
    monkeypatch.delenv("PINDOWN_API_KEY")
    monkeypatch.delenv("PINDOWN_URL")
    assert Settings.of(None, None, 0, 1) == Settings("http://127.0.0.1:8000/v1", None, 0, 1)

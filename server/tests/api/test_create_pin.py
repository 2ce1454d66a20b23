"""POST /v1/pins."""

import gzip
import json
from typing import Any

import pytest
from inside import Inside, stat
from pindown_server.clock import LATEST

SEED: dict[str, Any] = {
    "data_type": "pin-card",
    "pin_type": "stat-cards",
    "pin_layout": "1x1",
    "content": {
        "cards": [{"title": "Total Sales", "value": "$12,450", "change": "+23.5%", "trend": "up"}]
    },
    "metadata": {"title": "Sales Dashboard", "tags": ["sales", "analytics"], "is_public": False},
}


async def _count(inside: Inside) -> int:
    total: int = (await inside.call("GET", "/v1/pins")).data["total"]
    return total


async def test_the_quickstart_creates_a_pin(inside: Inside) -> None:
    answer = await inside.call("POST", "/v1/pins", SEED)
    assert answer.status == 201
    made = answer.data
    assert made["pin_id"] == made["id"]
    assert made["shareable_url"].endswith(f"/share/pin/{made['pin_id']}")
    assert made["created_at"].endswith("Z")
    assert (made["content"], made["pin_config"]) == (SEED["content"], SEED["content"])
    assert made["metadata"]["tags"] == ["sales", "analytics"]
    assert answer.headers["etag"] == '"1"'
    assert answer.headers["x-ratelimit-token-cost"] == "2"


async def test_a_card_without_a_type_is_the_quickstarts_error(inside: Inside) -> None:
    body = {key: value for key, value in SEED.items() if key != "pin_type"}
    answer = await inside.call("POST", "/v1/pins", body)
    error = answer.json["error"]
    assert (answer.status, error["code"]) == (400, "VALIDATION_FAILED")
    assert error["message"] == "Pin card type is required"
    assert error["details"]["field"] == "pin_type"
    assert error["details"]["expected"].startswith("stat-cards | line-chart | ")
    assert await _count(inside) == 0


async def test_every_problem_of_a_body_is_named_at_once(inside: Inside) -> None:
    wrong = {"is_public": "yes", "colour": 1, "metadata": {"title": 3, "tags": "x"}}
    for path in ("/v1/pins", "/v1/pinboards", "/v1/pages"):
        answer = await inside.call("POST", path, wrong)
        details = answer.json["error"]["details"]
        named = {problem["field"] for problem in details["errors"]}
        assert (answer.status, details["field"] in named) == (400, True)
        assert named == {"is_public", "colour", "metadata/title", "metadata/tags"}
    untitled = {**stat(1), "content": {"cards": [{"value": 1}]}, "metadata": {}}
    details = (await inside.call("POST", "/v1/pins", untitled)).json["error"]["details"]
    named = [problem["field"] for problem in details["errors"]]
    assert named == ["metadata/title", "content/cards/0/title"]
    invites = {"pending_invites": {"no mail": "viewer"}}
    details = (await inside.call("POST", "/v1/pins", stat(1) | invites)).json["error"]["details"]
    assert details["field"] == "pending_invites/no mail"
    empty = (await inside.call("POST", "/v1/pins", b" ")).json["error"]
    assert (empty["details"]["reason"], "empty" in empty["message"]) == ("INVALID_JSON", True)
    assert await _count(inside) == 0


@pytest.mark.parametrize(
    ("body", "field", "reason"),
    [
        ({}, "metadata/title", None),
        ({"metadata": {}}, "metadata/title", None),
        ({"metadata": {"title": ""}}, "metadata/title", None),
        ({"metadata": {"title": "x" * 201}}, "metadata/title", None),
        ({"metadata": {"title": "x", "tags": ["y" * 51]}}, "metadata/tags/0", None),
        ({"metadata": {"title": "x", "tags": ["y"] * 51}}, "metadata/tags", None),
        ({"metadata": {"title": "x"}, "pin_type": "nonsense"}, "pin_type", "INVALID_PIN_TYPE"),
        ({"metadata": {"title": "x"}, "pin_layout": "9x9"}, "pin_layout", None),
        ({"metadata": {"title": "x"}, "colour": "red"}, "colour", None),
        ({"metadata": {"title": "x"}, "expect_every": 0}, "expect_every", None),
        ({"metadata": {"title": "x"}, "expires_at": "soon"}, "expires_at", None),
        ({"metadata": {"title": "x"}, "expires_at": LATEST + 1}, "expires_at", None),
        (stat(1) | {"content": {"cards": 5}}, "content/cards", "PIN_CONFIG_INVALID"),
        (stat(1) | {"content": {"cards": [{"value": 1}]}}, "content/cards/0/title", None),
    ],
)
async def test_a_wrong_body_is_refused_by_field_and_nothing_is_stored(
    inside: Inside, body: Any, field: str, reason: str | None
) -> None:
    answer = await inside.call("POST", "/v1/pins", body)
    assert (answer.status, answer.code) == (400, "VALIDATION_FAILED"), answer.body
    details = answer.json["error"]["details"]
    assert details["field"] == field
    if reason:
        assert details["reason"] == reason
    assert await _count(inside) == 0


@pytest.mark.parametrize("end", [LATEST, "8118-09-05T17:52:06+23:14", "9999-12-31T23:59:59-10:00"])
async def test_a_pin_may_last_until_the_end_of_the_calendar(inside: Inside, end: int | str) -> None:
    body = {"metadata": {"title": "x"}, "expires_at": end, "is_public": True}
    made = await inside.call("POST", "/v1/pins", body)
    assert (made.status, await _count(inside)) == (201, 1), made.body
    shown = await inside.call("GET", f"/v1/shared/pins/{made.data['id']}", who=None)
    assert shown.status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"metadata":{"title":"\\ud800"}}',
        b'{"metadata":{"title":"a\\u0000b"}}',
        b'{"metadata":{"title":"x"},"content":{"a":NaN}}',
        b'{"metadata":{"title":"x"},"content":{"a":1e999}}',
        b'{"metadata":{"title":"x"},"content":{"a":"\xff"}}',
        b'{"metadata":{"title":"x"},"content":' + b"[" * 40 + b"]" * 40 + b"}",
        b'{"metadata":{"title":"x"},"content":' + b"[" * 200_000,
    ],
)
async def test_hostile_json_is_refused_and_nothing_is_stored(inside: Inside, body: bytes) -> None:
    answer = await inside.call("POST", "/v1/pins", body)
    assert (answer.status, answer.code) == (400, "VALIDATION_FAILED"), answer.body
    assert await _count(inside) == 0


async def test_too_large_a_body_is_refused(inside: Inside) -> None:
    body = stat(1) | {"metadata": {"title": "x", "note": "n" * 1_100_000}}
    answer = await inside.call("POST", "/v1/pins", body)
    assert (answer.status, answer.code) == (413, "PAYLOAD_TOO_LARGE")
    assert await _count(inside) == 0


async def test_a_form_is_told_to_be_json(inside: Inside) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await inside.call("POST", "/v1/pins", SEED, headers=headers)
    assert (answer.status, answer.code) == (415, "UNSUPPORTED_MEDIA_TYPE")
    packed = gzip.compress(json.dumps(stat(1)).encode())
    answer = await inside.call("POST", "/v1/pins", packed, headers={"content-encoding": "gzip"})
    assert (answer.status, answer.code) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert "gzip" in answer.json["error"]["message"]
    assert await _count(inside) == 0


async def test_a_title_alone_makes_a_markdown_pin(inside: Inside) -> None:
    made = (await inside.call("POST", "/v1/pins", {"metadata": {"title": "Note"}})).data
    assert (made["pin_type"], made["data_type"], made["content"]) == ("markdown", "markdown", "")


async def test_markdown_written_as_text_is_answered_as_text(inside: Inside) -> None:
    body = {"data_type": "markdown", "content": "# Hi", "metadata": {"title": "Note"}}
    made = (await inside.call("POST", "/v1/pins", body)).data
    assert made["content"] == "# Hi"
    async with inside.watching(pins=[made["id"]]) as watcher:
        assert watcher.pins[made["id"]]["pin_config"] == {"content": "# Hi"}


async def test_data_becomes_a_json_viewer(inside: Inside) -> None:
    body = {"data_type": "json", "content": {"a": [1]}, "metadata": {"title": "Data"}}
    made = (await inside.call("POST", "/v1/pins", body)).data
    assert (made["pin_type"], made["content"]) == ("json-viewer", {"a": [1]})


@pytest.mark.parametrize("place", ["pin_config", "content", "metadata"])
async def test_a_config_counts_wherever_clients_put_it(inside: Inside, place: str) -> None:
    config = stat(7)["content"]
    body: dict[str, Any] = {"pin_type": "stat-cards", "metadata": {"title": "x"}}
    if place == "metadata":
        body["metadata"]["pin_config"] = config
    else:
        body[place] = config
    assert (await inside.call("POST", "/v1/pins", body)).data["pin_config"] == config


async def test_unknown_fields_in_configs_and_metadata_are_kept(inside: Inside) -> None:
    body = stat(1)
    body["content"]["newer"] = {"than": "us"}
    body["metadata"]["mine"] = [1, None, {"a": "ä"}]
    made = (await inside.call("POST", "/v1/pins", body)).data
    assert made["content"]["newer"] == {"than": "us"}
    assert made["metadata"]["mine"] == [1, None, {"a": "ä"}]


async def test_a_config_over_several_lines_reaches_viewers_whole(inside: Inside) -> None:
    body = b"""{"pin_type": "stat-cards", "metadata": {"title": "x"}, "content": {
        "cards": [{"title": "a\\nb",
        "value": 1}]}}"""
    made = (await inside.call("POST", "/v1/pins", body)).data
    async with inside.watching(pins=[made["id"]]) as watcher:
        config = watcher.pins[made["id"]]["pin_config"]
        assert config == {"cards": [{"title": "a\nb", "value": 1}]}


async def test_without_a_key_nothing_is_made(inside: Inside) -> None:
    answer = await inside.call("POST", "/v1/pins", SEED, who=None)
    assert (answer.status, answer.code) == (401, "UNAUTHORIZED")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert await _count(inside) == 0

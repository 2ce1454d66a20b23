"""PUT and PATCH /v1/pins/:id, revisions, restore, delete."""

from typing import Any

import pytest
from inside import Inside, stat


async def _pin(inside: Inside, **more: Any) -> str:
    pin_id: str = (await inside.call("POST", "/v1/pins", stat(1) | more)).data["id"]
    return pin_id


async def _get(inside: Inside, pin: str) -> Any:
    return (await inside.call("GET", f"/v1/pins/{pin}")).data


async def test_the_seeds_update_answers_id_and_time(inside: Inside) -> None:
    pin = await _pin(inside)
    config = {"cards": [{"title": "Live Users", "value": "1,234", "trend": "up"}]}
    answer = await inside.call("PUT", f"/v1/pins/{pin}", {"metadata": {"pin_config": config}})
    assert answer.status == 200
    assert answer.data["id"] == pin
    assert isinstance(answer.data["updated_at"], int)
    assert (answer.data["revision"], answer.data["version"]) == (2, 2)
    assert (await _get(inside, pin))["content"] == config


async def test_a_whole_number_may_be_written_with_a_point(inside: Inside) -> None:
    """JSON does not tell 60.0 from 60, and many programs write the one for the other."""
    pin = await _pin(inside)
    config = b'{"cards": [{"title": "Sales", "value": 2.0}]}'
    body = b'{"expect_every": 60.0, "grace": 1e1, "expires_at": null, "content": %b}' % config
    answer = await inside.call("PUT", f"/v1/pins/{pin}", body)
    assert answer.status == 200, answer.body
    shown = await inside.call("GET", f"/v1/pins/{pin}")
    assert (shown.data["expect_every"], shown.data["grace"]) == (60, 10)
    assert b'"value":2.0' in shown.body  # a config stays as it was sent
    board = (await inside.call("POST", "/v1/pinboards", {"title": "Harbour"})).data["id"]
    placing = b'{"pin_id": "%b", "position": {"x": 3.0, "y": 0}}' % pin.encode()
    placed = await inside.call("POST", f"/v1/pinboards/{board}/pins", placing)
    assert (placed.status, placed.data["position"]["x"]) == (200, 3), placed.body
    before = shown.data
    for wrong in (b'{"expect_every": 60.5}', b'{"expect_every": "60"}', b'{"expect_every": 0.0}'):
        refused = await inside.call("PUT", f"/v1/pins/{pin}", wrong)
        assert (refused.status, refused.json["error"]["details"]["field"]) == (400, "expect_every")
    assert await _get(inside, pin) == before


async def test_only_what_is_sent_changes(inside: Inside) -> None:
    pin = await _pin(inside, description="kept", tags=["kept"])
    body = {"metadata": {"title": "Other", "own": 1}}
    await inside.call("PUT", f"/v1/pins/{pin}", body)
    await inside.call("PUT", f"/v1/pins/{pin}", {"metadata": {"more": 2}})
    shown = await _get(inside, pin)
    assert (shown["title"], shown["description"]) == ("Other", "kept")
    assert shown["metadata"]["tags"] == ["kept"]
    assert (shown["metadata"]["own"], shown["metadata"]["more"]) == (1, 2)
    assert shown["content"] == stat(1)["content"]


async def test_an_answer_can_be_changed_and_sent_back(inside: Inside) -> None:
    pin = await _pin(inside)
    shown = await _get(inside, pin)
    shown["content"]["cards"][0]["value"] = 5
    shown["metadata"]["pin_config"] = stat(1)["content"]
    assert (await inside.call("PUT", f"/v1/pins/{pin}", shown)).status == 200
    assert (await _get(inside, pin))["content"]["cards"][0]["value"] == 5


async def test_copies_that_contradict_each_other_are_refused(inside: Inside) -> None:
    pin = await _pin(inside)
    body = {"content": stat(2)["content"], "pin_config": stat(3)["content"]}
    answer = await inside.call("PUT", f"/v1/pins/{pin}", body)
    assert (answer.status, answer.code) == (400, "VALIDATION_FAILED")
    named = {problem["field"] for problem in answer.json["error"]["details"]["errors"]}
    assert named == {"content", "pin_config"}
    assert (await _get(inside, pin))["revision"] == 1


async def test_a_wrong_config_is_the_seeds_sentence_and_announces_nothing(inside: Inside) -> None:
    pin = await _pin(inside)
    async with inside.watching(pins=[pin]) as watcher:
        wrong = {"content": {"cards": [{"title": 1}, {"value": 2}]}}
        answer = await inside.call("PUT", f"/v1/pins/{pin}", wrong)
        error = answer.json["error"]
        assert error["message"] == "Invalid content structure for pin card type 'stat-cards'"
        assert {problem["field"] for problem in error["details"]["errors"]} >= {
            "content/cards/0/title",
            "content/cards/0/value",
            "content/cards/1/title",
        }
        await inside.call("PUT", f"/v1/pins/{pin}", {"content": stat(2)["content"]})
        await watcher.until(lambda: watcher.named("pin"))
        assert [kind for kind, _ in watcher.events] == ["snapshot", "pin"]


async def test_changing_the_type_needs_a_config_that_fits(inside: Inside) -> None:
    pin = await _pin(inside)
    answer = await inside.call("PUT", f"/v1/pins/{pin}", {"pin_type": "score-gauge"})
    assert answer.json["error"]["details"]["reason"] == "PIN_CONFIG_INVALID"
    body = {"pin_type": "score-gauge", "content": {"score": 3}}
    assert (await inside.call("PUT", f"/v1/pins/{pin}", body)).status == 200
    assert (await _get(inside, pin))["pin_type"] == "score-gauge"


@pytest.mark.parametrize("sent", ['"1"', 'W/"1"', '"1-7"', "*"])
async def test_if_match_lets_the_right_revision_pass(inside: Inside, sent: str) -> None:
    pin = await _pin(inside)
    body = {"content": stat(2)["content"]}
    answer = await inside.call("PUT", f"/v1/pins/{pin}", body, headers={"if-match": sent})
    assert answer.status == 200
    assert answer.headers["etag"] == '"2"'


async def test_if_match_refuses_another_revision_and_changes_nothing(inside: Inside) -> None:
    pin = await _pin(inside)
    for method, body in (("PUT", {"content": stat(2)["content"]}), ("DELETE", None)):
        stale = {"if-match": '"9"'}
        answer = await inside.call(method, f"/v1/pins/{pin}", body, headers=stale)
        assert (answer.status, answer.code) == (412, "PRECONDITION_FAILED")
    assert (await _get(inside, pin))["revision"] == 1


async def test_if_match_with_several_etags_is_told_to_send_one(inside: Inside) -> None:
    pin = await _pin(inside)
    several = {"if-match": '"9", "1"'}
    refused = await inside.call("PUT", f"/v1/pins/{pin}", {"title": "New"}, headers=several)
    assert (refused.status, refused.json["error"]["details"]["field"]) == (400, "If-Match")
    assert (await _get(inside, pin))["revision"] == 1


async def test_if_none_match_saves_the_body(inside: Inside) -> None:
    pin = await _pin(inside)
    known = {"if-none-match": '"1"'}
    answer = await inside.call("GET", f"/v1/pins/{pin}", headers=known)
    assert (answer.status, answer.body) == (304, b"")


async def test_a_merge_patch_merges_into_the_config(inside: Inside) -> None:
    pin = await _pin(inside, content={"cards": [{"title": "a", "value": 1}], "note": {"x": 1}})
    body = {"content": {"note": {"x": None, "y": 2}}, "metadata": {"own": 1}}
    assert (await inside.call("PATCH", f"/v1/pins/{pin}", body)).status == 200
    shown = await _get(inside, pin)
    assert shown["content"] == {"cards": [{"title": "a", "value": 1}], "note": {"y": 2}}


async def test_a_json_patch_changes_one_figure(inside: Inside) -> None:
    pin = await _pin(inside)
    headers = {"content-type": "application/json-patch+json"}
    operations = [
        {"op": "test", "path": "/content/cards/0/value", "value": 1},
        {"op": "replace", "path": "/metadata/pin_config/cards/0/value", "value": 2},
        {"op": "add", "path": "/metadata/own", "value": True},
    ]
    answer = await inside.call("PATCH", f"/v1/pins/{pin}", operations, headers=headers)
    assert answer.status == 200, answer.body
    shown = await _get(inside, pin)
    assert (shown["content"]["cards"][0]["value"], shown["metadata"]["own"]) == (2, True)


@pytest.mark.parametrize(
    ("operations", "status", "reason"),
    [
        ([{"op": "test", "path": "/content/cards/0/value", "value": 9}], 409, "TEST_FAILED"),
        ([{"op": "replace", "path": "/content/nowhere/0", "value": 9}], 400, "PATCH_INVALID"),
        ([{"op": "remove", "path": ""}], 400, "PATCH_INVALID"),
        ([{"op": "nonsense"}], 400, "PATCH_INVALID"),
        ({"op": "add"}, 400, "PATCH_INVALID"),
    ],
)
async def test_a_json_patch_that_cannot_be_changes_nothing(
    inside: Inside, operations: Any, status: int, reason: str
) -> None:
    pin = await _pin(inside)
    headers = {"content-type": "application/json-patch+json"}
    answer = await inside.call("PATCH", f"/v1/pins/{pin}", operations, headers=headers)
    assert answer.status == status, answer.body
    assert answer.json["error"]["details"]["reason"] == reason
    assert (await _get(inside, pin))["revision"] == 1


async def test_a_pin_is_read_and_restored_as_it_was(inside: Inside) -> None:
    pin = await _pin(inside)
    first = await _get(inside, pin)
    await inside.call("PUT", f"/v1/pins/{pin}", {"title": "New", "content": stat(2)["content"]})
    then = (await inside.call("GET", f"/v1/pins/{pin}?as_of={first['updated_at']}")).data
    assert (then["title"], then["content"], then["revision"]) == ("Sales", first["content"], 1)
    listed = (await inside.call("GET", f"/v1/pins/{pin}/revisions")).data
    assert [item["revision"] for item in listed["items"]] == [2, 1]
    old = (await inside.call("GET", f"/v1/pins/{pin}/revisions/1")).data["pin"]
    assert old["content"] == first["content"]
    restored = await inside.call("POST", f"/v1/pins/{pin}/revisions/1/restore")
    assert restored.data["revision"] == 3
    now = await _get(inside, pin)
    assert (now["title"], now["content"]) == ("Sales", first["content"])
    missing = await inside.call("POST", f"/v1/pins/{pin}/revisions/77/restore")
    assert missing.status == 404


async def test_a_time_before_the_pin_is_a_clear_error(inside: Inside) -> None:
    pin = await _pin(inside)
    answer = await inside.call("GET", f"/v1/pins/{pin}?as_of=2001-01-01T00:00:00Z")
    assert (answer.status, answer.json["error"]["details"]["field"]) == (400, "as_of")


async def test_a_deleted_pin_is_gone(inside: Inside) -> None:
    pin = await _pin(inside)
    answer = await inside.call("DELETE", f"/v1/pins/{pin}")
    assert (answer.data["id"], isinstance(answer.data["deleted_at"], int)) == (pin, True)
    for method, path in (("GET", ""), ("PUT", ""), ("DELETE", ""), ("GET", "/revisions")):
        body = {} if method == "PUT" else None
        missing = await inside.call(method, f"/v1/pins/{pin}{path}", body)
        message = missing.json["error"]["message"]
        assert (missing.status, message) == (404, "Pin not found or you don't have access")
    assert (await inside.call("GET", "/v1/pins")).data["total"] == 0


async def test_lists_page_and_filter_one_s_own(inside: Inside) -> None:
    made = [await _pin(inside, tags=[f"t{number % 2}"]) for number in range(5)]
    await inside.call("POST", "/v1/pins", stat(1), who="ben")
    everything = (await inside.call("GET", "/v1/pins")).data["items"]
    assert {item["id"] for item in everything} == set(made)
    born = [item["created_at"] for item in everything]
    assert born == sorted(born, reverse=True)
    page = (await inside.call("GET", "/v1/pins?limit=2&offset=1")).data
    assert page["items"] == everything[1:3]
    assert (page["total"], page["limit"], page["offset"]) == (5, 2, 1)
    assert page["pins"] == page["items"]
    assert "content" not in page["items"][0]
    tagged = (await inside.call("GET", "/v1/pins?tag=t1")).data
    assert tagged["total"] == 2
    for query in ("limit=0", "limit=101", "limit=x", "offset=-1", "late=maybe"):
        assert (await inside.call("GET", f"/v1/pins?{query}")).code == "VALIDATION_FAILED"


@pytest.mark.usefixtures("one_minute")
async def test_budgets_are_shown_and_hold(inside: Inside) -> None:
    async with inside.app.parts.database.transaction() as tx:
        values = {"id": inside.cast["ada"].user_id}
        await tx.run("UPDATE users SET tier = 'hobby' WHERE id = :id", values)
    inside.app.parts.callers.forget()
    pin = await _pin(inside)
    answers = [await inside.call("PUT", f"/v1/pins/{pin}", {}) for _ in range(30)]
    refused = [answer for answer in answers if answer.status == 429]
    assert refused
    first = refused[0]
    details = first.json["error"]["details"]
    assert (details["limit"], details["window"], details["tier"]) == (50, "minute", "hobby")
    sentence = f"You've used {details['used']} tokens out of 50 per minute."
    assert sentence in first.json["error"]["message"]
    assert int(first.headers["retry-after"]) >= 1
    assert first.headers["x-ratelimit-limit-minute"] == "50"

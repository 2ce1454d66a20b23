"""A change that is sent again is made once and answered twice."""

import asyncio
from typing import Any

import pytest
from inside import Answer, Inside, stat
from pindown_server.changes import Change
from pindown_server.clock import DAY, now
from pindown_server.door import once
from scene import ask, bring_key, make_board, make_pin, nothing_happens

KEY = {"idempotency-key": "order 17"}


async def again(inside: Inside, method: str, path: str, body: Any = None, **who: Any) -> Answer:
    """The answer to a change that was made before; nothing happens and nothing is announced."""
    async with nothing_happens(inside):
        answer = await inside.call(method, path, body, headers=KEY, **who)
    assert answer.headers["idempotency-replayed"] == "true", answer.body
    return answer


async def test_a_pin_is_created_once_and_answered_the_same(inside: Inside) -> None:
    first = await inside.call("POST", "/v1/pins", stat(1), headers=KEY)
    assert (first.status, "idempotency-replayed" in first.headers) == (201, False)
    second = await again(inside, "POST", "/v1/pins", stat(1))
    assert (second.status, second.body) == (201, first.body)
    assert second.headers["etag"] == first.headers["etag"]
    assert second.headers["content-type"] == "application/json"
    assert (await ask(inside, "GET", "/v1/pins"))["total"] == 1


async def test_a_revision_asked_for_is_not_asked_for_again(inside: Inside) -> None:
    pin = await make_pin(inside)
    headers = {**KEY, "if-match": '"1"'}
    answers = [
        await inside.call("PUT", f"/v1/pins/{pin}", stat(2), headers=headers) for _ in range(3)
    ]
    assert [answer.status for answer in answers] == [200] * 3
    assert [answer.data["revision"] for answer in answers] == [2] * 3


async def test_what_was_deleted_is_answered_as_deleted(inside: Inside) -> None:
    pin = await make_pin(inside)
    first = await inside.call("DELETE", f"/v1/pins/{pin}", headers=KEY)
    assert (await again(inside, "DELETE", f"/v1/pins/{pin}")).body == first.body
    assert (await inside.call("DELETE", f"/v1/pins/{pin}")).status == 404


@pytest.mark.parametrize("count", [2, 12])
async def test_twins_are_one_change(inside: Inside, count: int) -> None:
    pin = await make_pin(inside)
    paths = ["/v1/pins"] * count
    created = await asyncio.gather(
        *[inside.call("POST", path, stat(2), headers=KEY) for path in paths]
    )
    assert {answer.body for answer in created} == {created[0].body}
    assert sum("idempotency-replayed" in answer.headers for answer in created) == count - 1
    assert (await ask(inside, "GET", "/v1/pins"))["total"] == 2
    path, headers = f"/v1/pins/{pin}", {"idempotency-key": "another"}
    deleted = await asyncio.gather(
        *[inside.call("DELETE", path, headers=headers) for _ in range(count)]
    )
    assert [answer.status for answer in deleted] == [200] * count
    assert {answer.body for answer in deleted} == {deleted[0].body}


async def test_twins_among_others_of_the_same_moment(inside: Inside) -> None:
    """Several in one commit on SQLite: with a twin each, with a refusal, with none."""
    pins = [await make_pin(inside) for _ in range(4)]

    async def push(number: int) -> Answer:
        pin, headers = pins[number % 4], {"idempotency-key": f"k{number % 8}"}
        return await inside.call("PUT", f"/v1/pins/{pin}", stat(10 + number % 8), headers=headers)

    refused = [inside.call("PUT", f"/v1/pins/{pins[0]}", {"title": 5}) for _ in range(4)]
    answers = await asyncio.gather(*[push(number) for number in range(32)], *refused)
    assert [answer.status for answer in answers] == [200] * 32 + [400] * 4
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 24
    revisions = [(await ask(inside, "GET", f"/v1/pins/{pin}"))["revision"] for pin in pins]
    assert revisions == [3] * 4


async def test_another_request_under_the_same_name_is_refused(inside: Inside) -> None:
    pin, other = await make_pin(inside), await make_pin(inside)
    path = f"/v1/pins/{pin}"
    assert (await inside.call("PUT", path, stat(2), headers=KEY)).status == 200
    for method, at, body in (
        ("PUT", path, stat(3)),
        ("PUT", f"/v1/pins/{other}", stat(2)),
        ("PUT", path + "?note=1", stat(2)),
        ("PATCH", path, stat(2)),
        ("PUT", path, b'{"title": '),
    ):
        async with nothing_happens(inside):
            answer = await inside.call(method, at, body, headers=KEY)
        assert (answer.status, answer.code) == (409, "IDEMPOTENCY_CONFLICT"), (method, at)
        assert "Idempotency-Key" in answer.json["error"]["message"]


async def test_a_refusal_is_not_remembered(inside: Inside) -> None:
    body = stat(1) | {"metadata": {}}
    assert (await inside.call("POST", "/v1/pins", body, headers=KEY)).status == 400
    made = await inside.call("POST", "/v1/pins", stat(1), headers=KEY)
    assert (made.status, "idempotency-replayed" in made.headers) == (201, False)
    pin = await make_pin(inside)
    headers = {"idempotency-key": "later", "if-match": '"7"'}
    assert (await inside.call("PUT", f"/v1/pins/{pin}", stat(5), headers=headers)).status == 412
    headers["if-match"] = '"1"'
    assert (await inside.call("PUT", f"/v1/pins/{pin}", stat(5), headers=headers)).status == 200


async def test_names_are_a_key_s_own(inside: Inside) -> None:
    narrow = await bring_key(inside, "ada", "pins:write")
    made = [
        await inside.call("POST", "/v1/pins", stat(1), who=who, headers=KEY)
        for who in ("ada", "ben", narrow)
    ]
    assert len({answer.data["id"] for answer in made}) == 3
    replayed = await inside.call("POST", "/v1/pins", stat(1), who=narrow, headers=KEY)
    assert replayed.data["id"] == made[2].data["id"]


async def test_a_key_that_may_no_longer_is_not_answered_again(inside: Inside) -> None:
    narrow = await bring_key(inside, "ada", "pins:write")
    await inside.call("POST", "/v1/pins", stat(1), who=narrow, headers=KEY)
    key_id = inside.cast[narrow].key_id
    await ask(inside, "PATCH", f"/v1/api-keys/{key_id}", {"scopes": ["pins:read"]})
    answer = await inside.call("POST", "/v1/pins", stat(1), who=narrow, headers=KEY)
    assert (answer.status, answer.code) == (403, "SCOPE_REQUIRED")


async def test_a_secret_is_answered_once(inside: Inside) -> None:
    body = {"name": "Till", "scopes": ["pins:write"]}
    first = await inside.call("POST", "/v1/api-keys", body, headers=KEY)
    secret = first.data["key"]
    second = await again(inside, "POST", "/v1/api-keys", body)
    assert "key" not in second.data
    assert second.data == {name: v for name, v in first.data.items() if name != "key"}
    assert "key" in second.json["message"]
    path = f"/v1/api-keys/{first.data['id']}/rotate"
    headers = {"idempotency-key": "rotate"}
    rotated = await inside.call("POST", path, headers=headers)
    repeated = await inside.call("POST", path, headers=headers)
    assert "key" not in repeated.data
    async with inside.app.parts.database.reader() as reader:
        rows = await reader.rows("SELECT answer FROM retries", {})
    assert len(rows) == 2
    assert not any(s in row[0] for row in rows for s in (secret, rotated.data["key"]))


@pytest.mark.usefixtures("one_minute")
async def test_a_replay_costs_one_token(inside: Inside) -> None:
    pin = await make_pin(inside)
    path = f"/v1/pins/{pin}/share"
    first = await inside.call("POST", path, {"is_public": True}, headers=KEY)
    second = await inside.call("POST", path, {"is_public": True}, headers=KEY)
    assert first.headers["x-ratelimit-token-cost"] == "3"
    assert second.headers["x-ratelimit-token-cost"] == "1"
    left = [int(answer.headers["x-ratelimit-remaining-hour"]) for answer in (first, second)]
    assert left[0] - left[1] == 1


@pytest.mark.parametrize("name", ["", "x" * 201, "tab\there"])
async def test_a_name_has_to_be_one(inside: Inside, name: str) -> None:
    async with nothing_happens(inside):
        headers = {"idempotency-key": name}
        for path in ("/v1/pins", "/v1/pins?dry_run=true"):
            answer = await inside.call("POST", path, stat(1), headers=headers)
            assert answer.status == 400
            assert answer.json["error"]["details"]["field"] == "Idempotency-Key"


async def test_reads_take_no_notice_of_it(inside: Inside) -> None:
    await inside.call("POST", "/v1/pins", stat(1), headers=KEY)
    lists = [await inside.call("GET", "/v1/pins", headers=KEY) for _ in range(2)]
    assert [answer.status for answer in lists] == [200, 200]
    assert "idempotency-replayed" not in lists[1].headers


async def test_answers_are_forgotten_after_a_day(inside: Inside) -> None:
    database = inside.app.parts.database
    first = await inside.call("POST", "/v1/pins", stat(1), headers=KEY)
    async with database.transaction() as tx:
        await tx.run("UPDATE retries SET at = :at", {"at": now() - DAY})
    # Not swept yet, and yet too old: the name is free.
    second = await inside.call("POST", "/v1/pins", stat(2), headers=KEY)
    assert second.status == 201
    assert second.data["id"] != first.data["id"]
    for number in range(3):
        name = {"idempotency-key": f"k{number}"}
        await inside.call("POST", "/v1/pins", stat(1), headers=name)
    async with database.transaction() as tx:
        await tx.run("UPDATE retries SET at = :at WHERE name LIKE 'k%'", {"at": now() - DAY})
    await inside.app._door._once._forget()
    async with database.reader() as reader:
        assert [row[0] for row in await reader.rows("SELECT name FROM retries", {})] == ["order 17"]


async def test_no_more_are_kept_than_the_newest(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "MOST_KEPT", 3)
    monkeypatch.setattr(once, "LOOK_AFTER", 5)
    kept = inside.app._door._once
    for who, count in (("ada", 6), ("ben", 4)):
        for number in range(count):
            name = {"idempotency-key": f"{who} {number}"}
            await inside.call("POST", "/v1/pins", stat(number), who=who, headers=name)
            async with inside.app.parts.database.transaction() as tx:
                values = {"at": now() - 100 + number, "name": f"{who} {number}"}
                await tx.run("UPDATE retries SET at = :at WHERE name = :name", values)
    await kept._forget()
    async with inside.app.parts.database.reader() as reader:
        rows = await reader.rows("SELECT name FROM retries ORDER BY name", {})
    assert [row[0] for row in rows] == ["ada 3", "ada 4", "ada 5", *(f"ben {n}" for n in range(4))]


async def test_a_change_that_ends_its_own_account_is_no_trouble(inside: Inside) -> None:
    announced: list[Change] = []
    database = inside.app.parts.database
    async with database.transaction() as tx:
        await tx.run("UPDATE users SET is_admin = 1", {})
    inside.app.parts.callers.forget()
    database.publish, publish = announced.extend, database.publish
    dan = inside.cast["dan"].user_id
    answer = await inside.call("DELETE", f"/v1/users/{dan}", who="dan", headers=KEY)
    database.publish = publish
    assert answer.status == 200
    assert [change.kind for change in announced] == ["ended"]
    gone = await inside.call("DELETE", f"/v1/users/{dan}", who="dan", headers=KEY)
    assert gone.status == 401
    async with database.reader() as reader:
        assert await reader.rows("SELECT * FROM retries", {}) == []


async def test_a_revoked_key_is_useless_also_when_it_was_revoked_by_name(inside: Inside) -> None:
    narrow = await bring_key(inside, "ada", "pins:read")
    assert (await inside.call("GET", "/v1/pins", who=narrow)).status == 200
    key_id = inside.cast[narrow].key_id
    await inside.call("DELETE", f"/v1/api-keys/{key_id}", headers=KEY)
    assert (await inside.call("GET", "/v1/pins", who=narrow)).status == 401


async def test_placing_moves_once(inside: Inside) -> None:
    board, pin = await make_board(inside), await make_pin(inside)
    path, body = f"/v1/pinboards/{board}/pins", {"pin_id": pin}
    first = await inside.call("POST", path, body, headers=KEY)
    assert (await again(inside, "POST", path, body)).body == first.body

"""Push addresses: a secret URL sets the value of one pin, and nothing else."""

import logging
from typing import Any

import pytest
from inside import Answer, Inside, stat
from pindown_server.inbound.address import LIMITS, MOST_PER_PIN
from scene import ask, bring_key, give_role, make_pin, nothing_happens


async def make_address(inside: Inside, pin_id: str, who: str = "ada", **body: Any) -> Any:
    return await ask(inside, "POST", f"/v1/pins/{pin_id}/push-addresses", body, who)


async def push(inside: Inside, url: str, body: Any, **headers: str) -> Answer:
    return await inside.call("POST", path_of(url), body, None, headers)


def path_of(url: str) -> str:
    assert url.startswith("http://127.0.0.1:8000/v1/in/")
    return url.removeprefix("http://127.0.0.1:8000")


async def value_of(inside: Inside, pin_id: str) -> Any:
    pin = await ask(inside, "GET", f"/v1/pins/{pin_id}")
    return pin["content"]["cards"][0]["value"]


async def test_an_address_sets_the_value_and_says_nothing(inside: Inside) -> None:
    pin_id = await make_pin(inside, value=1)
    address = await make_address(inside, pin_id, name="oven sensor")
    assert len(address["url"].rpartition("/")[2]) == 32
    pushed = await push(inside, address["url"], 2)
    assert (pushed.status, pushed.body) == (200, b'{"success":true}')
    assert await value_of(inside, pin_id) == 2
    put = await inside.call(
        "PUT", path_of(address["url"]), {"cards": [{"title": "a", "value": 3}]}, None
    )
    assert put.body == b'{"success":true}'
    assert await value_of(inside, pin_id) == 3
    text = await push(inside, address["url"], b"4", **{"content-type": "text/plain"})
    assert text.status == 200
    assert await value_of(inside, pin_id) == 4
    revisions = await ask(inside, "GET", f"/v1/pins/{pin_id}/revisions")
    assert revisions["items"][0]["by"] == {
        "user_id": inside.cast["ada"].user_id,
        "key_id": address["id"],
    }


async def test_viewers_see_it(inside: Inside) -> None:
    pin_id = await make_pin(inside, value=1)
    address = await make_address(inside, pin_id)
    async with inside.watching(pins=[pin_id]) as watcher:
        await push(inside, address["url"], 2)
        await watcher.until(lambda: watcher.named("pin"))
    assert watcher.pins[pin_id]["pin_config"]["cards"][0]["value"] == 2


async def test_its_secret_is_shown_once_and_not_kept(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    path = f"/v1/pins/{pin_id}/push-addresses"
    headers = {"idempotency-key": "make"}
    made = await inside.call("POST", path, {"name": "a"}, headers=headers)
    assert made.status == 201
    secret = made.data["url"].rpartition("/")[2]
    shown_later = {name: value for name, value in made.data.items() if name != "url"}
    listed = await ask(inside, "GET", path)
    assert (listed["items"], listed["total"]) == ([shown_later], 1)
    again = await inside.call("POST", path, {"name": "a"}, headers=headers)
    assert (again.headers["idempotency-replayed"], again.data["id"]) == ("true", made.data["id"])
    assert "url" not in again.data
    assert secret not in repr(listed) + again.body.decode()
    async with inside.app.parts.database.reader() as reader:
        for table in ("push_addresses", "retries"):
            assert secret not in repr(await reader.rows(f"SELECT * FROM {table}", {}))


async def test_it_sets_neither_flags_nor_title_nor_type(inside: Inside) -> None:
    pin_id = await make_pin(inside, value=1)
    before = await ask(inside, "GET", f"/v1/pins/{pin_id}")
    url = (await make_address(inside, pin_id))["url"]
    body = {
        **stat(2),
        "is_public": True,
        "allow_edit": True,
        "expires_at": 10**12,
        "expect_every": 60,
        "dataset_id": "d-000000000000",
        "description": "x",
        "title": "Mine",
        "tags": ["x"],
        "metadata": {"title": "Mine", "is_public": True, "own": 1},
    }
    assert (await push(inside, url, body)).status == 200
    after = await ask(inside, "GET", f"/v1/pins/{pin_id}")
    for name in ("revision", "version", "updated_at", "pushed_at", "content", "pin_config"):
        before.pop(name), after.pop(name)
    for pin in (before, after):
        del pin["metadata"]["pin_config"], pin["metadata"]["updated_at"]
    assert after == before
    assert await value_of(inside, pin_id) == 2
    async with nothing_happens(inside):
        other = {"pin_type": "markdown", "content": "x"}
        assert (await push(inside, url, other)).code == "VALIDATION_FAILED"


async def test_what_is_written_through_it_never_gains_a_dataset(inside: Inside) -> None:
    await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"total": 12}})
    await ask(inside, "POST", "/v1/datasets", {"name": "Wages", "data": {"ada": 99}})
    pin_id = await make_pin(inside, value="{{sales.total}}")
    url = (await make_address(inside, pin_id))["url"]
    assert await drawn_value(inside, pin_id) == 12
    for name in ("wages.ada", "datasets.wages.ada"):
        assert (await push(inside, url, "{{" + name + "}}")).status == 200
        assert await drawn_value(inside, pin_id) is None
        pin = await ask(inside, "GET", f"/v1/pins/{pin_id}")
        assert pin["rendered_errors"][0]["reason"] == "DATASET_NOT_ALLOWED"
    both = "{{sales.total}} {{wages.ada}}"
    assert (await push(inside, url, both)).status == 200
    assert "99" not in str(await drawn_value(inside, pin_id))


async def drawn_value(inside: Inside, pin_id: str) -> Any:
    """The value as viewers see it."""
    async with inside.watching(pins=[pin_id]) as watcher:
        return watcher.pins[pin_id]["pin_config"]["cards"][0]["value"]


@pytest.mark.parametrize("body", [b"", b"{", b'"\\ud800"', b"NaN", {"hot": 1}, [[1]], {"cards": 1}])
async def test_a_bad_value_is_told_and_changes_nothing(inside: Inside, body: Any) -> None:
    pin_id = await make_pin(inside)
    url = (await make_address(inside, pin_id))["url"]
    async with nothing_happens(inside):
        refused = await push(inside, url, body)
    assert (refused.status, refused.code) == (400, "VALIDATION_FAILED")


@pytest.mark.parametrize(
    "secret", ["a" * 32, "a" * 31, "a" * 33, "A" * 31 + "-", "..", "%00", "ä" * 32, "'" + "a" * 31]
)
async def test_an_unknown_address_is_not_found(inside: Inside, secret: str) -> None:
    pin_id = await make_pin(inside)
    await make_address(inside, pin_id)
    async with nothing_happens(inside):
        for method in ("POST", "PUT"):
            unknown = await inside.call(method, f"/v1/in/{secret}", 1, None)
            assert (unknown.status, unknown.code) == (404, "NOT_FOUND")
        # Somebody's key is no help.
        assert (await inside.call("POST", f"/v1/in/{secret}", 1, "ada")).status == 404


async def test_deleting_an_address_ends_it_at_once(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    kept, gone = await make_address(inside, pin_id), await make_address(inside, pin_id)
    assert (await push(inside, gone["url"], 2)).status == 200
    path = f"/v1/pins/{pin_id}/push-addresses"
    deleted = await ask(inside, "DELETE", f"{path}/{gone['id']}")
    assert deleted["id"] == gone["id"]
    async with nothing_happens(inside):
        assert (await push(inside, gone["url"], 3)).status == 404
        assert (await inside.call("DELETE", f"{path}/{gone['id']}")).status == 404
    assert (await push(inside, kept["url"], 4)).status == 200
    listed = await ask(inside, "GET", path)
    assert [item["id"] for item in listed["items"]] == [kept["id"]]
    assert listed["items"][0]["last_used_at"] > 0


async def test_it_ends_with_the_pin_and_with_the_owners_right(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    url = (await make_address(inside, pin_id))["url"]
    async with inside.app.parts.database.transaction() as tx:
        await tx.run(
            "UPDATE pins SET owner_id = :ben WHERE id = :id",
            {"ben": inside.cast["ben"].user_id, "id": pin_id},
        )
    await give_role(inside, "pins", pin_id, "ada", "editor", who="ben")
    async with nothing_happens(inside):
        assert (await push(inside, url, 2)).status == 404
    theirs = (await make_address(inside, pin_id, "ben"))["url"]
    assert (await push(inside, theirs, 3)).status == 200
    await ask(inside, "DELETE", f"/v1/pins/{pin_id}", who="ben")
    async with nothing_happens(inside):
        assert (await push(inside, theirs, 4)).status == 404


async def test_who_may_make_see_and_delete_them(inside: Inside) -> None:
    other_id = await make_pin(inside)
    pin_id = await make_pin(inside)
    address = await make_address(inside, pin_id)
    path = f"/v1/pins/{pin_id}/push-addresses"
    await give_role(inside, "pins", pin_id, "ben", "editor")
    await give_role(inside, "pins", pin_id, "cleo", "viewer")
    writer = await bring_key(inside, "ada", "pins:write")
    async with nothing_happens(inside):
        for who, status in (("ben", 403), ("cleo", 403), ("dan", 404), (None, 401), (writer, 403)):
            for method, where in (
                ("POST", path),
                ("GET", path),
                ("DELETE", f"{path}/{address['id']}"),
            ):
                refused = await inside.call(method, where, {} if method == "POST" else None, who)
                assert refused.status == status, (who, method)
        elsewhere = f"/v1/pins/{other_id}/push-addresses/{address['id']}"
        assert (await inside.call("DELETE", elsewhere)).status == 404


async def test_a_pin_has_so_many_addresses(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    for _ in range(MOST_PER_PIN):
        await make_address(inside, pin_id)
    async with nothing_happens(inside):
        path = f"/v1/pins/{pin_id}/push-addresses"
        assert (await inside.call("POST", path, {})).code == "CONFLICT"
        long = await inside.call("POST", path, {"name": "x" * 101})
        assert long.json["error"]["details"]["field"] == "name"


async def test_each_pin_has_its_own_addresses_and_each_address_its_own_last_use(
    inside: Inside,
) -> None:
    pins = [await make_pin(inside) for _ in "12"]
    used, unused, other = [await make_address(inside, pin_id) for pin_id in (*pins, pins[1])]
    await push(inside, used["url"], 2)
    found = []
    for pin_id in pins:
        listed = await ask(inside, "GET", f"/v1/pins/{pin_id}/push-addresses")
        found.append([(it["id"], it["last_used_at"] is not None) for it in listed["items"]])
    assert found == [[(used["id"], True)], [(other["id"], False), (unused["id"], False)]]


@pytest.mark.usefixtures("one_minute")
async def test_each_address_has_its_own_budget(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    one, two = await make_address(inside, pin_id), await make_address(inside, pin_id)
    pushed = await push(inside, one["url"], 2)
    assert pushed.headers["x-ratelimit-limit-minute"] == str(LIMITS.per_minute)
    assert pushed.headers["x-ratelimit-remaining-minute"] == str(LIMITS.per_minute - 2)
    other = await push(inside, two["url"], 3)
    assert other.headers["x-ratelimit-remaining-minute"] == str(LIMITS.per_minute - 2)
    spent = inside.app.parts.budgets._spent[one["id"]]
    spent[2] = LIMITS.per_minute
    async with nothing_happens(inside):
        refused = await push(inside, one["url"], 4)
    assert (refused.status, refused.code) == (429, "RATE_LIMIT_EXCEEDED")
    assert "retry-after" in refused.headers


async def test_a_repeated_push_is_made_once(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    url = (await make_address(inside, pin_id))["url"]
    first = await push(inside, url, 2, **{"idempotency-key": "one"})
    await push(inside, url, 3)
    again = await push(inside, url, 2, **{"idempotency-key": "one"})
    assert (first.body, again.body) == (b'{"success":true}',) * 2
    assert again.headers["idempotency-replayed"] == "true"
    assert await value_of(inside, pin_id) == 3


async def test_the_log_does_not_tell_the_address(
    inside: Inside, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = (await make_address(inside, await make_pin(inside)))["url"]

    monkeypatch.setattr(inside.app._door, "_parts", None)
    with caplog.at_level(logging.DEBUG):
        failed = await push(inside, url, 2)
    assert (failed.status, failed.code) == (500, "INTERNAL_ERROR")
    assert "/v1/in/" in caplog.text
    assert url.rpartition("/")[2] not in caplog.text

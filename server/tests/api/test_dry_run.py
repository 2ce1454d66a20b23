"""`?dry_run=true`: the same checks and the same answer, and nothing of it stays."""

from typing import Any

import pytest
from inside import Inside, stat
from scene import ask, give_role, make_board, make_pin, nothing_happens, place

TRIED = "?dry_run=true"


async def tried(inside: Inside, method: str, path: str, body: Any = None) -> Any:
    """The data of a change that is only tried."""
    async with nothing_happens(inside):
        answer = await inside.call(method, path + TRIED, body)
    assert answer.status in (200, 201), answer.body
    assert answer.data["dry_run"] is True
    assert "etag" not in answer.headers
    return answer.data


async def test_a_pin_can_be_tried_in_every_way(inside: Inside) -> None:
    pin = await make_pin(inside)
    made = await tried(inside, "POST", "/v1/pins", stat(5, "Tried"))
    assert (made["title"], made["revision"]) == ("Tried", 1)
    assert (await inside.call("GET", f"/v1/pins/{made['id']}")).status == 404
    path = f"/v1/pins/{pin}"
    assert (await tried(inside, "PUT", path, stat(2)))["revision"] == 2
    assert (await tried(inside, "PATCH", path, {"title": "T"}))["revision"] == 2
    assert (await tried(inside, "POST", path + "/share", {"is_public": True}))["is_public"] is True
    assert (await tried(inside, "POST", path + "/revisions/1/restore"))["revision"] == 2
    assert (await tried(inside, "DELETE", path))["id"] == pin
    assert (await ask(inside, "GET", path))["revision"] == 1


async def test_a_pinboard_can_be_tried_in_every_way(inside: Inside) -> None:
    board, pin, other = [
        await make_board(inside), await make_pin(inside), await make_pin(inside),
    ]  # fmt: skip
    await place(inside, board, pin)
    path, slots = f"/v1/pinboards/{board}", {pin: {"x": 3, "y": 4, "w": 3, "h": 2}}
    assert (await tried(inside, "POST", "/v1/pinboards", {"title": "T"}))["title"] == "T"
    assert (await tried(inside, "PUT", path, {"title": "T"}))["revision"] == 3
    assert (await tried(inside, "POST", path + "/share", {"is_public": True}))["is_public"] is True
    assert (await tried(inside, "POST", path + "/pins", {"pin_id": other}))["opens"] is True
    assert (await tried(inside, "PUT", path + "/layout", {"layout": slots}))["layout"] == slots
    assert (await tried(inside, "PATCH", path + "/layout", {"layout": slots}))["layout"] == slots
    assert (await tried(inside, "DELETE", path + f"/pins/{pin}"))["pin_id"] == pin
    assert (await tried(inside, "DELETE", path))["id"] == board


@pytest.mark.parametrize("kind", ["pins", "pinboards"])
async def test_collaborators_can_be_tried(inside: Inside, kind: str) -> None:
    thing = await make_pin(inside) if kind == "pins" else await make_board(inside)
    ben = inside.cast["ben"]
    path = f"/v1/{kind}/{thing}/collaborators"
    body = {"email": ben.email, "role": "editor"}
    assert (await tried(inside, "POST", path, body))["role"] == "editor"
    await give_role(inside, kind, thing, "ben", "viewer")
    assert (await tried(inside, "PUT", f"{path}/{ben.user_id}", {"role": "editor"}))["role"]
    await tried(inside, "DELETE", f"{path}/{ben.user_id}")


async def test_what_would_be_refused_is_refused(inside: Inside) -> None:
    pin = await make_pin(inside)
    for who, method, path, body, code in (
        ("ada", "POST", "/v1/pins", {"content": {}}, "VALIDATION_FAILED"),
        ("ada", "PUT", f"/v1/pins/{pin}", {"content": {"cards": 1}}, "VALIDATION_FAILED"),
        ("dan", "PUT", f"/v1/pins/{pin}", stat(2), "NOT_FOUND"),
    ):
        async with nothing_happens(inside):
            answer = await inside.call(method, path + TRIED, body, who=who)
        assert answer.code == code
    stale = await inside.call("PUT", f"/v1/pins/{pin}{TRIED}", {}, headers={"if-match": '"9"'})
    assert stale.status == 412


async def test_what_cannot_be_tried_is_not_done_instead(inside: Inside) -> None:
    body = {"name": "Till", "scopes": ["pins:write"]}
    for query in (TRIED, "?dry%5Frun=1", "?dry_run"):
        answer = await inside.call("POST", "/v1/api-keys" + query, body)
        assert (answer.status, answer.json["error"]["details"]["field"]) == (400, "dry_run")
    assert (await ask(inside, "GET", "/v1/api-keys"))["total"] == 1
    pin = await make_pin(inside)
    async with nothing_happens(inside):
        answer = await inside.call("PUT", f"/v1/pins/{pin}?dry_run=maybe", stat(2))
    assert (answer.status, answer.json["error"]["details"]["field"]) == (400, "dry_run")


async def test_a_dry_run_is_not_remembered(inside: Inside) -> None:
    headers = {"idempotency-key": "k"}
    path = "/v1/pins" + TRIED
    answers = [await inside.call("POST", path, stat(1), headers=headers) for _ in range(2)]
    assert answers[0].data["id"] != answers[1].data["id"]
    made = await inside.call("POST", "/v1/pins", stat(1), headers=headers)
    assert (made.status, "dry_run" in made.data) == (201, False)


async def test_said_to_be_none_it_is_a_change_like_any(inside: Inside) -> None:
    pin = await make_pin(inside)
    answer = await inside.call("PUT", f"/v1/pins/{pin}?dry_run=false", stat(2))
    assert (answer.data["revision"], "dry_run" in answer.data) == (2, False)


async def test_viewers_see_nothing_of_it(inside: Inside) -> None:
    pin = await make_pin(inside)
    async with inside.watching(pins=[pin]) as watcher:
        await tried(inside, "PUT", f"/v1/pins/{pin}", stat(2))
        await ask(inside, "PUT", f"/v1/pins/{pin}", stat(3))
        await watcher.until(lambda: watcher.named("pin"))
        shown = [view["pin_config"]["cards"][0]["value"] for view in watcher.named("pin")]
    assert shown == [3]

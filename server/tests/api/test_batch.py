"""Many pins in one call: each for itself, or all or nothing."""

import asyncio
from typing import Any

import pytest
from inside import Answer, Inside, stat
from pindown_server.clock import now
from scene import (
    ask,
    bring_key,
    get_board,
    give_role,
    make_board,
    make_pin,
    nothing_happens,
    place,
)

BATCH = "/v1/pins/batch"


def value_of(pin: Any) -> Any:
    return pin["content"]["cards"][0]["value"]


def codes(answer: Answer) -> dict[Any, str]:
    """Why elements failed, by id or else by index."""
    return {fail.get("id", fail.get("index")): fail["code"] for fail in answer.data["failed"]}


async def test_pins_are_created_each_for_itself(inside: Inside) -> None:
    wrong = stat(2) | {"metadata": {}}
    answer = await inside.call("POST", BATCH, {"pins": [stat(1), wrong, 7, stat(3, "Third")]})
    assert answer.status == 200
    assert answer.json["message"] == "Created 2 pins"
    assert [made["index"] for made in answer.data["created"]] == [0, 3]
    assert codes(answer) == {1: "VALIDATION_FAILED", 2: "VALIDATION_FAILED"}
    assert answer.data["failed"][0]["error"] == "metadata.title is required"
    assert answer.data["failed"][0]["details"]["field"] == "metadata/title"
    third = await ask(inside, "GET", f"/v1/pins/{answer.data['created'][1]['id']}")
    assert (third["title"], value_of(third)) == ("Third", 3)
    assert third["created_at"] == answer.data["created"][1]["created_at"]
    assert (await ask(inside, "GET", "/v1/pins"))["total"] == 2


async def test_what_was_made_at_once_is_listed_in_its_order(inside: Inside) -> None:
    made = await ask(inside, "POST", BATCH, {"pins": [stat(number) for number in range(20)]})
    listed = await ask(inside, "GET", "/v1/pins")
    newest_first = [one["id"] for one in reversed(made["created"])]
    assert [pin["id"] for pin in listed["items"]] == newest_first


async def test_people_are_invited_to_new_pins(inside: Inside) -> None:
    invited = {"pending_invites": {inside.cast["ben"].email: "viewer", "eve@x.example": "editor"}}
    body, key = {"pins": [stat(1) | invited, stat(2)]}, {"idempotency-key": "b"}
    answer = await inside.call("POST", BATCH, body, headers=key)
    first, second = answer.data["created"]
    assert [told["role"] for told in first["invites"]] == ["viewer", "editor"]
    assert "invites" not in second
    assert (await inside.call("GET", f"/v1/pins/{first['id']}", who="ben")).status == 200
    secret = first["invites"][1]["invite_url"]
    again = await inside.call("POST", BATCH, body, headers=key)
    assert again.data["created"][0]["id"] == first["id"]
    assert secret.encode() not in again.body
    narrow = await bring_key(inside, "ada", "pins:write")
    async with nothing_happens(inside):
        refused = await inside.call("POST", BATCH, {"pins": [stat(1) | invited]}, who=narrow)
    assert codes(refused) == {0: "SCOPE_REQUIRED"}


async def test_pins_are_updated_each_for_itself(inside: Inside) -> None:
    mine, viewed, other = [
        await make_pin(inside), await make_pin(inside, "ben"), await make_pin(inside, "ben"),
    ]  # fmt: skip
    await give_role(inside, "pins", viewed, "ada", "viewer", who="ben")
    updates = [
        {"id": mine, **stat(2)},
        {"id": viewed, **stat(2)},
        {"pin_id": other, **stat(2)},
        {"id": "p-000000000000", **stat(2)},
        stat(2),
        {"id": mine, "content": {"cards": "none"}},
        {"id": mine, "title": "Renamed"},
    ]
    answer = await inside.call("PATCH", BATCH, {"updates": updates})
    assert (answer.status, answer.json["message"]) == (200, "Updated 2 pins")
    assert answer.data["updated"] == [mine, mine]
    assert isinstance(answer.data["updated_at"], int)
    assert [(fail["index"], fail.get("id"), fail["code"]) for fail in answer.data["failed"]] == [
        (1, viewed, "FORBIDDEN"),
        (2, other, "NOT_FOUND"),
        (3, "p-000000000000", "NOT_FOUND"),
        (4, None, "VALIDATION_FAILED"),
        (5, mine, "VALIDATION_FAILED"),
    ]
    pin = await ask(inside, "GET", f"/v1/pins/{mine}")
    assert (pin["title"], value_of(pin), pin["revision"]) == ("Renamed", 2, 3)
    assert (await ask(inside, "GET", f"/v1/pins/{other}", who="ben"))["revision"] == 1


async def test_a_value_older_than_the_one_shown_is_named(inside: Inside) -> None:
    late, fresh = await make_pin(inside), await make_pin(inside)
    then = now() - 60_000
    updates = [{"id": late, **stat(2), "observed_at": then}, {"id": fresh, **stat(2)}]
    answer = await inside.call("PATCH", BATCH, {"updates": updates})
    assert (answer.data["updated"], answer.data["superseded"]) == ([late, fresh], [late])
    assert value_of(await ask(inside, "GET", f"/v1/pins/{late}")) == 1
    points = await ask(inside, "GET", f"/v1/pins/{late}/series?path=cards/0/value")
    assert points["series"][0] == [then, 2.0]
    answer = await inside.call("PATCH", BATCH, {"updates": [{"id": late, **stat(3)}]})
    assert "superseded" not in answer.data


async def test_pins_are_deleted_each_for_itself(inside: Inside) -> None:
    board, shared = await make_board(inside), await make_pin(inside, "ben")
    pins = [await make_pin(inside) for _ in range(3)]
    await give_role(inside, "pins", shared, "ada", "editor", who="ben")
    for pin in pins:
        await place(inside, board, pin)
    before = (await get_board(inside, board))["revision"]
    wanted = [pins[0], shared, "p-000000000000", pins[1], pins[0]]
    answer = await inside.call("DELETE", BATCH, {"pin_ids": wanted})
    assert (answer.status, answer.json["message"]) == (200, "Deleted 2 pins")
    assert answer.data["deleted"] == [pins[0], pins[1]]
    assert codes(answer) == {
        shared: "FORBIDDEN",
        "p-000000000000": "NOT_FOUND",
        pins[0]: "NOT_FOUND",
    }
    shown = await get_board(inside, board)
    assert (shown["pins"], shown["revision"]) == ([pins[2]], before + 1)
    assert (await ask(inside, "GET", "/v1/pins"))["total"] == 1


async def test_pins_are_read_and_what_is_not_told_apart(inside: Inside) -> None:
    mine, shared, other = [
        await make_pin(inside), await make_pin(inside, "ben"), await make_pin(inside, "ben"),
    ]  # fmt: skip
    await give_role(inside, "pins", shared, "ada", "viewer", who="ben")
    gone = await make_pin(inside, "ben")
    await ask(inside, "DELETE", f"/v1/pins/{gone}", who="ben")
    wanted = [other, mine, "p-000000000000", shared, gone, "nonsense", mine]
    answer = await inside.call("POST", BATCH + "/get", {"pin_ids": wanted})
    assert answer.json["message"] == "Retrieved 2 pins"
    assert [pin["id"] for pin in answer.data["found"]] == [mine, shared]
    assert answer.data["found"][0] == await ask(inside, "GET", f"/v1/pins/{mine}")
    assert answer.data["not_found"] == ["p-000000000000", gone, "nonsense"]
    assert answer.data["permission_denied"] == [other]
    assert answer.headers["x-ratelimit-token-cost"] == "2"


async def test_a_narrowed_key_learns_of_nothing_else(inside: Inside) -> None:
    mine, hidden = await make_pin(inside), await make_pin(inside)
    board = await make_board(inside)
    narrow = await bring_key(inside, "ada", "pins:write", "pinboards:write", resources=[mine])
    body = {"pin_ids": [mine, hidden]}
    read = await ask(inside, "POST", BATCH + "/get", body, narrow)
    assert ([pin["id"] for pin in read["found"]], read["not_found"]) == ([mine], [hidden])
    assert read["permission_denied"] == []
    boards = await ask(inside, "POST", "/v1/pinboards/batch/get", {"pinboard_ids": [board]}, narrow)
    assert (boards["not_found"], boards["permission_denied"]) == ([board], [])
    async with nothing_happens(inside):
        made = await inside.call("POST", BATCH, {"pins": [stat(1)]}, who=narrow)
        deleted = await inside.call("DELETE", BATCH, {"pin_ids": [hidden]}, who=narrow)
    assert codes(made) == {0: "FORBIDDEN"}
    assert codes(deleted) == {hidden: "NOT_FOUND"}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", BATCH, {"pins": []}),
        ("POST", BATCH, {"pins": [stat(1)] * 51}),
        ("PATCH", BATCH, {"updates": []}),
        ("PATCH", BATCH, {"updates": [{"id": "p-1"}] * 51}),
        ("DELETE", BATCH, {"pin_ids": ["p-1"] * 51}),
        ("DELETE", BATCH, {}),
        ("POST", BATCH, {"pins": [stat(1)], "atomic": True}),
        ("POST", BATCH + "?atomic=perhaps", {"pins": [stat(1)]}),
        ("POST", BATCH + "/get", {"pin_ids": []}),
        ("POST", BATCH + "/get", {"pin_ids": ["p-1"] * 101}),
        ("POST", "/v1/pinboards/batch/get", {"pinboard_ids": ["pb-1"] * 101}),
    ],
)
async def test_a_batch_has_its_size(inside: Inside, method: str, path: str, body: Any) -> None:
    async with nothing_happens(inside):
        answer = await inside.call(method, path, body)
    assert (answer.status, answer.code) == (400, "VALIDATION_FAILED"), answer.body


async def test_a_batch_takes_fifty(inside: Inside) -> None:
    made = await ask(inside, "POST", BATCH, {"pins": [stat(n) for n in range(50)]})
    ids = [pin["id"] for pin in made["created"]]
    updated = await ask(inside, "PATCH", BATCH, {"updates": [{"id": i, **stat(100)} for i in ids]})
    assert updated["updated"] == ids
    read = await ask(inside, "POST", BATCH + "/get", {"pin_ids": ids * 2})
    assert {value_of(pin) for pin in read["found"]} == {100}
    board = await make_board(inside)
    placed = await ask(inside, "POST", f"/v1/pinboards/{board}/pins/batch", {"pin_ids": ids})
    assert placed["added"] == ids
    assert (await ask(inside, "DELETE", BATCH, {"pin_ids": ids}))["deleted"] == ids
    assert (await get_board(inside, board))["pins"] == []


async def test_all_or_nothing(inside: Inside) -> None:
    pin, other = await make_pin(inside), await make_pin(inside, "ben")
    for method, body, done in (
        ("POST", {"pins": [stat(1), {"title": "x", "content": []}]}, [1]),
        ("PATCH", {"updates": [{"id": pin, **stat(2)}, {"id": other, **stat(2)}]}, [1]),
        ("DELETE", {"pin_ids": [pin, other]}, [1]),
    ):
        async with nothing_happens(inside):
            answer = await inside.call(method, BATCH + "?atomic=true", body)
        assert (answer.status, answer.code) == (409, "CONFLICT")
        failed = answer.json["error"]["details"]["failed"]
        assert [fail["index"] for fail in failed] == done
        assert "nothing was changed" in answer.json["error"]["message"]
    whole = await inside.call(
        "PATCH", BATCH + "?atomic=true", {"updates": [{"id": pin, **stat(2)}]}
    )
    assert whole.data["updated"] == [pin]


async def test_a_batch_is_repeated_and_tried_as_one_change(inside: Inside) -> None:
    key, body = {"idempotency-key": "b"}, {"pins": [stat(1), 7]}
    first = await inside.call("POST", BATCH, body, headers=key)
    async with nothing_happens(inside):
        again = await inside.call("POST", BATCH, body, headers=key)
        tried = await inside.call("POST", BATCH + "?dry_run=true", body)
    assert (again.body, again.headers["idempotency-replayed"]) == (first.body, "true")
    assert (len(tried.data["created"]), tried.data["dry_run"]) == (1, True)
    assert first.headers["x-ratelimit-token-cost"] == "5"


async def test_a_batch_of_updates_is_one_frame(inside: Inside) -> None:
    pins = [await make_pin(inside) for _ in range(3)]
    board = await make_board(inside)
    for pin in pins:
        await place(inside, board, pin)
    async with (
        inside.watching(pinboards=[board]) as watcher,
        inside.watching(pins=[pins[0]]) as one,
    ):
        updates = [{"id": pin, **stat(9)} for pin in pins] + [{"id": pins[0], "content": 5}]
        await ask(inside, "PATCH", BATCH, {"updates": updates})
        await watcher.until(lambda: watcher.named("frame"))
        await one.until(lambda: one.named("frame"))
        assert [view["id"] for view in watcher.named("frame")[0]["pins"]] == pins
        assert [view["id"] for view in one.named("frame")[0]["pins"]] == [pins[0]]
        await ask(inside, "PUT", f"/v1/pins/{pins[0]}", stat(10))
        await watcher.until(lambda: watcher.named("pin"))
        assert len(watcher.named("frame")) == 1
        await ask(inside, "DELETE", BATCH, {"pin_ids": pins[:2]})
        await watcher.until(lambda: len(watcher.named("deleted")) == 2)
        assert watcher.went_back == []


async def test_batches_that_cross_each_other_all_go_through(inside: Inside) -> None:
    pins = [await make_pin(inside) for _ in range(8)]
    boards = [await make_board(inside) for _ in range(2)]

    async def update(number: int) -> Answer:
        order = pins if number % 2 else pins[::-1]
        updates = [{"id": pin, **stat(100 + number)} for pin in order]
        return await inside.call("PATCH", BATCH, {"updates": updates})

    async def lay(number: int) -> Answer:
        order = pins if number % 2 else pins[::-1]
        path = f"/v1/pinboards/{boards[number % 2]}/pins/batch"
        return await inside.call("DELETE" if number > 3 else "POST", path, {"pin_ids": order})

    answers = await asyncio.gather(*map(update, range(8)), *map(lay, range(6)))
    assert {answer.status for answer in answers} == {200}
    revisions = {(await ask(inside, "GET", f"/v1/pins/{pin}"))["revision"] for pin in pins}
    assert revisions == {9}
    deleted = await asyncio.gather(
        *[inside.call("DELETE", BATCH, {"pin_ids": ids}) for ids in (pins[:4], pins[3::-1])]
    )
    assert sorted(len(answer.data["deleted"]) for answer in deleted) == [0, 4]


async def test_pinboards_are_read_and_what_is_not_told_apart(inside: Inside) -> None:
    mine, public = await make_board(inside), await make_board(inside, "ben", is_public=True)
    other = await make_board(inside, "ben")
    await place(inside, mine, await make_pin(inside))
    body = {"pinboard_ids": [public, "pb-000000000000", other, mine]}
    answer = await inside.call("POST", "/v1/pinboards/batch/get", body)
    assert answer.json["message"] == "Retrieved 2 pinboards"
    assert [board["id"] for board in answer.data["found"]] == [public, mine]
    assert answer.data["found"][1] == await get_board(inside, mine)
    assert answer.data["not_found"] == ["pb-000000000000"]
    assert answer.data["permission_denied"] == [other]


async def test_pins_are_placed_and_taken_together(inside: Inside) -> None:
    board, theirs = await make_board(inside), await make_pin(inside, "ben")
    pins = [await make_pin(inside) for _ in range(3)]
    await place(inside, board, pins[0], x=6, y=4)
    path = f"/v1/pinboards/{board}/pins/batch"
    answer = await inside.call("POST", path, {"pin_ids": [*pins, theirs, pins[1]]})
    assert answer.json["message"] == "Added 3 pins"
    assert (answer.data["added"], codes(answer)) == (pins, {theirs: "NOT_FOUND"})
    shown = await get_board(inside, board)
    assert (shown["revision"], set(shown["pins"])) == (3, set(pins))
    assert answer.data["revision"] == 3
    assert (shown["layout"][pins[0]]["x"], shown["layout"][pins[0]]["y"]) == (6, 4)
    async with nothing_happens(inside):
        again = await inside.call("POST", path, {"pin_ids": pins})
        whole = await inside.call("DELETE", path + "?atomic=true", {"pin_ids": [pins[0], theirs]})
    assert again.data["added"] == pins
    assert whole.json["error"]["details"]["failed"][0]["id"] == theirs
    removed = await inside.call("DELETE", path, {"pin_ids": [pins[0], theirs, pins[2]]})
    assert removed.json["message"] == "Removed 2 pins"
    assert (removed.data["removed"], codes(removed)) == ([pins[0], pins[2]], {theirs: "NOT_FOUND"})
    shown = await get_board(inside, board)
    assert (shown["pins"], shown["revision"]) == ([pins[1]], 4)


async def test_who_may_not_edit_a_pinboard_places_nothing_and_takes_their_own(
    inside: Inside,
) -> None:
    board, hers, his = (
        await make_board(inside),
        await make_pin(inside),
        await make_pin(inside, "ben"),
    )
    await give_role(inside, "pinboards", board, "ben", "editor")
    await place(inside, board, hers)
    await place(inside, board, his, who="ben")
    path = f"/v1/pinboards/{board}/pins/batch"
    for method in ("POST", "DELETE"):
        async with nothing_happens(inside):
            answer = await inside.call(method, path, {"pin_ids": [hers]}, who="dan")
        assert (answer.status, answer.code) == (404, "NOT_FOUND")
    await give_role(inside, "pinboards", board, "cleo", "viewer")
    for method in ("POST", "DELETE"):
        async with nothing_happens(inside):
            answer = await inside.call(method, path, {"pin_ids": [hers]}, who="cleo")
        assert (answer.status, answer.code) == (403, "FORBIDDEN")
    ben = inside.cast["ben"].user_id
    await ask(inside, "DELETE", f"/v1/pinboards/{board}/collaborators/{ben}")
    taken = await inside.call("DELETE", path, {"pin_ids": [his, hers]}, who="ben")
    assert (taken.data["removed"], codes(taken)) == ([his], {hers: "NOT_FOUND"})


async def test_a_pin_placed_in_a_batch_opens_to_the_audience(inside: Inside) -> None:
    board, pins = await make_board(inside, is_public=True), [await make_pin(inside)]
    path = f"/v1/pinboards/{board}/pins/batch"
    async with inside.watching(who=None, pinboards=[board]) as visitor:
        await ask(inside, "POST", path, {"pin_ids": pins})
        await visitor.until(lambda: pins[0] in visitor.pins)
        await ask(inside, "DELETE", path, {"pin_ids": pins})
        await visitor.until(lambda: pins[0] not in visitor.pins)

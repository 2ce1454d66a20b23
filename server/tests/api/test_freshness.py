"""What is overdue: told in lists, on pinboards, to viewers, and after a restart."""

from pathlib import Path

from inside import Inside, running, stat
from pindown_server.clock import SECOND, now
from scene import ask, get_board, give_role, make_board, make_pin, place


async def be_silent(inside: Inside, pin_id: str, seconds: int) -> None:
    """Have the last push and the deadline been longer ago."""
    async with inside.app.parts.database.transaction() as tx:
        await tx.run(
            "UPDATE pins SET pushed_at = pushed_at - :by, late_at = late_at - :by WHERE id = :id",
            {"by": seconds * SECOND, "id": pin_id},
        )


async def come_nearer(inside: Inside, pin_id: str, seconds: int) -> None:
    """Have the deadline alone be earlier: what a viewer was told of the last push stays true."""
    async with inside.app.parts.database.transaction() as tx:
        await tx.run(
            "UPDATE pins SET late_at = late_at - :by WHERE id = :id",
            {"by": seconds * SECOND, "id": pin_id},
        )


async def test_a_board_says_how_many_of_its_pins_are_late(inside: Inside) -> None:
    board_id = await make_board(inside)
    pins = [await make_pin(inside, expect_every=60) for _ in range(4)]
    secret = await make_pin(inside, who="dan", expect_every=60)
    await give_role(inside, "pins", secret, "ada", "viewer", who="dan")
    await give_role(inside, "pinboards", board_id, "ben", "editor")
    for pin_id in (*pins, secret):
        await place(inside, board_id, pin_id)
    before = await inside.call("GET", f"/v1/pinboards/{board_id}")
    assert before.data["late_count"] == 0
    for pin_id in (*pins[:2], secret):
        await be_silent(inside, pin_id, 61)
    after = await inside.call("GET", f"/v1/pinboards/{board_id}")
    assert (after.data["late_count"], after.data["pin_count"]) == (3, 5)
    assert after.headers["etag"] != before.headers["etag"]
    assert (await get_board(inside, board_id, "ben"))["late_count"] == 2, "of those that one sees"
    listed = await ask(inside, "GET", "/v1/pinboards")
    assert listed["items"][0]["late_count"] == 3
    late = await ask(inside, "GET", "/v1/pins?late=true")
    assert {item["id"] for item in late["items"]} == set(pins[:2])
    shared = await ask(inside, "GET", "/v1/pins/shared?late=true")
    assert [item["id"] for item in shared["items"]] == [secret]
    await ask(inside, "PUT", f"/v1/pins/{pins[0]}", {})
    assert (await get_board(inside, board_id))["late_count"] == 2


async def test_a_deadline_is_told_within_a_second(inside: Inside) -> None:
    pin_id, other = [await make_pin(inside, expect_every=60) for _ in "12"]
    for thing in (pin_id, other):
        await be_silent(inside, thing, 35)
    async with inside.watching("ada", pins=[pin_id, other]) as watcher:
        await ask(inside, "PUT", f"/v1/pins/{other}", {})  # before its deadline
        for thing in (other, pin_id):  # now is after that one, and before the next
            await come_nearer(inside, thing, 35)
        await watcher.until(lambda: watcher.named("late"))
        pin = await ask(inside, "GET", f"/v1/pins/{pin_id}")
        assert pin["is_late"] is True
        assert watcher.named("late") == [{"id": pin_id, "pushed_at": pin["pushed_at"]}]
        await ask(inside, "PUT", f"/v1/pins/{pin_id}", {"content": stat(2)["content"]})
        await watcher.until(lambda: watcher.named("on_time") and watcher.named("pin"))
        await ask(inside, "PUT", f"/v1/pins/{pin_id}", {})
        await watcher.until(lambda: [it["id"] for it in watcher.named("alive")] == [other, pin_id])


async def test_a_lateness_that_was_marked_and_never_told_is_told_by_the_next_look(
    inside: Inside,
) -> None:
    pin_id, database = await make_pin(inside, expect_every=60), inside.app.parts.database
    async with inside.watching("ada", pins=[pin_id]) as watcher:
        async with database.transaction() as tx:  # by a node that was killed before it could say so
            await tx.run(
                "UPDATE pins SET late_at = :at, late_told = 1 WHERE id = :id",
                {"id": pin_id, "at": now() - SECOND},
            )
        for _ in range(2):
            database.when_changed_outside()
            await watcher.until(lambda: watcher.named("late"))
        pin = await ask(inside, "GET", f"/v1/pins/{pin_id}")
        await ask(inside, "PUT", f"/v1/pins/{pin_id}", {})
        await watcher.until(lambda: watcher.named("on_time"))
    assert watcher.named("late") == [{"id": pin_id, "pushed_at": pin["pushed_at"]}], "once"


async def test_a_deadline_outlives_a_restart(tmp_path: Path, database_url: str) -> None:
    async with running(tmp_path, database_url) as inside:
        made = {**stat(1), "expect_every": 60, "is_public": True}
        pin_id = (await ask(inside, "POST", "/v1/pins", made))["id"]
        await be_silent(inside, pin_id, 59)
    async with (
        running(tmp_path, database_url, "other.example") as inside,
        inside.watching("dan", pins=[pin_id]) as watcher,
    ):
        await watcher.until(lambda: watcher.pins[pin_id]["is_late"])
    async with (
        running(tmp_path, database_url, "third.example") as inside,
        inside.watching("dan", pins=[pin_id]) as watcher,
    ):
        assert watcher.pins[pin_id]["is_late"] is True
        await ask(inside, "POST", "/v1/pins", stat(2), "dan")
        assert watcher.named("late") == [], "what was told is not told again by the next one"


async def test_an_older_value_does_not_make_a_pin_fresh(inside: Inside) -> None:
    pin_id = await make_pin(inside, expect_every=60)
    await be_silent(inside, pin_id, 61)
    body = {"content": stat(0)["content"], "observed_at": now() - 3600 * SECOND}
    assert (await ask(inside, "PUT", f"/v1/pins/{pin_id}", body))["superseded"] is True
    assert (await ask(inside, "GET", f"/v1/pins/{pin_id}"))["is_late"] is True

"""`observed_at`: values that arrive out of order."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inside import Inside, running, stat
from pindown_server.clock import HOUR, MINUTE, iso, now
from scene import ask, give_role, make_pin, nothing_happens

PATH = "path=cards/0/value"


async def shown(inside: Inside, pin_id: str) -> Any:
    pin = await ask(inside, "GET", f"/v1/pins/{pin_id}")
    return pin["pin_config"]["cards"][0]["value"]


async def push(inside: Inside, pin_id: str, value: int, at: int | str | None = None) -> Any:
    body = {"content": stat(value)["content"]}
    if at is not None:
        body["observed_at"] = at
    return await ask(inside, "PUT", f"/v1/pins/{pin_id}", body)


async def series(inside: Inside, pin_id: str, query: str = "", who: str = "ada") -> Any:
    path = f"/v1/pins/{pin_id}/series?{PATH}{query}"
    return (await ask(inside, "GET", path, who=who))["series"]


async def test_an_older_value_is_kept_and_does_not_replace_the_one_shown(inside: Inside) -> None:
    pin_id, moment = await make_pin(inside, expect_every=60), now()
    await push(inside, pin_id, 20, moment + 2000)
    before = await ask(inside, "GET", f"/v1/pins/{pin_id}")
    async with inside.watching("ada", pins=[pin_id]) as watcher:
        saved = await push(inside, pin_id, 10, moment + 1000)
        assert saved["superseded"] is True
        assert saved["revision"] == before["revision"]
        # Nothing of the pin moves: neither what it says nor how fresh that is.
        assert await ask(inside, "GET", f"/v1/pins/{pin_id}") == before
        await push(inside, pin_id, 30, moment + 3000)
        await watcher.until(lambda: watcher.named("pin"))
        assert [view["pin_config"]["cards"][0]["value"] for view in watcher.named("pin")] == [30]
    points = await series(inside, pin_id)
    assert points[1:] == [[moment + 1000, 10.0], [moment + 2000, 20.0], [moment + 3000, 30.0]]


async def test_a_newer_or_equally_old_value_replaces_the_one_shown(inside: Inside) -> None:
    pin_id, moment = await make_pin(inside), now()
    for value, at in ((5, iso(moment + 1000)), (6, moment + 1000), (7, moment + 1001)):
        saved = await push(inside, pin_id, value, at)
        assert "superseded" not in saved
        assert await shown(inside, pin_id) == value


async def test_without_it_the_last_push_wins(inside: Inside) -> None:
    pin_id, moment = await make_pin(inside), now()
    await push(inside, pin_id, 5, moment + 4 * MINUTE)
    await push(inside, pin_id, 6)
    assert await shown(inside, pin_id) == 6
    # It was true when it came, so what was observed before that is older.
    assert (await push(inside, pin_id, 7, moment + 4 * MINUTE - 1))["superseded"] is True
    assert await shown(inside, pin_id) == 6


async def test_a_title_is_no_value(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    at = now() + 1
    await push(inside, pin_id, 5, at)
    await ask(inside, "PUT", f"/v1/pins/{pin_id}", {"metadata": {"title": "Later"}})
    assert "superseded" not in await push(inside, pin_id, 6, at)
    assert await shown(inside, pin_id) == 6


async def test_nothing_of_an_older_push_applies_but_it_is_checked(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    old = now() - HOUR
    body = {**stat(3), "metadata": {"title": "Old"}, "observed_at": old}
    saved = await ask(inside, "PATCH", f"/v1/pins/{pin_id}", body)
    assert saved["superseded"] is True
    assert (await ask(inside, "GET", f"/v1/pins/{pin_id}"))["title"] == "Sales"
    wrong = {"content": {"cards": [{"value": 1}]}, "observed_at": old}
    async with nothing_happens(inside):
        refused = await inside.call("PUT", f"/v1/pins/{pin_id}", wrong)
    assert refused.json["error"]["details"]["reason"] == "PIN_CONFIG_INVALID"
    await give_role(inside, "pins", pin_id, "cleo", "viewer")
    async with nothing_happens(inside):
        refused = await inside.call("PUT", f"/v1/pins/{pin_id}", body, "cleo")
    assert refused.status == 403
    async with nothing_happens(inside):
        saved = await ask(inside, "PUT", f"/v1/pins/{pin_id}", {"observed_at": old})
    assert saved["superseded"] is True, "without a value there is nothing to keep"


@pytest.mark.parametrize("at", ["yesterday", -1, 0, 10**15, True, None, "in an hour"])
async def test_a_time_that_cannot_be_is_refused(inside: Inside, at: Any) -> None:
    pin_id = await make_pin(inside)
    given = now() + HOUR if at == "in an hour" else at
    body = {"content": stat(3)["content"], "observed_at": given}
    async with nothing_happens(inside):
        refused = await inside.call("PUT", f"/v1/pins/{pin_id}", body)
    assert (refused.status, refused.json["error"]["details"]["field"]) == (400, "observed_at")


async def test_of_the_same_time_the_last_value_counts(inside: Inside) -> None:
    pin_id, old = await make_pin(inside), now() - HOUR
    for value in (3, 4, 4):
        await push(inside, pin_id, value, old)
    assert (await series(inside, pin_id))[0] == [old, 4.0]
    assert len(await series(inside, pin_id)) == 2


async def test_what_was_shown_then_is_what_was_shown_then(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    moment = now()
    await push(inside, pin_id, 5)
    await push(inside, pin_id, 4, moment - 1000)
    then = await ask(inside, "GET", f"/v1/pins/{pin_id}?as_of={now()}")
    assert then["pin_config"]["cards"][0]["value"] == 5
    revisions = await ask(inside, "GET", f"/v1/pins/{pin_id}/revisions")
    assert revisions["total"] == 2


STORM = st.lists(st.integers(1, 12), min_size=1, max_size=25)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(storm=STORM)
def test_a_storm_out_of_order_ends_on_the_newest(storm: list[int]) -> None:
    asyncio.run(_storm(storm, ""))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(storm=STORM)
def test_a_storm_out_of_order_ends_on_the_newest_with_postgres(
    postgres_url: str, storm: list[int]
) -> None:
    asyncio.run(_storm(storm, postgres_url))


async def _storm(storm: list[int], database_url: str) -> None:
    """Values pushed all at once: the last of the newest time is shown, and nothing is lost."""
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), database_url, Path(folder).name + ".example") as inside:
            start = now() - HOUR
            first = {**stat(-1), "observed_at": start}
            pin_id = (await ask(inside, "POST", "/v1/pins", first))["id"]
            async with inside.watching("ada", pins=[pin_id]) as watcher:
                # The value says the time, so that it does not matter which of a time came last.
                pushes = [push(inside, pin_id, at, start + at * 1000) for at in storm]
                answers = await asyncio.gather(*pushes)
                newest = max(storm)
                await watcher.until(
                    lambda: watcher.pins[pin_id]["pin_config"]["cards"][0]["value"] == newest
                )
                seen = [view["pin_config"]["cards"][0]["value"] for view in watcher.named("pin")]
                assert seen == sorted(seen), "no viewer goes back to an older value"
            assert await shown(inside, pin_id) == newest
            assert not all("superseded" in answer for answer in answers)
            points = await series(inside, pin_id)
            expected = {start: -1.0} | {start + at * 1000: float(at) for at in storm}
            assert dict(map(tuple, points)) == expected

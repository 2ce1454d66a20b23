"""`GET /v1/pins/:id/series`: numbers out of the history."""

from typing import Any

import pytest
from inside import Inside, stat
from pindown_server.clock import HOUR, MINUTE, iso, now
from scene import ask, give_role, make_pin, nothing_happens

START = 1_790_000_000_000  # a time in the past: what is pushed in its order is shown


async def make_past(inside: Inside, count: int, every: int = MINUTE) -> str:
    """A pin with one value for each stretch of time since START: 0, 1, 2 …"""
    made = await ask(inside, "POST", "/v1/pins", {**stat(0), "observed_at": START})
    pin_id: str = made["id"]
    for value in range(1, count):
        body = {"content": stat(value)["content"], "observed_at": START + value * every}
        await ask(inside, "PUT", f"/v1/pins/{pin_id}", body)
    return pin_id


async def series(inside: Inside, pin_id: str, who: str | None = "ada", **query: Any) -> Any:
    text = "&".join(f"{name}={value}" for name, value in {"path": "cards/0/value", **query}.items())
    return (await ask(inside, "GET", f"/v1/pins/{pin_id}/series?{text}", who=who))["series"]


async def test_the_numbers_of_a_pin_in_the_order_of_time(inside: Inside) -> None:
    pin_id = await make_past(inside, 60)
    everything = [[START + value * MINUTE, float(value)] for value in range(60)]
    assert await series(inside, pin_id) == everything
    since, until = START + 10 * MINUTE, START + 20 * MINUTE
    assert await series(inside, pin_id, **{"from": since, "to": until}) == everything[10:21]
    assert (
        await series(inside, pin_id, **{"from": iso(since), "to": until - 1}) == everything[10:20]
    )
    assert await series(inside, pin_id, to=START - 1) == []
    assert await series(inside, pin_id, **{"from": now() + HOUR}) == []


@pytest.mark.parametrize("points", [1, 2, 7, 25, 59])
async def test_more_than_is_asked_for_gives_the_last_of_each_part(
    inside: Inside, points: int
) -> None:
    pin_id = await make_past(inside, 60)
    span = {"from": START, "to": START + 59 * MINUTE}
    found = await series(inside, pin_id, points=points, **span)
    width = -(-(59 * MINUTE + 1) // points)
    last = {value * MINUTE // width: value for value in range(60)}
    assert found == [[START + value * MINUTE, float(value)] for value in last.values()]
    assert len(found) <= points


async def test_late_values_stand_at_their_own_time(inside: Inside) -> None:
    pin_id = await make_past(inside, 30, every=2 * MINUTE)
    for value in range(0, 29, 7):
        body = {
            "content": stat(value + 0.5)["content"],
            "observed_at": START + (2 * value + 1) * MINUTE,
        }
        assert (await ask(inside, "PUT", f"/v1/pins/{pin_id}", body))["superseded"]
    found = await series(inside, pin_id)
    assert len(found) == 35
    assert found == sorted(found)
    assert [START + MINUTE, 0.5] in found
    coarse = await series(inside, pin_id, points=8, **{"from": START, "to": START + HOUR})
    assert len(coarse) == 8
    assert all(point in found for point in coarse)


async def test_texts_with_numbers_count_and_others_do_not(inside: Inside) -> None:
    pin_id = await make_pin(inside, value="$1,000")
    for value in ("n/a", "1.5k", "12:30", 3):
        await ask(inside, "PUT", f"/v1/pins/{pin_id}", {"content": stat(value)["content"]})
    assert [number for _, number in await series(inside, pin_id)] == [1000.0, 1500.0, 3.0]
    for path in ("cards/1/value", "cards/0/title", "cards", "cards/-1/value", "cards/0/value/x"):
        assert await series(inside, pin_id, path=path) == [], path


async def test_names_with_a_slash_are_escaped(inside: Inside) -> None:
    body = {"data_type": "json", "content": {"a/b": {"c~d": 4}}, "metadata": {"title": "Data"}}
    pin = await ask(inside, "POST", "/v1/pins", body)
    for path in ("a~1b/c~0d", "/a~1b/c~0d"):  # also as a JSON Pointer
        found = await series(inside, pin["id"], path=path)
        assert [number for _, number in found] == [4.0]


@pytest.mark.parametrize(
    "query", ["", "path=", "path=a&points=0", "path=a&points=1001", "path=a&from=then",
              "path=a&to=never", "path=a&from=2&to=1", "path=/", "path=" + "a" * 501],
)  # fmt: skip
async def test_what_cannot_be_asked_is_refused(inside: Inside, query: str) -> None:
    pin_id = await make_pin(inside)
    async with nothing_happens(inside):
        refused = await inside.call("GET", f"/v1/pins/{pin_id}/series?{query}")
    assert (refused.status, refused.code) == (400, "VALIDATION_FAILED")


async def test_whoever_sees_the_pin_sees_its_series(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    await give_role(inside, "pins", pin_id, "cleo", "viewer")
    assert len(await series(inside, pin_id, "cleo")) == 1
    path = f"pins/{pin_id}/series?path=cards/0/value"
    for who, begin in (("dan", "/v1"), ("dan", "/v1/shared"), (None, "/v1/shared")):
        assert (await inside.call("GET", f"{begin}/{path}", who=who)).status == 404
    await ask(inside, "POST", f"/v1/pins/{pin_id}/share", {"is_public": True})
    assert len(await series(inside, pin_id, "dan")) == 1
    public = await ask(inside, "GET", f"/v1/shared/{path}", who=None)
    assert [number for _, number in public["series"]] == [1.0]
    await ask(inside, "POST", f"/v1/pins/{pin_id}/share", {"require_sign_in": True})
    assert (await inside.call("GET", f"/v1/shared/{path}", who=None)).status == 401
    assert len(await series(inside, pin_id, "dan")) == 1


async def test_what_was_taken_out_of_a_pin_is_not_found_by_those_who_only_see_it(
    inside: Inside,
) -> None:
    made = await ask(inside, "POST", "/v1/pins", {**stat(1), "is_public": True})
    secret = {"cards": [{"title": "Sales", "value": 1, "margin": 7}]}
    for content in (secret, stat(2)["content"]):
        await ask(inside, "PUT", f"/v1/pins/{made['id']}", {"content": content})
    path = "cards/0/margin"
    assert [n for _, n in await series(inside, made["id"], path=path)] == [7.0]
    assert await series(inside, made["id"], "dan", path=path) == []

"""What draws from a dataset moves with it, together, in every stream that shows it."""

from typing import Any

from inside import Inside, Watcher
from scene import ask, bring_key, give_role, make_board, make_pin, place


async def make_dataset(inside: Inside, name: str = "Sales", **data: Any) -> str:
    made = await ask(inside, "POST", "/v1/datasets", {"name": name, "data": data})
    dataset_id: str = made["id"]
    return dataset_id


def value(watcher: Watcher, pin: str) -> Any:
    return watcher.pins[pin]["pin_config"]["cards"][0]["value"]


async def test_a_change_of_a_dataset_is_one_frame_of_all_that_draws_from_it(
    inside: Inside,
) -> None:
    dataset = await make_dataset(inside, total=1)
    pins = [await make_pin(inside, value="{{sales.total}}") for _ in range(5)]
    plain = await make_pin(inside, value=7)
    board = await make_board(inside)
    for pin in pins[:3]:
        await place(inside, board, pin)
    async with inside.watching(pinboards=[board], pins=[*pins[3:], plain]) as watcher:
        assert [value(watcher, pin) for pin in [*pins, plain]] == [1] * 5 + [7]
        await ask(inside, "PUT", f"/v1/datasets/{dataset}", {"data": {"total": 2}})
        await watcher.until(lambda: watcher.named("frame"))
        (frame,) = watcher.named("frame")
        assert {pin["id"] for pin in frame["pins"]} == set(pins)
        assert [value(watcher, pin) for pin in pins] == [2] * 5
        assert {(pin["revision"], pin["version"]) for pin in frame["pins"]} == {(1, 2)}
        assert len(watcher.events) == 2


async def test_one_dependant_comes_as_a_frame_too(inside: Inside) -> None:
    dataset = await make_dataset(inside, total=1)
    pin = await make_pin(inside, value="{{sales.total}}")
    async with inside.watching(pins=[pin]) as watcher:
        await ask(inside, "POST", f"/v1/datasets/{dataset}/append", {"path": "rows", "items": [1]})
        await watcher.until(lambda: watcher.named("frame"))
        assert value(watcher, pin) == 1
        assert watcher.named("pin") == []


async def test_a_push_of_what_draws_from_datasets_is_shown_as_rendered(inside: Inside) -> None:
    await make_dataset(inside, total=1)
    pin = await make_pin(inside, value=3)
    async with inside.watching(pins=[pin]) as watcher:
        body = {"content": {"cards": [{"title": "{{sales.total}}", "value": "{{sales.total}}"}]}}
        await ask(inside, "PUT", f"/v1/pins/{pin}", body)
        await watcher.until(lambda: value(watcher, pin) == 1)
        assert watcher.pins[pin]["pin_config"]["cards"][0]["title"] == "1"
        body["content"]["cards"][0]["value"] = "plain"
        body["content"]["cards"][0]["title"] = "plain"
        await ask(inside, "PUT", f"/v1/pins/{pin}", body)
        await watcher.until(lambda: value(watcher, pin) == "plain")
        assert "{{" not in repr(watcher.events)


async def test_making_renaming_and_deleting_a_dataset_moves_what_names_it(inside: Inside) -> None:
    pin = await make_pin(inside, value="{{sales.total}}")
    async with inside.watching(pins=[pin]) as watcher:
        assert value(watcher, pin) is None
        dataset = await make_dataset(inside, total=1)
        await watcher.until(lambda: value(watcher, pin) == 1)
        await ask(inside, "PUT", f"/v1/datasets/{dataset}", {"slug": "other"})
        await watcher.until(lambda: value(watcher, pin) is None)
        await ask(inside, "PUT", f"/v1/datasets/{dataset}", {"slug": "sales"})
        await watcher.until(lambda: value(watcher, pin) == 1)
        await ask(inside, "DELETE", f"/v1/datasets/{dataset}?force=true")
        await watcher.until(lambda: value(watcher, pin) is None)
        assert watcher.went_back == []


async def test_a_batch_with_such_a_pin_in_it_is_one_frame(inside: Inside) -> None:
    await make_dataset(inside, total=1)
    drawn, plain = await make_pin(inside, value="{{sales.total}}"), await make_pin(inside, value=1)
    async with inside.watching(pins=[drawn, plain]) as watcher:
        updates = [
            {"id": drawn, "content": {"cards": [{"title": "A", "value": "{{sales.total}}"}]}},
            {"id": plain, "content": {"cards": [{"title": "A", "value": 2}]}},
        ]
        await ask(inside, "PATCH", "/v1/pins/batch", {"updates": updates})
        await watcher.until(lambda: watcher.named("frame"))
        (frame,) = watcher.named("frame")
        assert {pin["id"] for pin in frame["pins"]} == {drawn, plain}
        assert watcher.named("pin") == []


async def test_a_visitor_sees_what_is_rendered_and_nothing_of_how_it_is_written(
    inside: Inside,
) -> None:
    dataset = await make_dataset(inside, total=1, secret="hush")
    pin = await make_pin(inside, value="{{sales.total}}", is_public=True)
    await ask(inside, "PUT", f"/v1/pins/{pin}", {"title": "Now {{sales.total}} {{gone.x}}"})
    async with inside.watching(None, pins=[pin]) as watcher:
        await ask(inside, "PUT", f"/v1/datasets/{dataset}", {"data": {"total": 2}})
        await watcher.until(lambda: value(watcher, pin) == 2)
        assert watcher.pins[pin]["title"].startswith("Now 2")
        shown = await ask(inside, "GET", f"/v1/shared/pins/{pin}", who=None)
        assert shown["pin_config"]["cards"][0]["value"] == 2
        for text in (repr(watcher.events), repr(shown)):
            assert "{{" not in text and "sales" not in text and "hush" not in text


async def test_who_comes_into_sight_later_sees_the_same_revision(inside: Inside) -> None:
    dataset = await make_dataset(inside, total=1)
    first = await make_pin(inside, value="{{sales.total}}", is_public=True)
    second = await make_pin(inside, value="{{sales.total}}")
    async with inside.watching("ben", pins=[first, second]) as watcher:
        assert watcher.denied == {second}
        await ask(inside, "PUT", f"/v1/datasets/{dataset}", {"data": {"total": 2}})
        await watcher.until(lambda: value(watcher, first) == 2)
        await give_role(inside, "pins", second, "ben", "viewer")
        await watcher.until(lambda: second in watcher.pins)
        assert value(watcher, second) == 2
        await ask(inside, "PUT", f"/v1/datasets/{dataset}", {"data": {"total": 3}})
        await watcher.until(lambda: value(watcher, first) == 3)
        assert value(watcher, second) == 3


async def test_nobody_watching_costs_no_drawing(inside: Inside) -> None:
    dataset = await make_dataset(inside, total=1)
    pin = await make_pin(inside, value="{{sales.total}}")
    key = await bring_key(inside, "ada", "pins:read")
    other = await make_pin(inside, value=1)
    redrawing = inside.app._redrawing
    async with inside.watching(key, pins=[other]):
        await ask(inside, "PUT", f"/v1/datasets/{dataset}", {"data": {"total": 2}})
        assert redrawing._pending == {} and redrawing._drawing is None
    assert (await ask(inside, "GET", f"/v1/pins/{pin}"))["version"] == 2


async def test_a_time_that_passes_is_drawn_again_with_the_clock(inside: Inside) -> None:
    dataset = await make_dataset(inside, at=1_700_000_000_000)
    pin = await make_pin(inside, value="{{sales.at | relative_time}}")
    still = await make_pin(inside, value="{{sales.at}}")
    async with inside.watching(pins=[pin, still]) as watcher:
        redrawing = inside.app._redrawing
        assert redrawing._clock is not None
        redrawing._clock.cancel()  # a minute may end here: it would draw a frame of its own
        assert redrawing.list_clocked() == [pin]
        redrawing.draw_again(redrawing.list_clocked())
        await watcher.until(lambda: watcher.named("frame"))
        (frame,) = watcher.named("frame")
        assert [shown["id"] for shown in frame["pins"]] == [pin]
        assert frame["pins"][0]["version"] == 1
        await ask(inside, "PUT", f"/v1/datasets/{dataset}", {"data": {"at": 1}})
        await watcher.until(lambda: value(watcher, still) == 1)
        assert redrawing.list_clocked() == [pin]
    assert redrawing.list_clocked() == []


async def test_a_pin_that_goes_to_another_owner_draws_nothing_of_theirs(inside: Inside) -> None:
    for who in ("ada", "ben"):
        body = {"name": "Sales", "data": {"total": who}}
        await ask(inside, "POST", "/v1/datasets", body, who)
    pin = await make_pin(inside, value="{{sales.total}}")
    async with inside.watching(pins=[pin]) as watcher:
        assert value(watcher, pin) == "ada"
        to = {"email": inside.cast["ben"].email}
        await ask(inside, "POST", f"/v1/pins/{pin}/transfer", to)
        await watcher.until(lambda: value(watcher, pin) is None)
        await ask(inside, "PUT", f"/v1/pins/{pin}", {"allow_sources": ["sales"]}, "ben")
        await watcher.until(lambda: value(watcher, pin) == "ben")
        await ask(inside, "PUT", "/v1/datasets/sales", {"data": {"total": 2}}, "ben")
        await watcher.until(lambda: value(watcher, pin) == 2)
        assert watcher.went_back == []

"""The past of figures with `"sparkline": "auto"`, as viewers get it."""

from typing import Any

from inside import Inside

PATH = "cards/0/value"


def figures(*values: Any, sparkline: Any = "auto") -> dict[str, Any]:
    cards = [{"title": "Sales", "value": value, "sparkline": sparkline} for value in values]
    return {"content": {"cards": cards}}


async def _pin(inside: Inside, *values: Any, sparkline: Any = "auto") -> str:
    body = {"pin_type": "stat-cards", "metadata": {"title": "Sales"}}
    body |= figures(*values, sparkline=sparkline)
    pin_id: str = (await inside.call("POST", "/v1/pins", body)).data["id"]
    return pin_id


async def _push(inside: Inside, pin: str, *values: Any, sparkline: Any = "auto") -> None:
    body = figures(*values, sparkline=sparkline)
    assert (await inside.call("PUT", f"/v1/pins/{pin}", body)).status == 200


async def _history(inside: Inside, pin: str) -> Any:
    shown = (await inside.call("GET", f"/v1/shared/pins/{pin}")).data
    return shown.get("history")


def _numbers(history: Any, path: str = PATH) -> list[float]:
    return [number for _, number in history[path]]


async def test_each_push_adds_its_number_and_viewers_see_it_at_once(inside: Inside) -> None:
    pin = await _pin(inside, 1)
    async with inside.watching(pins=[pin]) as watcher:
        assert _numbers(watcher.pins[pin]["history"]) == [1]
        await _push(inside, pin, "$1,200")
        await watcher.until(lambda: watcher.pins[pin]["version"] == 2)
        assert _numbers(watcher.pins[pin]["history"]) == [1, 1200]
    times = [at for at, _ in (await _history(inside, pin))[PATH]]
    shown = (await inside.call("GET", f"/v1/pins/{pin}")).data
    assert times == sorted(times)
    assert times[-1] == shown["updated_at"]


async def test_sixty_points_are_kept_the_newest(inside: Inside) -> None:
    pin = await _pin(inside, 0)
    for value in range(1, 65):
        await _push(inside, pin, value)
    assert _numbers(await _history(inside, pin)) == list(range(5, 65))


async def test_what_was_pushed_before_the_sparkline_was_automatic_counts(inside: Inside) -> None:
    pin = await _pin(inside, 1, sparkline=None)
    await _push(inside, pin, 2, 20, sparkline=None)
    assert await _history(inside, pin) is None
    await _push(inside, pin, 3, 30)
    history = await _history(inside, pin)
    assert _numbers(history) == [1, 2, 3]
    assert _numbers(history, "cards/1/value") == [20, 30]


async def test_text_without_a_number_adds_no_point(inside: Inside) -> None:
    pin = await _pin(inside, 1)
    await _push(inside, pin, "not yet")
    await _push(inside, pin, 2)
    assert _numbers(await _history(inside, pin)) == [1, 2]


async def test_a_new_title_adds_no_point(inside: Inside) -> None:
    pin = await _pin(inside, 1)
    await inside.call("PUT", f"/v1/pins/{pin}", {"metadata": {"title": "Other"}})
    assert _numbers(await _history(inside, pin)) == [1]


async def test_a_restored_value_is_a_point_too(inside: Inside) -> None:
    pin = await _pin(inside, 1)
    await _push(inside, pin, 2)
    assert (await inside.call("POST", f"/v1/pins/{pin}/revisions/1/restore")).status == 200
    assert _numbers(await _history(inside, pin)) == [1, 2, 1]


async def test_a_type_without_figures_has_no_past(inside: Inside) -> None:
    pin = await _pin(inside, 1)
    body = {"pin_type": "markdown", "content": {"content": '"auto"'}}
    assert (await inside.call("PUT", f"/v1/pins/{pin}", body)).status == 200
    assert await _history(inside, pin) is None
    await inside.call("PUT", f"/v1/pins/{pin}", {"pin_type": "stat-cards", **figures(3)})
    assert _numbers(await _history(inside, pin)) == [1, 3]


async def test_a_figure_that_draws_from_a_dataset_has_the_datasets_past(inside: Inside) -> None:
    made = {"name": "Shop", "data": {"total": 1, "goal": 9}}
    dataset = (await inside.call("POST", "/v1/datasets", made)).data["id"]
    pin = await _pin(inside, "{{shop.total}}")
    async with inside.watching(pins=[pin]) as watcher:
        for total in (2, "3 sold", None, 4):
            body = {"data": {"total": total, "goal": 9}}
            assert (await inside.call("PUT", f"/v1/datasets/{dataset}", body)).status == 200
        await watcher.until(lambda: watcher.pins[pin]["version"] == 5)
        assert _numbers(watcher.pins[pin]["history"]) == [1, 2, 3, 4]
    times = [at for at, _ in (await _history(inside, pin))[PATH]]
    assert times == sorted(times)
    for points, expected in ((10, [1, 2, 3, 4]), (2, [2, 4]), (1, [4])):
        path = f"/v1/pins/{pin}/series?path={PATH}&points={points}"
        series = (await inside.call("GET", path)).data["series"]
        assert [number for _, number in series] == expected
    late = await inside.call("GET", f"/v1/pins/{pin}/series?path={PATH}&from={times[-1] + 1}")
    assert late.data["series"] == []


async def test_a_figure_that_may_not_draw_from_a_dataset_has_no_past_of_it(inside: Inside) -> None:
    made = {"name": "Shop", "data": {"total": 1}}
    await inside.call("POST", "/v1/datasets", made, who="ben")
    pin = await _pin(inside, "{{shop.total}}")
    assert (await _history(inside, pin) or {PATH: []})[PATH] == []
    assert (await inside.call("GET", f"/v1/pins/{pin}/series?path={PATH}")).data["series"] == []


async def test_a_thousand_figures_keep_a_bounded_past(inside: Inside) -> None:
    pin = await _pin(inside, *range(1000))
    assert len(await _history(inside, pin)) == 24

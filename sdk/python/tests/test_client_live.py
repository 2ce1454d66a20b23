"""Watching a real server, waiting and awaited."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import pytest
from pindown import AsyncPindown, LiveEvent, Pindown, Unauthorized, stat
from running_server import RunningServer

Seen = list[LiveEvent]
Step = Callable[[LiveEvent], bool]
"""Does something about an event; False ends the watching."""


def watch_waiting(url: str, key: str, pins: list[str], statuses: list[str], step: Step) -> None:
    with Pindown(key, url) as pindown:
        for event in pindown.live(pins, on_status=statuses.append):
            if not step(event):
                break


def watch_awaited(url: str, key: str, pins: list[str], statuses: list[str], step: Step) -> None:
    async def watch() -> None:
        async with (
            AsyncPindown(key, url) as pindown,
            aclosing(pindown.live(pins, on_status=statuses.append)) as stream,
            asyncio.timeout(60),
        ):
            async for event in stream:
                if not await asyncio.to_thread(step, event):
                    break

    asyncio.run(watch())


both = pytest.mark.parametrize("watch", [watch_waiting, watch_awaited])


@both
def test_a_snapshot_then_every_change(
    server: RunningServer, key: str, pin: str, watch: Callable[..., None]
) -> None:
    seen: Seen = []
    statuses: list[str] = []

    def step(event: LiveEvent) -> bool:
        seen.append(event)
        with Pindown(key, server.url) as pindown:
            if len(seen) < 4:
                pindown.pins.update(pin, stat("Total Sales", len(seen)))
        return len(seen) < 4

    watch(server.url, key, [pin, "p-000000000000"], statuses, step)
    assert [event.event for event in seen] == ["snapshot", "pin", "pin", "pin"]
    assert seen[0].data["denied"] == ["p-000000000000"]
    assert [view.data["version"] for view in seen[1:]] == [2, 3, 4]
    assert [view.data["pin_config"]["cards"][0]["value"] for view in seen[1:]] == [1, 2, 3]
    assert statuses[0] == "live"


@both
def test_a_server_that_comes_back_is_found_and_tells_everything_anew(
    own_server: RunningServer, watch: Callable[..., None]
) -> None:
    server, key = own_server, own_server.add_key()
    with Pindown(key, server.url) as pindown:
        pin = pindown.pins.create(stat("Sales", 1), title="Sales")["id"]
    values: list[Any] = []
    statuses: list[str] = []

    def step(event: LiveEvent) -> bool:
        assert event.event == "snapshot"
        values.append(event.data["pins"][0]["pin_config"]["cards"][0]["value"])
        if len(values) == 1:
            with Pindown(key, server.url) as pindown:
                server.stop()
                server.start()
                pindown.pins.update(pin, stat("Sales", 2))
        return len(values) < 2

    watch(server.url, key, [pin], statuses, step)
    assert values == [1, 2]
    assert statuses[:3] == ["live", "reconnecting", "live"]


@both
def test_it_ends_with_the_key(server: RunningServer, pin: str, watch: Callable[..., None]) -> None:
    with Pindown(server.add_key(), server.url) as pindown:
        made = pindown.keys.create("Short-lived", ["pins:read"])
        seen: Seen = []
        statuses: list[str] = []

        def step(event: LiveEvent) -> bool:
            seen.append(event)
            if event.event == "snapshot":
                pindown.keys.delete(made["id"])
            return True

        watch(server.url, made["key"], [pin], statuses, step)
    assert seen[-1] == LiveEvent("denied", {})
    assert statuses == ["live", "ended"]


@both
def test_a_wrong_key_is_an_error(server: RunningServer, watch: Callable[..., None]) -> None:
    statuses: list[str] = []
    with pytest.raises(Unauthorized):
        watch(server.url, "pk_live_wrong", ["p-000000000000"], statuses, lambda _event: True)
    assert statuses == ["ended"]

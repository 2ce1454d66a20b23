"""Two servers, one database, one bus: whoever watches one sees what is pushed to the other."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cast import bring_in
from inside import Inside, stat
from pindown_server import app as composition
from pindown_server.app import create_app
from pindown_server.clock import DAY, now
from pindown_server.pins import store as pins
from pindown_server.settings import Settings
from pindown_server.storage import open_database


@pytest.fixture
async def nodes(
    tmp_path: Path, postgres_url: str, redis_url: str
) -> AsyncIterator[tuple[Inside, Inside]]:
    settings = Settings(data=tmp_path, database=postgres_url, bus=redis_url)
    databases = [await open_database(settings) for _ in range(2)]
    cast = await bring_in(databases[0])
    apps = [create_app(settings, database) for database in databases]
    for app in apps:
        await app.start()
    yield Inside(apps[0], cast), Inside(apps[1], cast)
    for app in apps:
        await app.stop()


async def test_a_push_to_one_node_is_seen_at_the_other(nodes: tuple[Inside, Inside]) -> None:
    here, there = nodes
    pin = (await here.call("POST", "/v1/pins", stat(1))).data["id"]
    async with there.watching(pins=[pin]) as watcher:
        await here.call("PUT", f"/v1/pins/{pin}", {"content": stat(2)["content"]})
        await watcher.until(lambda: watcher.pins[pin]["version"] == 2)
        assert watcher.pins[pin]["pin_config"] == stat(2)["content"]


async def test_a_key_revoked_at_one_node_ends_its_stream_at_the_other(
    nodes: tuple[Inside, Inside],
) -> None:
    here, there = nodes
    pin = (await here.call("POST", "/v1/pins", stat(1))).data["id"]
    async with there.watching(pins=[pin]) as watcher:
        await here.call("DELETE", f"/v1/api-keys/{here.cast['ada'].key_id}")
        await watcher.until(lambda: watcher.is_closed)
        assert (await there.call("GET", f"/v1/pins/{pin}")).status == 401


async def test_what_draws_from_a_dataset_moves_at_the_other_node_in_one_frame(
    nodes: tuple[Inside, Inside],
) -> None:
    here, there = nodes
    body = {"name": "Sales", "data": {"total": 1}}
    dataset = (await here.call("POST", "/v1/datasets", body)).data["id"]
    pins = [
        (await here.call("POST", "/v1/pins", stat("{{sales.total}}"))).data["id"] for _ in range(3)
    ]
    async with there.watching(pins=pins) as watcher:
        await here.call("PUT", f"/v1/datasets/{dataset}", {"data": {"total": 2}})
        await watcher.until(lambda: watcher.named("frame"))
        (frame,) = watcher.named("frame")
        assert {pin["id"] for pin in frame["pins"]} == set(pins)
        assert {pin["pin_config"]["cards"][0]["value"] for pin in frame["pins"]} == {2}


async def test_what_a_killed_node_found_late_is_told_by_the_other(
    nodes: tuple[Inside, Inside], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = nodes
    monkeypatch.setattr(composition, "SWEEP", 0)
    pin = (await here.call("POST", "/v1/pins", stat(1) | {"expect_every": 3600})).data["id"]
    async with there.watching(pins=[pin]) as watcher:
        async with here.app.parts.database.transaction() as tx:  # and no word of it
            assert [row[0] for row in await pins.tell_late(tx, now() + DAY, 500)] == [pin]
        await watcher.until(lambda: watcher.pins[pin]["is_late"])
        await here.call("PUT", f"/v1/pins/{pin}", {"content": stat(1)["content"]})
        await watcher.until(lambda: not watcher.pins[pin]["is_late"])

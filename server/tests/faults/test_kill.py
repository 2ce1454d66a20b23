"""Killed at any moment, the server has lost nothing that it acknowledged, and no deadline."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
from cast import bring_in
from inside import stat
from mortal import Lives
from pindown_server.settings import Settings
from pindown_server.storage import open_database

ROUNDS = 100
PINS = 6
PUSHERS = 12


class Storm:
    """Pushers that remember what was acknowledged."""

    def __init__(self, lives: Lives, key: str) -> None:
        self.lives = lives
        self.headers = {"Authorization": f"Bearer {key}"}
        self.pins: list[str] = []
        self.acknowledged: dict[str, dict[int, int]] = {}  # pin → revision → value
        self.pushes = 0
        self.life = self.lives.begin()
        self.left = 0

    async def create_pins(self) -> None:
        async with self._http() as http:
            for _ in range(PINS):
                answer = await http.post("/v1/pins", json={**stat(0), "expect_every": 1})
                self.pins.append(answer.json()["data"]["id"])
        self.acknowledged = {pin: {} for pin in self.pins}

    async def blow(self, kill_after: int) -> None:
        """Push until so many were acknowledged; the server is killed then, and another begins."""
        self.left = kill_after
        async with self._http() as http, asyncio.TaskGroup() as group:
            for _ in range(PUSHERS):
                group.create_task(self._push(http))
            await asyncio.to_thread(self.lives.wait_for_the_kill)
            self.life = self.lives.begin()

    async def _push(self, http: httpx2.AsyncClient) -> None:
        while self.left > 0:
            self.pushes += 1
            value, pin = self.pushes, self.pins[self.pushes % PINS]
            body = {"content": {"cards": [{"title": "Sales", "value": value}]}}
            try:
                answer = await http.put(f"/v1/pins/{pin}", json=body)
            except httpx2.TransportError:
                return  # not acknowledged: it may be there or not
            assert answer.status_code == 200, answer.text
            self.acknowledged[pin][answer.json()["data"]["revision"]] = value
            self.left -= 1
            if self.left == 0:
                self.lives.kill(self.life)

    async def missing(self) -> list[tuple[str, int]]:
        """Acknowledged revisions that the server does not have, and what they should say."""
        lost = []
        async with self._http() as http:
            for pin, values in self.acknowledged.items():
                if not values:
                    continue
                current = (await http.get(f"/v1/pins/{pin}")).json()["data"]
                newest = max(values)
                lost += [(pin, newest)] if current["revision"] < newest else []
                for revision, value in values.items():
                    old = await http.get(f"/v1/pins/{pin}/revisions/{revision}")
                    kept = old.json().get("data", {}).get("pin", {}).get("content")
                    if kept != {"cards": [{"title": "Sales", "value": value}]}:
                        lost.append((pin, revision))
                values.clear()
        return lost

    async def become_late(self) -> None:
        """Until a viewer was told of each pin that it is late, and of a pushed one that it is not."""
        asked = {"pins": ",".join(self.pins)}
        async with self._http() as http, http.stream("GET", "/v1/live", params=asked) as stream:
            events, late = read_events(stream), set[str]()
            while late != set(self.pins):
                name, data = await anext(events)
                if name == "snapshot":
                    late = {pin["id"] for pin in data["pins"] if pin["is_late"]}
                elif name == "late":
                    late.add(data["id"])
            await http.put(f"/v1/pins/{self.pins[0]}", json={})
            name, data = await anext(events)
            assert (name, data["id"]) == ("on_time", self.pins[0])

    def _http(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.lives.address, headers=self.headers, timeout=60)


async def read_events(stream: httpx2.Response) -> AsyncIterator[tuple[str, Any]]:
    """The events of a live stream: names and data."""
    name = ""
    async for line in stream.aiter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)


async def _storms(data: Path, database_url: str) -> None:
    choose = random.Random(20261122)
    database = await open_database(Settings(data=data, database=database_url))
    cast = await bring_in(database)
    await database.close()
    lives = Lives(data, database_url)
    try:
        storm = Storm(lives, cast["ada"].key)
        await storm.create_pins()
        for number in range(ROUNDS):
            await storm.blow(choose.randrange(1, 60))
            lost = await storm.missing()
            assert lost == [], f"round {number}: acknowledged and lost: {json.dumps(lost)}"
        await storm.become_late()  # by deadlines of this life and of those before
        await asyncio.to_thread(lives.end, storm.life)
    finally:
        lives.close()


async def test_no_acknowledged_push_is_lost_on_sqlite(tmp_path: Path) -> None:
    await _storms(tmp_path, "")


async def test_no_acknowledged_push_is_lost_on_postgres(tmp_path: Path, postgres_url: str) -> None:
    await _storms(tmp_path, postgres_url)

"""Killed at any moment, the server has lost nothing that it acknowledged."""

import asyncio
import json
import random
from collections.abc import Callable
from pathlib import Path

import httpx2
from inside import stat
from running import RunningServer

ROUNDS = 100
PINS = 6
PUSHERS = 12


class Storm:
    """Pushers that remember what was acknowledged."""

    def __init__(self, server: RunningServer, key: str) -> None:
        self.server = server
        self.headers = {"Authorization": f"Bearer {key}"}
        self.pins: list[str] = []
        self.acknowledged: dict[str, dict[int, int]] = {}  # pin → revision → value
        self.pushes = 0

    async def create_pins(self) -> None:
        async with httpx2.AsyncClient(base_url=self.server.address, headers=self.headers) as client:
            for _ in range(PINS):
                answer = await client.post("/v1/pins", json=stat(0))
                self.pins.append(answer.json()["data"]["id"])
        self.acknowledged = {pin: {} for pin in self.pins}

    async def blow(self, kill_after: int) -> None:
        """Push until the server is gone, which it is shortly after this many acknowledgements."""
        left = [kill_after]
        async with httpx2.AsyncClient(
            base_url=self.server.address, headers=self.headers, timeout=30
        ) as client:
            await asyncio.gather(*[self._push(client, left) for _ in range(PUSHERS)])

    async def _push(self, client: httpx2.AsyncClient, left: list[int]) -> None:
        while True:
            self.pushes += 1
            value, pin = self.pushes, self.pins[self.pushes % PINS]
            body = {"content": {"cards": [{"title": "Sales", "value": value}]}}
            try:
                answer = await client.put(f"/v1/pins/{pin}", json=body)
            except httpx2.TransportError:
                return  # not acknowledged: it may be there or not
            assert answer.status_code == 200, answer.text
            self.acknowledged[pin][answer.json()["data"]["revision"]] = value
            left[0] -= 1
            if left[0] == 0:
                self.server.kill()

    async def missing(self) -> list[tuple[str, int]]:
        """Acknowledged revisions that the server does not have, and what they should say."""
        lost = []
        async with httpx2.AsyncClient(base_url=self.server.address, headers=self.headers) as client:
            for pin, values in self.acknowledged.items():
                if not values:
                    continue
                current = (await client.get(f"/v1/pins/{pin}")).json()["data"]
                newest = max(values)
                lost += [(pin, newest)] if current["revision"] < newest else []
                for revision, value in values.items():
                    old = await client.get(f"/v1/pins/{pin}/revisions/{revision}")
                    kept = old.json().get("data", {}).get("pin", {}).get("content")
                    if kept != {"cards": [{"title": "Sales", "value": value}]}:
                        lost.append((pin, revision))
                values.clear()
        return lost


def _storms(data: Path, database_url: str, start: Callable[..., RunningServer]) -> None:
    choose = random.Random(20261122)
    server = start(data, database_url)
    storm = Storm(server, server.add_key("ada@harbour.example"))
    asyncio.run(storm.create_pins())
    for number in range(ROUNDS):
        asyncio.run(storm.blow(choose.randrange(1, 60)))
        server.start()
        lost = asyncio.run(storm.missing())
        assert lost == [], f"round {number}: acknowledged and lost: {json.dumps(lost)}"
    server.stop()


def test_no_acknowledged_push_is_lost_on_sqlite(
    tmp_path: Path, start_server: Callable[..., RunningServer]
) -> None:
    _storms(tmp_path, "", start_server)


def test_no_acknowledged_push_is_lost_on_postgres(
    tmp_path: Path, postgres_url: str, start_server: Callable[..., RunningServer]
) -> None:
    _storms(tmp_path, postgres_url, start_server)

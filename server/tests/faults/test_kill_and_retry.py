"""Killed between commit and answer, under clients that send again: once done, never twice, never not."""

import asyncio
import random
import secrets
from collections import Counter
from pathlib import Path
from typing import Any

import httpx2
from cast import bring_in
from inside import stat
from mortal import Lives
from pindown_server.settings import Settings
from pindown_server.storage import open_database

LIVES = 500
MOST_CHANGES = 6  # in a life
PINS = 4
CLIENTS = 8


class Client:
    """Sends each change under a name of its own until it is answered, and writes down how."""

    def __init__(self, storm: "Storm", http: httpx2.AsyncClient) -> None:
        self.storm = storm
        self.http = http

    async def work(self) -> None:
        while not self.storm.is_over:
            self.storm.changes += 1
            number = self.storm.changes
            if number % 3 == 0:
                answer = await self._send("POST", "/v1/pins", stat(number, f"n{number}"))
                self.storm.created[answer["id"]] = f"n{number}"
            else:
                pin = self.storm.pins[number % PINS]
                answer = await self._send("PUT", f"/v1/pins/{pin}", stat(number))
                self.storm.revisions[pin].append((answer["revision"], number))

    async def _send(self, method: str, path: str, body: Any) -> Any:
        headers = {"Idempotency-Key": secrets.token_hex(16)}
        while True:
            try:
                answer = await self.http.request(method, path, json=body, headers=headers)
            except httpx2.TransportError:
                continue  # was it done? the same call will tell
            assert answer.status_code in (200, 201), answer.text
            self.storm.replayed += "idempotency-replayed" in answer.headers
            return answer.json()["data"]


class Storm:
    """What all clients know was done."""

    def __init__(self, lives: Lives, key: str) -> None:
        self.lives = lives
        self.headers = {"Authorization": f"Bearer {key}"}
        self.pins: list[str] = []
        self.created: dict[str, str] = {}
        self.revisions: dict[str, list[tuple[int, int]]] = {}
        self.changes = 0
        self.replayed = 0
        self.is_over = False

    async def blow(self) -> None:
        """Five hundred lives, one after the other, and one more in which all come to an end."""
        choose = random.Random(20261123)
        life = self.lives.begin()
        async with self._http() as http:
            for _ in range(PINS):
                made = await http.post("/v1/pins", json=stat(0))
                self.pins.append(made.json()["data"]["id"])
        self.revisions = {pin: [] for pin in self.pins}
        await asyncio.to_thread(self.lives.end, life)
        async with self._http() as http, asyncio.TaskGroup() as group:
            for _ in range(CLIENTS):
                group.create_task(Client(self, http).work())
            for _ in range(LIVES):
                self.lives.begin(choose.randint(1, MOST_CHANGES))
                await asyncio.to_thread(self.lives.wait_for_the_kill)
            self.is_over = True
            life = self.lives.begin()
        async with self._http() as http:
            await self.look(http)
        await asyncio.to_thread(self.lives.end, life)

    async def look(self, http: httpx2.AsyncClient) -> None:
        """Everything was done once: nothing is missing, nothing is there twice."""
        assert self.replayed >= LIVES
        there: dict[str, str] = {}
        while page := (await http.get("/v1/pins", params={"offset": len(there)})).json()["data"][
            "items"
        ]:
            there |= {pin["id"]: pin["title"] for pin in page}
        assert there == self.created | dict.fromkeys(self.pins, "Sales")
        for pin, made in self.revisions.items():
            assert Counter(revision for revision, _ in made) == Counter(range(2, len(made) + 2))
            shown = (await http.get(f"/v1/pins/{pin}")).json()["data"]
            assert shown["revision"] == len(made) + 1
            for revision, value in made:
                kept = (await http.get(f"/v1/pins/{pin}/revisions/{revision}")).json()["data"][
                    "pin"
                ]
                assert kept["content"]["cards"][0]["value"] == value

    def _http(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.lives.address, headers=self.headers, timeout=60)


async def _storm(data: Path, database_url: str) -> None:
    settings = Settings(data=data, database=database_url)
    database = await open_database(settings)
    cast = await bring_in(database)
    await database.close()
    lives = Lives(data, database_url)
    try:
        await Storm(lives, cast["ada"].key).blow()
    finally:
        lives.close()


async def test_changes_are_made_once_on_sqlite(tmp_path: Path) -> None:
    await _storm(tmp_path, "")


async def test_changes_are_made_once_on_postgres(tmp_path: Path, postgres_url: str) -> None:
    await _storm(tmp_path, postgres_url)

"""Killed while files arrive, the server has every file that it acknowledged, byte by byte."""

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

import httpx2
from running import RunningServer

ROUNDS = 8
UPLOADERS = 6


class Uploads:
    """Uploaders that remember what was acknowledged."""

    def __init__(self, server: RunningServer, key: str) -> None:
        self.server = server
        self.headers = {"Authorization": f"Bearer {key}"}
        self.random = random.Random(20261123)
        self.acknowledged: dict[str, bytes] = {}

    async def go_on(self, kill_after: int) -> None:
        """Upload until the server is gone, which it is shortly after this many answers."""
        left = [kill_after]
        async with self._client() as client:
            await asyncio.gather(*[self._upload(client, left) for _ in range(UPLOADERS)])

    async def _upload(self, client: httpx2.AsyncClient, left: list[int]) -> None:
        while True:
            content = self.random.randbytes(self.random.randrange(1, 400_000))
            try:
                answer = await client.post("/v1/files", files={"file": ("a.bin", content)})
            except httpx2.TransportError:
                return  # not acknowledged: it may be there or not
            assert answer.status_code == 201, answer.text
            self.acknowledged[answer.json()["data"]["id"]] = content
            left[0] -= 1
            if left[0] == 0:
                self.server.kill()

    async def require_all(self) -> None:
        """Everything acknowledged is there, as it was sent."""
        async with self._client() as client:
            for file_id, content in self.acknowledged.items():
                answer = await client.get(f"/v1/files/{file_id}")
                assert answer.status_code == 200, file_id
                assert answer.content == content

    def _client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.server.address, headers=self.headers, timeout=30)


def test_no_acknowledged_file_is_lost(
    tmp_path: Path, database_url: str, start_server: Callable[..., RunningServer]
) -> None:
    server = start_server(tmp_path, database_url)
    uploads = Uploads(server, server.add_key("ada@harbour.example"))
    for _ in range(ROUNDS):
        asyncio.run(uploads.go_on(uploads.random.randrange(1, 12)))
        server.start()
        asyncio.run(uploads.require_all())
    server.stop()

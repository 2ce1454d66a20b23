"""Changes that wait for each other in PostgreSQL: one is given up and made again, and nobody is told."""

import asyncio
from pathlib import Path

from inside import PATIENCE, Answer, Inside, running
from pindown_server.storage import Database
from scene import ask, make_pin

DRAWN = {"content": {"cards": [{"title": "A", "value": "{{sales.n}}"}]}}
PLAIN = {"content": {"cards": [{"title": "A", "value": 0}]}}
LOCK_PIN = "SELECT revision FROM pins WHERE id = :id {lock}"
LOCK_NAMES = "UPDATE names_held SET times = times + 1"
WAITING = "SELECT 1 FROM pg_locks WHERE NOT granted"


async def test_a_change_that_was_given_up_is_made_again(tmp_path: Path, postgres_url: str) -> None:
    async with running(tmp_path, postgres_url) as inside:
        await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"n": 5}})
        pin_id = await make_pin(inside)
        answer = await entangle(inside, f"/v1/pins/{pin_id}", pin_id)
        assert (answer.status, answer.data["revision"]) == (200, 2)
        pin = await ask(inside, "GET", f"/v1/pins/{pin_id}")
        assert pin["rendered"]["cards"][0]["value"] == 5
        # What came of it is remembered like any other change, and was made once.
        again = await push(inside, f"/v1/pins/{pin_id}")
        assert again.headers["idempotency-replayed"] == "true"
        assert (await ask(inside, "GET", f"/v1/pins/{pin_id}/revisions"))["total"] == 2


async def test_a_restore_locks_names_before_the_pin(tmp_path: Path, postgres_url: str) -> None:
    async with running(tmp_path, postgres_url) as inside:
        await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"n": 5}})
        pin_id = await make_pin(inside)
        await ask(inside, "PUT", f"/v1/pins/{pin_id}", DRAWN)
        await ask(inside, "PUT", f"/v1/pins/{pin_id}", PLAIN)
        database = inside.app.parts.database
        async with database.transaction() as tx:
            await tx.run(LOCK_NAMES, {})
            restored = asyncio.get_running_loop().create_task(
                inside.call("POST", f"/v1/pins/{pin_id}/revisions/2/restore")
            )
            await until_one_waits(database)
            await tx.find(LOCK_PIN + " NOWAIT", {"id": pin_id})  # raises if the restore has it
        assert (await restored).status == 200
        pin = await ask(inside, "GET", f"/v1/pins/{pin_id}")
        assert pin["rendered"]["cards"][0]["value"] == 5


async def entangle(inside: Inside, path: str, pin_id: str) -> Answer:
    """The answer to a push, while another change takes the same locks the other way round.

    The push waits first: it is the one that PostgreSQL gives up.
    """
    database = inside.app.parts.database
    async with database.transaction() as tx:
        await tx.find(LOCK_PIN, {"id": pin_id})
        pushed = asyncio.get_running_loop().create_task(push(inside, path))
        await until_one_waits(database)
        await tx.run(LOCK_NAMES, {})
    return await pushed


async def until_one_waits(database: Database) -> None:
    """Until a transaction waits for another."""
    async with asyncio.timeout(PATIENCE):
        is_waiting = None
        while not is_waiting:
            async with database.reader() as reader:
                is_waiting = await reader.find(WAITING, {})


async def push(inside: Inside, path: str) -> Answer:
    """A change that brings a name with it."""
    return await inside.call("PUT", path, DRAWN, headers={"idempotency-key": "once"})

"""PostgreSQL databases for tests: each test has one of its own, empty and migrated."""

from typing import Any
from uuid import uuid4

import asyncpg
from pindown_server.settings import Settings
from pindown_server.storage import open_database
from services import with_database

VERSIONS = "SELECT array_agg(version ORDER BY version) FROM schema_versions"
TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    " AND relname <> 'schema_versions'"
)
# Whoever the test left behind; waits until they are gone.
ALONE = (
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


class Databases:
    """Databases of a server. What is given back is emptied for the next: making one takes longer
    than most tests.
    """

    def __init__(self, server: str) -> None:
        self._server = server
        self._empty: list[str] = []
        self._versions: list[int] = []

    async def close(self) -> None:
        """Leave nothing behind."""
        for name in self._empty:
            await self._drop(name)

    async def take(self) -> str:
        """The address of an empty, migrated database."""
        if self._empty:
            return with_database(self._server, self._empty.pop())
        name = f"pindown_test_{uuid4().hex[:12]}"
        await _run(self._server, f"CREATE DATABASE {name}")
        address = with_database(self._server, name)
        await (await open_database(Settings(database=address))).close()
        self._versions = await _run(address, VERSIONS)
        return address

    async def give_back(self, address: str) -> None:
        """The test is over; what it made may be forgotten."""
        connection = await asyncpg.connect(address)
        try:
            name = await connection.fetchval("SELECT current_database()")
            await connection.execute(ALONE)
            is_ours = await connection.fetchval(VERSIONS) == self._versions
            if is_ours:
                await _empty(connection)
        finally:
            await connection.close()
        if is_ours:
            self._empty.append(name)
        else:
            await self._drop(name)

    async def _drop(self, name: str) -> None:
        await _run(self._server, f"DROP DATABASE {name} WITH (FORCE)")


async def _empty(connection: asyncpg.Connection) -> None:
    tables = [row[0] for row in await connection.fetch(TABLES)]
    # As a replica does it: no foreign key asks for an order.
    await connection.execute(
        "BEGIN; SET LOCAL session_replication_role = replica;"
        + "".join(f"DELETE FROM {table};" for table in tables)
        + "COMMIT"
    )


async def _run(address: str, sql: str) -> Any:
    connection = await asyncpg.connect(address)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()

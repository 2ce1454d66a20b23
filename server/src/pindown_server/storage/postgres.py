"""PostgreSQL through asyncpg: a connection per transaction, plain SQL."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import asyncpg

from ..errors import Entangled, Unavailable, overtaken
from ..settings import SettingError
from . import migrate as migrations
from .database import Database, Reader, Row, Transaction, Values
from .statement import for_postgres, spread

log = logging.getLogger(__name__)

POOL = 10  # more connections than this do not make commits faster, they only wait elsewhere
OUTSIDE = "pindown_outside"  # the channel on which triggers say that accounts, keys or rights moved
# Another transaction came first: nothing of ours was stored, and the same call may be made again.
OVERTAKEN = (asyncpg.UniqueViolationError, asyncpg.ForeignKeyViolationError)
AWAY = (OSError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError, TimeoutError)


class PostgresReader(Reader):
    """Reads through one connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def find(self, sql: str, values: Values) -> Row | None:
        return await find(self._connection, sql, values)

    async def rows(self, sql: str, values: Values) -> Sequence[Row]:
        return await rows(self._connection, sql, values)


class PostgresTransaction(Transaction):
    """One transaction on one connection."""

    def __init__(self, connection: Any) -> None:
        super().__init__()
        self._connection = connection

    async def find(self, sql: str, values: Values) -> Row | None:
        return await find(self._connection, sql, values)

    async def rows(self, sql: str, values: Values) -> Sequence[Row]:
        return await rows(self._connection, sql, values)

    async def run(self, sql: str, values: Values) -> int:
        sql, values = spread(sql, values)
        text, names = for_postgres(sql)
        status: str = await self._connection.execute(text, *[values[name] for name in names])
        count = status.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0

    async def run_many(self, sql: str, values: Sequence[Values]) -> None:
        text, names = for_postgres(sql)
        await self._connection.executemany(text, [[v[name] for name in names] for v in values])

    def savepoint(self) -> AbstractAsyncContextManager[object]:
        savepoint: AbstractAsyncContextManager[object] = self._connection.transaction()
        return savepoint


class PostgresDatabase(Database):
    """A pool of connections, and one that listens for changes made by other processes."""

    def __init__(self, pool: Any, url: str) -> None:
        super().__init__()
        self._pool = pool
        self._url = url
        self._listener: Any = None
        self._relisten: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        try:
            async with self._pool.acquire(timeout=5) as connection:
                async with connection.transaction():
                    tx = PostgresTransaction(connection)
                    yield tx
                # Right after the commit: the connection's way back takes a round trip.
                if tx.announcements:
                    self.publish(tx.announcements)
                tx.follow()
        except OVERTAKEN as error:
            raise overtaken() from error
        except asyncpg.DeadlockDetectedError as error:
            raise Entangled from error
        except AWAY as error:
            raise Unavailable from error

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[Reader]:
        try:
            async with (
                self._pool.acquire(timeout=5) as connection,
                connection.transaction(isolation="repeatable_read", readonly=True),
            ):
                yield PostgresReader(connection)
        except AWAY as error:
            raise Unavailable from error

    def notice_changes_outside(self) -> None:
        if self._listener is None:
            # Deaf: nothing that was remembered counts until the ear is back.
            self.when_changed_outside()

    async def listen(self) -> None:
        """Hear of changes to accounts, keys and rights; called again when the connection is lost."""
        connection = await asyncpg.connect(self._url, timeout=10)
        await connection.add_listener(OUTSIDE, lambda *_: self.when_changed_outside())
        connection.add_termination_listener(lambda *_: self._listen_again())
        self._listener = connection

    def _listen_again(self) -> None:
        if self._listener is None:
            return  # closed by us
        self._listener = None
        self.when_changed_outside()
        self._relisten = asyncio.get_running_loop().create_task(self._retry_listening())

    async def _retry_listening(self) -> None:
        while True:
            try:
                await self.listen()
            except (*AWAY, asyncpg.PostgresError):
                await asyncio.sleep(1)
            else:
                self.when_changed_outside()
                return

    async def close(self) -> None:
        if self._relisten is not None:
            self._relisten.cancel()
        listener, self._listener = self._listener, None
        if listener is not None:
            await listener.close()
        await self._pool.close()


async def find(connection: Any, sql: str, values: Values) -> Row | None:
    """The first row of a statement with our placeholders."""
    sql, values = spread(sql, values)
    text, names = for_postgres(sql)
    row: Row | None = await connection.fetchrow(text, *[values[name] for name in names])
    return row


async def rows(connection: Any, sql: str, values: Values) -> Sequence[Row]:
    """All rows of a statement with our placeholders."""
    sql, values = spread(sql, values)
    text, names = for_postgres(sql)
    found: Sequence[Row] = await connection.fetch(text, *[values[name] for name in names])
    return found


async def _as_it_was(_connection: Any) -> None:
    """A connection goes back as it came: nothing of ours outlives its transaction.

    asyncpg's own reset costs a round trip after every transaction.
    """


async def open_postgres(url: str, *, migrate: bool = True) -> PostgresDatabase:
    """Connect and migrate; raises SettingError when that cannot be done."""
    try:
        connection = await asyncpg.connect(url, timeout=10)
        try:
            await migrations.migrate_postgres(connection, allowed=migrate)
        finally:
            await connection.close()
        pool = await asyncpg.create_pool(
            url, min_size=2, max_size=POOL, command_timeout=30, reset=_as_it_was
        )
    except (OSError, asyncpg.PostgresError, ValueError, TimeoutError) as error:
        raise SettingError(f"The PostgreSQL database cannot be opened: {error}.") from error
    database = PostgresDatabase(pool, url)
    await database.listen()
    return database

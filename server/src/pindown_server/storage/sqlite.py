"""SQLite with grouped commits.

Statements run on the event loop, where they take microseconds. What is slow, the commit with its
fsync, is shared by all transactions that are waiting and runs in a helper thread. Each transaction
is a savepoint of its group: one that fails is rolled back alone.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import apsw

from ..changes import Change
from ..errors import Unavailable, overtaken
from ..settings import SettingError
from . import migrate as migrations
from .database import Database, Reader, Row, Transaction, Values
from .statement import for_sqlite as prepared

log = logging.getLogger(__name__)

BUSY_MS = 5_000  # how long to wait for another process that writes: a command, a backup
CHECKPOINT_PAGES = 2_000  # 8 MiB of log; copied into the file beside the hot path
CUT_PAGES = 32_000  # 128 MiB: under unbroken load the log never empties by itself

# Another transaction came first: nothing of ours was stored, and the same call may be made again.
OVERTAKEN = (
    apsw.SQLITE_CONSTRAINT_UNIQUE,
    apsw.SQLITE_CONSTRAINT_PRIMARYKEY,
    apsw.SQLITE_CONSTRAINT_FOREIGNKEY,
)

PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # a 2xx means on disk
    "foreign_keys": True,
    "wal_autocheckpoint": 0,  # the checkpointer does it beside the hot path
    "cache_size": -65_536,  # KiB
    "temp_store": "MEMORY",
    "trusted_schema": False,
}


class SqliteReader(Reader):
    """Reads through a connection on the event loop."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._execute = connection.execute

    async def find(self, sql: str, values: Values) -> Row | None:
        # To the end, so that the statement holds nothing when the commit comes.
        rows = self._execute(*prepared(sql, values)).fetchall()
        return rows[0] if rows else None

    async def rows(self, sql: str, values: Values) -> Sequence[Row]:
        return self._execute(*prepared(sql, values)).fetchall()


class SqliteTransaction(Transaction):
    """One savepoint of a group."""

    def __init__(self, connection: apsw.Connection) -> None:
        super().__init__()
        self._connection = connection
        self._execute = connection.execute
        self.has_written = False

    async def find(self, sql: str, values: Values) -> Row | None:
        rows = await self.rows(sql, values)
        return rows[0] if rows else None

    async def rows(self, sql: str, values: Values) -> Sequence[Row]:
        if not self.has_written and not sql.startswith("SELECT"):
            self._begin_writing()
        return self._execute(*prepared(sql, values)).fetchall()

    async def run(self, sql: str, values: Values) -> int:
        if not self.has_written:
            self._begin_writing()
        self._execute(*prepared(sql, values))
        return self._connection.changes()

    async def run_many(self, sql: str, values: Sequence[Values]) -> None:
        if not self.has_written:
            self._begin_writing()
        self._connection.executemany(prepared(sql, {})[0], values)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        if not self.has_written:
            self._begin_writing()
        self._execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._execute("ROLLBACK TO part")
                self._execute("RELEASE part")
            raise
        self._execute("RELEASE part")

    def _begin_writing(self) -> None:
        # What only reads, a refusal for example, never pays for a savepoint.
        self._execute("SAVEPOINT one")
        self.has_written = True


class _Group:
    """The transactions that share a commit."""

    __slots__ = ("announcements", "has_written", "waiting")

    def __init__(self) -> None:
        self.waiting: list[asyncio.Future[None]] = []
        self.announcements: list[Change] = []
        self.has_written = False


class _Share:
    """A transaction's share of a group: in with `async with`, committed when that ends.

    A class and not a generator: this is on the way of every push.
    """

    __slots__ = ("_database", "_group", "_tx")

    def __init__(self, database: "SqliteDatabase") -> None:
        self._database = database

    async def __aenter__(self) -> Transaction:
        self._group = await self._database.enter()
        self._tx = SqliteTransaction(self._database.writer)
        return self._tx

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        tx, group, database = self._tx, self._group, self._database
        if kind is not None:
            database.roll_back(tx, group)
            database.leave()
            if getattr(error, "extendedresult", None) in OVERTAKEN:
                raise overtaken() from error
            return
        try:
            database.release(tx, group)
        finally:
            database.leave()
        if tx.has_written:
            done = database.loop.create_future()
            group.waiting.append(done)
            await done
        if tx.following:
            tx.follow()


class SqliteDatabase(Database):
    """A file with one connection that writes and one that reads, both used on the event loop."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loop = asyncio.get_running_loop()  # asked once: each asking is a system call
        self.writer = _connect(path)
        self.writer.set_busy_timeout(0)
        self.writer.set_wal_hook(self._note_log_size)
        self._reader = _connect(path)
        self._reader.pragma("query_only", True)
        self._checkpointer = _connect(path)
        self._commit_thread = ThreadPoolExecutor(1, thread_name_prefix="commit")
        self._checkpoint_thread = ThreadPoolExecutor(1, thread_name_prefix="checkpoint")
        self._group: _Group | None = None
        self._is_busy = False  # a body is running, the lock is awaited, or COMMIT has not returned
        self._body: asyncio.Task[object] | None = None  # whose body is running
        self._turns: list[asyncio.Future[None]] = []
        self._log_pages = 0
        self._checkpoint: asyncio.Future[None] | None = None
        self._committing: asyncio.Task[None] | None = None
        self._seen_version = self._data_version()

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        return _Share(self)

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[Reader]:
        self._reader.execute("BEGIN")
        try:
            yield SqliteReader(self._reader)
        finally:
            self._reader.execute("COMMIT")

    def notice_changes_outside(self) -> None:
        # While a group is open nobody else can write, and its first statement looked already.
        if self._group is None and not self._is_busy:
            self._compare_version()

    async def close(self) -> None:
        while self._group is not None or self._is_busy:
            await asyncio.sleep(0)  # an open group commits in the next pass of the loop
            if self._committing is not None:
                await asyncio.wait({self._committing})
        self._commit_thread.shutdown()
        self._checkpoint_thread.shutdown()
        self._checkpointer.close()
        self._reader.close()
        try:
            self.writer.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        except apsw.BusyError:
            log.info("another process has the database open: its log stays for the next start")
        self.writer.close()

    async def enter(self) -> _Group:
        """Wait until the writer is free; open a group or join the open one."""
        loop = self.loop
        while self._is_busy:
            if self._body is not None and self._body is asyncio.current_task(loop):
                raise RuntimeError("a transaction inside a transaction would wait for itself")
            turn = loop.create_future()
            self._turns.append(turn)
            await turn
        self._is_busy = True
        if self._group is None:
            try:
                await self._begin()
            except BaseException:
                self.leave()
                raise
            self._group = _Group()
            # Whoever is ready in this pass of the loop still joins: this runs after them.
            loop.call_soon(self._start_commit)
        self._body = asyncio.current_task(loop)
        return self._group

    def leave(self) -> None:
        """Let those who wait run, in their order, each to its end within one pass of the loop."""
        self._is_busy = False
        self._body = None
        turns, self._turns = self._turns, []
        for turn in turns:
            if not turn.done():
                turn.set_result(None)

    async def _begin(self) -> None:
        try:
            self.writer.execute("BEGIN IMMEDIATE")
        except apsw.BusyError:
            loop = self.loop
            try:
                await loop.run_in_executor(self._commit_thread, self._begin_patiently)
            except apsw.BusyError as error:
                raise Unavailable("Another process is writing to the database") from error
        self._compare_version()

    def _begin_patiently(self) -> None:
        self.writer.set_busy_timeout(BUSY_MS)
        try:
            self.writer.execute("BEGIN IMMEDIATE")
        finally:
            self.writer.set_busy_timeout(0)

    def release(self, tx: SqliteTransaction, group: _Group) -> None:
        """Keep what the transaction did; it is committed with its group."""
        if tx.has_written:
            self.writer.execute("RELEASE one")
            group.has_written = True
            group.announcements += tx.announcements

    def roll_back(self, tx: SqliteTransaction, group: _Group) -> None:
        """Undo what the transaction did, and nothing else."""
        if tx.has_written and self.writer.in_transaction:
            self.writer.execute("ROLLBACK TO one")
            self.writer.execute("RELEASE one")
        elif tx.has_written:
            # SQLite gave up the whole transaction (disk full, read error), and so must the group.
            self._fail(group, Unavailable("The store could not write"))

    def _start_commit(self) -> None:
        loop = self.loop
        if self._is_busy:  # a body that waits for something, against the rule: after it
            turn = loop.create_future()
            turn.add_done_callback(lambda _: self._start_commit())
            self._turns.append(turn)
            return
        group, self._group = self._group, None
        if group is None:  # it failed as a whole
            return
        if not group.has_written:
            self.writer.execute("COMMIT")
            return
        self._is_busy = True
        self._committing = loop.create_task(self._commit(group))

    async def _commit(self, group: _Group) -> None:
        loop = self.loop
        try:
            await loop.run_in_executor(self._commit_thread, self.writer.execute, "COMMIT")
            self._settle(group)
            if self._log_pages >= CUT_PAGES:
                await loop.run_in_executor(self._commit_thread, self._cut_log)
        except apsw.Error as error:
            log.exception("commit failed")
            if self.writer.in_transaction:
                self.writer.execute("ROLLBACK")
            self._fail(group, Unavailable("The store could not write"), error)
        finally:
            self.leave()
        if self._log_pages >= CHECKPOINT_PAGES and (
            self._checkpoint is None or self._checkpoint.done()
        ):
            self._checkpoint = loop.run_in_executor(
                self._checkpoint_thread, self._copy_log_into_file
            )

    def _settle(self, group: _Group) -> None:
        for done in group.waiting:
            if not done.done():
                done.set_result(None)
        if group.announcements:
            self.publish(group.announcements)

    def _fail(self, group: _Group, failure: Unavailable, cause: Exception | None = None) -> None:
        failure.__cause__ = cause
        if self._group is group:
            self._group = None
        group.announcements.clear()
        for done in group.waiting:
            if not done.done():
                done.set_exception(failure)

    def _copy_log_into_file(self) -> None:
        try:
            self._checkpointer.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
        except apsw.BusyError:
            pass  # somebody else checkpoints: the next commit tries again

    def _cut_log(self) -> None:
        try:
            self.writer.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_RESTART)
        except apsw.BusyError:
            log.info("a reader keeps the database's log from being cut")
        self._log_pages = 0

    def _note_log_size(self, _connection: apsw.Connection, _name: str, pages: int) -> int:
        self._log_pages = pages
        return apsw.SQLITE_OK

    def _compare_version(self) -> None:
        version = self._data_version()
        if version != self._seen_version:
            self._seen_version = version
            self.when_changed_outside()

    def _data_version(self) -> int:
        version: int = self.writer.pragma("data_version")
        return version


def _connect(path: Path) -> apsw.Connection:
    connection = apsw.Connection(str(path), statementcachesize=300)
    connection.set_busy_timeout(BUSY_MS)
    # Else SQLite plans a statement anew whenever a value is bound that an index could depend on:
    # that takes ten times as long as to find a pin.
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
    for name, value in PRAGMAS.items():
        connection.pragma(name, value)
    # Its own knows English letters only; PostgreSQL's knows them all.
    connection.create_scalar_function("lower", _lower, 1, deterministic=True)
    return connection


def _lower(*texts: object) -> str | None:
    return None if texts[0] is None else str(texts[0]).lower()


async def open_sqlite(path: Path, *, migrate: bool = True) -> SqliteDatabase:
    """Open or make the file; raises SettingError when that cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connect(path)
        migrations.migrate_sqlite(connection, allowed=migrate)
        connection.close()
    except (OSError, apsw.Error) as error:
        raise SettingError(f"The database {path} cannot be opened: {error}.") from error
    path.chmod(0o600)
    return SqliteDatabase(path)

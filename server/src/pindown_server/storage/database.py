"""What a store can do, the same over SQLite and PostgreSQL.

Statements are plain text with `:name` for a value, `:name*` for a list of values in an IN list and
`{lock}` where PostgreSQL must lock the rows it reads. Flags are 0 or 1, JSON is text, times are
epoch milliseconds. Rows are tuples in the order of the SELECT.
"""

import abc
import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from ..changes import Change

Row = tuple[Any, ...]
Values = Mapping[str, Any]
Publish = Callable[[list[Change]], None]


class Reader(abc.ABC):
    """Looks at one state of the store; changes nothing."""

    @abc.abstractmethod
    async def find(self, sql: str, values: Values) -> Row | None:
        """The first row, or None."""

    @abc.abstractmethod
    async def rows(self, sql: str, values: Values) -> Sequence[Row]:
        """All rows."""


class Transaction(Reader):
    """Changes the store. Its announcements leave only after the commit.

    The body of a transaction awaits nothing but its own statements: on SQLite other requests
    wait for it. What has to follow the commit is given to `after_commit` and not written below
    the body: the commit may come later than its end (see `held.py`), or not at all.
    """

    def __init__(self) -> None:
        self.announcements: list[Change] = []
        self.following: list[Callable[[], object]] = []
        self.is_tried = False  # all of it will be undone, however well it goes

    @abc.abstractmethod
    async def run(self, sql: str, values: Values) -> int:
        """Run a statement that changes something; the number of rows it changed."""

    @abc.abstractmethod
    async def run_many(self, sql: str, values: Sequence[Values]) -> None:
        """Run a statement once for each of the values."""

    @abc.abstractmethod
    def savepoint(self) -> AbstractAsyncContextManager[object]:
        """What is changed within can be undone alone; `attempt` is how to use it."""

    def announce(self, change: Change) -> None:
        """Tell viewers after the commit."""
        self.announcements.append(change)

    def after_commit(self, do: Callable[[], object]) -> None:
        """Call this, which neither waits nor raises, once everything is on disk."""
        self.following.append(do)

    @asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """A part that leaves nothing, stored or announced, when it raises; the rest goes on."""
        announced, following = len(self.announcements), len(self.following)
        try:
            async with self.savepoint():
                yield
        except BaseException:
            del self.announcements[announced:]
            del self.following[following:]
            raise

    def as_one_frame(self) -> None:
        """Have viewers shown all that was announced so far together, whoever watches how much."""
        mark = secrets.token_hex(8)
        for change in self.announcements:
            change.frame = mark

    def follow(self) -> None:
        """Do what had to wait for the commit."""
        for do in self.following:
            do()


class Database(abc.ABC):
    """An open store."""

    def __init__(self) -> None:
        self.publish: Publish = _to_nobody
        # Called when another process changed accounts, keys or rights.
        self.when_changed_outside: Callable[[], None] = lambda: None

    @property
    def outright(self) -> "Database":
        """The store itself: for what stays though the call that it belongs to is refused."""
        return self

    @abc.abstractmethod
    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction: committed to disk when the block ends, rolled back when it raises."""

    @abc.abstractmethod
    def reader(self) -> AbstractAsyncContextManager[Reader]:
        """One consistent look at what is committed."""

    @abc.abstractmethod
    def notice_changes_outside(self) -> None:
        """Call `when_changed_outside` if another process changed something since the last look."""

    @abc.abstractmethod
    async def close(self) -> None:
        """Finish what is running and let go of the store."""


def _to_nobody(_changes: list[Change]) -> None:
    """Where announcements go while no hub listens: in commands and in tests of the store."""

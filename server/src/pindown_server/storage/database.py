"""What a store can do, the same over SQLite and PostgreSQL.

Statements are plain text with `:name` for a value, `:name*` for a list of values in an IN list and
`{lock}` where PostgreSQL must lock the rows it reads. Flags are 0 or 1, JSON is text, times are
epoch milliseconds. Rows are tuples in the order of the SELECT.
"""

import abc
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
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
    wait for it.
    """

    def __init__(self) -> None:
        self.announcements: list[Change] = []

    @abc.abstractmethod
    async def run(self, sql: str, values: Values) -> int:
        """Run a statement that changes something; the number of rows it changed."""

    @abc.abstractmethod
    async def run_many(self, sql: str, values: Sequence[Values]) -> None:
        """Run a statement once for each of the values."""

    def announce(self, change: Change) -> None:
        """Tell viewers after the commit."""
        self.announcements.append(change)


class Database(abc.ABC):
    """An open store."""

    def __init__(self) -> None:
        self.publish: Publish = _to_nobody
        # Called when another process changed accounts, keys or rights.
        self.when_changed_outside: Callable[[], None] = lambda: None

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

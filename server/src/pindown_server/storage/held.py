"""A transaction whose end is decided outside the code that fills it.

A handler opens a transaction, changes something, and makes its answer of it afterwards. Where the
answer has to be stored beside the change, or nothing be stored at all, the door gives the handler
this database in place of the real one: the body of a transaction ends, and its commit waits.
"""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from types import TracebackType
from typing import Self

from .database import Database, Reader, Transaction


class Ended(Exception):
    """The transaction had nothing left to do; what it found is on disk."""


class _Undone(Exception):
    """Ends a transaction that went well and shall leave nothing."""


class HeldDatabase(Database):
    """The store as one call sees it, with at most one transaction, open until `async with` ends.

    Leaving without an error commits what was changed, leaving with one undoes it, as `undo` does.
    `begin` runs before the first statement; when it says that there is nothing to do, `Ended` is
    raised in place of the body, after the commit of what `begin` saw. Whoever `tries` will undo it.
    """

    def __init__(
        self,
        database: Database,
        begin: Callable[[Transaction], Awaitable[bool]] | None = None,
        *,
        tries: bool = False,
    ) -> None:
        super().__init__()
        self._database = database
        self._begin = begin
        self._tries = tries
        self._open = AsyncExitStack()
        self.tx: Transaction | None = None
        self.publish = database.publish
        self.when_changed_outside = database.when_changed_outside

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.tx = None
        await self._open.__aexit__(kind, error, trace)

    @property
    def outright(self) -> Database:
        """The store that this stands for; not while the call's own transaction is open."""
        return self._database

    async def undo(self) -> None:
        """Leave nothing of what was changed, stored or announced."""
        undone = _Undone()
        await self.__aexit__(_Undone, undone, None)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """The call's transaction: what is opened again goes on where it was."""
        if self.tx is None:
            self.tx = await self._open.enter_async_context(self._database.transaction())
            self.tx.is_tried = self._tries
            if self._begin is not None and not await self._begin(self.tx):
                await self.__aexit__(None, None, None)
                raise Ended
        try:
            yield self.tx
        except BaseException:
            await self.__aexit__(*sys.exc_info())
            raise

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[Reader]:
        """A look at the store, at what is not committed yet too once something was changed."""
        if self.tx is not None:
            yield self.tx
            return
        async with self._database.reader() as reader:
            yield reader

    def notice_changes_outside(self) -> None:
        """As the store itself does."""
        self._database.notice_changes_outside()

    async def close(self) -> None:
        """Nothing: the store stays open."""

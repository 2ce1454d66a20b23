"""A store that notes its statements, to ask the database afterwards how it finds what they want."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from pindown_server.changes import Change
from pindown_server.storage import Database, Reader, Row, Transaction
from pindown_server.storage.postgres import PostgresDatabase

Noted = dict[str, Any]  # statement → the values it was given last


class Noting(Database):
    """The same store; every statement is noted."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.inner = database
        self.noted: Noted = {}
        self.is_postgres = isinstance(database, PostgresDatabase)
        database.publish = self._pass_on
        database.when_changed_outside = self._look_outside

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        async with self.inner.transaction() as tx:
            yield NotingReader(tx, self.noted)  # type: ignore[misc]  # it stands before one

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[Reader]:
        async with self.inner.reader() as reader:
            yield NotingReader(reader, self.noted)  # type: ignore[misc]  # likewise

    def _pass_on(self, changes: list[Change]) -> None:
        self.publish(changes)  # the app's, which it sets later

    def _look_outside(self) -> None:
        self.when_changed_outside()

    def notice_changes_outside(self) -> None:
        self.inner.notice_changes_outside()

    async def close(self) -> None:
        await self.inner.close()

    async def plan(self, sql: str, values: Any) -> list[str]:
        """How a statement finds its rows: a line per table that it looks at."""
        async with self.inner.transaction() as tx:
            if not self.is_postgres:
                rows = await tx.rows(f"EXPLAIN QUERY PLAN {sql}", values)
                return [row[3] for row in rows]
            rows = await tx.rows(f"EXPLAIN (FORMAT JSON) {sql}", values)
        return list(_nodes(json.loads(rows[0][0])[0]["Plan"]))


class NotingReader:
    """A reader or transaction whose statements are noted; everything but its statements is the real one's."""

    def __init__(self, real: Any, noted: Noted) -> None:
        self._real, self._noted = real, noted

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    async def find(self, sql: str, values: Any) -> Row | None:
        self._noted[sql] = values
        found: Row | None = await self._real.find(sql, values)
        return found

    async def rows(self, sql: str, values: Any) -> Sequence[Row]:
        self._noted[sql] = values
        rows: Sequence[Row] = await self._real.rows(sql, values)
        return rows

    async def run(self, sql: str, values: Any) -> int:
        self._noted[sql] = values
        count: int = await self._real.run(sql, values)
        return count

    async def run_many(self, sql: str, values: Any) -> None:
        if values:
            self._noted[sql] = values[0]
        await self._real.run_many(sql, values)


def _nodes(node: Any) -> Any:
    """The parts of a PostgreSQL plan that read a table, in the words of SQLite's plans."""
    kind, table = node["Node Type"], node.get("Relation Name", "")
    narrowed = node.get("Index Cond") or node.get("Recheck Cond")
    if table and kind != "ModifyTable":
        word = "SEARCH" if narrowed and "Seq" not in kind else "SCAN"
        yield f"{word} {table} {kind} {node.get('Index Name', '')} {narrowed or ''}"
    for child in node.get("Plans", ()):
        yield from _nodes(child)

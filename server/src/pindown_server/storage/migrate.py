"""Numbered SQL files, each applied once, in one transaction with its version row.

A file serves both databases. Lines between `-- postgres` or `-- sqlite` and `-- both` are for that
one only.
"""

import re
from importlib.resources import files
from typing import NamedTuple

import apsw
import asyncpg

from ..clock import now
from ..settings import SettingError

VERSIONS = (
    "CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY, at BIGINT NOT NULL)"
)
LOCK = 7_205_759_403  # any number, the same for everyone who migrates


class Migration(NamedTuple):
    """One file."""

    version: int
    name: str
    sql: str

    def text_for(self, database: str) -> str:
        """The statements for `sqlite` or `postgres`."""
        lines, chosen = [], "both"
        for line in self.sql.splitlines():
            mark = re.fullmatch(r"-- (sqlite|postgres|both)", line)
            if mark:
                chosen = mark.group(1)
            elif chosen in ("both", database):
                lines.append(line)
        return "\n".join(lines)


def list_migrations() -> list[Migration]:
    """All migrations of this version, oldest first."""
    found = []
    for file in files(__package__).joinpath("migrations").iterdir():
        match = re.fullmatch(r"(\d{4})_\w+\.sql", file.name)
        if match:
            found.append(Migration(int(match.group(1)), file.name, file.read_text("utf-8")))
    return sorted(found)


def migrate_sqlite(connection: apsw.Connection, *, allowed: bool = True) -> None:
    """Bring a SQLite file to this version; raises SettingError where that is not allowed."""
    connection.execute(VERSIONS)
    for migration in list_migrations():
        with connection:  # one transaction
            connection.execute("UPDATE schema_versions SET at = at WHERE version = 0")  # the lock
            applied = {row[0] for row in connection.execute("SELECT version FROM schema_versions")}
            _refuse_newer(max(applied, default=0))
            if migration.version in applied:
                continue
            _require(migration, allowed=allowed)
            connection.execute(migration.text_for("sqlite"))
            connection.execute(
                "INSERT INTO schema_versions VALUES (?, ?)", (migration.version, now())
            )


async def migrate_postgres(connection: asyncpg.Connection, *, allowed: bool = True) -> None:
    """Bring a PostgreSQL database to this version; one process at a time."""
    await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
    try:
        await connection.execute(VERSIONS)
        for migration in list_migrations():
            async with connection.transaction():
                rows = await connection.fetch("SELECT version FROM schema_versions")
                applied = {row[0] for row in rows}
                _refuse_newer(max(applied, default=0))
                if migration.version in applied:
                    continue
                _require(migration, allowed=allowed)
                await connection.execute(migration.text_for("postgres"))
                await connection.execute(
                    "INSERT INTO schema_versions VALUES ($1, $2)", migration.version, now()
                )
    finally:
        await connection.execute("SELECT pg_advisory_unlock($1)", LOCK)


def _refuse_newer(applied: int) -> None:
    newest = list_migrations()[-1].version
    if applied > newest:
        raise SettingError(
            f"The database is at version {applied}, this Pindown knows {newest}: use a newer Pindown."
        )


def _require(migration: Migration, *, allowed: bool) -> None:
    if not allowed:
        raise SettingError(f"The database needs {migration.name}: run 'pindown migrate' first.")

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
    """Bring a SQLite file to this version, or leave it as it was; SettingError: not allowed."""
    connection.execute(VERSIONS)
    with connection:  # one transaction
        connection.execute("UPDATE schema_versions SET at = at WHERE version = 0")  # the lock
        applied = {row[0] for row in connection.execute("SELECT version FROM schema_versions")}
        for migration in _missing(applied, allowed=allowed):
            connection.execute(migration.text_for("sqlite"))
            connection.execute(
                "INSERT INTO schema_versions VALUES (?, ?)", (migration.version, now())
            )


async def migrate_postgres(connection: asyncpg.Connection, *, allowed: bool = True) -> None:
    """The same for a PostgreSQL database; one process at a time."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        await connection.execute(VERSIONS)
        rows = await connection.fetch("SELECT version FROM schema_versions")
        for migration in _missing({row[0] for row in rows}, allowed=allowed):
            await connection.execute(migration.text_for("postgres"))
            await connection.execute(
                "INSERT INTO schema_versions VALUES ($1, $2)", migration.version, now()
            )


def _missing(applied: set[int], *, allowed: bool) -> list[Migration]:
    """What has to be applied, oldest first."""
    known = list_migrations()
    if max(applied, default=0) > known[-1].version:
        raise SettingError(
            f"The database is at version {max(applied)}, this Pindown knows {known[-1].version}: "
            "use a newer Pindown."
        )
    missing = [migration for migration in known if migration.version not in applied]
    if missing and not allowed:
        raise SettingError(f"The database needs {missing[0].name}: run 'pindown migrate' first.")
    return missing

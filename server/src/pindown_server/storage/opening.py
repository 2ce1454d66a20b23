"""Which store the settings name."""

from ..settings import Settings
from .database import Database


async def open_database(settings: Settings, *, migrate: bool = True) -> Database:
    """Open the store that the settings name, migrated to this version.

    Raises SettingError when it cannot be opened, or needs a migration that was not allowed.
    """
    if settings.database:
        from . import postgres  # noqa: PLC0415  asyncpg is loaded only where it is used

        return await postgres.open_postgres(settings.database, migrate=migrate)
    from . import sqlite  # noqa: PLC0415  likewise apsw

    return await sqlite.open_sqlite(settings.data / "pindown.sqlite", migrate=migrate)

"""Where everything is kept: one visible transaction over SQLite or PostgreSQL."""

from .database import Database, Reader, Row, Transaction
from .lease import drop_lease, take_lease
from .opening import open_database

__all__ = ["Database", "Reader", "Row", "Transaction", "drop_lease", "open_database", "take_lease"]

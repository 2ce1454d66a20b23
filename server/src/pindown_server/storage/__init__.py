"""Where everything is kept: one visible transaction over SQLite or PostgreSQL."""

from .database import Database, Reader, Row, Transaction
from .opening import open_database

__all__ = ["Database", "Reader", "Row", "Transaction", "open_database"]

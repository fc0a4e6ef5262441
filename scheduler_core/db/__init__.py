"""The one way to the database: SQLite, or PostgreSQL by ``DATABASE_URL``, same promises on both."""

from scheduler_core.db.base import Base
from scheduler_core.db.session import Database, open_database

__all__ = ["Base", "Database", "open_database"]

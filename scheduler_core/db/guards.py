"""The database's own word against double booking, whatever the code above it does.

Migrations do not see these guards, and SQLite drops triggers silently when it rebuilds a table; so they are
installed again after every upgrade, and the core refuses to serve without them.
"""

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from scheduler_core.db.revisions import install_revisions, missing_revisions

NAME = "reservation_no_overlap"
_EXCLUSION_VIOLATION = "23P01"
_LONGEST_MICROSECONDS = 7 * 24 * 60 * 60 * 1_000_000

_OVERLAP = f"""
    SELECT 1 FROM reservation other
    WHERE other.resource_id = NEW.resource_id AND other.unit = NEW.unit AND other.id IS NOT NEW.id
      AND other.start_at < NEW.end_at AND other.end_at > NEW.start_at
      AND other.start_at > NEW.start_at - {_LONGEST_MICROSECONDS}
"""
_SQLITE = {
    f"{NAME}_{event}": f"""
        CREATE TRIGGER {NAME}_{event} BEFORE {event.upper()} ON reservation
        WHEN NEW.end_at - NEW.start_at > {_LONGEST_MICROSECONDS} OR EXISTS ({_OVERLAP})
        BEGIN SELECT RAISE(ABORT, '{NAME}'); END
    """
    for event in ("insert", "update")
}
_POSTGRESQL = f"""
    ALTER TABLE reservation ADD CONSTRAINT {NAME} EXCLUDE USING gist (
        int8range(resource_id, resource_id, '[]') WITH &&,
        int4range(unit, unit, '[]') WITH &&,
        tstzrange(start_at, end_at, '[)') WITH &&
    )
"""


def install_guards(connection: Connection) -> None:
    """Put the guards and the revisions in place; safe to repeat. Triggers are made anew, so never stale."""
    if connection.dialect.name == "sqlite":
        for name, statement in _SQLITE.items():
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
            connection.execute(text(statement))
    elif _missing_exclusion(connection):
        connection.execute(text(_POSTGRESQL))
    install_revisions(connection)


def missing_guards(connection: Connection) -> set[str]:
    """The names of the guards that this database lacks."""
    if connection.dialect.name == "sqlite":
        found = connection.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'reservation'")
        )
        return set(_SQLITE) - set(found) | missing_revisions(connection)
    return _missing_exclusion(connection) | missing_revisions(connection)


def _missing_exclusion(connection: Connection) -> set[str]:
    found = connection.scalars(
        text(
            "SELECT conname FROM pg_constraint WHERE conrelid = to_regclass('reservation') AND contype = 'x'"
        )
    )
    return {NAME} - set(found)


def is_overlap(error: DBAPIError) -> bool:
    """Did a guard speak? Then the time is taken, which is an answer and no fault."""
    return getattr(error.orig, "sqlstate", None) == _EXCLUSION_VIOLATION or NAME in str(error.orig)

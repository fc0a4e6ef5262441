"""The database's own word against double booking, whatever the code above it does.

Migrations do not see these guards, and SQLite drops triggers silently when it rebuilds a table; so they are
installed again after every upgrade, and the core refuses to serve without them.
"""

from datetime import timedelta

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from scheduler_core.db.revisions import install_revisions, missing_revisions

NAME = "reservation_no_overlap"
_EXCLUSION_VIOLATION = "23P01"
#: No reservation is longer, so a search for overlaps need not look further back than this.
LONGEST_RESERVATION = timedelta(days=7)
_LONGEST_MICROSECONDS = LONGEST_RESERVATION // timedelta(microseconds=1)

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
_NOT_TOO_LONG = "reservation_not_too_long"
_POSTGRESQL = {
    NAME: """EXCLUDE USING gist (
        int8range(resource_id, resource_id, '[]') WITH &&,
        int4range(unit, unit, '[]') WITH &&,
        tstzrange(start_at, end_at, '[)') WITH &&
    )""",
    _NOT_TOO_LONG: f"CHECK (end_at - start_at <= interval '{LONGEST_RESERVATION.days} days')",
}


def install_guards(connection: Connection) -> None:
    """Put the guards and the revisions in place; safe to repeat, and none is left as an older release had it."""
    if connection.dialect.name == "sqlite":
        for name, statement in _SQLITE.items():
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
            connection.execute(text(statement))
    else:
        for name in _missing_constraints(connection):
            connection.execute(text(f"ALTER TABLE reservation ADD CONSTRAINT {name} {_POSTGRESQL[name]}"))
    install_revisions(connection)


def missing_guards(connection: Connection) -> set[str]:
    """The names of the guards that this database lacks."""
    if connection.dialect.name == "sqlite":
        found = connection.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'reservation'")
        )
        return set(_SQLITE) - set(found) | missing_revisions(connection)
    return _missing_constraints(connection) | missing_revisions(connection)


def _missing_constraints(connection: Connection) -> set[str]:
    found = connection.scalars(
        text("SELECT conname FROM pg_constraint WHERE conrelid = to_regclass('reservation')")
    )
    return set(_POSTGRESQL) - set(found)


def is_overlap(error: DBAPIError) -> bool:
    """Did a guard speak? Then the time is taken, which is an answer and no fault."""
    return getattr(error.orig, "sqlstate", None) == _EXCLUSION_VIOLATION or NAME in str(error.orig)

"""Counters that rise in the transaction of every change, whoever makes it: what was read at a revision holds at it.

``business.rules_revision`` counts changes of the rules (hours, services, people, policies), ``resource.revision``
changes of what is reserved, blocked or late of a resource. Triggers keep them, because a statement somebody forgets to
write would make a remembered answer wrong without a sound. Like the guards, migrations do not see them.
"""

from hashlib import sha256

from sqlalchemy import Connection, text

_RULE_TABLES = (
    "closure",
    "holiday",
    "hours_override",
    "location",
    "opening_hours",
    "service",
    "service_addon",
    "service_need",
    "staff_break",
    "staff_hours",
    "staff_member",
    "staff_service",
)
_SPOKEN_FOR = ("block", "overrun", "reservation")
_EVENTS = ("INSERT", "UPDATE", "DELETE")
_OF_RESOURCE = "UPDATE OF kind, capacity, location_id, archived_at"
_OF_BUSINESS = "UPDATE OF policy, zone"


def _sqlite() -> dict[str, str]:
    found = {}
    for table in _RULE_TABLES:
        for event in _EVENTS:
            row = "OLD" if event == "DELETE" else "NEW"
            found[f"{table}_revision_{event.lower()}"] = _bump_rules(event, table, f"{row}.business_id")
    for event in ("INSERT", _OF_RESOURCE):
        name = f"resource_rules_revision_{event.split()[0].lower()}"
        found[name] = _bump_rules(event, "resource", "NEW.business_id", "WHEN NEW.kind <> 'seats'")
    found["business_rules_revision_update"] = _bump_rules(_OF_BUSINESS, "business", "NEW.id")
    for table in _SPOKEN_FOR:
        for event in _EVENTS:
            rows = ", ".join(
                f"{row}.resource_id" for row in ("OLD", "NEW") if (row, event) not in _ABSENT_ROWS
            )
            found[f"{table}_revision_{event.lower()}"] = (
                f"AFTER {event} ON {table} BEGIN"
                f" UPDATE resource SET revision = revision + 1 WHERE id IN ({rows}); END"
            )
    return found


_ABSENT_ROWS = {("OLD", "INSERT"), ("NEW", "DELETE")}


def _bump_rules(event: str, table: str, business: str, when: str = "") -> str:
    return (
        f"AFTER {event} ON {table} {when} BEGIN"
        f" UPDATE business SET rules_revision = rules_revision + 1 WHERE id = {business}; END"
    )


_FUNCTIONS = {
    "rules_revision_rises": "UPDATE business SET rules_revision = rules_revision + 1"
    " WHERE id = COALESCE(NEW.business_id, OLD.business_id)",
    "business_revision_rises": "UPDATE business SET rules_revision = rules_revision + 1 WHERE id = NEW.id",
    "resource_revision_rises": "UPDATE resource SET revision = revision + 1"
    " WHERE id IN (NEW.resource_id, OLD.resource_id)",
}


def _postgresql() -> dict[str, str]:
    any_row, each = "INSERT OR UPDATE OR DELETE", "FOR EACH ROW"
    found = {
        f"{table}_revision": f"AFTER {any_row} ON {table} {each} EXECUTE FUNCTION rules_revision_rises()"
        for table in _RULE_TABLES
    }
    found["resource_rules_revision"] = (
        f"AFTER INSERT OR {_OF_RESOURCE} ON resource {each} WHEN (NEW.kind <> 'seats')"
        " EXECUTE FUNCTION rules_revision_rises()"
    )
    found["business_rules_revision"] = (
        f"AFTER {_OF_BUSINESS} ON business {each} EXECUTE FUNCTION business_revision_rises()"
    )
    for table in _SPOKEN_FOR:
        found[f"{table}_revision"] = (
            f"AFTER {any_row} ON {table} {each} EXECUTE FUNCTION resource_revision_rises()"
        )
    return found


def install_revisions(connection: Connection) -> None:
    """Put the triggers in place; safe to repeat.

    On PostgreSQL what is there as it should be is left alone: making a trigger locks its table against a house that
    is at work already.
    """
    if connection.dialect.name == "sqlite":
        for name, definition in _sqlite().items():
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
            connection.execute(text(f"CREATE TRIGGER {name} {definition}"))
    elif missing_revisions(connection) or connection.scalar(_INSTALLED) != _VERSION:
        _install_on_postgresql(connection)


def _install_on_postgresql(connection: Connection) -> None:
    for name, statement in _FUNCTIONS.items():
        connection.execute(
            text(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN {statement}; RETURN NULL; END $$"
            )
        )
    for name, definition in _postgresql().items():
        connection.execute(text(f"CREATE OR REPLACE TRIGGER {name} {definition}"))
    connection.execute(text(f"COMMENT ON FUNCTION {_KEEPER}() IS '{_VERSION}'"))


#: Which functions and triggers those in the database are, kept as a comment beside them.
_KEEPER = "rules_revision_rises"
_VERSION = sha256(repr((_FUNCTIONS, _postgresql())).encode()).hexdigest()
_INSTALLED = text(f"SELECT obj_description(to_regprocedure('{_KEEPER}()'), 'pg_proc')")


def missing_revisions(connection: Connection) -> set[str]:
    """The names of the triggers that this database lacks."""
    if connection.dialect.name == "sqlite":
        found = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        return set(_sqlite()) - set(found)
    found = connection.scalars(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"))
    return set(_postgresql()) - set(found)

"""Bring a database to the shape this code expects, guards included; serving checks that it was done."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

from scheduler_core.db.guards import install_guards, missing_guards
from scheduler_core.db.session import Database, serialise
from scheduler_core.errors import NotReady

_SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(database: Database) -> None:
    """Apply the migrations that are missing, then the guards, in one transaction; others may be at work meanwhile."""
    database.transact(_upgrade)


def _upgrade(session: Session) -> None:
    serialise(session, "upgrade")
    config, connection = alembic_config(), session.connection()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    install_guards(connection)


def check_ready(database: Database) -> None:
    """Raise ``NotReady`` unless the newest migration and every guard are in place."""
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_heads()
        wanted = ScriptDirectory.from_config(alembic_config()).get_heads()
        if set(found) != set(wanted):
            raise NotReady(f"the database is at {found or 'nothing'}, this code wants {wanted}")
        if missing := missing_guards(connection):
            raise NotReady(f"the database lacks its guards: {sorted(missing)}")


def alembic_config() -> Config:
    """Where the migrations are; ``attributes["connection"]`` is what they run on."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config

"""Administer an installation: `python -m scheduler_core.manage prepare` makes it ready to serve."""

import logging
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import make_url, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from scheduler_core.appointments.demo import add_history, fill
from scheduler_core.businesses.demo import ZONE, add_salon
from scheduler_core.businesses.models import Business
from scheduler_core.clock import Clock, system_clock
from scheduler_core.customers.demo import add_customers
from scheduler_core.db.migrate import check_ready, upgrade
from scheduler_core.db.session import Database, open_database, serialise
from scheduler_core.errors import NotReady
from scheduler_core.settings import Settings, get_settings

log = logging.getLogger(__name__)

_DEMO_DAYS_AHEAD = 21
_DEMO_DAYS_BEHIND = 14


def prepare(
    settings: Settings, progress: Callable[[str], None] | None = None, clock: Clock = system_clock
) -> None:
    """Home folder, migrations, guards, and a demo business in an empty database; safe to repeat.

    ``progress`` is told each step by name before it begins. A demo business of an earlier day gets the
    invented bookings of the days since; a real business is never touched.
    """
    say = progress or (lambda _: None)
    say("folder")
    settings.home.mkdir(parents=True, exist_ok=True)
    database = open_database(settings.database_url)
    try:
        say("migrations")
        upgrade(database)
        say("demo business")
        _demo(database, clock)
    finally:
        database.close()


def is_prepared(settings: Settings) -> bool:
    """Whether this code can serve with the database as it is; looks only, and makes nothing."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return False
    database = open_database(settings.database_url)
    try:
        check_ready(database)
    except (NotReady, DBAPIError):
        return False
    finally:
        database.close()
    return True


def _demo(database: Database, clock: Clock) -> None:
    now = clock()
    today = now.astimezone(ZoneInfo(ZONE)).date()
    if _is_current(database, today):
        return
    added = database.transact(lambda session: _seed_or_top_up(session, now, today))
    log.info("demo business: %s bookings added", added)


def _is_current(database: Database, today: date) -> bool:
    """Is there a business, and no demo that has fallen behind?"""
    with database.read() as session:
        reach = session.scalars(select(Business.demo_until)).all()
    return bool(reach) and not any(until and until < _until(today) for until in reach)


def _seed_or_top_up(session: Session, now: datetime, today: date) -> int:
    serialise(session, "demo business")  # another house may start at the same moment
    if session.scalar(select(Business.id).limit(1)) is None:
        salon_id = add_salon(session, demo_until=_until(today))
        add_history(session, salon_id, add_customers(session, salon_id, now), today, now)
        return fill(session, salon_id, today - timedelta(days=_DEMO_DAYS_BEHIND), _until(today), now)
    added = 0
    behind = select(Business).where(Business.demo_until < _until(today)).with_for_update()
    for salon in session.scalars(behind).all():
        assert salon.demo_until is not None
        added += fill(session, salon.id, max(today, salon.demo_until + timedelta(days=1)), _until(today), now)
        salon.demo_until = _until(today)
    return added


def _until(today: date) -> date:
    return today + timedelta(days=_DEMO_DAYS_AHEAD)


def main(arguments: list[str]) -> int:
    """The exit status: 0 when done, 2 for a command that does not exist."""
    if arguments != ["prepare"]:
        sys.stderr.write("usage: python -m scheduler_core.manage prepare\n")
        return 2
    prepare(get_settings(), progress=lambda step: print(f"preparing: {step}"))  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

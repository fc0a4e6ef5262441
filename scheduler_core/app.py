"""The core as an HTTP service: its rooms' routes, and every "no" as application/problem+json."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from fastapi import FastAPI
from sqlalchemy.orm import Session

from scheduler_core.appointments.api import router as appointments
from scheduler_core.appointments.calendars.api import public as calendar
from scheduler_core.appointments.calendars.api import router as calendars
from scheduler_core.appointments.classes.api import router as classes
from scheduler_core.appointments.delays.api import router as delays
from scheduler_core.appointments.flags.rules import reflag
from scheduler_core.appointments.personal import ROOM as VISITS
from scheduler_core.appointments.series.api import router as series
from scheduler_core.appointments.steps_api import router as steps
from scheduler_core.attachments.api import public as file_links
from scheduler_core.attachments.api import router as attachments
from scheduler_core.attachments.personal import ROOM as FILES
from scheduler_core.attachments.sweep import sweep
from scheduler_core.availability.api import router as availability
from scheduler_core.broadcasts.api import router as broadcasts
from scheduler_core.broadcasts.tell import restore
from scheduler_core.businesses.api import router as businesses
from scheduler_core.clock import Clock, system_clock
from scheduler_core.conversations.api import router as conversations
from scheduler_core.conversations.api_costs import router as costs
from scheduler_core.conversations.api_staff import router as takeovers
from scheduler_core.conversations.api_undelivered import router as undelivered
from scheduler_core.conversations.personal import ROOM as THREADS
from scheduler_core.customers.api import router as customers
from scheduler_core.customers.api_links import router as links
from scheduler_core.customers.api_privacy import router as privacy
from scheduler_core.customers.personal import ROOM as PEOPLE
from scheduler_core.db.migrate import check_ready
from scheduler_core.db.session import open_database
from scheduler_core.desk.away import router as desk_away
from scheduler_core.desk.conversation import file_router as desk_files
from scheduler_core.desk.conversation import router as desk_conversation
from scheduler_core.desk.page import router as desk
from scheduler_core.desk.team import router as desk_team
from scheduler_core.desk.tellings import router as desk_tellings
from scheduler_core.desk.undelivered import router as desk_undelivered
from scheduler_core.feedback.api import router as feedback
from scheduler_core.feedback.personal import ROOM as OPINIONS
from scheduler_core.outbox.personal import ROOM as MESSAGES
from scheduler_core.permissions.api import router as permissions
from scheduler_core.permissions.api_chats import router as staff_chats
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.personal import ROOM as RECORDS
from scheduler_core.permissions.problems import answer_with_problems, problems
from scheduler_core.reminders.catch_up import when_wishes_change
from scheduler_core.settings import Settings, get_settings
from scheduler_core.waitlist.api import router as waitlist
from scheduler_core.waitlist.api_offers import router as waitlist_offers
from scheduler_core.waitlist.personal import ROOM as WISHES
from scheduler_core.worker import working

#: Below /v1, for who has a key or a session.
_ROOMS = (
    businesses,
    attachments,
    conversations,
    takeovers,
    undelivered,
    costs,
    customers,
    links,
    privacy,
    availability,
    appointments,
    steps,
    delays,
    broadcasts,
    series,
    classes,
    calendars,
    waitlist_offers,
    waitlist,
    feedback,
    permissions,
    staff_chats,
)
#: All that is kept about a person: in this order it is shown, and forgotten.
_PERSONAL = (VISITS, WISHES, OPINIONS, FILES, THREADS, MESSAGES, RECORDS, PEOPLE)


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """The app on a prepared database; raises ``NotReady`` when it lacks a migration or a guard."""
    settings = settings or get_settings()
    database = open_database(settings.database_url)
    check_ready(database)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        sweep(Caller(settings, database, app.state.clock, actor="house"))
        with working(database, settings, app.state.clock):
            yield
        database.close()

    app = FastAPI(title="Frontdesk scheduling core", version="1", lifespan=lifespan, redirect_slashes=False)
    app.state.settings, app.state.database = settings, database
    app.state.clock = clock or system_clock
    app.state.personal_data = _PERSONAL
    app.state.rules_changed = _rules_changed
    for room in _ROOMS:
        app.include_router(room, responses=problems())
    for public in (calendar, file_links):
        app.include_router(public, responses=problems(404, 422))
    for page in (desk, desk_away, desk_conversation, desk_files, desk_team, desk_tellings, desk_undelivered):
        app.include_router(page, responses=problems(401, 403, 404, 409, 413, 422))
    app.add_api_route("/healthz", _healthz, tags=["health"])
    answer_with_problems(app)
    return app


def _rules_changed(session: Session, caller: Caller, business_id: int, now: datetime) -> None:
    reflag(session, caller, business_id, now)
    restore(session, caller, business_id, now)
    when_wishes_change(session, business_id, now)


def _healthz() -> dict[str, str]:
    return {"status": "ok"}

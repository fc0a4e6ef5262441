"""Book visits that recur: all that can be booked is, or nothing, in one transaction; staff are told once."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.appointments.book import must_override, took_first_step, wall_start
from scheduler_core.appointments.models import Series
from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.appointments.series.notices import tell_of_series
from scheduler_core.appointments.series.queries import visits
from scheduler_core.appointments.series.rule import occurrences
from scheduler_core.appointments.series.schemas import SeriesBooked, SeriesIn
from scheduler_core.appointments.series.take import Taking, all_that_it_may_need
from scheduler_core.appointments.status import REQUESTED
from scheduler_core.availability.memory import blueprint_of
from scheduler_core.availability.reserve import own_hold, resources_of
from scheduler_core.customers.queries import must_be_known
from scheduler_core.errors import NotFound, SeriesClash
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def book_series(
    session: Session, caller: Caller, now: datetime, business_id: int, asked: SeriesIn
) -> dict[str, Any]:
    """The new series as JSON; raises ``SeriesClash`` when not all can be and were to be, or none can."""
    taking = _take_all(session, caller, now, business_id, asked)
    aborts = taking.skipped and asked.clash == "abort"
    if not taking.visits or aborts or not _as_expected(taking, asked):
        raise SeriesClash(clashes=[each.model_dump(mode="json") for each in taking.skipped])
    for visit in taking.visits:
        took_first_step(session, caller, now, visit)
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="series_booked",
        subject=("series", taking.series_id),
        customer_id=asked.customer_id,
        visits=len(taking.visits),
        skipped=len(taking.skipped),
        moved=len(taking.moved),
    )
    shown = _shown(caller, taking)
    waits = any(visit.status == REQUESTED for visit in shown)
    kind = "staff_series_requested" if waits else "staff_series_booked"
    tell_of_series(session, kind, f"{kind}:{taking.series_id}", business_id, shown, now)
    return _answer(taking, taking.series_id, shown).model_dump(mode="json")


def _as_expected(taking: Taking, asked: SeriesIn) -> bool:
    return asked.expected_starts in (None, sorted(visit.start_at for visit in taking.visits))


def preview_series(
    session: Session, caller: Caller, now: datetime, business_id: int, asked: SeriesIn
) -> SeriesBooked:
    """What booking would find now: the very same work, undone at the end, so that the two cannot disagree."""
    undone = session.begin_nested()
    try:
        taking = _take_all(session, caller, now, business_id, asked)
        unnumbered = {"id": 0, "series_id": None, "class_id": None, "calendar_url": "", "undo_until": None}
        shown = [visit.model_copy(update=unnumbered) for visit in _shown(caller, taking)]
        return _answer(taking, None, shown)
    finally:
        undone.rollback()


def _take_all(session: Session, caller: Caller, now: datetime, business_id: int, asked: SeriesIn) -> Taking:
    must_override(caller, asked.override)
    must_be_known(session, business_id, asked.customer_id)
    hold_id = own_hold(session, business_id, asked.hold_id, asked.customer_id)
    question = asked.to_book(business_id, hold_id)
    blueprint = blueprint_of(session, business_id, now)
    places = blueprint.places_for(asked.location_id)
    if not places:
        raise NotFound("the business has no location")
    zone = places[0].zone
    times = occurrences(asked.rrule, asked.start, zone)
    locks = all_that_it_may_need(session, blueprint, question, times)
    locks |= resources_of(session, hold_id=hold_id)
    series = Series(
        business_id=business_id,
        customer_id=asked.customer_id,
        rrule=asked.rrule,
        zone=zone,
        wall_start=wall_start(asked.start, zone),
        created_at=now,
    )
    session.add(series)
    session.flush()
    taking = Taking(session, now, asked, question, series.id, zone, locks, question)
    for occurrence in times:
        taking.take(occurrence)
    return taking


def _shown(caller: Caller, taking: Taking) -> list[AppointmentOut]:
    url = caller.settings.public_url
    return visits(taking.session, taking.question.business_id, taking.series_id, taking.now, url)


def _answer(taking: Taking, series_id: int | None, shown: list[AppointmentOut]) -> SeriesBooked:
    return SeriesBooked(
        series_id=series_id,
        booked=shown,
        skipped=taking.skipped,
        moved=taking.moved,
        ambiguous=taking.ambiguous,
    )

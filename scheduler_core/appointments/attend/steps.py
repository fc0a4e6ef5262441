"""A visit takes place: the customer arrives, it starts and ends, or nobody comes. Each step as staff say it.

Who is done early is free at once; who needs longer keeps what is free and delays those behind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler_core.appointments import status
from scheduler_core.appointments.attend import late
from scheduler_core.appointments.attend.notices import tell_late
from scheduler_core.appointments.attend.reserved import end_at
from scheduler_core.appointments.cancel import end
from scheduler_core.appointments.confirm import visit_of
from scheduler_core.appointments.history import items_of, snapshot, took_step
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.queries import view
from scheduler_core.appointments.schemas import ExtendIn, StepIn
from scheduler_core.availability.slots import instant_of, minute_from
from scheduler_core.errors import TooEarly, WrongState
from scheduler_core.permissions.caller import Caller

#: Nobody arrives for a visit of another day, but for one shortly after midnight.
_BEFORE_MIDNIGHT = timedelta(hours=3)

Shown = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """A step about to be taken: by whom and when, what the visit was before, and the state it leads to."""

    session: Session
    caller: Caller
    now: datetime
    visit: Appointment
    before: dict[str, Any]
    ended: str

    def taken(self, name: str, **facts: Any) -> Shown:
        """Write the step down; the visit as JSON."""
        session, visit = self.session, self.visit
        visit.status, visit.version = self.ended, visit.version + 1
        took_step(session, self.caller, self.now, visit, name, self.before, **facts)
        shown = view(session, visit.business_id, visit.id, self.now, self.caller.settings.public_url)
        return shown.model_dump(mode="json")

    def must_be_on_its_day(self) -> None:
        zone, start = ZoneInfo(self.visit.zone), self.visit.start_at
        that_day = self.now.astimezone(zone).date() >= start.astimezone(zone).date()
        if not that_day and self.now < start - _BEFORE_MIDNIGHT:
            raise TooEarly(start=start.isoformat())

    def delay_those_behind(self) -> None:
        delayed = late.reckon(self.session, self.visit.business_id, self.now, self.visit.end_at)
        tell_late(self.session, self.visit, delayed, self.now)


def attend(
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    appointment_id: int,
    name: str,
    asked: StepIn,
) -> Shown:
    """The visit after the step, as JSON; raises ``WrongState``, ``TooEarly``, ``VersionMovedOn`` or ``NotFound``."""
    visit = visit_of(session, caller, business_id, appointment_id, asked.expected_version)
    ended = status.after(name, visit.status)
    return STEPS[name](Step(session, caller, now, visit, snapshot(session, visit), ended))


def extend(
    session: Session, caller: Caller, now: datetime, business_id: int, appointment_id: int, asked: ExtendIn
) -> Shown:
    """The visit, which will end later than planned; a class ends when it ends. Raises as ``attend`` does."""
    visit = visit_of(session, caller, business_id, appointment_id, asked.expected_version)
    step = Step(session, caller, now, visit, snapshot(session, visit), status.after("extend", visit.status))
    if visit.class_id is not None:
        raise WrongState("a class ends when it ends", status=visit.status, step="extend")
    longer = timedelta(minutes=asked.minutes)
    until = visit.end_at + longer
    if until <= now:  # planned to be over long ago
        until = instant_of(minute_from(now)) + longer
    items_of(session, visit.id)[-1].end_at = visit.end_at = until
    session.flush()
    end_at(session, visit, until, now)
    shown = step.taken("extended", minutes=asked.minutes)
    step.delay_those_behind()
    return shown


def _arrive(step: Step) -> Shown:
    step.must_be_on_its_day()
    step.visit.arrived_at = step.now
    return step.taken("arrived")


def _start(step: Step) -> Shown:
    step.must_be_on_its_day()
    step.visit.started_at = step.now
    return step.taken("started")


def _finish(step: Step) -> Shown:
    visit, over = step.visit, instant_of(minute_from(step.now))
    end_at(step.session, visit, over, step.now)
    visit.finished_at = step.now
    shown = step.taken("finished")
    if over > visit.end_at or late.anybody_late(step.session, visit.business_id, step.now):
        step.delay_those_behind()
    return shown


def _noshow(step: Step) -> Shown:
    if step.now < step.visit.start_at:
        raise TooEarly(start=step.visit.start_at.isoformat())
    return step.taken("noshow")


def _mistake(step: Step) -> Shown:
    ended = end(step.session, step.caller, step.now, step.visit, step.ended, "entered_in_error", reason=None)
    return ended.model_dump(mode="json")


#: By the last word of their path.
STEPS: dict[str, Callable[[Step], Shown]] = {
    "arrive": _arrive,
    "start": _start,
    "finish": _finish,
    "noshow": _noshow,
    "mistake": _mistake,
}

"""Tell the customers whose visits start at another time than they know; each once for what they were not told yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.attend.late import minutes_late
from scheduler_core.appointments.changes import VisitChange
from scheduler_core.appointments.customer_notices import tell_of
from scheduler_core.appointments.delays.schemas import DelayedOut, Outcome
from scheduler_core.appointments.delays.worth_telling import News, about, news
from scheduler_core.appointments.models import LateTold
from scheduler_core.appointments.notices import customer_name
from scheduler_core.appointments.queries import views
from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.appointments.status import ARRIVED, COMING
from scheduler_core.availability.slots import instant_of, minute_of
from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.queries import business
from scheduler_core.conversations.notices import Told
from scheduler_core.outbox.due import Work

_OUTCOMES: dict[Told, Outcome] = {
    Told.SAID: "told",
    Told.SAID_BEFORE: "told",
    Told.NO_CONVERSATION: "no_conversation",
    Told.OPTED_OUT: "opted_out",
    Told.TAKEN_OVER: "taken_over",
}
_A_DAY = timedelta(days=1)


def tell_waiting(
    session: Session,
    public_url: str,
    business_id: int,
    now: datetime,
    staff_id: int | None = None,
    before: Mapping[int, int] | None = None,
) -> list[DelayedOut]:
    """The visits that wait for ``staff_id``, or whose delay was another ``before``, and what became of each.

    Without these only those who were told before hear how it goes on.
    """
    late, known = minutes_late(session, business_id), _known(session, business_id)
    changed = set() if before is None else {key for key, _ in late.items() ^ before.items()}
    shown = views(session, business_id, late.keys() | changed | known.keys(), now, public_url)
    concerned = [
        each
        for each in shown
        if each.id in changed | known.keys() or staff_id in [item.staff_id for item in each.items]
    ]
    grace = Policy.model_validate(business(session, business_id).policy).late_grace_minutes
    return [
        _Waiting(session, each, late.get(each.id, 0), known.get(each.id), now).told(
            business_id, staff_id, grace
        )
        for each in _to_come(concerned, now)
    ]


def follow(session: Session, change: VisitChange, work: Work) -> None:
    """Who comes, goes, begins or ends changes how long those behind have to wait."""
    tell_waiting(session, work.settings.public_url, change.business_id, work.now)


def _to_come(visits: Iterable[AppointmentOut], now: datetime) -> list[AppointmentOut]:
    found = [each for each in visits if each.status in (*COMING, ARRIVED) and each.start > now - _A_DAY]
    return sorted(found, key=lambda each: (each.start, each.id))


def _known(session: Session, business_id: int) -> dict[int, LateTold]:
    rows = session.scalars(select(LateTold).where(LateTold.business_id == business_id))
    return {row.appointment_id: row for row in rows}


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A visit, the minutes by which it will start late, and what its customer knows of that."""

    session: Session
    visit: AppointmentOut
    late: int
    known: LateTold | None
    now: datetime

    def told(self, business_id: int, staff_id: int | None, grace: int) -> DelayedOut:
        kind = news(self.late, self._reckoned_with, grace)
        outcome: Outcome = "told_before" if self.late >= grace else "fits"
        if self.visit.status == ARRIVED:
            outcome = "here"
        elif kind and self.expected > self.now:
            outcome = self._tell(business_id, staff_id, kind)
        return DelayedOut(
            appointment_id=self.visit.id,
            customer_id=self.visit.customer_id,
            customer=self.visit.attendee or customer_name(self.session, self.visit.customer_id),
            start=self.visit.start,
            expected=self.expected,
            outcome="fits" if outcome == "told" and kind == "visit_on_time" else outcome,
        )

    @property
    def expected(self) -> datetime:
        start = minute_of(self.visit.start)
        return instant_of(about(start + self.late) if self.late else start)

    @property
    def _reckoned_with(self) -> int:
        return self.known.minutes if self.known and self.known.version == self.visit.version else 0

    def _tell(self, business_id: int, staff_id: int | None, kind: News) -> Outcome:
        visit, times = self.visit, self.known.times + 1 if self.known else 1
        key = f"{kind}:{visit.id}:{visit.version}:{times}"
        outcome = _OUTCOMES[tell_of(self.session, kind, visit, key, self.now, {"expected": self.expected})]
        if outcome == "told":
            row = self.known or LateTold(appointment_id=visit.id, business_id=business_id)
            row.staff_id = staff_id or row.staff_id
            row.version, row.minutes, row.times = (
                visit.version,
                self.late if kind == "visit_late" else 0,
                times,
            )
            self.session.add(row)
            self.session.flush()
        return outcome

"""Take the times of a rule one after the other, in a transaction that is kept or undone as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.book import write_down
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.series.rule import Occurrence
from scheduler_core.appointments.series.schemas import AmbiguousOut, ClashOut, MovedOut, SeriesIn
from scheduler_core.availability import bits
from scheduler_core.availability.asking import case_at
from scheduler_core.availability.blueprint import Blueprint
from scheduler_core.availability.claim import claim
from scheduler_core.availability.closed import PAST, TOO_FAR
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.models import ClassSession
from scheduler_core.availability.reserve import release
from scheduler_core.availability.schemas import SearchOut
from scheduler_core.availability.search import NO_SUCH_TIME, WallWish, Wanted, search
from scheduler_core.availability.shape import shape_of
from scheduler_core.availability.slots import MINUTES_PER_DAY, instant_of, minute_nearest, number_of, wall
from scheduler_core.errors import RefusedByPolicy, SlotTaken

_TRIED_PER_DAY = 3


@dataclass
class Taking:
    """``locks``: all that any of the visits could need, so that two series over the same people wait in one order.

    ``alike``: the question with the person and the place of the first visit, once there is one.
    """

    session: Session
    now: datetime
    asked: SeriesIn
    question: Enquiry
    series_id: int
    zone: str
    locks: frozenset[int]
    alike: Enquiry
    visits: list[Appointment] = field(default_factory=list)
    skipped: list[ClashOut] = field(default_factory=list)
    moved: list[MovedOut] = field(default_factory=list)
    ambiguous: list[AmbiguousOut] = field(default_factory=list)

    def take(self, occurrence: Occurrence) -> None:
        """Book it, else move or skip it, as was asked."""
        clash = self._book(occurrence)
        if clash is None:
            return
        moved_to = self._elsewhere(occurrence) if self.asked.clash == "move" else None
        if moved_to is None:
            self.skipped.append(clash)
        else:
            self.moved.append(MovedOut(wall_start=clash.wall_start, code=clash.code, to=moved_to))

    def _book(self, occurrence: Occurrence) -> ClashOut | None:
        said = occurrence.wall_start
        if not occurrence.instants:
            return ClashOut(wall_start=said, code=NO_SUCH_TIME, facts={"zone": self.zone})
        start = occurrence.instants[0]
        try:
            self._at(start)
        except (SlotTaken, RefusedByPolicy) as refused:
            return ClashOut(wall_start=said, code=refused.code, facts=refused.facts)
        if len(occurrence.instants) > 1:
            self.ambiguous.append(AmbiguousOut(wall_start=said, start=start))
        return None

    def _at(self, start: datetime) -> None:
        """With the person and at the place of the visits before, else as was asked; raises as ``claim`` does."""
        if self.alike != self.question:
            try:
                return self._claim(self.alike, start)
            except (SlotTaken, RefusedByPolicy):
                pass
        return self._claim(self.question, start)

    def _claim(self, question: Enquiry, start: datetime) -> None:
        plan = claim(self.session, question, start, self.now, also_lock=self.locks)
        if question.own_hold_id is not None:
            release(self.session, question.business_id, question.own_hold_id, joining=plan.class_id)
        with self.session.begin_nested():
            visit = write_down(self.session, self.now, plan, self.asked, self.series_id)
            self.session.flush()
        if not self.visits:
            people = {item.staff_id for item in plan.items}
            staff_id = plan.staff_id if len(people) == 1 else question.staff_id
            self.alike = replace(question, staff_id=staff_id, location_id=plan.location_id)
        self.visits.append(visit)

    def _elsewhere(self, occurrence: Occurrence) -> datetime | None:
        """The nearest start of that day that could be booked, of the same person."""
        day, clock = number_of(occurrence.wall.date()), occurrence.wall.hour * 60 + occurrence.wall.minute
        for minute in self._starts_near(minute_nearest(self.zone, day, clock), day):
            try:
                self._claim(self.alike, instant_of(minute))
            except (SlotTaken, RefusedByPolicy):
                continue
            return instant_of(minute)
        return None

    def _starts_near(self, wished: int, day: int) -> Sequence[int]:
        board = case_at(self.session, self.alike, wished, self.now).board
        base, found = board.window.base, 0
        for place in board.places:
            found |= board.starts(place)
        around = board.window.span(wished - MINUTES_PER_DAY, wished + MINUTES_PER_DAY)
        that_day = (m for m in bits.minutes(found & around, base) if wall(self.zone, m)[0] == day)
        return sorted(that_day, key=lambda minute: (abs(minute - wished), minute))[:_TRIED_PER_DAY]


def all_that_it_may_need(
    session: Session, blueprint: Blueprint, question: Enquiry, times: Sequence[Occurrence]
) -> frozenset[int]:
    """The resources of every candidate, and the seats of the meetings that could be joined."""
    shape = shape_of(blueprint, question.service_ids, question.staff_id)
    found = {key for each in shape.requirements for key in each.candidates}
    first = blueprint.service(question.service_ids[0])
    if first.capacity > 1:
        meetings = select(ClassSession.seats_id).where(
            ClassSession.business_id == question.business_id,
            ClassSession.service_id == first.id,
            ClassSession.start_at.in_([instant for each in times for instant in each.instants]),
        )
        found |= set(session.scalars(meetings))
    return frozenset(found)


def near(
    session: Session, question: Enquiry, clashes: Sequence[dict[str, Any]], now: datetime
) -> list[dict[str, Any]]:
    """The clashes, each with ``alternatives``: the nearest slots, at most a few, none for what is past or too far."""
    return [each | {"alternatives": _near(session, question, each, now)} for each in clashes]


def _near(session: Session, question: Enquiry, clash: dict[str, Any], now: datetime) -> list[dict[str, Any]]:
    if clash["code"] in (PAST, TOO_FAR):
        return []
    said = datetime.fromisoformat(clash["wall_start"])
    wish = WallWish(number_of(said.date()), said.hour * 60 + said.minute)
    found = SearchOut.of(search(session, Wanted(question, [wish]), now))
    return [slot.model_dump(mode="json") for slot in found.alternatives or found.slots]

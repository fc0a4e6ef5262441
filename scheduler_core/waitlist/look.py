"""Time may have become free: the first who waits for it and can be asked is asked, and then it is looked at again.

One customer a transaction. Looks of one business come one after the other, so nobody is asked twice and no two people
are asked about the same time; what others book meanwhile is refused to us by the same function that refuses it to them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.move import question_for
from scheduler_core.appointments.reschedule import must_be_allowed
from scheduler_core.availability.blueprint import Blueprint
from scheduler_core.availability.claim import claim
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.listing import listing
from scheduler_core.availability.memory import blueprint_of
from scheduler_core.availability.slots import instant_of, minute_from, minute_of
from scheduler_core.businesses.freed import time_freed
from scheduler_core.conversations.notices import Told, where_to_tell
from scheduler_core.db.session import serialise
from scheduler_core.errors import FrontdeskError, RefusedByPolicy
from scheduler_core.outbox.due import Work
from scheduler_core.waitlist import offers, wishes
from scheduler_core.waitlist.keeping import kept_until
from scheduler_core.waitlist.models import WaitlistEntry, WaitlistOffer
from scheduler_core.waitlist.queries import offered_to, open_offer_of, waiting_within

_MOST_SPOTS, _TRIES = 400, 5


@dataclass(frozen=True, slots=True)
class Fit:
    """A time that would suit: [start, end), kept ``until`` then."""

    start: datetime
    end: datetime
    until: datetime


def look(session: Session, work: Work) -> None:
    """Handles ``time_freed``: [start, end) of the payload may be bookable."""
    serialise(session, f"waitlist:{work.business_id}")
    start, end = (datetime.fromisoformat(work.payload[name]) for name in ("start", "end"))
    made = _Look(session, work, max(start, work.now), end).ask_the_first()
    if made is not None:
        again = f"made:{made.id}"
        time_freed(session, work.business_id, start, end, at=work.now, reason=again)


@dataclass
class _Look:
    session: Session
    work: Work
    start: datetime
    end: datetime
    _dry: set[Enquiry] = field(default_factory=set)

    def ask_the_first(self) -> WaitlistOffer | None:
        rules = blueprint_of(self.session, self.work.business_id, self.work.now)
        earliest = self.start - _longest(rules)
        for entry, visit in waiting_within(self.session, self.work.business_id, earliest, self.end):
            thinking = open_offer_of(self.session, entry.customer_id)
            if thinking is not None:
                self._look_later_for(thinking)
            elif made := self._ask(entry, visit, rules):
                return made
        return None

    def _look_later_for(self, thinking: WaitlistOffer) -> None:
        """They are asked about one time after the other."""
        beside = wishes.without([(self.start, self.end)], thinking.start_at, thinking.end_at)
        known = wishes.from_json(thinking.meanwhile)
        if any(each not in known for each in beside):
            thinking.meanwhile = wishes.to_json(wishes.joined([*known, *beside]))

    def _ask(self, entry: WaitlistEntry, visit: Appointment | None, rules: Blueprint) -> WaitlistOffer | None:
        question = self._question(entry, visit)
        for fit in islice(self._fits(entry, visit, question, rules), _TRIES):
            if reason := self._why_not(entry, visit):
                offers.pass_over(self.session, self.work.now, entry, fit.start, fit.end, reason)
                return None
            try:
                plan = claim(self.session, question, fit.start, self.work.now)
            except FrontdeskError:
                continue
            return offers.make(self.session, self.work.now, entry, visit, question, plan, fit.until)
        return None

    def _question(self, entry: WaitlistEntry, visit: Appointment | None) -> Enquiry:
        if visit is not None:
            return question_for(self.session, visit, entry.staff_id, entry.location_id)
        return Enquiry(
            entry.business_id,
            (entry.service_id,),
            entry.staff_id,
            entry.location_id,
            customer_id=entry.customer_id,
        )

    def _fits(
        self, entry: WaitlistEntry, visit: Appointment | None, question: Enquiry, rules: Blueprint
    ) -> Iterator[Fit]:
        """Times they wait for and were never asked about, those nearest to where the free time begins first."""
        ranges = wishes.from_json(entry.ranges)
        known = offered_to(self.session, entry.customer_id)
        policy, zone = rules.services[question.service_ids[0]].policy, ZoneInfo(rules.zone)
        for start, end in self._free(question, rules):
            wanted = wishes.contain(ranges, start) and not wishes.touch(known, start, end)
            if wanted and (visit is None or start < visit.start_at):
                until = kept_until(self.work.now, start, zone, policy)
                if until is not None:
                    yield Fit(start, end, until)

    def _free(self, question: Enquiry, rules: Blueprint) -> Sequence[tuple[datetime, datetime]]:
        """What is bookable and touches the free time; what nobody could book is looked for once."""
        anybody = replace(question, customer_id=None, own_appointment_id=None)
        if question.own_appointment_id is None:
            if anybody in self._dry:
                return []
            if not self._listed(anybody, rules):
                self._dry.add(anybody)
                return []
        return sorted(self._listed(question, rules), key=lambda span: (abs(span[0] - self.start), span[0]))

    def _listed(self, question: Enquiry, rules: Blueprint) -> set[tuple[datetime, datetime]]:
        low, high = minute_from(self.start), minute_of(self.end)
        since = low - _longest(rules) // timedelta(minutes=1)
        try:
            found = listing(self.session, question, since, high, _MOST_SPOTS, self.work.now)
        except FrontdeskError:
            return set()  # it is no longer offered
        return {(instant_of(spot.start), instant_of(spot.end)) for spot in found.spots if spot.end > low}

    def _why_not(self, entry: WaitlistEntry, visit: Appointment | None) -> str | None:
        """They cannot be told, or their visit cannot be moved any more."""
        thread = where_to_tell(self.session, entry.business_id, entry.customer_id, self.work.now)
        if isinstance(thread, Told):
            return str(thread)
        try:
            if visit is not None:
                must_be_allowed(self.session, visit)
        except RefusedByPolicy as refused:
            return refused.code
        return None


def _longest(rules: Blueprint) -> timedelta:
    """So long before the free time a visit may start that reaches into it."""
    return timedelta(minutes=max((each.minutes for each in rules.services.values()), default=0))

"""Times become free for many who wait while whoever offers them is killed; then everything is counted."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler_core.availability.models import Hold, Reservation
from scheduler_core.businesses.freed import time_freed
from scheduler_core.clock import system_clock
from scheduler_core.db import Database
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.settings import Settings
from scheduler_core.waitlist.models import OPEN, WAITING, WaitlistEntry, WaitlistOffer
from scheduler_core.worker import work_until_idle
from tests.builders.killable import a_process
from tests.builders.parts import ALWAYS, a_business, a_location, a_person, a_service
from tests.builders.reminded import people_to_reach
from tests.builders.reminding import wait_until

_ZONE = "Europe/Vienna"
#: Past every lease, and past the minutes for which a time is kept.
_LEASE_OVER, _SILENCE_OVER = timedelta(minutes=2), timedelta(minutes=40)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Offered:
    """``kept``: times kept for somebody; ``ended``: offers that nobody answered; the others: what should not be."""

    kept: int
    ended: int
    lost: int = 0
    twice_kept: int = 0
    asked_again: int = 0
    kept_for_nobody: int = 0
    said_amiss: int = 0


def offer_under_fire(database: Database, times: int) -> tuple[Offered, Offered]:
    """What is counted when all were offered, and again when nobody answered and they were passed on.

    One process is killed while it offers, two at once while they pass on.
    """
    url = database.engine.url.render_as_string(hide_password=False)
    business = database.transact(partial(_many_wait, times=times))
    steps = partial(_steps, database, business)

    def goes_on(ahead: timedelta) -> Offered:
        work_until_idle(database, Settings(), lambda: system_clock() + ahead)
        return _counted(database, business, times)

    with a_process(url) as process:
        wait_until(process, steps, times // 3)
    offered = goes_on(_LEASE_OVER)
    with a_process(url, _SILENCE_OVER) as process, a_process(url, _SILENCE_OVER):
        wait_until(process, steps, times + times // 2)
    return offered, goes_on(_SILENCE_OVER + _LEASE_OVER)


def _many_wait(session: Session, times: int) -> int:
    """Twice as many people as times; each takes whatever there is."""
    now = system_clock()
    business = a_business(session, _ZONE, quiet_from_hour=0, quiet_until_hour=0, grid_minutes=60)
    place = a_location(session, business, _ZONE, ALWAYS)
    service = a_service(session, business, by=[a_person(session, business, "Ana", {place: ALWAYS})])
    first = (now + timedelta(days=2)).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    wish = [[first.isoformat(), (first + times * _HOUR).isoformat()]]
    for nth, customer in enumerate(people_to_reach(session, business, 2 * times, now)):
        since = now - timedelta(days=1) + timedelta(seconds=nth)
        of = {"business_id": business, "customer_id": customer, "service_id": service}
        session.add(WaitlistEntry(**of, ranges=wish, state=WAITING, created_at=since))
    for nth in range(times):
        start = first + nth * _HOUR
        time_freed(session, business, start, start + _HOUR, at=now, reason=f"killed:{business}:{nth}")
    return business


def _steps(database: Database, business: int) -> int:
    """Offers that were made, and those of them that have ended."""
    with database.read() as session:
        steps = select(func.count(WaitlistOffer.id) + func.count(WaitlistOffer.ended_at))
        return session.scalar(steps.where(WaitlistOffer.business_id == business)) or 0


def _counted(database: Database, business: int, times: int) -> Offered:
    with database.read() as session:
        offers = session.scalars(select(WaitlistOffer).where(WaitlistOffer.business_id == business)).all()
        of_holds = select(Hold.id).join(Reservation, Reservation.hold_id == Hold.id)
        held = Counter(session.scalars(of_holds.where(Hold.business_id == business)))
        said = select(OutboundMessage.id).where(OutboundMessage.kind == "waitlist_offer")
        told = session.scalars(said.where(OutboundMessage.business_id == business)).all()
    live = [each for each in offers if each.state == OPEN]
    kept = Counter(each.start_at for each in live if each.hold_id in held)
    asked = Counter((each.customer_id, each.start_at) for each in offers)
    return Offered(
        kept=len(kept),
        ended=len(offers) - len(live),
        lost=times - len(kept),
        twice_kept=len(live) - len(kept),
        asked_again=asked.total() - len(asked),
        kept_for_nobody=len(held.keys() - {each.hold_id for each in live}),
        said_amiss=len(told) - len(offers),
    )

"""What who waits is told: which time is kept for them, until when, and what they keep if they say nothing."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_time
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.customer_notices import locale_for, moment
from scheduler_core.appointments.models import Appointment
from scheduler_core.availability.diary import Spot
from scheduler_core.availability.planned import PlannedVisit
from scheduler_core.availability.schemas import SlotOut
from scheduler_core.availability.slots import minute_from, minute_of
from scheduler_core.businesses.models import Business, Location, Service, StaffMember
from scheduler_core.businesses.policy import Policy
from scheduler_core.conversations.models import Notice
from scheduler_core.conversations.notices import ToTell, take_back, tell
from scheduler_core.conversations.quiet import when_to_say
from scheduler_core.customers.models import Customer
from scheduler_core.outbox.words import words
from scheduler_core.waitlist.models import WaitlistEntry, WaitlistOffer

#: The kinds of notice: a new visit, and an earlier time for the one they have.
NEW, EARLIER, TAKEN_BACK = "waitlist_offer", "waitlist_earlier", "waitlist_withdrawn"
_CHOICES = ("take", "pass", "leave")


def tell_of_offer(
    session: Session,
    offer: WaitlistOffer,
    entry: WaitlistEntry,
    visit: Appointment | None,
    plan: PlannedVisit,
    now: datetime,
) -> datetime:
    """When they are told: now, or when the night is over. ``visit``: what it would replace."""
    business = session.get_one(Business, offer.business_id)
    said_at = when_to_say(now, ZoneInfo(business.zone), Policy.model_validate(business.policy), plan.start)
    person = session.get_one(Customer, offer.customer_id)
    locale = locale_for(person.language, business.locale)
    kind = EARLIER if visit else NEW
    facts = _facts(session, offer, entry, locale) | {
        "until": _until(offer, plan.zone, said_at, locale),
        "stands": moment(visit.start_at, visit.zone, locale) if visit else "",
    }
    notice = ToTell(
        kind=kind,
        idem_key=_key_of(offer),
        business_id=offer.business_id,
        customer_id=person.id,
        appointment_id=visit.id if visit else None,
        appointment_version=visit.version if visit else None,
        visit_at=plan.start,
        text=words(locale.language, f"notice_{kind}", **facts),
        language=locale.language,
        facts=facts,
        choices=[
            {"answer": answer, "label": words(locale.language, f"notice_button_{answer}")}
            for answer in _CHOICES
        ],
        offer=_as_kept(offer, entry, plan),
    )
    tell(session, notice, now)
    return said_at


def was_said(offer: WaitlistOffer, now: datetime) -> bool:
    return offer.said_at is not None and offer.said_at <= now


def unsay(session: Session, offer: WaitlistOffer) -> None:
    """What waits for the morning is no longer true."""
    take_back(session, _key_of(offer))


def tell_of_withdrawal(session: Session, offer: WaitlistOffer, entry: WaitlistEntry, now: datetime) -> None:
    person = session.get_one(Customer, offer.customer_id)
    business = session.get_one(Business, offer.business_id)
    locale = locale_for(person.language, business.locale)
    facts = _facts(session, offer, entry, locale)
    notice = ToTell(
        kind=TAKEN_BACK,
        idem_key=f"waitlist_withdrawn:{offer.id}",
        business_id=offer.business_id,
        customer_id=person.id,
        appointment_id=None,
        appointment_version=None,
        visit_at=offer.start_at,
        text=words(locale.language, f"notice_{TAKEN_BACK}", **facts),
        language=locale.language,
        facts=facts,
        choices=[],
    )
    tell(session, notice, now)


def answered(session: Session, offer: WaitlistOffer, answer: str, now: datetime) -> None:
    """Keep with the notice what they said to it."""
    notice = session.scalar(select(Notice).where(Notice.idem_key == _key_of(offer)))
    if notice is not None:
        notice.answer, notice.answered_at = answer, now


def _key_of(offer: WaitlistOffer) -> str:
    return f"waitlist_offer:{offer.id}"


def _facts(session: Session, offer: WaitlistOffer, entry: WaitlistEntry, locale: Locale) -> dict[str, str]:
    person = session.get_one(Customer, offer.customer_id)
    first_name = (person.name or "").partition(" ")[0]
    zone = session.get_one(Location, offer.location_id).zone
    return {
        "name": f" {first_name}" if first_name else "",
        "business": session.get_one(Business, offer.business_id).name,
        "service": session.get_one(Service, entry.service_id).name,
        "staff": session.get_one(StaffMember, offer.staff_id).name,
        "moment": moment(offer.start_at, zone, locale),
    }


def _until(offer: WaitlistOffer, zone: str, said_at: datetime, locale: Locale) -> str:
    """ "14:30" of the day on which they read it, else with its day."""
    assert offer.until is not None
    here, reads = (each.astimezone(ZoneInfo(zone)) for each in (offer.until, said_at))
    if here.date() != reads.date():
        return words(locale.language, "notice_until_moment", moment=moment(offer.until, zone, locale))
    clock = format_time(here.time(), "short", locale=locale)
    return words(locale.language, "notice_until_clock", clock=clock)


def _as_kept(offer: WaitlistOffer, entry: WaitlistEntry, plan: PlannedVisit) -> dict[str, object]:
    assert offer.until is not None
    spot = Spot(minute_of(plan.start), minute_from(plan.end), plan.staff_id, plan.location_id, plan.class_id)
    return {
        "id": offer.id,
        "service_id": entry.service_id,
        "slot": SlotOut.of(spot, plan.zone).model_dump(mode="json"),
        "until": offer.until.isoformat(),
    }

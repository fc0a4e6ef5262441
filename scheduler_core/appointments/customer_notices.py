"""Tell a customer what happened to their visit when it was not their own doing, and ask whether they come."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.move import question_for
from scheduler_core.appointments.night import Asked, Why, wait
from scheduler_core.appointments.queries import view
from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.availability.schemas import SearchOut, SlotOut
from scheduler_core.availability.search import Wanted, search
from scheduler_core.availability.slots import minute_from, minute_of
from scheduler_core.businesses.models import Business, StaffMember
from scheduler_core.businesses.policy import Policy
from scheduler_core.conversations.notices import Beside, Told, ToTell, tell, where_to_tell
from scheduler_core.conversations.places import is_awake
from scheduler_core.conversations.quiet import when_to_say
from scheduler_core.customers.models import Customer
from scheduler_core.outbox.due import Work
from scheduler_core.outbox.words import words
from scheduler_core.permissions.caller import Caller

_OFFERED = 3
#: What can hardly be booked any more when it is read is not offered.
_TIME_TO_ANSWER = timedelta(minutes=15)
#: Each kind of notice, and the answers that can be tapped under it; any other words are understood as well.
CHOICES: dict[str, tuple[str, ...]] = {
    "reminder": ("keep", "move", "drop"),
    "reminder_many": ("keep", "move", "drop"),
    "visit_moved": ("keep", "move", "drop"),
    "visit_late": ("keep", "move", "drop"),
    "visit_on_time": ("move", "drop"),
    "visit_restored": ("keep", "move", "drop"),
    "visit_confirmed": ("move", "drop"),
    "visit_unconfirmed": ("move", "drop"),
    "visit_must_move": ("slot", "other", "drop"),
    "visit_declined": ("slot", "other"),
    "visit_cancelled": ("slot", "other"),
    "class_cancelled": ("slot", "other"),
    "visit_missed": ("slot", "other"),
    "visit_proposed": ("accept", "stay", "move"),
}


def tell_unless_own_doing(
    session: Session,
    caller: Caller,
    kind: str,
    visit: AppointmentOut,
    now: datetime,
    was: datetime | None = None,
) -> None:
    """Once for each version of the visit; whoever did it in the conversation reads it there. ``was``: its old start."""
    if not caller.acts_for_customer:
        times = {"was": was} if was else {}
        tell_of(session, kind, visit, f"{kind}:{visit.id}:{visit.version}", now, times)


def tell_of(
    session: Session,
    kind: str,
    visit: AppointmentOut,
    idem_key: str,
    now: datetime,
    times: Mapping[str, datetime] | None = None,
    more: Mapping[str, str] | None = None,
    why: Why | None = None,
    slots: Sequence[SlotOut] = (),
) -> Told:
    """Queue a notice of one of the ``CHOICES``, in the customer's language, in the caller's transaction.

    At night it waits for the morning, and is put into words then, unless they have just written to us. ``times``: what
    else it speaks of, by name; as "name_clock" it says only the time of the day. ``more``: facts that only this kind
    has. ``why``: of a visit that must move; then who could do it at its own time comes first. ``slots``: the time it
    proposes.
    """
    person = session.get_one(Customer, visit.customer_id)
    business = session.get_one(Business, person.business_id)
    asked = Asked(kind, idem_key, times or {}, more or {}, why, slots)
    if (at := _when(business, visit, now)) <= now:
        return _say(session, person, business, visit, asked, now)
    to_say = where_to_tell(session, business.id, person.id, now)
    if isinstance(to_say, Told):
        return to_say
    if is_awake(session, to_say, now):
        return _say(session, person, business, visit, asked, now)
    return Told.SAID if wait(session, business.id, visit, asked, at) else Told.SAID_BEFORE


def _say(
    session: Session, person: Customer, business: Business, visit: AppointmentOut, asked: Asked, now: datetime
) -> Told:
    kind, why = asked.kind, asked.why
    locale = locale_for(person.language, business.locale)
    slots = asked.slots or _offers(session, kind, visit, why, now)
    facts = (
        facts_of(visit, person, business, locale) | _times_said(asked.times, visit, locale) | dict(asked.more)
    )
    if why:
        facts |= {"why": words(locale.language, f"notice_because_{why.because}", who=why.who, **facts)}
    notice = ToTell(
        kind=kind,
        idem_key=asked.idem_key,
        business_id=business.id,
        customer_id=person.id,
        appointment_id=visit.id,
        appointment_version=visit.version,
        visit_at=visit.start,
        text=_text(kind, facts, bool(slots), locale),
        language=locale.language,
        facts=facts,
        choices=_choices(session, kind, slots, locale),
    )
    return tell(session, notice, now)


def _when(business: Business, visit: AppointmentOut, now: datetime) -> datetime:
    policy = Policy.model_validate(business.policy)
    return when_to_say(now, ZoneInfo(business.zone), policy, visit.start)


def ask_of_many(session: Session, visits: Sequence[tuple[AppointmentOut, str]], now: datetime) -> Told:
    """One message that asks whether they come to visits of one day, each with its key; the first comes first."""
    (first, key), *others = visits
    person = session.get_one(Customer, first.customer_id)
    business = session.get_one(Business, person.business_id)
    locale, kind = locale_for(person.language, business.locale), "reminder_many"
    each_of_them = [
        words(locale.language, "notice_visit_at", **facts_of(visit, person, business, locale))
        for visit, _ in visits
    ]
    *before, last = each_of_them
    said = words(locale.language, "notice_and", first=", ".join(before), last=last)
    facts = facts_of(first, person, business, locale) | {"visits": said}
    notice = ToTell(
        kind=kind,
        idem_key=key,
        business_id=business.id,
        customer_id=person.id,
        appointment_id=first.id,
        appointment_version=first.version,
        visit_at=first.start,
        text=words(locale.language, f"notice_{kind}", **facts),
        language=locale.language,
        facts=facts,
        choices=_choices(session, kind, (), locale),
        beside=[Beside(its_key, visit.id, visit.version) for visit, its_key in others],
    )
    return tell(session, notice, now)


def tell_in_the_morning(session: Session, work: Work) -> None:
    """What waited through the night, unless its visit has changed meanwhile."""
    known = Asked.from_json(work.payload)
    key = work.payload["appointment_id"]
    visit = view(session, work.business_id, key, work.now, work.settings.public_url)
    if visit.version == work.version:
        tell_of(
            session, known.kind, visit, known.idem_key, work.now,
            known.times, known.more, known.why, known.slots,
        )  # fmt: skip


def _offers(
    session: Session, kind: str, visit: AppointmentOut, why: Why | None, now: datetime
) -> list[SlotOut]:
    if "slot" not in CHOICES[kind]:
        return []
    return _in_its_place(session, visit, now) if why else _instead(session, visit, now)


def _text(kind: str, facts: Mapping[str, str], offers: bool, locale: Locale) -> str:
    text = words(locale.language, f"notice_{kind}", **facts)
    if "slot" not in CHOICES[kind]:
        return text
    return text + " " + words(locale.language, "notice_nearest" if offers else "notice_no_times")


def _times_said(times: Mapping[str, datetime], visit: AppointmentOut, locale: Locale) -> dict[str, str]:
    said = {"was": ""}
    for name, instant in times.items():
        said |= {
            name: moment(instant, visit.zone, locale),
            f"{name}_clock": _clock(instant, visit.zone, locale),
        }
    return said


def facts_of(visit: AppointmentOut, person: Customer, business: Business, locale: Locale) -> dict[str, str]:
    service = ", ".join(item.service_name for item in visit.items) or visit.service_name
    if visit.attendee:
        service = words(locale.language, "notice_for", service=service, attendee=visit.attendee)
    first_name = (person.name or "").partition(" ")[0]
    return {
        "name": f" {first_name}" if first_name else "",
        "business": business.name,
        "service": service,
        "staff": visit.staff_name,
        "moment": moment(visit.start, visit.zone, locale),
        "clock": _clock(visit.start, visit.zone, locale),
        "day": _day(visit.start, visit.zone, locale),
    }


def _choices(session: Session, kind: str, slots: Sequence[SlotOut], locale: Locale) -> list[dict[str, Any]]:
    """As a notice keeps them; one for each time that is offered."""
    found: list[dict[str, Any]] = []
    for answer in CHOICES[kind]:
        if answer in ("slot", "accept"):
            found += [offered(session, slot, locale) | {"answer": answer} for slot in slots]
        else:
            found.append({"answer": answer, "label": words(locale.language, f"notice_button_{answer}")})
    return found


def offered(session: Session, slot: SlotOut, locale: Locale) -> dict[str, Any]:
    """A time as it can be tapped under a notice."""
    person = session.scalars(select(StaffMember.name).where(StaffMember.id == slot.staff_id)).one()
    day = format_date(slot.wall_start, words(locale.language, "notice_short_day"), locale=locale)
    label = f"{day}, {format_time(slot.wall_start.time(), 'short', locale=locale)} · {person}"
    return {"answer": "slot", "label": label, "slot": slot.model_dump(mode="json")}


def nearest(
    session: Session, visit: AppointmentOut, minute: int, now: datetime, *, but_that: bool = False
) -> list[SlotOut]:
    """Times for the same at that minute or near it, with the same person while they have any, else with anybody."""
    row = session.get_one(Appointment, visit.id)
    asked = question_for(session, row, row.staff_id, row.location_id)
    for each in (asked, replace(asked, staff_id=None)):
        shown = frozenset({minute} if but_that else ())
        wanted = Wanted(each, [(minute, minute + 1)], after=_too_soon(now), shown=shown)
        found = SearchOut.of(search(session, wanted, now))
        if near := found.slots or found.alternatives:
            return sorted(near, key=lambda slot: slot.start)
    return []


def _instead(session: Session, visit: AppointmentOut, now: datetime) -> list[SlotOut]:
    """Other times near the one that is gone."""
    return nearest(session, visit, minute_of(visit.start), now, but_that=True)


def _in_its_place(session: Session, visit: AppointmentOut, now: datetime) -> list[SlotOut]:
    """A colleague at the very time first, then what is nearest with anybody."""
    minute = minute_of(visit.start)
    row = session.get_one(Appointment, visit.id)
    anybody = question_for(session, row, None, row.location_id)
    same_time = SearchOut.of(search(session, Wanted(anybody, [(minute, minute + 1)]), now)).slots
    wanted = Wanted(anybody, [(minute, minute + 1)], after=_too_soon(now), shown=frozenset({minute}))
    near = SearchOut.of(search(session, wanted, now)).alternatives
    return [*same_time[:1], *sorted(near, key=lambda slot: slot.start)][:_OFFERED]


def _too_soon(now: datetime) -> int:
    """The last minute that is not offered."""
    return minute_from(now + _TIME_TO_ANSWER) - 1


def locale_for(language: str | None, of_business: str) -> Locale:
    """How this customer reads dates: as the business writes them, in their own language."""
    at_home = Locale.parse(of_business, sep="-")
    if language in (None, at_home.language):
        return at_home
    for tag in (f"{language}_{at_home.territory}", language):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(tag)
    return at_home


def moment(instant: datetime, zone: str, locale: Locale) -> str:
    """ "Friday 20 November at 15:00"."""
    day = _day(instant, zone, locale)
    return words(locale.language, "notice_moment", day=day, clock=_clock(instant, zone, locale))


def _clock(instant: datetime, zone: str, locale: Locale) -> str:
    """ "15:00"."""
    return format_time(instant.astimezone(ZoneInfo(zone)).time(), "short", locale=locale)


def _day(instant: datetime, zone: str, locale: Locale) -> str:
    """ "Friday 20 November"."""
    return format_date(
        instant.astimezone(ZoneInfo(zone)), words(locale.language, "notice_day"), locale=locale
    )

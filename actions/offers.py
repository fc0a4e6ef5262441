"""What a customer can tap, and the facts a sentence is filled with, in the business's way of writing times and money.

Pure. Moments are shown in the zone of the place where the visit happens, always with weekday, date and time.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_time
from babel.numbers import format_currency

from actions.core_types import Appointment, Closed, Desk, Service, Slot
from actions.draft import Draft, Option
from actions.moments import moment, short_moment, wish_said
from actions.people import called
from actions.when import OpenReading, TimeConstraint, Wish
from actions.wishes import zone_of

_MOST_SERVICES_SHOWN = 10


def first_steps() -> tuple[Option, ...]:
    return (
        Option(kind="intent", label="Book a visit", value="book_appointment"),
        my_visits(),
        Option(kind="intent", label="Services and prices", value="ask_services"),
        Option(kind="intent", label="Opening hours", value="ask_hours"),
    )


def service_options(desk: Desk) -> tuple[Option, ...]:
    """The customer's usual service first, then the list as the business keeps it."""
    usual = desk.customer.usual_service_id
    ordered = sorted(desk.services, key=lambda each: each.id != usual)[:_MOST_SERVICES_SHOWN]
    return tuple(Option(kind="service", label=each.name, value=each.id) for each in ordered)


def slot_option(slot: Slot, draft: Draft, desk: Desk) -> Option:
    facts = slot_facts(slot, draft, desk)
    label = f"{facts['short_moment']} · {facts['person']}"
    if draft.location_id is None and len(desk.locations) > 1:
        label += f" · {facts['place']}"
    return Option(kind="slot", label=label, value=slot.model_dump(mode="json"))


def appointment_option(visit: Appointment, desk: Desk) -> Option:
    local = visit.start.astimezone(ZoneInfo(visit.zone))
    label = f"{short_moment(local, locale_of(desk))} · {visit.service_name}"
    return Option(kind="appointment", label=label, value=visit.id)


def wish_in_words(wish: Wish, draft: Draft, desk: Desk) -> str:
    return wish_said(wish, zone_of(draft, desk), locale_of(desk))


def reading_options(reading: OpenReading, draft: Draft, desk: Desk) -> tuple[Option, ...]:
    return tuple(
        Option(
            kind="reading",
            label=wish_in_words(wish, draft, desk),
            value=TimeConstraint(wishes=(wish,)).to_json(),
        )
        for wish in reading.options
    )


def more() -> Option:
    return Option(kind="more", label="More times")


def no_times_left(draft: Draft) -> tuple[Option, ...]:
    if not can_be_widened(draft):
        return (a_person(),)
    return (Option(kind="anyone", label="Any day, anyone"), a_person())


def can_be_widened(draft: Draft) -> bool:
    """Whether something was asked for that a search could do without."""
    return (draft.staff_id, draft.location_id, draft.when) != (None, None, None)


def a_person() -> Option:
    return Option(kind="intent", label="Talk to a person", value="human_handoff")


def my_visits() -> Option:
    return Option(kind="intent", label="My appointments", value="list_appointments")


def after_a_no(no: Closed) -> tuple[Option, ...]:
    return first_steps() if no.code.startswith("already_") else (my_visits(), a_person())


def yes_or_change(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    yes = "Yes, ask for it" if asks_first(draft, desk) else "Yes, book it"
    yes = "Yes, move it" if draft.goal == "move" else yes
    return (Option(kind="yes", label=yes), Option(kind="no", label="Change something"))


def asks_first(draft: Draft, desk: Desk) -> bool:
    """Is a booking of the service a request until the business confirms it?"""
    service = desk.service(draft.service_id)
    return service is not None and service.approval_needed


def keep_or_cancel() -> tuple[Option, ...]:
    return (Option(kind="yes", label="Yes, cancel it"), Option(kind="no", label="No, keep it"))


def changes(draft: Draft) -> tuple[Option, ...]:
    again = [
        Option(kind="change", label="Another time", value="time"),
        Option(kind="change", label="Another person", value="person"),
    ]
    if draft.goal == "book":
        again.append(Option(kind="change", label="Another service", value="service"))
    return (*again, Option(kind="change", label="Leave it", value="leave"))


def slot_facts(slot: Slot, draft: Draft, desk: Desk) -> dict[str, Any]:
    location, member, service = (
        desk.location(slot.location_id),
        desk.staff_member(slot.staff_id),
        desk.service(draft.service_id),
    )
    assert location is not None
    assert member is not None
    assert service is not None
    local = slot.start.astimezone(ZoneInfo(location.zone))
    locale = locale_of(desk)
    return {
        "service": service.name,
        "person": called(member.name, desk.staff),
        "moment": moment(local, locale),
        "short_moment": short_moment(local, locale),
        "until": format_time(slot.end.astimezone(local.tzinfo), "short", locale=locale),
        "minutes": service.duration_minutes,
        "place": location.name,
        "address": location.address,
        "price": price(service.price_minor, desk),
        "name": desk.customer.name or "",
        "business": desk.business.name,
    }


def visit_facts(visit: Appointment, desk: Desk) -> dict[str, Any]:
    zone, locale = ZoneInfo(visit.zone), locale_of(desk)
    free_until = visit.free_cancel_until
    return {
        "service": visit.service_name,
        "person": called(visit.staff_name, desk.staff),
        "moment": moment(visit.start.astimezone(zone), locale),
        "place": visit.location_name,
        "address": visit.location_address,
        "price": price(visit.price_minor, desk),
        "fee": price(visit.late_fee_minor, desk),
        "free_until": moment(free_until.astimezone(zone), locale) if free_until else "",
        "first_name": (desk.customer.name or "").split(" ")[0],
        "business": desk.business.name,
        "state": " – requested, not confirmed yet" if visit.is_request else "",
    }


def wish_facts(draft: Draft, desk: Desk) -> dict[str, Any]:
    service, member = desk.service(draft.service_id), desk.staff_member(draft.staff_id)
    assert service is not None
    return {
        "service": service.name,
        "minutes": service.duration_minutes,
        "price": price(service.price_minor, desk),
        "with_person": f" with {called(member.name, desk.staff)}" if member else "",
    }


def price(minor: int, desk: Desk) -> str:
    """Whole amounts lose their zeros, as a price list writes them."""
    text = format_currency(minor / 100, desk.business.currency, locale=locale_of(desk))
    return text.removesuffix(".00")


def service_line(service: Service, desk: Desk) -> str:
    return f"{service.name}: {price(service.price_minor, desk)}, {service.duration_minutes} min"


def locale_of(desk: Desk) -> Locale:
    return Locale.parse(desk.business.locale, sep="-")


def people_meant(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    """Whom the customer's words fit and who does the service: more than one has to be asked about."""
    meant = draft.but(staff_id=None)
    return tuple(option for option in staff_options(meant, desk) if option.value in draft.unsure_of)


def staff_options(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    """Who else offers the service, and "anyone"."""
    service = desk.service(draft.service_id)
    able = [each for each in desk.staff if service is None or each.id in service.staff_ids]
    named = [Option(kind="staff", label=called(each.name, desk.staff), value=each.id) for each in able]
    return (*named, Option(kind="staff", label="Anyone", value=None))

"""What a customer can tap, and the facts a sentence is filled with, in the business's way of writing times and money.

Pure. Moments are shown in the zone of the place where the visit happens, always with weekday, date and time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency

from actions.core_types import Appointment, Closed, Desk, Service, Slot
from actions.draft import Draft, Option
from actions.turn_types import Line
from actions.when import OpenReading, TimeConstraint, Wish
from actions.wishes import wanted

_MOST_SERVICES_SHOWN = 10
_CLOSED_KEYS = frozenset(
    {
        "past",
        "too_soon",
        "too_far",
        "closed_day",
        "outside_hours",
        "person_away",
        "taken",
        "off_grid",
        "nonexistent",
    }
)


def first_steps() -> tuple[Option, ...]:
    return (
        Option(kind="intent", label="Book a visit", value="book_appointment"),
        Option(kind="intent", label="My appointments", value="list_appointments"),
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


def appointment_option(visit: Appointment) -> Option:
    zone = ZoneInfo(visit.zone)
    label = f"{_short_moment(visit.start.astimezone(zone), 'en_GB')} · {visit.service_name}"
    return Option(kind="appointment", label=label, value=visit.id)


def reading_options(reading: OpenReading, desk: Desk) -> tuple[Option, ...]:
    return tuple(
        Option(kind="reading", label=_wish_label(wish, desk), value=TimeConstraint(wishes=(wish,)).to_json())
        for wish in reading.options
    )


def more() -> Option:
    return Option(kind="more", label="More times")


def no_times_left() -> tuple[Option, ...]:
    return (
        Option(kind="anyone", label="Any day, anyone"),
        Option(kind="intent", label="Talk to a person", value="human_handoff"),
    )


def yes_or_change(draft: Draft) -> tuple[Option, ...]:
    yes = "Yes, move it" if draft.goal == "move" else "Yes, book it"
    return (Option(kind="yes", label=yes), Option(kind="no", label="Change something"))


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
    locale = _locale(desk)
    return {
        "service": service.name,
        "person": member.name.split()[0],
        "moment": _moment(local, locale),
        "short_moment": _short_moment(local, locale),
        "until": format_time(slot.end.astimezone(local.tzinfo), "short", locale=locale),
        "minutes": service.duration_minutes,
        "place": location.name,
        "address": location.address,
        "price": price(service.price_minor, desk),
        "name": desk.customer.name or "",
    }


def visit_facts(visit: Appointment, desk: Desk) -> dict[str, Any]:
    zone, locale = ZoneInfo(visit.zone), _locale(desk)
    free_until = visit.free_cancel_until
    return {
        "service": visit.service_name,
        "person": visit.staff_name.split()[0],
        "moment": _moment(visit.start.astimezone(zone), locale),
        "place": visit.location_name,
        "address": visit.location_address,
        "price": price(visit.price_minor, desk),
        "fee": price(visit.late_fee_minor, desk),
        "free_until": _moment(free_until.astimezone(zone), locale) if free_until else "",
        "first_name": (desk.customer.name or "").split(" ")[0],
    }


def wish_facts(draft: Draft, desk: Desk) -> dict[str, Any]:
    service, member = desk.service(draft.service_id), desk.staff_member(draft.staff_id)
    assert service is not None
    return {
        "service": service.name,
        "minutes": service.duration_minutes,
        "price": price(service.price_minor, desk),
        "with_person": f" with {member.name.split()[0]}" if member else "",
    }


def why_closed(draft: Draft, desk: Desk, closed: Closed | None) -> Line:
    """The sentence for why the wished time cannot be had, echoing what was understood."""
    code = closed.code if closed and closed.code in _CLOSED_KEYS else "taken"
    wish = _first_wish(draft)
    if code == "taken" and wish and not wish.exact:
        code = "full"
    member = desk.staff_member(draft.staff_id)
    facts = {
        **wish_facts(draft, desk),
        "person": member.name.split()[0] if member else "Everyone",
        "wish": _wish_said(draft, desk),
        "windows": _windows(closed),
        "horizon": desk.business.policy.horizon_days,
        "notice": desk.business.policy.min_notice_minutes,
    }
    return Line(f"utter_closed_{code}", facts)


def price(minor: int, desk: Desk) -> str:
    """Whole amounts lose their zeros, as a price list writes them."""
    text = format_currency(minor / 100, desk.business.currency, locale=_locale(desk))
    return text.removesuffix(".00")


def service_line(service: Service, desk: Desk) -> str:
    return f"{service.name}: {price(service.price_minor, desk)}, {service.duration_minutes} min"


def _wish_said(draft: Draft, desk: Desk) -> str:
    wish = _first_wish(draft)
    return _wish_label(wish, desk) if wish else "that time"


def _first_wish(draft: Draft) -> Wish | None:
    constraint = wanted(draft)
    return constraint.wishes[0] if constraint and constraint.wishes else None


def _wish_label(wish: Wish, desk: Desk) -> str:
    locale, parts = _locale(desk), []
    if wish.date_from:
        parts.append(format_date(wish.date_from, "EEEE d MMMM", locale=locale))
    if wish.near:
        parts.append(f"around {format_time(wish.near, 'short', locale=locale)}")
    elif wish.time_from and wish.exact:
        parts.append(f"at {format_time(wish.time_from, 'short', locale=locale)}")
    return " ".join(parts) or "that time"


def _windows(closed: Closed | None) -> str:
    windows = (closed.facts.get("windows") if closed else None) or []
    return " and ".join(f"{opens}–{closes}" for opens, closes in windows)


def _moment(local: datetime, locale: Locale) -> str:
    day = format_date(local.date(), "EEEE d MMMM", locale=locale)
    return f"{day} at {format_time(local.time(), 'short', locale=locale)}"


def _short_moment(local: datetime, locale: Locale | str) -> str:
    day = format_date(local.date(), "EEE d MMM", locale=locale)
    return f"{day}, {format_time(local.time(), 'short', locale=locale)}"


def _locale(desk: Desk) -> Locale:
    return Locale.parse(desk.business.locale, sep="-")


def staff_options(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    """Who else offers the service, and "anyone"."""
    service = desk.service(draft.service_id)
    able = [each for each in desk.staff if service is None or each.id in service.staff_ids]
    named = [Option(kind="staff", label=each.name.split()[0], value=each.id) for each in able]
    return (*named, Option(kind="staff", label="Anyone", value=None))

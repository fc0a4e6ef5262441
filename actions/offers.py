"""What a customer can tap, and the facts a sentence is filled with, in the business's way of writing times and money.

Pure. Moments are shown in the zone of the place where the visit happens, always with weekday, date and time.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_time
from babel.numbers import format_currency, get_currency_symbol, get_decimal_symbol

from actions import not_with, services
from actions.core_types import Appointment, Closed, Desk, Service, Slot
from actions.draft import Draft, Option
from actions.moments import moment, short_moment, wish_said
from actions.people import called
from actions.when import OpenReading, TimeConstraint, Wish
from actions.whose import attendee_said, for_whom, who_in_short
from actions.wishes import zone_of
from actions.words import words

_MOST_SERVICES_SHOWN = 10
_MOST_ADDONS_SHOWN = 2


def first_steps(desk: Desk) -> tuple[Option, ...]:
    return (
        intent_option("utter_button_book", "book_appointment", desk),
        my_visits(desk),
        intent_option("utter_button_prices", "ask_services", desk),
        intent_option("utter_button_hours", "ask_hours", desk),
    )


def intent_option(key: str, intent: str, desk: Desk) -> Option:
    return Option(kind="intent", label=words(key, desk.language), value=intent)


def service_options(desk: Desk) -> tuple[Option, ...]:
    """The customer's usual service first, then the list as the business keeps it."""
    usual = desk.customer.usual_service_id
    ordered = sorted(desk.services, key=lambda each: each.id != usual)[:_MOST_SERVICES_SHOWN]
    return tuple(_service_option(each) for each in ordered)


def services_meant(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    return tuple(_service_option(each) for key in draft.either if (each := desk.service(key)))


def _service_option(service: Service) -> Option:
    return Option(kind="service", label=service.name, value=service.id)


def slot_option(slot: Slot, draft: Draft, desk: Desk) -> Option:
    facts = slot_facts(slot, draft, desk)
    label = f"{facts['short_moment']} · {facts['person']}"
    if slot.beside:
        label = f"{facts['short_moment']} · {services.said(list(dict.fromkeys(services.who_each(slot, desk))), desk)}"
    if draft.location_id is None and len(desk.locations) > 1:
        label += f" · {facts['place']}"
    return Option(kind="slot", label=label, value=slot.model_dump(mode="json"))


def appointment_option(visit: Appointment, desk: Desk) -> Option:
    local = visit.start.astimezone(ZoneInfo(visit.zone))
    whose = f" · {who_in_short(visit.attendee)}" if visit.attendee else ""
    label = f"{short_moment(local, locale_of(desk))} · {visit.service_name}{whose}"
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


def more(desk: Desk) -> Option:
    return Option(kind="more", label=words("utter_button_more", desk.language))


def no_times_left(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    if not can_be_widened(draft):
        return (a_person(desk),)
    return (Option(kind="anyone", label=words("utter_button_any_day", desk.language)), a_person(desk))


def can_be_widened(draft: Draft) -> bool:
    """Whether something was asked for that a search could do without."""
    return (draft.staff_id, draft.location_id, draft.when) != (None, None, None)


def a_person(desk: Desk) -> Option:
    return intent_option("utter_button_a_person", "human_handoff", desk)


def undo(desk: Desk) -> Option:
    return Option(kind="undo", label=words("utter_button_undo", desk.language))


def my_visits(desk: Desk) -> Option:
    return intent_option("utter_button_my_visits", "list_appointments", desk)


def after_a_no(no: Closed, desk: Desk) -> tuple[Option, ...]:
    return first_steps(desk) if no.code.startswith("already_") else (my_visits(desk), a_person(desk))


def yes_or_change(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    return (
        Option(kind="yes", label=words(_yes(draft, desk), desk.language)),
        Option(kind="no", label=words("utter_button_change", desk.language)),
        *addon_options(draft, desk),
    )


def _yes(draft: Draft, desk: Desk) -> str:
    if draft.goal == "move":
        return "utter_button_yes_move"
    if draft.repeats or draft.party:
        return "utter_button_yes_ask_them" if asks_first(draft, desk) else "utter_button_yes_book_them"
    return "utter_button_yes_ask" if asks_first(draft, desk) else "utter_button_yes_book"


def addon_options(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    """What may come on top, offered once and below what was asked."""
    if draft.goal != "book" or draft.addons_shown or draft.party:
        return ()
    return tuple(addon_option(each, desk) for each in services.addons_left(draft, desk)[:_MOST_ADDONS_SHOWN])


def addon_option(service: Service, desk: Desk) -> Option:
    facts = {"service": service.name, "price": price(service.price_minor, desk)}
    return Option(kind="addon", label=words("utter_button_add", desk.language, **facts), value=service.id)


def asks_first(draft: Draft, desk: Desk) -> bool:
    """Is a booking of the service a request until the business confirms it?"""
    service = desk.service(draft.service_id)
    return service is not None and service.approval_needed


def keep_or_cancel(desk: Desk, *, many: bool = False) -> tuple[Option, ...]:
    yes = "utter_button_yes_cancel_them" if many else "utter_button_yes_cancel"
    no = "utter_button_no_keep_them" if many else "utter_button_no_keep"
    return (
        Option(kind="yes", label=words(yes, desk.language)),
        Option(kind="no", label=words(no, desk.language)),
    )


def changes(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    kinds = {"utter_button_other_time": "time", "utter_button_other_person": "person"}
    if draft.goal == "book":
        kinds["utter_button_other_service"] = "service"
    kinds["utter_button_leave"] = "leave"
    return tuple(
        Option(kind="change", label=words(key, desk.language), value=what) for key, what in kinds.items()
    )


def slot_facts(slot: Slot, draft: Draft, desk: Desk) -> dict[str, Any]:
    location = desk.location(slot.location_id)
    assert location is not None
    local, locale = slot.start.astimezone(ZoneInfo(location.zone)), locale_of(desk)
    wished, booker = visit_wished(draft, desk), "utter_booked_by" if draft.attendee else "utter_under_name"
    return {
        **wished,
        "service": wished["service"] + for_whom(draft.attendee, desk),
        "person": services.who(slot, draft, desk),
        "moment": moment(local, locale),
        "short_moment": short_moment(local, locale),
        "until": format_time(slot.end.astimezone(local.tzinfo), "short", locale=locale),
        "place": location.name,
        "address": location.address,
        "under": words(booker, desk.language, name=desk.customer.name or ""),
        "note": note_line(draft.note, desk),
        "business": desk.business.name,
    }


def note_line(note: str | None, desk: Desk) -> str:
    return f"\n{words('utter_note', desk.language, note=note)}" if note else ""


def visit_facts(visit: Appointment, desk: Desk) -> dict[str, Any]:
    zone, locale = ZoneInfo(visit.zone), locale_of(desk)
    names = [item.service_name for item in visit.items] or [visit.service_name]
    people = [item.staff_name for item in visit.items] or [visit.staff_name]
    free_until, first_name = visit.free_cancel_until, (desk.customer.name or "").split(" ")[0]
    see_you = words("utter_see_you", desk.language, first_name=first_name)
    if visit.attendee:
        see_you = words("utter_see_them", desk.language, who=attendee_said(visit.attendee, desk))
    return {
        "service": services.said(names, desk) + for_whom(visit.attendee, desk),
        "note": note_line(visit.note, desk),
        "person": services.said([called(name, desk.staff) for name in dict.fromkeys(people)], desk),
        "moment": moment(visit.start.astimezone(zone), locale),
        "place": visit.location_name,
        "address": visit.location_address,
        "price": price(visit.price_minor, desk),
        "fee": price(visit.late_fee_minor, desk),
        "free_until": moment(free_until.astimezone(zone), locale) if free_until else "",
        "first_name": first_name,
        "see_you": see_you,
        "business": desk.business.name,
        "state": f" {words('utter_still_a_request', desk.language)}" if visit.is_request else "",
    }


def wish_facts(draft: Draft, desk: Desk) -> dict[str, Any]:
    member = desk.staff_member(draft.staff_id)
    return {
        **visit_wished(draft, desk),
        "with_person": with_person(member.name, desk) if member else not_with.in_words(draft, desk),
    }


def visit_wished(draft: Draft, desk: Desk) -> dict[str, Any]:
    """What the whole visit is, how long it takes and costs; one that is moved costs what was promised."""
    moved = desk.appointment(draft.appointment_id) if draft.goal == "move" else None
    wished = services.of(draft, desk)
    promised = moved.price_minor if moved else sum(each.price_minor for each in wished)
    return {
        "service": services.said([each.name for each in wished], desk),
        "minutes": sum(each.duration_minutes for each in wished),
        "price": price(promised, desk),
    }


def price(minor: int, desk: Desk) -> str:
    """Whole amounts lose their zeros, as a price list writes them; the sign is the one the business uses."""
    locale, currency = locale_of(desk), desk.business.currency
    text = format_currency(minor / 100, currency, locale=locale)
    text = text.replace(currency, get_currency_symbol(currency, Locale.parse(desk.business.locale, sep="-")))
    return text if minor % 100 else text.replace(f"{get_decimal_symbol(locale)}00", "", 1)


def service_line(service: Service, desk: Desk) -> str:
    return f"{service.name}: {price(service.price_minor, desk)}, {service.duration_minutes} min"


def with_person(name: str, desk: Desk) -> str:
    """ " with Ana"."""
    return f" {words('utter_with', desk.language, person=called(name, desk.staff))}"


def locale_of(desk: Desk) -> Locale:
    """How this customer reads dates and prices: as the business writes them, in their own language."""
    of_business = Locale.parse(desk.business.locale, sep="-")
    if of_business.language == desk.language:
        return of_business
    try:
        return Locale(desk.language, of_business.territory)
    except UnknownLocaleError:
        return Locale(desk.language)


def people_meant(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    """Whom the customer's words fit and who does the service: more than one has to be asked about."""
    meant = draft.but(staff_id=None)
    return tuple(option for option in staff_options(meant, desk) if option.value in draft.unsure_of)


def staff_options(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    """Who else offers the service, and "anyone"."""
    service = desk.service(draft.service_id)
    able = [each for each in desk.staff if service is None or each.id in service.staff_ids]
    named = [Option(kind="staff", label=called(each.name, desk.staff), value=each.id) for each in able]
    return (*named, Option(kind="staff", label=words("utter_button_anyone", desk.language), value=None))

"""Why not: the sentence for each code with which the core closes a wished time or refuses a change.

A reason claims only what the core said. A code that nobody here has heard of gets a sentence that is true of any "no".
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from actions import services
from actions.core_types import Appointment, Closed, Desk, Found, Slot
from actions.draft import Draft
from actions.moments import day_said, moment, name_of_time, windows_said, wish_said
from actions.offers import locale_of, visit_facts, wish_facts, wish_in_words
from actions.people import called
from actions.query import query_for, wish_behind
from actions.turn_types import Line
from actions.when import RELATIVE, TimeConstraint, Wish
from actions.wishes import ranges_of, unclear, wanted, zone_of
from actions.words import words

_TIMES = frozenset(
    "no_two no_such_pair past too_soon too_far closed_day outside_hours person_away taken off_grid resource_busy "
    "customer_busy too_many_that_day day_full no_such_time".split()
)
"""Codes that another time would cure: each is said by utter_closed_ and its name."""

AMBIGUOUS_TIME = "ambiguous_time"
_ENDS = {
    "already_cancelled": "utter_already_cancelled",
    "already_started": "utter_already_started",
    "wrong_state": "utter_cannot_change",
    "version_moved_on": "utter_changed_meanwhile",
    "reschedule_limit": "utter_moved_too_often",
    "cannot_be_moved": "utter_cannot_move",
    "too_many_visits": "utter_too_many_visits",
    "forbidden": "utter_not_allowed",
}
"""Codes after which nothing more can be arranged here."""

_OTHER_SERVICES = {
    "addon_alone": "utter_addon_alone",
    "addon_not_offered": "utter_not_together",
    "class_alone": "utter_not_together",
    "not_found": "utter_no_longer_offered",
}
"""Codes that another service would cure."""


def about_the_time(no: Closed) -> bool:
    return no.code in _TIMES or no.code in ("slot_taken", AMBIGUOUS_TIME)


def needs_another_service(no: Closed) -> bool:
    return no.code in _OTHER_SERVICES


def ends_it(closed: Closed | None) -> bool:
    return closed is not None and closed.code in _ENDS


def ending(no: Closed, draft: Draft, desk: Desk) -> tuple[Line, ...]:
    """Nothing was changed, and no other time would help; a limit comes with the visits that use it up."""
    visits = [desk.appointment(draft.appointment_id)]
    if no.code == "not_found" and draft.goal != "book":
        return (Line("utter_changed_meanwhile"),)
    if no.code == "too_many_visits":
        visits = list(desk.appointments)
    elif no.code != "reschedule_limit":
        visits = []
    lines = (Line("utter_appointment_line", visit_facts(each, desk)) for each in visits if each)
    return (Line(_ENDS.get(no.code, "utter_refused"), {"phone": desk.business.phone}), *lines)


def not_taken_back(no: Closed, visit: Appointment, desk: Desk) -> tuple[Line, ...]:
    """Why the last step stands."""
    facts = visit_facts(visit, desk)
    key = {"undo_too_late": "utter_undo_too_late", "slot_taken": "utter_undo_taken"}.get(no.code)
    if no.code == "slot_taken" and visit.status == "cancelled":
        key = "utter_undo_cancel_taken"
    return (Line(key, facts),) if key else ending(no, Draft(appointment_id=visit.id), desk)


def another_service(no: Closed, draft: Draft, desk: Desk) -> Line:
    return Line(_OTHER_SERVICES[no.code], {"service": _service_named(no, draft, desk)})


def earlier_wishes_gone(draft: Draft, desk: Desk, found: Found) -> tuple[Line, ...]:
    """Which wish the times are from, when it is not the first one said."""
    constraint = wanted(draft)
    used = wish_behind(found.wish, draft, desk) if found.wish else 0
    if not constraint or not constraint.wishes or constraint.wishes[0].soft:
        return ()
    if used == 0:
        return _days_skipped(constraint, draft, desk, found)
    if constraint.wishes[0].daypart in RELATIVE:
        return (Line(f"utter_nothing_{constraint.wishes[0].daypart}"),)
    said = dict.fromkeys(wish_in_words(each, draft, desk) for each in constraint.wishes[:used])
    missed = f" {words('utter_nor', desk.language)} ".join(said)
    return (Line("utter_not_the_first_wish", {"missed": missed}),)


def _days_skipped(constraint: TimeConstraint, draft: Draft, desk: Desk, found: Found) -> tuple[Line, ...]:
    """ "At 5", and it is not to be had on the first day that has one."""
    if not found.wish or not constraint.wishes[0].exact:
        return ()
    zone = ZoneInfo(zone_of(draft, desk))
    first = ranges_of(constraint, draft, desk)[0][0].astimezone(zone)
    return (Line("utter_next_day_at_that_time", {"missed": moment(first, locale_of(desk))}),)


def no_such_day(constraint: TimeConstraint, draft: Draft, desk: Desk) -> Line:
    """A day that is over, named as it was understood, or one that no calendar has."""
    if constraint.refused != "past" or not constraint.told_past:
        return Line("utter_no_such_date")
    said = wish_in_words(constraint.told_past, draft, desk)
    return Line("utter_closed_past", {"Wish": _capital(said)})


def our_clock(draft: Draft, desk: Desk) -> Line:
    """A time was said on the customer's own clock, and where they are is not known."""
    zone = get_timezone_location(zone_of(draft, desk), locale=locale_of(desk), return_city=True)
    return Line("utter_our_clock", {"place": zone})


def person_cannot(draft: Draft, desk: Desk) -> Line:
    """Who was wished for has stopped doing it since the list of services was read."""
    service = desk.service(draft.service_id)
    wished = desk.staff_member(draft.slot.staff_id if draft.slot else draft.staff_id)
    facts = {
        "person": called(wished.name, desk.staff) if wished else words("utter_that_person", desk.language),
        "service": service.name if service else words("utter_that_service", desk.language),
    }
    return Line("utter_person_no_longer_offers", facts)


def what_for(draft: Draft, desk: Desk) -> Line:
    """Which service, and the time that was understood if this message told it."""
    constraint, before = wanted(draft), Draft.model_validate(desk.draft.state)
    if not constraint or len(constraint.wishes) != 1 or constraint.open or _same_wish(before, draft):
        return Line("utter_ask_service")
    return Line(
        "utter_ask_service_then", {"Wish": _capital(wish_in_words(constraint.wishes[0], draft, desk))}
    )


def no_again(draft: Draft, desk: Desk) -> tuple[Line, ...]:
    """Whoever asks once more for what was not to be had hears that it was looked up once more."""
    before = Draft.model_validate(desk.draft.state)
    same_visit = (before.service_ids, before.staff_id) == (draft.service_ids, draft.staff_id)
    again = same_visit and before.options_of("slot") and not draft.shown and _same_wish(before, draft)
    return (Line("utter_still_so"),) if again else ()


def _same_wish(before: Draft, now: Draft) -> bool:
    earlier, later = wanted(before) or TimeConstraint(), wanted(now) or TimeConstraint()
    return (earlier.wishes, earlier.exclude) == (later.wishes, later.exclude)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def why_closed(draft: Draft, desk: Desk, closed: Closed) -> Line:
    """The sentence for why the wished time cannot be had, echoing what was understood."""
    constraint = wanted(draft)
    wish = unclear(constraint) if constraint else None
    if constraint and not wish and constraint.wishes:
        wish = constraint.wishes[0]
    return Line(f"utter_closed_{_key(draft, desk, closed, wish)}", _facts(draft, desk, closed, wish))


def _key(draft: Draft, desk: Desk, closed: Closed, wish: Wish | None) -> str:
    code = closed.code
    if code == "taken" and not (wish and wish.exact):
        return "full"
    if code == "person_away" and not desk.staff_member(draft.staff_id):
        return "nobody_in"
    if code == "outside_hours" and not closed.facts.get("windows"):
        return "closed_day"
    return code if code in _TIMES else "other"


def _facts(draft: Draft, desk: Desk, closed: Closed, wish: Wish | None) -> dict[str, Any]:
    zone, locale = zone_of(draft, desk), locale_of(desk)
    said, policy = wish_said(wish, zone, locale), desk.business.policy
    member = desk.staff_member(draft.staff_id)
    earliest = _instant(closed, "earliest", desk.now + timedelta(minutes=policy.min_notice_minutes))
    latest = _instant(closed, "latest", desk.now + timedelta(days=policy.horizon_days))
    day = closed.facts.get("day") or (wish.date_from if wish else None)
    return {
        **wish_facts(draft, desk),
        "person": called(member.name, desk.staff) if member else "",
        "people": services.people_wished(draft, desk),
        "wish": said,
        "Wish": _capital(said),
        "windows": windows_said(closed.facts.get("windows") or [], f" {words('utter_and', desk.language)} "),
        "earliest": moment(earliest.astimezone(ZoneInfo(zone)), locale),
        "latest": day_said(latest.astimezone(ZoneInfo(zone)).date(), locale),
        "day": day_said(date.fromisoformat(str(day)), locale)
        if day
        else words("utter_that_day", desk.language),
        "other_visit": _in_the_way(draft, desk),
    }


def _instant(closed: Closed, name: str, otherwise: datetime) -> datetime:
    said = closed.facts.get(name)
    return datetime.fromisoformat(said) if said else otherwise


def _in_the_way(draft: Draft, desk: Desk) -> str:
    """The customer's own visit that the wish would overlap."""
    query = query_for(draft, desk)
    length = timedelta(minutes=sum(each.duration_minutes for each in services.of(draft, desk)))

    def overlaps(visit: Appointment) -> bool:
        own = visit.id == query.exclude_appointment_id
        return not own and any(
            start < visit.end and visit.start < end + length for start, end in query.wishes
        )

    visit = next((each for each in desk.appointments if overlaps(each)), None)
    if not visit:
        return words("utter_another_visit", desk.language)
    facts = visit_facts(visit, desk)
    return words("utter_your_visit", desk.language, **facts)


def which_of_two(slots: list[Slot], draft: Draft, desk: Desk) -> Line:
    """The clocks go back: the same wall time, twice, each with the name that tells them apart."""
    constraint = wanted(draft)
    wish = unclear(constraint) if constraint else None
    zone = ZoneInfo(zone_of(draft, desk))
    names = [name_of_time(each.start.astimezone(zone)) for each in slots]
    key = "utter_closed_ambiguous_time" if len(slots) > 1 else "utter_only_one_of_two"
    facts = {
        "wish": wish_said(wish, zone.key, locale_of(desk)),
        "first": names[0],
        "second": names[-1],
    }
    return Line(key, facts)


def _service_named(no: Closed, draft: Draft, desk: Desk) -> str:
    service = desk.service(no.facts.get("service_id")) or desk.service(draft.service_id)
    return service.name if service else words("utter_that_service", desk.language)

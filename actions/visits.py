"""Which of the customer's visits a sentence is about: "Thursday's", "the haircut", "the one with Ana"."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from actions import speech, when
from actions.core_types import Appointment, Desk
from actions.draft import Draft
from actions.turn_types import Heard
from actions.understand import Facts
from actions.whose import is_spoken_of


def meant(
    draft: Draft, facts: Facts, source: when.Wish | None, heard: Heard, desk: Desk
) -> list[Appointment]:
    """The upcoming visits that fit what was said; all of them when nothing fits or nothing was said.

    "It", right after a booking, is that booking.
    """
    just_booked = desk.appointment(draft.appointment_id) if draft.goal is None else None
    if just_booked and (_speaks_of_it(heard, desk)):
        return [just_booked]
    visits = _whose(heard.text, desk) or list(desk.appointments)
    if source is not None:
        visits = [each for each in visits if _on(source, each)] or visits
    if spoken_of := (*facts.named.services, *facts.named.without):
        ids = {service.id for service in spoken_of}
        visits = [each for each in visits if ids & _services_of(each)] or visits
    if facts.named.staff:
        visits = [each for each in visits if each.staff_id == facts.named.staff.id] or visits
    return visits


def _speaks_of_it(heard: Heard, desk: Desk) -> bool:
    cannot = speech.says("cannot_come", heard.text, desk.language)
    return cannot or speech.says("it", heard.text, desk.language) or heard.intent == "correct"


def _whose(text: str, desk: Desk) -> list[Appointment]:
    """Those of the people who are spoken of: "Tim's", "my son's", "mine"."""
    theirs = [each for each in desk.appointments if each.attendee and is_spoken_of(each.attendee, text)]
    own = speech.says("mine", text, desk.language)
    return theirs or [each for each in desk.appointments if own and each.attendee is None]


def day_said(facts: Facts) -> when.Wish | None:
    """ "Cancel Friday's", or "Friday's" when asked which: here the time said is the visit's own."""
    if facts.when is None:
        return None
    return facts.when.source or (facts.when.wishes[0] if facts.when.wishes else None)


def _on(wish: when.Wish, visit: Appointment) -> bool:
    local = visit.start.astimezone(ZoneInfo(visit.zone))
    if wish.date_from and local.date() < wish.date_from:
        return False
    if wish.date_to and local.date() >= wish.date_to:
        return False
    if wish.weekdays and local.weekday() not in wish.weekdays:
        return False
    return not (wish.exact and wish.time_from and local.time() != wish.time_from)


def _services_of(visit: Appointment) -> set[int]:
    return {visit.service_id} | {item.service_id for item in visit.items}

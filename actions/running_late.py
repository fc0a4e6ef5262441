""" "I'm running 10 minutes late": the team is told which visit and by how much, the customer what that means."""

from __future__ import annotations

from actions import offers, speech
from actions.core_types import Appointment, Desk
from actions.draft import Draft
from actions.outcome import Outcome, TellLate
from actions.turn_types import Heard, Line
from actions.understand import Facts


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    return for_visit(None, draft, heard, desk)


def for_visit(visit_id: int | None, draft: Draft, heard: Heard, desk: Desk) -> Outcome:
    """`visit_id`: the one that was just spoken of; without it, today's."""
    said = speech.said("late_by", heard.text, desk.language)
    minutes = speech.number(said, desk.language) if said else None
    move = offers.intent_option("utter_button_move_a_visit", "reschedule_appointment", desk)
    told_of = TellLate(minutes, heard.text, visit_id)
    return Outcome(draft.but(strikes=0), (), "again", (move, offers.a_person(desk)), (told_of,))


def told(visit: Appointment | None, minutes: int | None, desk: Desk) -> tuple[Line, ...]:
    """The visit stands; whether there is time for all of it, only the team can say."""
    phone = {"phone": desk.business.phone or ""}
    if visit is None:
        return (Line("utter_late_without_visit", phone),)
    facts = {**offers.visit_facts(visit, desk), **phone, "late": minutes}
    return (Line("utter_late_by" if minutes else "utter_running_late", facts),)

"""The customer takes the time that the house proposed: it is booked, or they are told why not and nothing changes."""

from __future__ import annotations

from actions.core_client import CoreClient, Refused
from actions.core_types import Desk, Notice
from actions.draft import Draft
from actions.offers import first_steps, intent_option, visit_facts
from actions.turn_types import Line, Speak
from actions.words import words


async def accepted(key: str, notice: Notice, desk: Desk, core: CoreClient) -> Speak:
    try:
        visit = await core.accept_proposal(key, desk.conversation.id, notice.id)
    except Refused:
        return _gone(notice, desk)
    link = (words("utter_link_calendar", desk.language), visit.calendar_url)
    line = Line("utter_proposal_accepted", visit_facts(visit, desk))
    return Speak(Draft(appointment_id=visit.id), (line,), links=(link,))


def _gone(notice: Notice, desk: Desk) -> Speak:
    """The visit stays as it is, as long as there is one."""
    visit = desk.appointment(notice.visit.id)
    if visit is None:
        line = Line("utter_visit_is_gone", visit_facts(notice.visit, desk))
        return Speak(Draft(), (line,), "next", first_steps(desk))
    line = Line("utter_proposal_gone", visit_facts(visit, desk))
    options = (intent_option("utter_button_move", "reschedule_appointment", desk),)
    return Speak(Draft(appointment_id=visit.id), (line,), "next", options)

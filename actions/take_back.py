"""The last step is taken back for a few minutes: of one visit, of all that went together, or of a series."""

from __future__ import annotations

from actions import offers, repeats
from actions.core_client import CoreClient, Refused
from actions.core_types import Appointment, Desk
from actions.draft import Change, Draft
from actions.reasons import not_taken_back
from actions.turn_types import Line, Speak

_UNDONE = {"book": "utter_undone_booking", "move": "utter_undone_move", "cancel": "utter_undone_cancel"}
_ALL_UNDONE = {"book": "utter_undone_bookings", "cancel": "utter_undone_cancels"}


async def take_back(key: str, change: Change, desk: Desk, core: CoreClient) -> Speak:
    """Each visit is taken back for itself; one that cannot be is named with what has become of it."""
    if change.series_id is not None:
        return await _series(key, change.series_id, change, desk, core)
    steps = ((change.appointment_id, change.version), *change.beside)
    done: list[Appointment] = []
    refused: list[Speak] = []
    for appointment_id, version in steps:
        own_key = f"{key}:{appointment_id}" if len(steps) > 1 else key
        try:
            done.append(await core.undo(own_key, appointment_id, version))
        except Refused as refusal:
            refused.append(await _stands(refusal, appointment_id, desk, core))
    if not done and len(refused) == 1:
        return refused[0]
    lines = (*_taken_back(done, change, desk), *(line for each in refused for line in each.lines))
    if len(steps) > 1:
        return Speak(Draft(), lines, "next", (offers.my_visits(desk),))
    return Speak(Draft() if change.goal == "book" else Draft(appointment_id=done[0].id), lines)


def _taken_back(visits: list[Appointment], change: Change, desk: Desk) -> tuple[Line, ...]:
    facts = [offers.visit_facts(each, desk) for each in visits]
    if len(facts) < 2:
        return tuple(Line(_UNDONE[change.goal], each) for each in facts)
    return (Line(_ALL_UNDONE[change.goal]), *(Line("utter_appointment_line", each) for each in facts))


async def _series(key: str, series_id: int, change: Change, desk: Desk, core: CoreClient) -> Speak:
    try:
        answer = await core.undo_series(key, series_id)
    except Refused as refusal:
        return await _stands(refusal, change.appointment_id, desk, core)
    lines: tuple[Line, ...] = (repeats.undone(answer.undone, desk),)
    if answer.kept:
        stay = (Line("utter_appointment_line", offers.visit_facts(each, desk)) for each in answer.kept)
        lines = (*lines, Line("utter_series_kept"), *stay)
    return Speak(Draft(), lines, "next", (offers.my_visits(desk),))


async def _stands(refusal: Refused, appointment_id: int, desk: Desk, core: CoreClient) -> Speak:
    visit = await core.appointment(appointment_id)
    lines = not_taken_back(refusal.why, visit, desk)
    return Speak(Draft(appointment_id=visit.id), lines, "next", offers.after_a_no(refusal.why, desk))

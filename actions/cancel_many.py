""" "Cancel both", "all of them": one summary that names each visit with what cancelling it costs, and one yes."""

from __future__ import annotations

from actions import offers, policies
from actions.core_client import CoreClient, Refused
from actions.core_types import Appointment, Desk
from actions.draft import Draft, Option
from actions.turn_types import Line, Speak
from actions.words import words


def all_of_them(desk: Desk) -> Option:
    ids = [each.id for each in desk.appointments]
    return Option(kind="all", label=words("utter_button_all", desk.language), value=ids)


def ask(draft: Draft, desk: Desk, lines: tuple[Line, ...]) -> Speak:
    visits = [each for each in desk.appointments if each.id in draft.several]
    said = [line for each in visits for line in (_named(each, desk), policies.of_cancelling(each, desk))]
    asking = Line("utter_confirm_cancel_many", {"count": len(visits)})
    return Speak(draft, (*lines, *said, asking), "confirm", offers.keep_or_cancel(desk))


async def cancel_all(key: str, draft: Draft, desk: Desk, core: CoreClient) -> Speak:
    """Each is cancelled as any visit is; one that cannot be is named, and stays. Safe to be tried again."""
    done, kept = [], []
    for appointment_id in draft.several:
        visit = desk.appointment(appointment_id) or await core.appointment(appointment_id)
        try:
            if visit.status != "cancelled":
                await core.cancel(f"{key}:{visit.id}", visit)
            done.append(visit)
        except Refused:
            kept.append(visit)
    lines = [Line("utter_cancelled", offers.visit_facts(each, desk)) for each in done]
    lines += [Line("utter_not_cancelled", offers.visit_facts(each, desk)) for each in kept]
    return Speak(Draft(), tuple(lines), "next", (offers.my_visits(desk),))


def _named(visit: Appointment, desk: Desk) -> Line:
    return Line("utter_appointment_line", offers.visit_facts(visit, desk))

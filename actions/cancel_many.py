""" "Cancel both", "all of them": one summary that names each visit with what cancelling it costs, and one yes."""

from __future__ import annotations

from actions import offers, policies
from actions.core_client import CoreClient, Refused
from actions.core_types import Appointment, Desk
from actions.draft import Change, Draft, Option
from actions.turn_types import Line, Speak
from actions.words import words


def all_of_them(desk: Desk) -> Option:
    ids = [each.id for each in desk.appointments]
    return Option(kind="all", label=words("utter_button_all", desk.language), value=ids)


def ask(draft: Draft, desk: Desk, lines: tuple[Line, ...]) -> Speak:
    visits = [each for each in desk.appointments if each.id in draft.several]
    said = [line for each in visits for line in (_named(each, desk), policies.of_cancelling(each, desk))]
    asking = Line("utter_confirm_cancel_many", {"count": len(visits)})
    return Speak(draft, (*lines, *said, asking), "confirm", offers.keep_or_cancel(desk, many=True))


async def cancel_all(key: str, draft: Draft, desk: Desk, core: CoreClient) -> Speak:
    """Each is cancelled as any visit is; one that cannot be is named, and stays. Safe to be tried again."""
    done: list[Appointment] = []
    kept: list[Appointment] = []
    for appointment_id in draft.several:
        visit = desk.appointment(appointment_id) or await core.appointment(appointment_id)
        try:
            stands = visit.status != "cancelled"
            done.append(await core.cancel(f"{key}:{visit.id}", visit) if stands else visit)
        except Refused:
            kept.append(visit)
    lines = [Line("utter_cancelled_many")] if len(done) > 1 else []
    lines += [_named(each, desk) for each in done] if len(done) > 1 else _one(done, "utter_cancelled", desk)
    lines += _one(kept, "utter_not_cancelled", desk)
    after, options = Draft(), tuple[Option, ...]((offers.my_visits(desk),))
    if done and (until := done[0].undo_until):
        first, beside = done[0], tuple((each.id, each.version) for each in done[1:])
        change = Change(
            goal="cancel", appointment_id=first.id, version=first.version, until=until, beside=beside
        )
        after, options = Draft(done=change), (offers.undo(desk), *options)
    return Speak(after, tuple(lines), "next", options)


def _one(visits: list[Appointment], key: str, desk: Desk) -> list[Line]:
    return [Line(key, offers.visit_facts(each, desk)) for each in visits]


def _named(visit: Appointment, desk: Desk) -> Line:
    return Line("utter_appointment_line", offers.visit_facts(visit, desk))

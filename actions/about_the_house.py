"""Questions beside the diary: the terms of cancelling and moving, reminders, and what only the team can tell.

Nobody has told the assistant about parking, dogs or gift vouchers. It says so and names the team, instead of answering
another question that sounds alike.
"""

from __future__ import annotations

from actions import ask_reminders, offers, policies, speech
from actions.core_types import Desk
from actions.draft import Draft, Option
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts

_SOUND_ALIKE = frozenset(
    "ask_location ask_price ask_services ask_hours cancel_appointment reschedule_appointment running_late help "
    "bot_challenge out_of_scope nlu_fallback".split()
)
_MAY_SAY_MORE = frozenset("check_availability inform human_handoff join_waitlist list_appointments".split())


def is_asked(intent: str, facts: Facts, heard: Heard, desk: Desk) -> bool:
    """Whether such a question is the matter of the message, whatever it sounds like."""
    if ask_reminders.is_asked(intent, heard.text, desk):
        return not facts.named.services
    asked = any(
        speech.says(key, heard.text, desk.language) for key in ("asks_the_terms", "only_the_team_knows")
    )
    return asked and (intent in _SOUND_ALIKE or (intent in _MAY_SAY_MORE and not facts.any))


def answer(text: str, draft: Draft, desk: Desk) -> Outcome | None:
    """None: it is no such question."""
    if speech.says("asks_the_terms", text, desk.language):
        return Outcome(draft, _terms(desk), "again", _next_steps(desk))
    if speech.says("asks_for_a_reminder", text, desk.language):
        return Outcome(draft, (ask_reminders.when_they_come(desk),), "again", offers.first_steps(desk)[:2])
    if speech.says("only_the_team_knows", text, desk.language):
        return Outcome(draft, (_ask_the_team(desk),), "again", beside=(offers.a_person(desk),))
    return None


def beside(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """The answer to a question that came with something else."""
    return answer(heard.text, draft, desk) or Outcome(draft)


def _terms(desk: Desk) -> tuple[Line, ...]:
    """Of each visit to come as it was agreed; who has none hears what is agreed today."""
    if not desk.appointments:
        return (policies.in_force(desk),)
    return tuple(
        line
        for visit in desk.appointments
        for line in (
            Line("utter_appointment_line", offers.visit_facts(visit, desk)),
            policies.of_cancelling(visit, desk),
        )
    )


def _next_steps(desk: Desk) -> tuple[Option, ...]:
    if not desk.appointments:
        return offers.first_steps(desk)[:1]
    return (
        offers.intent_option("utter_button_move", "reschedule_appointment", desk),
        offers.intent_option("utter_button_cancel", "cancel_appointment", desk),
    )


def _ask_the_team(desk: Desk) -> Line:
    if desk.business.phone:
        return Line("utter_only_the_team_or_call", {"phone": desk.business.phone})
    return Line("utter_only_the_team")

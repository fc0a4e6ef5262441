""" "Will I get a reminder?": when the business asks its customers whether they come, as its rules say."""

from __future__ import annotations

from datetime import time

from actions import offers, services, speech
from actions.core_types import Ahead, Desk
from actions.moments import clock_in_words
from actions.turn_types import Line
from actions.words import words

#: So many words may stand beside the question in what sounds like a wish of another kind: "the day before, please".
_BESIDE_IT = 4
_SOUNDS_ALIKE = frozenset(
    "stop resume_messages list_appointments running_late ask_location ask_price ask_services ask_hours help "
    "bot_challenge out_of_scope nlu_fallback".split()
)
_ANSWERS_SOMETHING = frozenset("affirm deny choose_alternative complaint delete_data abuse".split())


def is_asked(intent: str, text: str, desk: Desk) -> bool:
    """Whether it is the matter of the message, and not beside a booking or an answer."""
    asked = speech.said("asks_for_a_reminder", text, desk.language)
    if asked is None or intent in _ANSWERS_SOMETHING:
        return False
    return intent in _SOUNDS_ALIKE or len(text.split()) - len(asked.split()) <= _BESIDE_IT


def when_they_come(desk: Desk) -> Line:
    reminders = desk.business.policy.reminders
    if not reminders:
        return Line("utter_no_reminders", {"business": desk.business.name})
    said = services.said([_ahead(each, desk) for each in reminders], desk)
    return Line("utter_reminders", {"business": desk.business.name, "when": said})


def _ahead(ahead: Ahead, desk: Desk) -> str:
    """ "the day before at 10:00", "2 hours before"."""
    if ahead.at is None:
        key = "utter_an_hour_before" if ahead.hours_before == 1 else "utter_hours_before"
        return words(key, desk.language, hours=ahead.hours_before)
    key = "utter_the_day_before" if ahead.days_before == 1 else "utter_days_before"
    clock = clock_in_words(time.fromisoformat(ahead.at), offers.locale_of(desk))
    return words(key, desk.language, days=ahead.days_before, clock=clock)

"""Not understood, or not ours: first "did you mean" with what came closest, the second time a person."""

from __future__ import annotations

from actions import about_the_house, change_language, unspoken
from actions.ask_price import to_book
from actions.book_appointment import booking
from actions.core_types import Desk
from actions.draft import Draft, Option
from actions.offers import a_person, first_steps, intent_option, service_options
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts, merged

_GUESSES = {
    "book_appointment": "utter_button_book",
    "reschedule_appointment": "utter_button_move_a_visit",
    "cancel_appointment": "utter_button_cancel_a_visit",
    "list_appointments": "utter_button_my_visits",
    "check_availability": "utter_button_free_times",
    "ask_price": "utter_button_prices",
    "ask_hours": "utter_button_hours",
    "ask_location": "utter_button_where",
    "ask_services": "utter_button_services",
    "undo": "utter_button_undo",
}
_MOST_GUESSES = 2
_CLOSE_ENOUGH = 0.05
_LIKELY_ENOUGH = 0.2


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    if answer := about_the_house.answer(heard.text, draft, desk):
        return answer
    if foreign := unspoken.language_of(heard.text):
        return _in_another_language(foreign, draft, facts, desk)
    again = draft.but(strikes=draft.strikes + 1)
    pending = draft.question is not None and draft.question.kind != "next"
    if facts.named.unknown_service and not pending:
        said = Line("utter_unknown_service", {"said": facts.named.unknown_service})
        return Outcome(again, (said, Line("utter_ask_service")), "again", service_options(desk))
    if draft.strikes >= 1:
        return Outcome(again, (Line("utter_offer_a_person"),), "again", beside=(a_person(desk),))
    guesses = (*(() if pending else to_book(facts.named.services, desk)), *_guesses(heard, desk))[
        :_MOST_GUESSES
    ]
    if heard.intent == "out_of_scope" and not guesses and any(char.isalnum() for char in heard.text):
        said = Line("utter_out_of_scope", {"business": desk.business.name})
        return Outcome(again, (said,), "again", (*first_steps(desk)[:2], a_person(desk)))
    if pending:
        return Outcome(again, (Line("utter_not_understood"),), "again")
    key = "utter_did_you_mean" if guesses else "utter_not_understood"
    return Outcome(again, (Line(key),), "again", (*(guesses or first_steps(desk)[:2]), a_person(desk)))


def _in_another_language(code: str, draft: Draft, facts: Facts, desk: Desk) -> Outcome:
    """No strike: what they said of the visit is kept, and they hear which languages we write in."""
    told = change_language.not_spoken(code, desk)
    if facts.any and draft.goal in (None, "book", "move"):
        changed, lines = merged(draft if draft.goal else booking(draft, facts), facts, desk)
        return Outcome(changed, (told, *lines), beside=(a_person(desk),))
    return Outcome(draft, (told,), "again", first_steps(desk), beside=(a_person(desk),))


def _guesses(heard: Heard, desk: Desk) -> tuple[Option, ...]:
    """What came close; beside something that is surely not ours only what came very close."""
    enough = _LIKELY_ENOUGH if heard.intent == "out_of_scope" else _CLOSE_ENOUGH
    likely = dict.fromkeys((heard.intent, *(name for name, share in heard.ranking if share >= enough)))
    named = [name for name in likely if name in _GUESSES][:_MOST_GUESSES]
    return tuple(intent_option(_GUESSES[name], name, desk) for name in named)

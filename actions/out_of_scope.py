"""Not understood, or not ours: first "did you mean" with what came closest, the second time a person."""

from __future__ import annotations

from actions.core_types import Desk
from actions.draft import Draft
from actions.offers import a_person, first_steps, intent_option, service_options
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts

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
}
_MOST_GUESSES = 2


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    again = draft.but(strikes=draft.strikes + 1)
    pending = draft.question is not None and draft.question.kind != "next"
    if facts.named.unknown_service and not pending:
        said = Line("utter_unknown_service", {"said": facts.named.unknown_service})
        return Outcome(again, (said, Line("utter_ask_service")), "again", service_options(desk))
    if draft.strikes >= 1:
        return Outcome(again, (Line("utter_offer_a_person"),), "again", beside=(a_person(desk),))
    if heard.intent == "out_of_scope":
        return Outcome(
            again, (Line("utter_out_of_scope", {"business": desk.business.name}),), "again", first_steps(desk)
        )
    if pending:
        return Outcome(again, (Line("utter_not_understood"),), "again")
    likely = dict.fromkeys((heard.intent, *(name for name, _ in heard.ranking)))
    guesses = [name for name in likely if name in _GUESSES][:_MOST_GUESSES]
    options = tuple(intent_option(_GUESSES[name], name, desk) for name in guesses)
    key = "utter_did_you_mean" if options else "utter_not_understood"
    return Outcome(again, (Line(key),), "again", (*options, a_person(desk)))

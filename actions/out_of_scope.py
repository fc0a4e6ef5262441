"""Not understood, or not ours: first "did you mean" with what came closest, the second time a person."""

from __future__ import annotations

from actions.core_types import Desk
from actions.draft import Draft, Option
from actions.offers import first_steps, service_options
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts

_LABELS = {
    "book_appointment": "Book a visit",
    "reschedule_appointment": "Move a visit",
    "cancel_appointment": "Cancel a visit",
    "list_appointments": "My appointments",
    "check_availability": "See free times",
    "ask_price": "Prices",
    "ask_hours": "Opening hours",
    "ask_location": "Where you are",
    "ask_services": "Services",
}
_MOST_GUESSES = 2
_A_PERSON = Option(kind="intent", label="Talk to a person", value="human_handoff")


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    again = draft.but(strikes=draft.strikes + 1)
    pending = draft.question is not None and draft.question.kind != "next"
    if facts.named.unknown_service and not pending:
        said = Line("utter_unknown_service", {"said": facts.named.unknown_service})
        return Outcome(again, (said, Line("utter_ask_service")), "again", service_options(desk))
    if draft.strikes >= 1:
        return Outcome(again, (Line("utter_offer_a_person"),), "again", (_A_PERSON, *first_steps()[:2]))
    if heard.intent == "out_of_scope":
        return Outcome(
            again, (Line("utter_out_of_scope", {"business": desk.business.name}),), "again", first_steps()
        )
    if pending:
        return Outcome(again, (Line("utter_not_understood"),), "again")
    guesses = [(_LABELS[name], name) for name, _ in heard.ranking if name in _LABELS][:_MOST_GUESSES]
    options = tuple(Option(kind="intent", label=label, value=name) for label, name in guesses)
    key = "utter_did_you_mean" if options else "utter_not_understood"
    return Outcome(again, (Line(key),), "again", (*options, _A_PERSON))

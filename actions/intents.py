"""The one list of intents: what each does to the draft. Rasa's rule for an intent names the action of the same name."""

from __future__ import annotations

from actions import (
    affirm,
    ask_hours,
    ask_location,
    ask_price,
    book_appointment,
    cancel_appointment,
    change_language,
    check_availability,
    choose_alternative,
    correct,
    delete_data,
    deny,
    dont_care,
    go_on_elsewhere,
    human_handoff,
    inform,
    join_waitlist,
    leave_waitlist,
    list_appointments,
    out_of_scope,
    react,
    request_alternatives,
    reschedule_appointment,
    resume_messages,
    running_late,
    small_talk,
    stop,
    undo,
)
from actions.outcome import Apply

APPLY: dict[str, Apply] = {
    "book_appointment": book_appointment.apply,
    "reschedule_appointment": reschedule_appointment.apply,
    "cancel_appointment": cancel_appointment.apply,
    "list_appointments": list_appointments.apply,
    "check_availability": check_availability.apply,
    "join_waitlist": join_waitlist.apply,
    "leave_waitlist": leave_waitlist.apply,
    "ask_price": ask_price.apply,
    "ask_hours": ask_hours.apply,
    "ask_location": ask_location.apply,
    "ask_services": ask_price.price_list,
    "affirm": affirm.apply,
    "deny": deny.apply,
    "inform": inform.apply,
    "choose_alternative": choose_alternative.apply,
    "correct": correct.apply,
    "request_alternatives": request_alternatives.apply,
    "dont_care": dont_care.apply,
    "greet": small_talk.greet,
    "goodbye": small_talk.goodbye,
    "thank": small_talk.thank,
    "help": small_talk.help_,
    "human_handoff": human_handoff.apply,
    "stop": stop.apply,
    "resume_messages": resume_messages.apply,
    "go_on_elsewhere": go_on_elsewhere.apply,
    "undo": undo.apply,
    "start_over": small_talk.start_over,
    "repeat": small_talk.repeat,
    "wait": small_talk.wait,
    "react": react.apply,
    "change_language": change_language.apply,
    "delete_data": delete_data.apply,
    "bot_challenge": small_talk.bot_challenge,
    "running_late": running_late.apply,
    "complaint": human_handoff.complaint,
    "abuse": small_talk.abuse,
    "out_of_scope": out_of_scope.apply,
}

FALLBACK = "nlu_fallback"
"""Rasa's name for "nothing came close"; its rule leads to `out_of_scope`."""

READS_WAITLIST = frozenset({"list_appointments", "leave_waitlist", "cancel_appointment"})
"""Those for which it is looked up what the customer waits for."""

""" "Take me off the waitlist": whoever waits for several things is asked which."""

from __future__ import annotations

from actions import offers
from actions.core_types import Desk
from actions.draft import Draft, Option, Question
from actions.outcome import LeaveWaitlist, Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts
from actions.waiting import entry_line, entry_option


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    entries = list(desk.waiting)
    if facts.named.services:
        named = {service.id for service in facts.named.services}
        entries = [each for each in entries if each.service_id in named] or entries
    if not entries:
        return Outcome(draft, (Line("utter_waits_for_nothing"),), "again", (offers.my_visits(desk),))
    if len(entries) > 1:
        options = tuple(entry_option(each, desk) for each in entries)
        return Outcome(Draft(question=Question(kind="waiting", options=options)), (), "again")
    return _left(entry_option(entries[0], desk), entry_line(entries[0], desk).facts["service"])


def take(option: Option) -> Outcome:
    return _left(option, option.label)


def _left(option: Option, what: str) -> Outcome:
    said = Line("utter_left_waitlist", {"what": what})
    return Outcome(Draft(), (said,), "say", effects=(LeaveWaitlist(option.value),))

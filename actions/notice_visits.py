"""A notice may speak of several visits of a day: a yes is for all of them, and of a no it is asked which is meant."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from actions import cancel_appointment, offers, reschedule_appointment, services
from actions.core_types import Appointment, Desk, Notice
from actions.draft import Draft
from actions.moments import clock_in_words
from actions.outcome import Outcome
from actions.turn_types import Heard
from actions.understand import Facts


def facts_of(notice: Notice, desk: Desk) -> dict[str, Any]:
    """Those of the first, with the times of all as its `moment`: "Friday 20 November at 15:00 and 16:00"."""
    facts, at = offers.visit_facts(notice.visit, desk), notice.visit.start
    others = dict.fromkeys(_clock(each, desk) for each in notice.beside if each.start != at)
    return facts | {"moment": services.said([facts["moment"], *others], desk)}


def _clock(visit: Appointment, desk: Desk) -> str:
    return clock_in_words(visit.start.astimezone(ZoneInfo(visit.zone)).time(), offers.locale_of(desk))


def give_up(notice: Notice, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    return cancel_appointment.apply(Draft(), facts, heard, _among(notice, desk))


def move(notice: Notice, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    return reschedule_appointment.apply(Draft(), facts, heard, _among(notice, desk))


def _among(notice: Notice, desk: Desk) -> Desk:
    """As if they had no other visits."""
    return desk.model_copy(update={"appointments": list(notice.visits)})

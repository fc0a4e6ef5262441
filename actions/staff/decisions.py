"""A tap under a notice: a request is accepted or declined, as it was when it was told."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from actions.core_client import Refused
from actions.core_types import Appointment
from actions.moments import moment
from actions.staff.diary import Diary
from actions.words import sentence

_TAP = re.compile(r"/staff_(confirm|decline)(\{.*\})")
_TAKEN = {"slot_taken"}
_CHANGED = {"version_moved_on", "already_cancelled", "already_started", "wrong_state", "not_found"}


@dataclass(frozen=True)
class Tap:
    verb: str
    appointment_id: int
    version: int


def tapped(text: str) -> Tap | None:
    """Only what we have put under a notice begins with a slash: the front door sees to that."""
    found = _TAP.fullmatch(text)
    if not found:
        return None
    named = json.loads(found[2])
    return Tap(found[1], named["appointment"], named["version"])


async def decide(diary: Diary, tap: Tap, key: str) -> str:
    """`key` names the tap, which decides once."""
    path, body = f"/appointments/{tap.appointment_id}/{tap.verb}", {"expected_version": tap.version}
    try:
        visit = Appointment.model_validate(await diary.ask("POST", path, body, key))
    except Refused as no:
        if no.code in _TAKEN:
            return sentence("utter_staff_taken", diary.language)
        if no.code in _CHANGED:
            return sentence("utter_staff_changed", diary.language)
        return sentence("utter_staff_refused", diary.language)
    entry = await diary.entry(visit)
    begins = moment(entry.starts, diary.locale)
    return sentence(f"utter_staff_done_{tap.verb}", diary.language, moment=begins, **entry.facts)

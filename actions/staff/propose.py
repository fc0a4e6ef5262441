"""Another time for a visit, proposed to its customer, who is asked; the visit stays until they say yes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from actions import speech
from actions.core_client import Refused
from actions.core_types import Appointment, Slot
from actions.likeness import words_of
from actions.moments import moment, short_moment
from actions.staff import times
from actions.staff.diary import Diary, Entry
from actions.staff.said import Said
from actions.turn_types import instant
from actions.words import sentence

_TAP = re.compile(r"/staff_propose(\{.*\})")
_MOST, _LOOK = 3, timedelta(days=7)
_REFUSALS = {
    "opted_out": "utter_staff_propose_opted_out",
    "unreachable": "utter_staff_propose_unreachable",
    "version_moved_on": "utter_staff_changed",
    "wrong_state": "utter_staff_changed",
    "already_cancelled": "utter_staff_changed",
    "not_found": "utter_staff_changed",
    "forbidden": "utter_staff_refused",
    "idempotency_key_reused": "utter_staff_done_before",
}


async def on_tap(diary: Diary, text: str) -> Said | None:
    """A visit alone, or with a time; None: that is not what was tapped."""
    tap = _TAP.fullmatch(text)
    if not tap:
        return None
    named = json.loads(tap[1])
    try:
        told = await diary.ask("GET", f"/appointments/{named['appointment']}")
    except Refused:
        return Said(sentence("utter_staff_changed", diary.language))
    visit = Appointment.model_validate(told)
    entry = await diary.entry(visit)
    if visit.version != named["version"]:
        return Said(sentence("utter_staff_changed", diary.language))
    if "start" in named:
        return await _propose(diary, entry, datetime.fromisoformat(named["start"]))
    return await _when(diary, entry)


async def by_word(diary: Diary, text: str) -> Said | str:
    """ "Maria at 5 instead"; without a name the one request that waits, else the one visit to come."""
    name = speech.said("staff_propose_whom", text, diary.language)
    coming = await diary.coming()
    requests = [each for each in coming if each.visit.is_request]
    fitting = [each for each in coming if name and set(words_of(name)) <= set(words_of(each.customer))]
    meant = fitting if name else (requests or coming)
    if not meant:
        return sentence("utter_staff_propose_none", diary.language)
    if len(meant) > 1:
        choices = tuple((_label(diary, each), _payload(diary, each, text)) for each in meant[: _MOST * 2])
        return Said(sentence("utter_staff_propose_which", diary.language), choices)
    start = times.exact(diary, text, meant[0].starts)
    return await _when(diary, meant[0]) if start is None else await _propose(diary, meant[0], start)


async def _when(diary: Diary, entry: Entry) -> Said:
    """The nearest free times of that person, to tap."""
    visit = entry.visit
    asked = {
        "service_id": visit.service_id,
        "also": [item.service_id for item in visit.items[1:]],
        "staff_id": visit.staff_id,
        "location_id": visit.location_id,
        "exclude_appointment_id": visit.id,
        "wishes": [{"start": instant(visit.start), "end": instant(visit.start + _LOOK)}],
        "limit": _MOST,
    }
    try:
        found = await diary.ask("POST", "/availability/search", asked)
    except Refused:
        found = {"slots": []}
    slots = [Slot.model_validate(each) for each in found["slots"]]
    choices = tuple(
        (
            short_moment(slot.start.astimezone(diary.now.tzinfo), diary.locale),
            _at(visit, slot.start),
        )
        for slot in slots
        if slot.start != visit.start
    )
    begins = moment(entry.starts, diary.locale)
    text = sentence("utter_staff_propose_when", diary.language, customer=entry.customer, moment=begins)
    return Said(text, choices)


async def _propose(diary: Diary, entry: Entry, start: datetime) -> Said:
    visit = entry.visit
    body = {"expected_version": visit.version, "start": instant(start.astimezone(ZoneInfo("UTC")))}
    facts = {
        "customer": entry.customer,
        "moment": moment(entry.starts, diary.locale),
        "proposed": moment(start.astimezone(diary.now.tzinfo), diary.locale),
    }
    try:
        await diary.ask("POST", f"/appointments/{visit.id}/propose", body, diary.turn_id)
    except Refused as no:
        said = sentence(_REFUSALS.get(no.code, "utter_staff_propose_taken"), diary.language, **facts)
        return Said(
            said,
            _near(diary, visit, no.why.alternatives),
        )
    return Said(sentence("utter_staff_proposed", diary.language, **facts))


def _near(diary: Diary, visit: Appointment, slots: Sequence[Slot]) -> tuple[tuple[str, str], ...]:
    """What is free of the same person near the time that is not."""
    return tuple(
        (short_moment(each.start.astimezone(diary.now.tzinfo), diary.locale), _at(visit, each.start))
        for each in slots[:_MOST]
        if each.staff_id == visit.staff_id
    )


def _payload(diary: Diary, entry: Entry, text: str) -> str:
    start = times.exact(diary, text, entry.starts)
    return _at(entry.visit, start)


def _at(visit: Appointment, start: datetime | None) -> str:
    named: dict[str, int | str] = {"appointment": visit.id, "version": visit.version}
    if start:
        named["start"] = start.isoformat()
    return f"/staff_propose{json.dumps(named)}"


def _label(diary: Diary, entry: Entry) -> str:
    return f"{entry.customer}, {short_moment(entry.starts, diary.locale)}"

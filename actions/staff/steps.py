"""A step of a visit, taken as the one who speaks, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from actions.core_client import Refused
from actions.core_types import Appointment
from actions.moments import moment
from actions.staff.diary import Diary, Entry
from actions.words import sentence

_SAID_OF = {
    "slot_taken": "utter_staff_taken",
    "idempotency_key_reused": "utter_staff_done_before",
    "too_early": "utter_staff_too_early",
    "forbidden": "utter_staff_refused",
}
_CHANGED = "utter_staff_changed"
_SOON = timedelta(hours=1)


async def take_step(diary: Diary, verb: str, visit_id: int, version: int) -> str:
    """Once in this turn, and only on the visit as it was at `version`."""
    path, body = f"/appointments/{visit_id}/{verb}", {"expected_version": version}
    try:
        visit = Appointment.model_validate(await diary.ask("POST", path, body, diary.turn_id))
    except Refused as no:
        return sentence(_SAID_OF.get(no.code, _CHANGED), diary.language)
    entry = await diary.entry(visit)
    begins = moment(entry.starts, diary.locale)
    return sentence(f"utter_staff_done_{verb}", diary.language, moment=begins, **entry.facts)


async def start(diary: Diary) -> str:
    """Whichever of today's that has not begun is nearest to now, if that is not hours ahead."""
    return await _step_of_today(diary, "start", ("booked", "arrived"), _nearest)


async def finish(diary: Diary) -> str:
    return await _step_of_today(diary, "finish", ("in_progress",), _last)


async def noshow(diary: Diary) -> str:
    """The last that should have begun."""
    return await _step_of_today(diary, "noshow", ("booked",), _last)


async def _step_of_today(
    diary: Diary, verb: str, states: Sequence[str], choose: Callable[[Diary, Sequence[Entry]], Entry | None]
) -> str:
    today = [each for each in await diary.day(diary.now.date()) if each.visit.status in states]
    entry = choose(diary, today)
    if entry is None:
        return sentence(f"utter_staff_none_{verb}", diary.language)
    return await take_step(diary, verb, entry.visit.id, entry.visit.version)


def _nearest(diary: Diary, entries: Sequence[Entry]) -> Entry | None:
    soon = [each for each in entries if each.starts - diary.now <= _SOON]
    return min(soon, key=lambda each: abs(each.starts - diary.now), default=None)


def _last(diary: Diary, entries: Sequence[Entry]) -> Entry | None:
    return max(
        (each for each in entries if each.starts <= diary.now or each.visit.status == "in_progress"),
        key=lambda each: each.starts,
        default=None,
    )

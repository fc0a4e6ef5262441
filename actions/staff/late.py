"""The one who speaks is late, comes at some time, or is on time again: who has to wait, and who of them knows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from actions import speech, when
from actions.core_client import Refused
from actions.moments import clock_said
from actions.staff.diary import Diary
from actions.turn_types import instant
from actions.words import sentence, words

#: As the core calls what became of a visit's customer: those who were not reached.
_UNREACHED = ("no_conversation", "opted_out", "taken_over")


async def late(diary: Diary, text: str) -> str:
    """By how much, or until when; whoever says neither is asked."""
    said = speech.said("late_by", text, diary.language)
    minutes, until = speech.number(said, diary.language) if said else None, _time(diary, text)
    if minutes:
        return await _told(diary, {"minutes": minutes})
    if until is None:
        return sentence("utter_staff_late_how_much", diary.language)
    return await _told(diary, {"until": instant(until)})


async def on_time(diary: Diary) -> str:
    return await _told(diary, {"minutes": 0})


async def _told(diary: Diary, asked: dict[str, Any]) -> str:
    path = f"/staff/{diary.staff_id}/delay"
    try:
        found = await diary.ask("POST", path, asked, diary.turn_id)
    except Refused as no:
        over = no.code == "malformed"
        return sentence("utter_staff_in_the_past" if over else "utter_staff_refused", diary.language)
    if found["until"] is None:
        head = sentence("utter_staff_on_time", diary.language)
    else:
        head = sentence("utter_staff_late", diary.language, until=_clock(diary, found["until"]))
    return head + _those_behind(diary, found["visits"])


def _those_behind(diary: Diary, visits: list[dict[str, Any]]) -> str:
    if not visits:
        return " " + sentence("utter_staff_nobody_waits", diary.language)
    outcomes = [each["outcome"] for each in visits]
    told, unreached = outcomes.count("told"), sum(each in _UNREACHED for each in outcomes)
    lines = "\n".join(_line(diary, each) for each in visits)
    diary.spoken_of.update(each["customer_id"] for each in visits)
    counted = sentence("utter_staff_who_waits", diary.language, told=told, unreached=unreached)
    return "\n".join(["", lines, *([counted] if told or unreached else [])])


def _line(diary: Diary, visit: dict[str, Any]) -> str:
    on_time = visit["expected"] == visit["start"]
    became = words(f"utter_staff_waits_{'on_time' if on_time else visit['outcome']}", diary.language)
    clocks = [_clock(diary, visit["start"])] + ([] if on_time else [_clock(diary, visit["expected"])])
    return f"{visit['customer']}: {' → '.join(clocks)}, {became}"


def _time(diary: Diary, text: str) -> datetime | None:
    """The one time of today that was said."""
    heard = when.parse(text, diary.now, str(diary.now.tzinfo), diary.locale_tag)
    if heard.open or heard.refused or len(heard.wishes) != 1:
        return None
    (wish,) = heard.wishes
    clock = wish.near or wish.time_from or wish.time_to
    if clock is None or wish.date_from not in (None, diary.now.date()):
        return None
    return datetime.combine(diary.now.date(), clock, diary.now.tzinfo)


def _clock(diary: Diary, said: str) -> str:
    return clock_said(datetime.fromisoformat(said).astimezone(diary.now.tzinfo), diary.locale)

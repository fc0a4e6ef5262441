"""Time in which the one who speaks cannot be booked: some hours blocked, or days off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from actions.core_client import Refused
from actions.moments import clock_said, day_said, moment
from actions.speech import says
from actions.staff import telling, times
from actions.staff.diary import Diary, Entry
from actions.staff.said import Said
from actions.turn_types import instant
from actions.words import sentence, words

_A_DAY = timedelta(days=1)
_STANDING = ("requested", "booked", "arrived")
_UNDO = re.compile(r"/staff_unblock\{(\d+)\}")


@dataclass(frozen=True)
class Span:
    start: datetime
    end: datetime

    @property
    def is_whole_days(self) -> bool:
        return self.start.time() == self.end.time() == time()


async def block(diary: Diary, text: str) -> Said | str:
    """Hours of one day; whoever says no hours is asked for them."""
    span = _span(diary, text)
    if span is None or span.is_whole_days:
        return sentence("utter_staff_block_when", diary.language)
    return await _taken(diary, span, "block")


async def off(diary: Diary, text: str) -> Said | str:
    """Whole days, or hours of one."""
    span = _span(diary, text)
    if span is None:
        return sentence("utter_staff_off_when", diary.language)
    return await _taken(diary, span, "time_off", is_ill=says("staff_ill", text, diary.language))


async def undo(diary: Diary, text: str) -> str | None:
    """None: that is not what was tapped."""
    tap = _UNDO.fullmatch(text)
    if not tap:
        return None
    try:
        await diary.ask("DELETE", f"/blocks/{tap[1]}")
    except Refused:
        return sentence("utter_staff_unblocked_before", diary.language)
    return sentence("utter_staff_unblocked", diary.language)


async def _taken(diary: Diary, span: Span, kind: str, *, is_ill: bool = False) -> Said | str:
    if span.end <= diary.now:
        return sentence("utter_staff_in_the_past", diary.language)
    asked = {
        "staff_id": diary.staff_id,
        "kind": kind,
        "start": instant(span.start),
        "end": instant(span.end),
    }
    made = await diary.ask("POST", "/blocks", asked, diary.turn_id)
    told = sentence(f"utter_staff_{kind}", diary.language, span=_said(diary, span))
    undone = (words("utter_staff_button_undo", diary.language), f"/staff_unblock{{{made['id']}}}")
    visits = await diary.during(span.start, span.end)
    left = [each for each in visits if each.visit.status in _STANDING]
    if not left:
        return Said(told, (undone,))
    lines = "\n".join(_line(diary, each) for each in left)
    still = sentence("utter_staff_still_booked", diary.language, visits=lines)
    about = {name: asked[name] for name in ("staff_id", "start", "end")} | {"ill": is_ill}
    question = telling.asked(diary, len(left), [about])
    return Said(f"{told}\n{still}\n{question.text}", (*question.choices, undone))


def _line(diary: Diary, entry: Entry) -> str:
    return words("utter_staff_entry", diary.language, clock=moment(entry.starts, diary.locale), **entry.facts)


def _span(diary: Diary, text: str) -> Span | None:
    """The one stretch of time that was said, of one reading; without a day it is today's."""
    wish = times.one_wish(diary, text)
    if wish is None or wish.exact or wish.weekdays or not (wish.has_day or wish.has_time):
        return None
    first = wish.date_from or diary.now.date()
    past = wish.date_to or (None if wish.date_from else first + _A_DAY)
    if past is None or (wish.has_time and past != first + _A_DAY):
        return None
    begins = datetime.combine(first, wish.time_from or time(), diary.now.tzinfo)
    ends = datetime.combine(first if wish.time_to else past, wish.time_to or time(), diary.now.tzinfo)
    return Span(begins, ends) if begins < ends else None


def _said(diary: Diary, span: Span) -> str:
    last = (span.end - _A_DAY).date() if span.is_whole_days else span.start.date()
    days = [day_said(day, diary.locale) for day in dict.fromkeys((span.start.date(), last))]
    if span.is_whole_days:
        return " – ".join(days)
    clocks = [clock_said(each, diary.locale) for each in (span.start, span.end)]
    return f"{days[0]}, {' – '.join(clocks)}"

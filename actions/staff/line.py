"""One message of a staff member: which order it is, and the answer."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from actions.core_client import CoreClient
from actions.moments import clock_said, day_said, moment
from actions.speech import says
from actions.staff import away, closing, late, people, propose, steps, talk, telling, waiting, who
from actions.staff.diary import Diary, Entry, open_diary
from actions.staff.said import Said
from actions.staff.taps import act_on_tap
from actions.words import sentence, words

Order = Callable[[Diary], Awaitable[str]]

_PLAIN = "booked"
_ORDER = re.compile(r"/staff_order(\{.*\})", re.DOTALL)


async def answer(core: CoreClient, chat: int, text: str, turn_id: str) -> dict[str, Any]:
    """The plan that answers `text`, said or tapped in `chat`; CoreAway when it is to be asked again."""
    diary = await open_diary(core, chat, turn_id)
    said = await _tapped(diary, text) or await _heard(diary, text)
    plan = said if isinstance(said, Said) else Said(said)
    choices = [{"label": label, "payload": payload} for label, payload in plan.choices]
    about = sorted(diary.spoken_of)
    return {"text": plan.text, "choices": choices, "links": [], "language": diary.language, "about": about}


async def _tapped(diary: Diary, text: str) -> Said | str | None:
    """None: nothing was tapped. Only what we have put under a message begins with a slash."""
    if order := _ORDER.fullmatch(text):
        given = json.loads(order[1])
        return await _carried_out(replace(diary, turn_id=given["key"]), given["text"])
    for tapped in (act_on_tap, away.undo, closing.on_tap, telling.on_tap, propose.on_tap, talk.on_tap):
        if said := await tapped(diary, text):
            return said
    return None


async def _heard(diary: Diary, text: str) -> Said | str:
    """While a customer is taken over, what is no order is for them; an order that changes something is asked about."""
    if said := await talk.on_order(diary, text):
        return said
    order = _order_in(diary, text)
    if order in LOOKS:
        return await _carried_out(diary, text)
    held = await people.taken_over(diary)
    if not held:
        return await _carried_out(diary, text)
    return talk.for_whom(diary, held, text) if order else await talk.on_words(diary, held, text)


async def _carried_out(diary: Diary, text: str) -> Said | str:
    order = _order_in(diary, text)
    if order in WITH_A_TIME:
        return await WITH_A_TIME[order](diary, text)
    return await ORDERS.get(order or "", _unclear)(diary)


def _order_in(diary: Diary, text: str) -> str | None:
    """The name of the order that was given."""
    return next((name for name in (*WITH_A_TIME, *ORDERS) if says(name, text, diary.language)), None)


async def _today(diary: Diary) -> str:
    return await _day(diary, diary.now.date())


async def _tomorrow(diary: Diary) -> str:
    return await _day(diary, diary.now.date() + timedelta(days=1))


async def _day(diary: Diary, day: date) -> str:
    said = day_said(day, diary.locale)
    entries = await diary.day(day)
    if not entries:
        return sentence("utter_staff_free", diary.language, day=said)
    lines = "\n".join(_entry(diary, each) for each in entries)
    return sentence("utter_staff_day", diary.language, day=said, visits=lines)


async def _next(diary: Diary) -> str:
    entry = await diary.next()
    if entry is None:
        return sentence("utter_staff_no_next", diary.language)
    begins = moment(entry.starts, diary.locale)
    return sentence("utter_staff_next", diary.language, moment=begins, **entry.facts)


async def _help(diary: Diary) -> str:
    return sentence("utter_staff_help", diary.language)


async def _unclear(diary: Diary) -> str:
    return sentence("utter_staff_unclear", diary.language)


def _entry(diary: Diary, entry: Entry) -> str:
    clock, status, language = clock_said(entry.starts, diary.locale), entry.visit.status, diary.language
    if status == _PLAIN:
        return words("utter_staff_entry", language, clock=clock, **entry.facts)
    state = words(f"utter_staff_state_{status}", language)
    return words("utter_staff_entry_marked", language, clock=clock, state=state, **entry.facts)


#: By the phrases that mean it; the second kind says when, too.
ORDERS: dict[str, Order] = {
    "staff_today": _today,
    "staff_tomorrow": _tomorrow,
    "staff_next": _next,
    "staff_start": steps.start,
    "staff_finish": steps.finish,
    "staff_noshow": steps.noshow,
    "staff_on_time": late.on_time,
    "staff_tell_them": telling.tell_them,
    "staff_progress": telling.progress,
    "staff_waitlist": waiting.waitlist,
    "staff_help": _help,
}
WITH_A_TIME: dict[str, Callable[[Diary, str], Awaitable[Said | str]]] = {
    "staff_block": away.block,
    "staff_off": away.off,
    "staff_close": closing.close,
    "staff_late": late.late,
    "staff_who_at": who.comes,
    "staff_propose": propose.by_word,
}
#: Those that only look something up.
LOOKS = frozenset(
    {
        "staff_today",
        "staff_tomorrow",
        "staff_next",
        "staff_who_at",
        "staff_progress",
        "staff_waitlist",
        "staff_help",
    }
)

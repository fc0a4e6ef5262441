"""One message of a staff member: which order it is, and the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

from actions.core_client import CoreClient
from actions.moments import clock_said, day_said, moment
from actions.speech import says
from actions.staff import away, steps
from actions.staff.diary import Diary, Entry, open_diary
from actions.staff.said import Said
from actions.staff.taps import act_on_tap
from actions.words import sentence, words

Order = Callable[[Diary], Awaitable[str]]

_PLAIN = "booked"


async def answer(core: CoreClient, chat: int, text: str, turn_id: str) -> dict[str, Any]:
    """The plan that answers `text`, said or tapped in `chat`; CoreAway when it is to be asked again."""
    diary = await open_diary(core, chat, turn_id)
    said: Said | str | None = await act_on_tap(diary, text) or await away.undo(diary, text)
    if said is None:
        said = await _carried_out(diary, text)
    plan = said if isinstance(said, Said) else Said(said)
    choices = [{"label": label, "payload": payload} for label, payload in plan.choices]
    return {"text": plan.text, "choices": choices, "links": [], "language": diary.language}


async def _carried_out(diary: Diary, text: str) -> Said | str:
    for name, fill_in in WITH_A_TIME.items():
        if says(name, text, diary.language):
            return await fill_in(diary, text)
    order = next((do for name, do in ORDERS.items() if says(name, text, diary.language)), _unclear)
    return await order(diary)


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
    "staff_help": _help,
}
WITH_A_TIME: dict[str, Callable[[Diary, str], Awaitable[Said | str]]] = {
    "staff_block": away.block,
    "staff_off": away.off,
}

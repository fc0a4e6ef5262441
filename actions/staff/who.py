""" "Who is at 3?": the visit of a time, with what is good to know of it; else who is nearest to it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from actions.moments import clock_said, moment
from actions.staff import times
from actions.staff.diary import Diary, Entry
from actions.words import sentence, words

_TELEPHONES = ("sms", "whatsapp", "phone")


async def comes(diary: Diary, text: str) -> str:
    at = times.exact(diary, text)
    if at is None:
        return sentence("utter_staff_who_when", diary.language)
    day = await diary.day(at.date())
    there = [each for each in day if each.starts <= at < each.ends]
    if not there:
        return _nobody(diary, at, day)
    told = await asyncio.gather(*(_told(diary, each) for each in there))
    return "\n".join(told)


async def _told(diary: Diary, entry: Entry) -> str:
    language = diary.language
    until, begins = clock_said(entry.ends, diary.locale), moment(entry.starts, diary.locale)
    lines = [sentence("utter_staff_who", language, moment=begins, until=until, **entry.facts)]
    if entry.visit.note:
        lines.append(words("utter_staff_who_note", language, note=entry.visit.note))
    if phone := await _phone(diary, entry.visit.customer_id):
        lines.append(words("utter_staff_who_phone", language, phone=phone))
    return "\n".join(lines)


async def _phone(diary: Diary, customer_id: int) -> str | None:
    """As far as this chat may see it."""
    points = (await diary.ask("GET", f"/customers/{customer_id}"))["contact_points"]
    known = [each["address"] for each in points if each["channel"] in _TELEPHONES]
    return next((each for each in known if each.startswith("+")), None)


def _nobody(diary: Diary, at: datetime, day: Sequence[Entry]) -> str:
    lines = [sentence("utter_staff_nobody_at", diary.language, moment=moment(at, diary.locale))]
    before = [each for each in day if each.starts < at][-1:]
    after = [each for each in day if each.starts > at][:1]
    for key, near in (("utter_staff_before_it", before), ("utter_staff_after_it", after)):
        for each in near:
            clock = clock_said(each.starts, diary.locale)
            lines.append(words(key, diary.language, clock=clock, **each.facts))
    return "\n".join(lines)

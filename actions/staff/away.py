"""Time in which the one who speaks cannot be booked: some hours blocked, or days off."""

from __future__ import annotations

import re

from actions.core_client import Refused
from actions.moments import moment
from actions.speech import says
from actions.staff import spans, telling
from actions.staff.diary import Diary
from actions.staff.said import Said
from actions.staff.spans import Span
from actions.turn_types import instant
from actions.words import for_count, sentence, words

_STANDING = ("requested", "booked", "arrived")
_UNDO = re.compile(r"/staff_unblock\{(\d+)\}")


async def block(diary: Diary, text: str) -> Said | str:
    """Hours of one day; whoever says no hours is asked for them."""
    span = spans.heard(diary, text)
    if span is None or span.is_whole_days:
        return sentence("utter_staff_block_when", diary.language)
    return await _taken(diary, span, "block")


async def off(diary: Diary, text: str) -> Said | str:
    """Whole days, or hours of one."""
    span = spans.heard(diary, text)
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
    told = sentence(f"utter_staff_{kind}", diary.language, span=span.said(diary))
    undone = (words("utter_staff_button_undo", diary.language), f"/staff_unblock{{{made['id']}}}")
    visits = await diary.during(span.start, span.end)
    left = [each for each in visits if each.visit.status in _STANDING]
    if not left:
        return Said(told, (undone,))
    lines = "\n".join(
        words("utter_staff_entry", diary.language, clock=moment(each.starts, diary.locale), **each.facts)
        for each in left
    )
    still = sentence(for_count("utter_staff_still_booked", len(left)), diary.language, visits=lines)
    about = {name: asked[name] for name in ("staff_id", "start", "end")} | {"ill": is_ill}
    question = telling.asked(diary, len(left), [about])
    return Said(f"{told}\n{still}\n{question.text}", (*question.choices, undone))

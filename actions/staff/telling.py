"""Tell those whose visits cannot stay, once somebody of the team has said so, and how far it has come."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from actions.core_client import Refused
from actions.staff.diary import Diary
from actions.staff.said import Said
from actions.turn_types import instant
from actions.words import counted, sentence, words

_TELL = re.compile(r"/staff_tell(\{.*\})")
_LEAVE = "/staff_leave"
_AHEAD = timedelta(days=60)
_NAMED = 5
#: What was settled first, then what still waits.
_ANSWERS = ("moved", "dropped", "restored", "needless", "person", "open", "unreached", "waiting")


def asked(diary: Diary, count: int, about: Sequence[dict[str, Any]]) -> Said:
    """Whether the customers of so many visits shall be told; `about`: what the core is asked for then."""
    yes = (
        words("utter_staff_button_tell", diary.language),
        f"/staff_tell{json.dumps({'about': list(about)})}",
    )
    no = (words("utter_staff_button_leave", diary.language), _LEAVE)
    return Said(counted("utter_staff_shall_i_tell", count, diary.language), (yes, no))


async def on_tap(diary: Diary, text: str) -> str | None:
    """None: that is not what was tapped."""
    if text == _LEAVE:
        return sentence("utter_staff_left_to_you", diary.language)
    tap = _TELL.fullmatch(text)
    return await _told(diary, json.loads(tap[1])["about"]) if tap else None


async def tell_mine(diary: Diary) -> str:
    """All of theirs that are away then and were not told yet."""
    mine = {"staff_id": diary.staff_id, "start": instant(diary.now), "end": instant(diary.now + _AHEAD)}
    return await _told(diary, [mine])


async def progress(diary: Diary) -> str:
    """Of the newest that is not settled, else of the newest."""
    found = await diary.ask("GET", "/broadcasts")
    if not found:
        return sentence("utter_staff_nobody_told", diary.language)
    shown = next((each for each in found if not each["is_over"]), found[0])
    visits = shown["visits"]
    left = [each for each in visits if each["answer"] in ("waiting", "open", "person", "unreached")]
    diary.spoken_of.update(each["customer_id"] for each in left)
    told = ", ".join(
        counted(f"utter_staff_told_{answer}", count, diary.language)
        for answer in _ANSWERS
        if (count := shown["progress"].get(answer, 0))
    )
    text = counted("utter_staff_progress", len(visits), diary.language, told=told)
    if not left:
        return text
    return text + "\n" + "\n".join(_line(diary, each) for each in left[:_NAMED])


async def _told(diary: Diary, about: Sequence[dict[str, Any]]) -> str:
    count = 0
    for n, each in enumerate(about):
        try:
            begun = await diary.ask("POST", "/broadcasts", each, f"{diary.turn_id}:{n}")
        except Refused:
            return sentence("utter_staff_refused", diary.language)
        count += len(begun["visits"])
    if not count:
        return sentence("utter_staff_nobody_to_tell", diary.language)
    return counted("utter_staff_telling", count, diary.language)


def _line(diary: Diary, visit: dict[str, Any]) -> str:
    state = words(f"utter_staff_answer_{visit['answer']}", diary.language)
    begins = datetime.fromisoformat(visit["start"]).astimezone(diary.now.tzinfo)
    return f"{visit['customer']}, {begins:%H:%M}: {state}"

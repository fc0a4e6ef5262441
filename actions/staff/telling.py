"""Tell those whose visits cannot stay, once somebody of the team has said so, and how far it has come."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from actions.core_client import Refused
from actions.moments import clock_said, short_moment
from actions.staff.diary import Diary
from actions.staff.said import Said
from actions.turn_types import instant
from actions.words import for_count, sentence, words

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
    return Said(
        sentence(for_count("utter_staff_shall_i_tell", count), diary.language, count=count), (yes, no)
    )


async def on_tap(diary: Diary, text: str) -> str | None:
    """None: that is not what was tapped."""
    if text == _LEAVE:
        return sentence("utter_staff_left_to_you", diary.language)
    tap = _TELL.fullmatch(text)
    return await tell(diary, json.loads(tap[1])["about"], diary.turn_id) if tap else None


async def tell_them(diary: Diary) -> str:
    """All who were not told yet: of those of the one who speaks, and of the house's as far as they lead it."""
    places = await diary.locations() if diary.leads else []
    whose = [{"staff_id": diary.staff_id}, *({"location_id": place.id} for place in places)]
    span = {"start": instant(diary.now), "end": instant(diary.now + _AHEAD)}
    return await tell(diary, [{**each, **span} for each in whose], diary.turn_id)


async def tell(diary: Diary, about: Sequence[dict[str, Any]], key: str) -> str:
    """`about`: as the core is asked for it; `key` names the asking, which is done once."""
    count = 0
    for n, each in enumerate(about):
        try:
            begun = await diary.ask("POST", "/broadcasts", each, f"{key}:{n}")
        except Refused:
            return sentence("utter_staff_refused", diary.language)
        count += len(begun["visits"])
    if not count:
        return sentence("utter_staff_nobody_to_tell", diary.language)
    return sentence(for_count("utter_staff_telling", count), diary.language, count=count)


async def progress(diary: Diary) -> str:
    """Of the newest that is not settled, else of the newest."""
    found = [each for each in await diary.ask("GET", "/broadcasts") if each["visits"]]
    if not found:
        return sentence("utter_staff_nobody_told", diary.language)
    shown = next((each for each in found if not each["is_over"]), found[0])
    visits = shown["visits"]
    left = [each for each in visits if each["answer"] in ("waiting", "open", "person", "unreached")]
    diary.spoken_of.update(each["customer_id"] for each in left)
    told = ", ".join(
        words(for_count(f"utter_staff_told_{answer}", count), diary.language, count=count)
        for answer in _ANSWERS
        if (count := shown["progress"].get(answer, 0))
    )
    count = len(visits)
    key = for_count("utter_staff_progress", count)
    text = sentence(key, diary.language, count=count, told=told)
    if not left:
        return text
    one_day = len({_local(diary, each).date() for each in visits}) == 1
    lines = [_line(diary, each, one_day) for each in left[:_NAMED]]
    more = [f"… +{len(left) - _NAMED}"] if len(left) > _NAMED else []
    return "\n".join([text, *lines, *more])


def _line(diary: Diary, visit: dict[str, Any], one_day: bool) -> str:
    state = words(f"utter_staff_answer_{visit['answer']}", diary.language)
    said = clock_said if one_day else short_moment
    return f"{visit['customer']}, {said(_local(diary, visit), diary.locale)}: {state}"


def _local(diary: Diary, visit: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(visit["start"]).astimezone(diary.now.tzinfo)

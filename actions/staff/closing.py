"""The house is closed for some time: asked about with whom it touches, done when somebody who may says yes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from actions.core_client import Refused
from actions.core_types import Location
from actions.likeness import words_of
from actions.moments import clock_said, short_moment
from actions.speech import without
from actions.staff import spans, telling
from actions.staff.diary import Diary, Entry
from actions.staff.said import Said
from actions.staff.spans import Span
from actions.turn_types import instant
from actions.words import for_count, sentence, words

_TAP = re.compile(r"/staff_(close|reopen)(\{.*\})")
_STAY_OPEN = "/staff_stay_open"
_STANDING = ("requested", "booked", "arrived")
_NAMED = 5


async def close(diary: Diary, text: str) -> Said | str:
    """A day, some days, or hours of one; without the name of a place it is the whole house."""
    if not diary.leads:
        return sentence("utter_staff_close_refused", diary.language)
    span = spans.heard_from(diary, without("staff_close", text, diary.language))
    if span is None:
        return sentence("utter_staff_close_when", diary.language)
    if span.end <= diary.now:
        return sentence("utter_staff_in_the_past", diary.language)
    house = await diary.locations()
    places = _named(house, text) or house
    visits = await diary.of_all(span.start, span.end)
    left = [
        each
        for each in visits
        if each.status in _STANDING and each.location_id in [place.id for place in places]
    ]
    shown = await diary.entries(left[:_NAMED])
    said = _said(diary, span, places if len(house) > 1 else ())
    return _asked(diary, said, len(left), shown, _closing(diary, span, places))


async def on_tap(diary: Diary, text: str) -> Said | str | None:
    """None: that is not what was tapped."""
    if text == _STAY_OPEN:
        return sentence("utter_staff_stays_open", diary.language)
    tap = _TAP.fullmatch(text)
    if not tap:
        return None
    asked = json.loads(tap[2])
    try:
        return await (_closed(diary, asked) if tap[1] == "close" else _reopened(diary, asked))
    except Refused as no:
        gone = no.code == "not_found"
        return sentence(f"utter_staff_{'unblocked_before' if gone else 'close_refused'}", diary.language)


def _closing(diary: Diary, span: Span, places: Sequence[Location]) -> dict[str, Any]:
    """As it is carried by the button; ``key`` names it, so that it is done once however often it is tapped."""
    return {
        "key": diary.turn_id,
        "places": [place.id for place in places],
        "start": instant(span.start),
        "end": instant(span.end),
    }


def _asked(diary: Diary, said: str, count: int, shown: Sequence[Entry], closing: dict[str, Any]) -> Said:
    def button(name: str, tells: bool) -> tuple[str, str]:
        label = words(f"utter_staff_button_{name}", diary.language)
        return label, f"/staff_close{json.dumps({**closing, 'tell': tells})}"

    stay = (words("utter_staff_button_stay_open", diary.language), _STAY_OPEN)
    if not count:
        question = sentence("utter_staff_close_free", diary.language, span=said)
        return Said(question, (button("close", tells=False), stay))
    said_at = clock_said if len({each.starts.date() for each in shown}) == 1 else short_moment
    lines = [
        words("utter_staff_entry", diary.language, clock=said_at(each.starts, diary.locale), **each.facts)
        for each in shown
    ]
    more = [f"… +{count - len(shown)}"] if count > len(shown) else []
    question = sentence(
        for_count("utter_staff_close_visits", count),
        diary.language,
        span=said,
        count=count,
        visits="\n".join([*lines, *more]),
    )
    return Said(question, (button("close_tell", tells=True), button("close_only", tells=False), stay))


async def _closed(diary: Diary, asked: dict[str, Any]) -> Said:
    span = {"start": asked["start"], "end": asked["end"]}
    closures = []
    for place in asked["places"]:
        made = await diary.ask("POST", f"/locations/{place}/closures", span, f"{asked['key']}:close:{place}")
        closures.append([place, made["id"]])
    whole = Span(_local(diary, asked["start"]), _local(diary, asked["end"]))
    told = sentence("utter_staff_closed", diary.language, span=whole.said(diary))
    if asked["tell"]:
        about = [{"location_id": place, **span} for place in asked["places"]]
        told += "\n" + await telling.tell(diary, about, asked["key"])
    undo = words("utter_staff_button_undo", diary.language)
    return Said(told, ((undo, f"/staff_reopen{json.dumps({'closures': closures})}"),))


async def _reopened(diary: Diary, asked: dict[str, Any]) -> str:
    for place, closure in asked["closures"]:
        await diary.ask("DELETE", f"/locations/{place}/closures/{closure}")
    return sentence("utter_staff_reopened", diary.language)


def _named(places: Sequence[Location], text: str) -> list[Location]:
    """Those whose names were said."""
    said = words_of(text)
    return [each for each in places if (name := words_of(each.name)) and all(word in said for word in name)]


def _said(diary: Diary, span: Span, places: Sequence[Location]) -> str:
    when = span.said(diary)
    return f"{', '.join(place.name for place in places)}: {when}" if places else when


def _local(diary: Diary, said: str) -> datetime:
    return datetime.fromisoformat(said).astimezone(diary.now.tzinfo)

""" "The waitlist": who waits for a time, what is kept for whom until when, and what came of it last."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from actions.core_client import Refused
from actions.moments import clock_said, moment, short_moment
from actions.staff.diary import Diary
from actions.words import sentence, words

_MOST, _NEWEST = 20, 5


async def waitlist(diary: Diary) -> str:
    """Who keeps no front desk does not see it."""
    try:
        waiting, offers = await asyncio.gather(
            diary.ask("GET", f"/waitlist?state=waiting&limit={_MOST}"),
            diary.ask("GET", f"/waitlist/offers?limit={_MOST}"),
        )
    except Refused:
        return sentence("utter_staff_waitlist_hidden", diary.language)
    kept = [each for each in offers["items"] if each["state"] == "open"]
    over = [each for each in offers["items"] if each["state"] != "open"][:_NEWEST]
    if not (waiting["items"] or over):
        return sentence("utter_staff_waitlist_empty", diary.language)
    names = await _names(diary, [*waiting["items"], *kept, *over])
    lines = [_waits(diary, each, names) for each in waiting["items"]]
    lines += [_offered(diary, each, names) for each in [*kept, *over]]
    head = words("utter_staff_waitlist", diary.language, count=len(waiting["items"]))
    return "\n".join([head, *lines])


def _waits(diary: Diary, entry: dict[str, Any], names: dict[int, str]) -> str:
    first, last = _at(diary, entry["ranges"][0]["start"]), _at(diary, entry["ranges"][-1]["end"])
    span = f"{short_moment(first, diary.locale)} – {short_moment(last, diary.locale)}"
    return words("utter_staff_waits", diary.language, customer=names[entry["customer_id"]], span=span)


def _offered(diary: Diary, offer: dict[str, Any], names: dict[int, str]) -> str:
    """The key of an offer that is over is named after how it ended."""
    facts = {
        "customer": names[offer["customer_id"]],
        "moment": moment(_at(diary, offer["start"]), diary.locale),
        "until": clock_said(_at(diary, offer["until"]), diary.locale) if offer["until"] else "",
    }
    return words(f"utter_staff_offer_{offer['state']}", diary.language, **facts)


def _at(diary: Diary, instant: str) -> datetime:
    return datetime.fromisoformat(instant).astimezone(diary.now.tzinfo)


async def _names(diary: Diary, rows: Iterable[dict[str, Any]]) -> dict[int, str]:
    people = sorted({each["customer_id"] for each in rows})
    told = await asyncio.gather(*(diary.ask("GET", f"/customers/{person}") for person in people))
    return {person: each["name"] or f"#{person}" for person, each in zip(people, told, strict=True)}

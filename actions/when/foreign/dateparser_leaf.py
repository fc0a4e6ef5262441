"""The second reader of a date in a language without a table: dateparser, asked about one span, has to say the same.

It is never asked what a message says, for it drops what it does not understand ("tomorrow at 3" is tomorrow). It is
always told the present, the language and the order of day and month: otherwise it reads the clock, tries 205
languages for as long as a whole turn may take, or uses the order of another country.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from dateparser.date import DateDataParser

from actions.when.nodes import Day

_SETTINGS = {
    "PREFER_DATES_FROM": "future",
    "PREFER_DAY_OF_MONTH": "first",
    "RETURN_TIME_AS_PERIOD": True,
    "TIMEZONE": "UTC",  # a naive base stays as it is; the machine's own zone is not looked at
    "PARSERS": ["relative-time", "absolute-time"],  # no timestamps, no figures without separators
}


def agrees(span: str, day: Day, now: datetime, language: str, *, day_first: bool) -> bool:
    """Whether `span` says `day`, all of it and nothing besides. `now` is naive."""
    settings = {**_SETTINGS, "RELATIVE_BASE": now, "DATE_ORDER": "DMY" if day_first else "MDY"}
    data: Any = DateDataParser(languages=[language], settings=settings).get_date_data(span)
    found = data.date_obj
    if found is None or found.tzinfo is not None or "time" in data.parts:
        return False
    if day.start is not None:
        return bool(found.date() == day.start and day.end == day.start + timedelta(days=1))
    said = {name: getattr(day, name) for name in ("year", "month", "day") if getattr(day, name) is not None}
    return set(data.parts) == set(said) and all(getattr(found, name) == said[name] for name in said)

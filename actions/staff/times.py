"""When something is meant, as a member of staff says it: in the business's language, or in English."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions import when
from actions.staff.diary import Diary
from actions.when import TimeConstraint, Wish
from actions.words import ENGLISH

_A_DAY = timedelta(days=1)


def heard(diary: Diary, text: str) -> TimeConstraint:
    """By whichever of the two makes more of it."""
    territory = diary.locale.territory
    english = f"{ENGLISH}-{territory}" if territory else ENGLISH
    read = [
        when.parse(text, diary.now, str(diary.now.tzinfo), tag)
        for tag in dict.fromkeys((diary.locale_tag, english))
    ]
    return max(read, key=lambda each: sum(end - begin for begin, end in each.spans))


def one_wish(diary: Diary, text: str) -> Wish | None:
    """The only time that was said, of one reading."""
    said = heard(diary, text)
    return said.wishes[0] if len(said.wishes) == 1 and not (said.open or said.refused) else None


def exact(diary: Diary, text: str, day_of: datetime | None = None) -> datetime | None:
    """One moment; without a day that of ``day_of``, else of today."""
    wish = one_wish(diary, text)
    if wish is None or not wish.exact or wish.time_from is None or wish.weekdays:
        return None
    if wish.date_from and wish.date_to != wish.date_from + _A_DAY:
        return None
    day = wish.date_from or (day_of or diary.now).date()
    return datetime.combine(day, wish.time_from, diary.now.tzinfo)

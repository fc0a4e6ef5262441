"""A stretch of time as a member of staff says it: whole days, or hours of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from actions.moments import clock_said, day_said
from actions.staff import times
from actions.staff.diary import Diary
from actions.when import Wish
from actions.words import words

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    start: datetime
    end: datetime

    @property
    def is_whole_days(self) -> bool:
        return self.start.time() == self.end.time() == time()

    def said(self, diary: Diary) -> str:
        last = (self.end - timedelta(microseconds=1)).date()
        days = [day_said(day, diary.locale) for day in dict.fromkeys((self.start.date(), last))]
        if self.is_whole_days:
            return " – ".join(days)
        if self.end.time() == time():
            clock = clock_said(self.start, diary.locale)
            return words("utter_staff_from_then", diary.language, day=days[0], clock=clock)
        clocks = [clock_said(each, diary.locale) for each in (self.start, self.end)]
        return f"{days[0]}, {' – '.join(clocks)}"


def heard(diary: Diary, text: str) -> Span | None:
    """The one stretch of time that was said, of one reading; without a day it is today's."""
    wish = times.one_wish(diary, text)
    return None if wish is None or wish.exact else _of(diary, wish)


def heard_from(diary: Diary, text: str) -> Span | None:
    """The same, where one moment alone is the rest of its day from then on."""
    wish = times.one_wish(diary, text)
    return None if wish is None else _of(diary, wish)


def _of(diary: Diary, wish: Wish) -> Span | None:
    if wish.weekdays or not (wish.has_day or wish.has_time):
        return None
    first = wish.date_from or diary.now.date()
    past = wish.date_to or (None if wish.date_from else first + _A_DAY)
    if past is None or (wish.has_time and past != first + _A_DAY):
        return None
    until = None if wish.exact else wish.time_to
    begins = datetime.combine(first, wish.time_from or time(), diary.now.tzinfo)
    ends = datetime.combine(first if until else past, until or time(), diary.now.tzinfo)
    return Span(begins, ends) if begins < ends else None

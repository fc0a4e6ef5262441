"""One day of a business on its wall clock, and how times of it are written."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_time

from scheduler_core.businesses.models import Business
from scheduler_core.outbox.words import words


@dataclass(frozen=True, slots=True)
class Day:
    """The date ``on`` the clocks of ``zone``, read by people of ``locale``."""

    on: date
    zone: str
    locale: Locale

    @classmethod
    def of(cls, business: Business, day: date) -> Self:
        return cls(day, business.zone, Locale.parse(business.locale, sep="-"))

    @property
    def begins(self) -> datetime:
        return self.at("00:00")

    @property
    def ends(self) -> datetime:
        return self.following.begins

    @property
    def following(self) -> Self:
        return type(self)(self.on + timedelta(days=1), self.zone, self.locale)

    def at(self, clock: str) -> datetime:
        """The instant in UTC when the clocks show "07:30"; in a gap of the clocks, what they would have shown."""
        return datetime.combine(self.on, time.fromisoformat(clock), ZoneInfo(self.zone)).astimezone(UTC)

    def clock(self, instant: datetime, zone: str | None = None) -> str:
        local = instant.astimezone(ZoneInfo(zone or self.zone))
        return format_time(local.time(), "short", locale=self.locale)

    @property
    def written(self) -> str:
        """ "Friday 20 November", as a sentence begins."""
        said = format_date(self.on, words(self.locale.language, "notice_day"), locale=self.locale)
        return said[:1].upper() + said[1:]

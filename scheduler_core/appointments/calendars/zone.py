"""A time zone as a calendar file carries it (RFC 5545, section 3.6.5), for readers that know no zone by its name.

icalendar makes one too, but writes down when a change is over as the clock shows it after the change, where the
standard wants the clock before it: an hour of every spring would be an hour wrong.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from scheduler_core.availability.slots import constant_offsets, instant_of, minute_of


def timezone(zone: str, first: datetime, last: datetime) -> Timezone:
    """The zone with each change of its clock in the years from ``first`` to ``last``, and a year after."""
    found = Timezone()
    found.add("tzid", zone)
    low = minute_of(datetime(first.year - 1, 1, 1, tzinfo=UTC))
    high = minute_of(datetime(last.year + 2, 1, 1, tzinfo=UTC))
    before: int | None = None
    for start, _, offset in constant_offsets(zone, low, high):
        if offset != before:
            found.add_component(_observance(zone, start, offset if before is None else before, offset))
        before = offset
    return found


def _observance(zone: str, start: int, before: int, offset: int) -> TimezoneStandard | TimezoneDaylight:
    """From a minute on the clock is at ``offset``; it shows its onset as if still at the offset ``before``."""
    local = instant_of(start).astimezone(ZoneInfo(zone))
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.DTSTART = instant_of(start + before).replace(tzinfo=None)
    part.TZOFFSETFROM, part.TZOFFSETTO = timedelta(minutes=before), timedelta(minutes=offset)
    part.add("tzname", local.tzname() or zone)
    return part

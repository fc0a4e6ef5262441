"""What is free, worked out minute by minute with no cleverness at all, to be compared with the engine.

Times are minutes since 1970, UTC; windows are wall-clock minutes of a day, their ends up to 48 hours.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

Windows = Sequence[tuple[int, int]]
Week = Mapping[int, Windows]
#: A room and which of its units.
Unit = tuple[int, int]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(minute: int) -> datetime:
    return _EPOCH + timedelta(minutes=minute)


def minute_at(when: datetime) -> int:
    return int((when - _EPOCH).total_seconds()) // 60


@dataclass(frozen=True)
class Hours:
    """A week on a wall clock, and dates on which it is another; on ``days_off`` without such a date there is none."""

    zone: str
    week: Week
    dated: Mapping[date, Windows] = field(default_factory=dict)
    days_off: frozenset[date] = frozenset()

    def cover(self, minute: int) -> bool:
        local = instant(minute).astimezone(ZoneInfo(self.zone))
        today, clock = local.date(), local.hour * 60 + local.minute
        yesterday = today - timedelta(days=1)
        return _within(self._of(today), clock) or _within(self._of(yesterday), clock + 1440)

    def _of(self, day: date) -> Windows:
        if day in self.dated:
            return self.dated[day]
        return () if day in self.days_off else self.week.get(day.weekday(), ())


def _within(windows: Windows, clock: int) -> bool:
    return any(start <= clock < end for start, end in windows)


@dataclass(frozen=True)
class Visit:
    """A service: ``gaps`` are (start, length), in which the person is free and the room is not."""

    minutes: int
    before: int = 0
    after: int = 0
    gaps: Sequence[tuple[int, int]] = ()
    beyond_hours: bool = False

    def whole(self, start: int) -> set[int]:
        return set(range(start - self.before, start + self.minutes + self.after))

    def of_person(self, start: int) -> set[int]:
        away = {start + at + n for at, length in self.gaps for n in range(length)}
        return self.whole(start) - away

    def without_buffers(self, start: int) -> set[int]:
        return set(range(start, start + self.minutes))


@dataclass
class Oracle:
    """``needs``: for each need, the rooms that would do; ``rooms``: their capacities. Both by resource id.

    ``busy`` and ``used`` count how often each minute is taken: a block may lie over a visit.
    """

    grid: int
    place: Hours
    people: dict[int, Hours]
    breaks: dict[int, Hours]
    visit: Visit
    needs: Sequence[Sequence[int]] = ()
    rooms: Mapping[int, int] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    busy: defaultdict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    used: defaultdict[Unit, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    _known: dict[tuple[int, int, int], tuple[set[int], set[int]]] = field(default_factory=dict)

    def free(self, person: int, low: int, high: int) -> list[int]:
        """Every start in [low, high) at which this person can be booked."""
        is_open, at_work = self._hours(person, low, high)
        return [
            start
            for start in range(low, high)
            if self.on_grid(start) and self._fits(person, start, is_open, at_work)
        ]

    def _hours(self, person: int, low: int, high: int) -> tuple[set[int], set[int]]:
        """When the place is open and when the person works there, worked out once."""
        if (person, low, high) not in self._known:
            span = range(low - 1440, high + 1440)
            is_open = {minute for minute in span if self.place.cover(minute) and minute not in self.closed}
            at_work = {minute for minute in is_open if self._works(person, minute)}
            self._known[person, low, high] = is_open, at_work
        return self._known[person, low, high]

    def _works(self, person: int, minute: int) -> bool:
        return self.people[person].cover(minute) and not self.breaks[person].cover(minute)

    def on_grid(self, minute: int) -> bool:
        local = instant(minute).astimezone(ZoneInfo(self.place.zone))
        return (local.hour * 60 + local.minute) % self.grid == 0

    def _fits(self, person: int, start: int, is_open: set[int], at_work: set[int]) -> bool:
        whole, own = self.visit.whole(start), self.visit.of_person(start)
        if self.visit.beyond_hours:
            inside = self.visit.without_buffers(start)
            hours_hold = inside <= is_open and own & inside <= at_work
        else:
            hours_hold = whole <= is_open and own <= at_work
        return hours_hold and not own & self.busy[person].keys() and self._rooms_for(whole, self.needs, ())

    def _rooms_for(self, whole: set[int], needs: Sequence[Sequence[int]], taken: tuple[Unit, ...]) -> bool:
        if not needs:
            return True
        units = ((room, unit) for room in needs[0] for unit in range(self.rooms[room]))
        return any(
            unit not in taken
            and not whole & self.used[unit].keys()
            and self._rooms_for(whole, needs[1:], (*taken, unit))
            for unit in units
        )

    def take(self, person: int, start: int, units: Iterable[Unit]) -> None:
        self.busy[person] += Counter(self.visit.of_person(start))
        for unit in units:
            self.used[unit] += Counter(self.visit.whole(start))

    def give_back(self, person: int, start: int, units: Iterable[Unit]) -> None:
        self.busy[person] -= Counter(self.visit.of_person(start))
        for unit in units:
            self.used[unit] -= Counter(self.visit.whole(start))

"""What is known of the time of people and things: windows of it and what is spoken for; pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from scheduler_core.availability import bits
from scheduler_core.availability.slots import MINUTES_PER_DAY, Interval, merge


@dataclass(frozen=True, slots=True)
class Window:
    """``days`` whole days from ``base``, a minute since 1970 that begins a day in UTC."""

    base: int
    days: int

    @classmethod
    def around(cls, low: int, high: int) -> "Window":
        """The window that holds [low, high) with a day on either side, so that no hours are cut where it matters."""
        first = low // MINUTES_PER_DAY - 1
        return cls(first * MINUTES_PER_DAY, high // MINUTES_PER_DAY + 2 - first)

    @property
    def end(self) -> int:
        return self.base + self.days * MINUTES_PER_DAY

    def holds(self, low: int, high: int) -> bool:
        return self.base <= low and high <= self.end

    def span(self, low: int, high: int) -> int:
        """The minutes of [low, high) that lie in the window."""
        return bits.span(max(low, self.base) - self.base, min(high, self.end) - self.base)

    def bits(self, intervals: Iterable[Interval]) -> int:
        return bits.of(intervals, self.base, self.days)


@dataclass(frozen=True, slots=True)
class Late:
    """[start, end) of a unit that a delay takes up; ``visit``: whose, 0 when it is nobody's alone."""

    unit: int
    start: int
    end: int
    visit: int


@dataclass(frozen=True)
class Spoken:
    """What is spoken for of one resource: [start, end) reservations by unit, and blocks of the whole of it.

    There may be more units in use than its present ``capacity``. ``late`` comes on top of what is reserved.
    ``fitting`` remembers where a requirement fits, for as long as these hold.
    """

    units: tuple[tuple[Interval, ...], ...]
    capacity: int = 1
    blocks: tuple[Interval, ...] = ()
    late: tuple[Late, ...] = ()
    fitting: dict[object, tuple[int, ...]] = field(default_factory=dict, compare=False)
    busy: dict[Window, tuple[int, ...]] = field(default_factory=dict, compare=False)

    def taken(self, window: Window) -> tuple[int, ...]:
        """The minutes of ``window`` that are not free, by unit."""
        if window not in self.busy:
            blocked = window.bits(merge(self.blocks))
            self.busy[window] = tuple(
                window.bits(taken) | blocked | self._delayed(unit, window)
                for unit, taken in enumerate(self._within_capacity())
            )
        return self.busy[window]

    def _delayed(self, unit: int, window: Window) -> int:
        if not self.late:
            return 0
        return window.bits(merge((each.start, each.end) for each in self.late if each.unit == unit))

    def _within_capacity(self) -> list[tuple[Interval, ...]]:
        """What is on units that a resource no longer has counts against those it has left."""
        kept = list(self.units[: self.capacity])
        for start, end in sorted(each for unit in self.units[self.capacity :] for each in unit):
            free = (n for n, taken in enumerate(kept) if all(e <= start or s >= end for s, e in taken))
            unit = next(free, 0)
            kept[unit] = tuple(merge([*kept[unit], (start, end)]))
        return kept


@dataclass(frozen=True, slots=True)
class Spot:
    """A bookable visit: its minutes, a place, and the person who begins; ``class_id``: a class that meets then."""

    start: int
    end: int
    staff_id: int
    location_id: int
    class_id: int | None = None


@dataclass
class SpokenFor:
    """The answer. ``sessions`` have the seats left beside them; times are minutes since 1970.

    ``own``: the asker's reservations by resource and unit, ``own_visit`` the visit that they move.

    ``visits``: (start, end, is it the customer's own) of the customer, ``upcoming``: how many they have to come;
    ``days``: (start, service) of all visits. ``until``: when the first hold among a resource's rows runs out.
    """

    resources: dict[int, Spoken] = field(default_factory=dict)
    until: dict[int, int] = field(default_factory=dict)
    own: dict[tuple[int, int], set[Interval]] = field(default_factory=lambda: defaultdict(set))
    own_visit: int | None = None
    sessions: list[tuple[Spot, int]] = field(default_factory=list)
    visits: list[tuple[int, int, bool]] = field(default_factory=list)
    upcoming: int = 0
    days: list[tuple[int, int]] = field(default_factory=list)

    def without_own(self, resource_id: int, spoken: Spoken) -> Spoken:
        """The same without the asker's own time."""
        own = [self.own.get((resource_id, unit), set()) for unit in range(len(spoken.units))]
        late = tuple(each for each in spoken.late if each.visit != self.own_visit)
        if not any(own) and late == spoken.late:
            return spoken
        units = tuple(
            tuple(each for each in unit if each not in mine)
            for unit, mine in zip(spoken.units, own, strict=True)
        )
        return Spoken(units, spoken.capacity, spoken.blocks, late)

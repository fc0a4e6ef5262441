"""What a customer said about time, as data that survives JSON: a draft carries it from turn to turn."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time
from typing import Any

Window = tuple[time, time]
Opening = dict[int, list[Window]]
"""Weekday (0 = Monday) to opening windows in local time. Empty: not known."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the conversation knows that the words do not say."""

    opening: Opening = field(default_factory=dict)
    """Decides bare hours: 3 is 15:00 where 03:00 is closed."""
    asked: str | None = None
    """The question that is open ("time", "reading", "slot", "service" …): a bare "3" is a time only after "time"."""
    anchor: datetime | None = None
    """Start of the existing appointment (aware): what "an hour later" and "same time" are relative to."""
    customer_zone: str | None = None
    """IANA name of the zone that "4 pm my time" is meant in."""

    @property
    def awaits_time(self) -> bool:
        return self.asked in ("time", "reading")


@dataclass(frozen=True, slots=True)
class Wish:
    """Days and a daily window, both half-open, in the business's local time."""

    date_from: date | None = None
    date_to: date | None = None
    """Exclusive. With `date_from` alone the wish runs on without end; both `None`: no day was said."""
    time_from: time | None = None
    time_to: time | None = None
    """Exclusive. `None`: until the end of the day."""
    exact: bool = False
    """`time_from` is the very minute that was asked for."""
    near: time | None = None
    """The time of "around 3"; the window is half an hour either side of it."""
    soft: bool = False
    """Would be nice ("ideally", "around"), not a must."""
    weekdays: tuple[int, ...] = ()
    """Only these days of the range (0 = Monday): "weekday mornings next week"."""
    daypart: str | None = None
    """Name of the window when it was said by name ("morning"), to echo it."""
    rolls: str | None = None
    """"week" for a bare weekday, "month" for a bare "the 3rd", "year" for "3 May": it may be read again in a
    period named in another turn ("in January" … "the 3rd"). "week_after", "week_before", "weekday_after" and
    "other" hang on the days spoken of before ("the week after", "the Thursday after", "the other Friday",
    "later that week": `BESIDE`)."""
    fold: int | None = None
    """Which of the two instants of a wall time that the end of summer time repeats; `None`: not said."""

    @property
    def has_day(self) -> bool:
        return self.date_from is not None or self.date_to is not None or bool(self.weekdays)

    @property
    def has_time(self) -> bool:
        return self.time_from is not None or self.time_to is not None

    @property
    def preferred(self) -> bool:
        """Said to be better than the others, and excluding none of them; "around 3" is a window of its own."""
        return self.soft and self.near is None

    def on_days_of(self, other: Wish) -> Wish:
        return replace(
            self, date_from=other.date_from, date_to=other.date_to, weekdays=other.weekdays, rolls=other.rolls
        )

    def at_time_of(self, other: Wish) -> Wish:
        return replace(
            self,
            time_from=other.time_from,
            time_to=other.time_to,
            exact=other.exact,
            near=other.near,
            soft=self.soft or other.soft,
            daypart=other.daypart,
            fold=other.fold,
        )


@dataclass(frozen=True, slots=True)
class Shift:
    """A move of an existing appointment along the wall clock: "an hour later", "a day earlier"."""

    days: int = 0
    minutes: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Every `every` days, weeks, months or years (`unit`), on these weekdays if any were said."""

    unit: str
    every: int = 1
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenReading:
    """Two bookable readings remain: ask. `options` in the order to offer them.

    Reasons: "hour" (9 in the morning or in the evening), "weekday" (this Friday or the next),
    "mismatch" (the date is not that weekday), "fold" (the clock shows that time twice).
    """

    reason: str
    options: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class TimeConstraint:
    """What was understood. Look at `open` and `refused` before searching: `wishes` holds the likelier reading
    of an open one, so that the next turn still knows the day."""

    wishes: tuple[Wish, ...] = ()
    """Alternatives, best first."""
    exclude: tuple[Wish, ...] = ()
    shift: Shift | None = None
    source: Wish | None = None
    """What is being moved or replaced: Thursday in "move Thursday's to Friday"."""
    duration_seconds: int | None = None
    recurrence: Recurrence | None = None
    order: str | None = None
    """"soonest" ("asap"), "latest" ("as late as possible"), or "earlier" / "later" than what was offered."""
    free: str | None = None
    """"time" ("any time"), "day" ("any day"), "both" ("whenever")."""
    widens: bool = False
    """The message adds to what was said before ("or Saturday")."""
    corrects: bool = False
    """The message takes something back ("no, Friday", "instead")."""
    allows: bool = False
    """The message says that its wish would do ("Friday is fine"): what had ruled it out no longer does."""
    picks: str | None = None
    """Which of the readings asked about: "all" ("either"), "earlier", "later", or figures: the place in the list, the
    day of the month or the hour. Only where "reading" was asked."""
    emptied: Wish | None = None
    """The earlier wish of which the newest message leaves nothing ("only mornings" … "after 5"); `wishes` has the new
    one. Not set where the message takes the earlier one back itself. Holds for this one message."""
    open: tuple[OpenReading, ...] = ()
    refused: str | None = None
    """"past" or "nonexistent" (30 February); only when nothing bookable was said beside it."""
    told_past: Wish | None = None
    """A time that is over. `refused` is "past" beside it when it was asked for ("last Tuesday at 3"), and is not
    when it was only told ("two weeks ago")."""
    elsewhere: Wish | None = None
    """A time that was said in the customer's own zone ("4 pm my time") while `Context.customer_zone` is not known:
    ask where they are. On their clocks; `wishes` holds the day alone.
    It stays until a time is said that needs no asking."""
    skipped: Wish | None = None
    """The wall time that is "nonexistent" because summer time skips it."""
    spans: tuple[tuple[int, int], ...] = ()
    """Character ranges of the text that were understood as time."""

    @property
    def empty(self) -> bool:
        """Nothing about time was understood that would be wished for; what was only told of the past is no wish."""
        return self == TimeConstraint(
            widens=self.widens,
            corrects=self.corrects,
            allows=self.allows,
            told_past=self.told_past if self.refused is None else None,
            spans=self.spans,
        )

    def to_json(self) -> dict[str, Any]:
        """JSON-ready, without the defaults."""
        packed: dict[str, Any] = _pack(self)
        return packed

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> TimeConstraint:
        unpacked: dict[str, Any] = dict(data)
        for name in ("wishes", "exclude"):
            unpacked[name] = tuple(_wish(item) for item in data.get(name, ()))
        for name in ("source", "told_past", "elsewhere", "skipped", "emptied"):
            if data.get(name) is not None:
                unpacked[name] = _wish(data[name])
        if data.get("shift") is not None:
            unpacked["shift"] = Shift(**data["shift"])
        if data.get("recurrence") is not None:
            unpacked["recurrence"] = Recurrence(**_tuples(data["recurrence"]))
        unpacked["open"] = tuple(
            OpenReading(item["reason"], tuple(_wish(option) for option in item["options"]))
            for item in data.get("open", ())
        )
        unpacked["spans"] = tuple((start, end) for start, end in data.get("spans", ()))
        return cls(**unpacked)


def _pack(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_pack(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        pairs = ((f, getattr(value, f.name)) for f in fields(value))
        return {f.name: _pack(item) for f, item in pairs if item != f.default}
    return value


def _wish(data: dict[str, Any]) -> Wish:
    unpacked = _tuples(data)
    for name in ("date_from", "date_to"):
        if unpacked.get(name):
            unpacked[name] = date.fromisoformat(unpacked[name])
    for name in ("time_from", "time_to", "near"):
        if unpacked.get(name):
            unpacked[name] = time.fromisoformat(unpacked[name])
    return Wish(**unpacked)


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(item) if isinstance(item, list) else item for key, item in data.items()}

"""What a business may say of itself, field by field: nothing here is longer or larger than a database holds."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Annotated, Any, Literal, Self, TypeVar
from zoneinfo import available_timezones

from babel.core import Locale, UnknownLocaleError
from babel.numbers import is_currency
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from scheduler_core.businesses.wall import DAY_MINUTES, minute_of, overlap_in_a_day, overlap_in_a_week
from scheduler_core.permissions.inputs import Id, Instant, Words

Value = TypeVar("Value")

_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2199, 12, 31)
_MINUTE = timedelta(minutes=1)


def _only_what_is_sent(schema: dict[str, Any]) -> None:
    for field in schema["properties"].values():
        field.pop("default", None)


class Asked(BaseModel):
    """What is sent to say something new; a field that nobody knows is a slip of the pen and refused."""

    model_config = ConfigDict(extra="forbid")


class Patch(BaseModel):
    """What is sent to change something: a field that is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_only_what_is_sent)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _known_zone(zone: str) -> str:
    if zone not in _zones():
        raise ValueError("a zone of the IANA database, please: Europe/London")
    return zone


def _known_locale(tag: str) -> str:
    """The tag as it is usually written, "en-GB"."""
    try:
        return str(Locale.parse(tag.replace("_", "-"), sep="-")).replace("_", "-")
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise ValueError("a language, with its region if it matters, please: en-GB") from error


def _known_currency(code: str) -> str:
    if not is_currency(code):
        raise ValueError("a currency code of ISO 4217, please: EUR")
    return code


def _within_reach(day: date) -> date:
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise ValueError("a date between 1990 and 2199, please")
    return day


def _each_once(values: list[Value]) -> list[Value]:
    return list(dict.fromkeys(values))


def _forward(window: tuple[str, str]) -> tuple[str, str]:
    start, end = (minute_of(clock) for clock in window)
    if start >= end or start >= DAY_MINUTES:
        raise ValueError("a window starts before midnight and ends after it starts")
    return window


def _apart(windows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    if overlap_in_a_day((minute_of(start), minute_of(end)) for start, end in windows):
        raise ValueError("windows may not overlap")
    return windows


def _week_apart(week: dict[str, list[tuple[str, str]]]) -> dict[str, list[tuple[str, str]]]:
    minutes = [(int(day), (minute_of(a), minute_of(b))) for day, windows in week.items() for a, b in windows]
    if overlap_in_a_week(minutes):
        raise ValueError("windows may not overlap, also from one day into the next")
    return week


def _whole_minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


def _next_whole_minute(instant: datetime) -> datetime:
    whole = _whole_minute(instant)
    return whole if whole == instant else whole + _MINUTE


Stripped = Annotated[Words, AfterValidator(str.strip)]
Name = Annotated[Stripped, Field(min_length=1, max_length=80)]
WebAddress = Annotated[Stripped, Field(pattern=r"^https?://[^\s<>\"]+$", max_length=500)]
Skill = Annotated[Stripped, Field(min_length=1, max_length=60)]
Reason = Annotated[Stripped, Field(max_length=200)]
Aliases = Annotated[list[Name], Field(max_length=50), AfterValidator(_each_once)]
Skills = Annotated[list[Skill], Field(max_length=50), AfterValidator(_each_once)]
Ids = Annotated[list[Id], Field(max_length=1000), AfterValidator(_each_once)]
Units = Annotated[int, Field(ge=1, le=1000)]

Zone = Annotated[Words, Field(max_length=60), AfterValidator(_known_zone)]
LocaleTag = Annotated[Words, Field(min_length=2, max_length=20), AfterValidator(_known_locale)]
Currency = Annotated[Words, Field(pattern="^[A-Z]{3}$"), AfterValidator(_known_currency)]

Day = Annotated[date, AfterValidator(_within_reach)]
Weekday = Annotated[int, Field(ge=0, le=6)]
Clock = Annotated[str, Field(pattern="^(([0-3][0-9]|4[0-7]):[0-5][0-9]|48:00)$")]
Window = Annotated[tuple[Clock, Clock], AfterValidator(_forward)]
DayWindows = Annotated[list[Window], Field(max_length=24), AfterValidator(_apart)]
WeekHours = Annotated[
    dict[Literal["0", "1", "2", "3", "4", "5", "6"], DayWindows], AfterValidator(_week_apart)
]


class Span(Asked):
    """[start, end), widened to whole minutes: nobody is booked into a part of one."""

    start: Annotated[Instant, AfterValidator(_whole_minute)]
    end: Annotated[Instant, AfterValidator(_next_whole_minute)]

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end <= self.start:
            raise ValueError("it ends after it starts")
        return self

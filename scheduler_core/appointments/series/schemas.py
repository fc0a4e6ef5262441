"""What HTTP sees of visits that recur."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from scheduler_core.appointments.schemas import AppointmentOut, BookIn, Note
from scheduler_core.appointments.series.rule import MOST
from scheduler_core.permissions.inputs import Instant, Words

Rule = Annotated[Words, Field(min_length=1, max_length=200)]


class SeriesIn(BookIn):
    """The first visit, and the ``rrule`` (RFC 5545) by which it recurs on the wall clock of its place.

    ``clash``: what to do where a visit cannot be – leave it out, move it within its day, or book nothing at all.
    ``expected_starts``: what was agreed to; if not exactly these can be booked, nothing is.
    """

    rrule: Rule
    clash: Literal["skip", "move", "abort"] = "abort"
    expected_starts: Annotated[list[Instant], Field(min_length=1, max_length=MOST)] | None = None


class ClashOut(BaseModel):
    """A time of the rule, as the wall there would show it, and why nothing is booked for it.

    ``code``: those of bookable times, slot_taken, or no_such_time where the clock skips it.
    """

    wall_start: str
    code: str
    facts: dict[str, Any]


class MovedOut(BaseModel):
    """A time of the rule, why it cannot be, and the start on the same day that was taken instead."""

    wall_start: str
    code: str
    to: AwareDatetime


class AmbiguousOut(BaseModel):
    """A time that the clock shows twice that day: the first of them, ``start``, was taken."""

    wall_start: str
    start: AwareDatetime


class SeriesBooked(BaseModel):
    """``moved`` visits are among the ``booked``. In a preview nothing has a number or a calendar address yet:

    ``series_id`` is ``null``, ids are 0.
    """

    series_id: int | None
    booked: list[AppointmentOut]
    skipped: list[ClashOut]
    moved: list[MovedOut]
    ambiguous: list[AmbiguousOut]


class SeriesOut(BaseModel):
    """``wall_start``: when the first visit was to be, on the clock of ``zone``; ``coming``: visits still ahead."""

    id: int
    customer_id: int
    rrule: str
    zone: str
    wall_start: str
    created_at: AwareDatetime
    visits: int
    coming: int


class SeriesFull(SeriesOut):
    appointments: list[AppointmentOut]


class SeriesCancelIn(BaseModel):
    """Visits that start at ``from`` or later; ``null``: all that are still ahead."""

    model_config = ConfigDict(validate_by_alias=True, validate_by_name=False, serialize_by_alias=True)

    since: Instant | None = Field(default=None, alias="from")
    reason: Note | None = None


class SeriesCancelled(BaseModel):
    cancelled: list[AppointmentOut]


class SeriesUndone(BaseModel):
    """``kept``: those that have been changed since the series was booked."""

    undone: list[AppointmentOut]
    kept: list[AppointmentOut]

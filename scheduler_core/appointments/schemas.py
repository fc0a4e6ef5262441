"""What HTTP sees of a visit."""

from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.schemas import Asked
from scheduler_core.permissions.inputs import Id, Instant, Version, Words

Note = Annotated[Words, Field(max_length=1000)]


class ItemOut(BaseModel):
    """One service of a visit."""

    service_id: int
    service_name: str
    staff_id: int
    staff_name: str
    start: AwareDatetime
    end: AwareDatetime
    price_minor: int


class FlagOut(BaseModel):
    """What a person should look at: outside_hours, closed, person_away, resource_blocked or late_start."""

    kind: str
    facts: dict[str, Any]
    raised_at: AwareDatetime


class AskedOut(BaseModel):
    """When the customer was last asked whether they come, and what they said: keep (they come), move or drop."""

    at: AwareDatetime
    answer: str | None
    answered_at: AwareDatetime | None


class AppointmentOut(BaseModel):
    """``late_fee_minor`` is what cancelling after ``free_cancel_until`` costs; the calendar's url needs no key.

    Service and person are those of the first item. ``undo_until``: how long the last step can be taken back.
    ``asked``: since the visit is as it is.
    """

    id: int
    version: int
    status: str
    customer_id: int
    service_id: int
    service_name: str
    staff_id: int
    staff_name: str
    location_id: int
    location_name: str
    location_address: str
    zone: str
    start: AwareDatetime
    end: AwareDatetime
    price_minor: int
    currency: str
    calendar_url: str
    free_cancel_until: AwareDatetime
    late_fee_minor: int
    reschedules: int
    reschedules_left: int | None
    items: list[ItemOut]
    note: str | None
    attendee: str | None
    series_id: int | None
    class_id: int | None
    arrived_at: AwareDatetime | None
    started_at: AwareDatetime | None
    finished_at: AwareDatetime | None
    flags: list[FlagOut]
    undo_until: AwareDatetime | None
    asked: AskedOut | None


class BookIn(Asked):
    """``hold_id`` of a hold that has run out, or is another's, does no harm: the slot is booked when it is free.

    ``attendee``: who comes, when it is not the customer. ``override``: set notice, horizon, limits and approval aside.
    """

    customer_id: Id
    start: Instant
    hold_id: Id | None = None
    note: Note | None = None
    attendee: Annotated[Words, Field(min_length=1, max_length=120)] | None = None
    override: bool = False

    def to_book(self, business_id: int, own_hold_id: int | None = None) -> Enquiry:
        return self.question(
            business_id,
            own_hold_id=own_hold_id,
            for_another=self.for_another or self.attendee is not None,
            override=self.override,
        )


class TogetherIn(BaseModel):
    """Visits of people who come together, all booked by one customer; a hold is named with the first."""

    visits: Annotated[list[BookIn], Field(min_length=2, max_length=6)]

    @model_validator(mode="after")
    def _one_customer(self) -> Self:
        if len({each.customer_id for each in self.visits}) > 1:
            raise ValueError("one customer books them all")
        return self


class TogetherOut(BaseModel):
    booked: list[AppointmentOut]


class RescheduleIn(BaseModel):
    """Without a person or a location they stay as they are."""

    expected_version: Version
    start: Instant
    staff_id: Id | None = None
    location_id: Id | None = None
    hold_id: Id | None = None
    override: bool = False


class CancelIn(BaseModel):
    expected_version: Version
    reason: Note | None = None


class NoteIn(BaseModel):
    """The whole note; ``null`` takes it away."""

    note: Note | None


class DecideIn(BaseModel):
    """A request may have been moved since somebody looked at it; so may have what is to be undone."""

    expected_version: int


class ProposeIn(BaseModel):
    """Another time for a visit, with the same person unless another is named."""

    expected_version: Version
    start: Instant
    staff_id: Id | None = None


class LateIn(BaseModel):
    """``minutes``: how late they said they will be, ``None`` if they did not; ``words``: what they wrote.

    ``appointment_id``: a visit to come that it is about; without it, the one of today.
    """

    customer_id: Id
    appointment_id: Id | None = None
    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    words: Note


class LateOut(BaseModel):
    """``appointment``: the visit it is about, which stays as it is; ``None`` when there is none."""

    appointment: AppointmentOut | None


class MayDropIn(BaseModel):
    """``words``: what they wrote, which may have meant a visit."""

    customer_id: Id
    words: Note


class MayDropOut(BaseModel):
    appointment_ids: list[int]


class StepIn(BaseModel):
    """``expected_version`` may be left out: the visit's state says whether the step can be taken."""

    expected_version: int | None = None


class ExtendIn(StepIn):
    """``minutes``: so much later than planned the visit will end."""

    minutes: Annotated[int, Field(ge=1, le=1440)]

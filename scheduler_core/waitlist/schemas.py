"""What HTTP sees of the waitlist."""

from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from scheduler_core.permissions.inputs import Id, Instant, Words

State = Literal["waiting", "booked", "left", "expired"]
OfferState = Literal["open", "accepted", "declined", "silent", "withdrawn", "unreached", "passed_over"]


#: Mornings and afternoons of the longest horizon.
MOST_RANGES = 2 * 731


class RangeIn(BaseModel):
    """The visit may start at ``start`` or later, and before ``end``."""

    start: Instant
    end: Instant

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.start >= self.end:
            raise ValueError("a range ends after it starts")
        return self


class WaitIn(BaseModel):
    """Without ``staff_id`` or ``location_id``: anybody, anywhere.

    ``earlier_appointment_id``: a visit of theirs to come that an earlier time would replace.
    """

    customer_id: Id
    service_id: Id
    staff_id: Id | None = None
    location_id: Id | None = None
    ranges: Annotated[list[RangeIn], Field(min_length=1, max_length=MOST_RANGES)]
    earlier_appointment_id: Id | None = None
    note: Annotated[Words, Field(max_length=1000)] | None = None


class RangeOut(BaseModel):
    start: AwareDatetime
    end: AwareDatetime


class EntryOut(BaseModel):
    """``ended_at``: when it was booked or left; of an expired one, when its last range had passed."""

    id: int
    customer_id: int
    service_id: int
    staff_id: int | None
    location_id: int | None
    earlier_appointment_id: int | None
    ranges: list[RangeOut]
    state: State
    note: str | None
    created_at: AwareDatetime
    ended_at: AwareDatetime | None


class LeftOut(EntryOut):
    """``already_ended``: it had been left, booked or expired before this was asked, and stays as it was."""

    already_ended: bool


class OfferOut(BaseModel):
    """A time that was offered to one who waits; ``until`` when it is kept for them while it is ``open``.

    ``unreached``: it did not arrive, or they want no messages any more. ``passed_over``: nothing was said, because of
    the ``reason``: no_conversation, opted_out, taken_over or reschedule_limit. ``appointment_id``: what came of a yes.
    """

    id: int
    entry_id: int
    customer_id: int
    staff_id: int | None
    location_id: int | None
    start: AwareDatetime
    end: AwareDatetime
    state: OfferState
    reason: str | None
    made_at: AwareDatetime
    said_at: AwareDatetime | None
    until: AwareDatetime | None
    ended_at: AwareDatetime | None
    appointment_id: int | None


class DeclineIn(BaseModel):
    """``leave``: wait no longer at all."""

    leave: bool = False

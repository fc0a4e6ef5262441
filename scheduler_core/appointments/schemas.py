"""What HTTP sees of a visit."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field

from scheduler_core.permissions.inputs import Id, Instant, Words


class AppointmentOut(BaseModel):
    """``late_fee_minor`` is what cancelling after ``free_cancel_until`` costs; its url needs no key."""

    id: int
    version: int
    status: str
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


class BookIn(BaseModel):
    """``hold_id`` of a hold that has run out does no harm: the slot is booked when it is still free."""

    customer_id: Id
    service_id: Id
    staff_id: Id
    location_id: Id
    start: Instant
    hold_id: Id | None = None
    note: Annotated[Words, Field(max_length=1000)] | None = None


class RescheduleIn(BaseModel):
    expected_version: int
    start: Instant
    staff_id: Id
    location_id: Id
    hold_id: Id | None = None


class CancelIn(BaseModel):
    expected_version: int
    reason: Annotated[Words, Field(max_length=1000)] | None = None

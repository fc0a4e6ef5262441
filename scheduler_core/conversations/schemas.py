"""What HTTP sees of a conversation: all that is needed to answer one turn, in one answer."""

from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field

from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.businesses.schemas import Addon, BookableService, BusinessOut, LocationOut, StaffOut
from scheduler_core.customers.schemas import Address, Channel
from scheduler_core.permissions.inputs import JsonObject, Version, Words


class OpenIn(BaseModel):
    channel: Channel
    address: Address
    display_name: Annotated[Words, Field(max_length=120)] | None = None


class CustomerContext(BaseModel):
    """The usual ones are what the person has had most often."""

    id: int
    name: str | None
    language: str | None
    usual_service_id: int | None
    usual_staff_id: int | None
    opted_out: bool


class ConversationOut(BaseModel):
    id: int
    channel: str
    address: str
    handed_over: bool


class DraftOut(BaseModel):
    version: int
    state: dict[str, Any]
    turn_id: str | None
    plan: dict[str, Any] | None


class ContextOut(BaseModel):
    now: AwareDatetime
    business: BusinessOut
    locations: list[LocationOut]
    services: list[BookableService]
    addons: list[Addon]
    staff: list[StaffOut]
    customer: CustomerContext
    appointments: list[AppointmentOut]
    conversation: ConversationOut
    draft: DraftOut


class DraftIn(BaseModel):
    """``plan``: the reply given in ``turn_id``, so that the same turn tried again is answered alike."""

    expected_version: Version
    state: JsonObject
    turn_id: Annotated[Words, Field(max_length=60)] | None = None
    plan: JsonObject | None = None


class VersionOut(BaseModel):
    version: int


class HandoffIn(BaseModel):
    reason: Annotated[Words, Field(max_length=1000)] = ""

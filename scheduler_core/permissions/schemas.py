"""What HTTP sees of keys, sessions, the chats of staff and the record of changes."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, model_validator

from scheduler_core.permissions.inputs import Address, Channel, Id, Words
from scheduler_core.permissions.roles import Role

#: Every role that can be given; the system's is the installation's own.
GivenRole = Literal[Role.OWNER, Role.MANAGER, Role.RECEPTIONIST, Role.STAFF, Role.CUSTOMER, Role.READ_ONLY]


class Holder(BaseModel):
    """In which role, and as whom: a customer is always a certain one, so is staff; others may be a staff member."""

    role: GivenRole
    staff_id: Id | None = None
    customer_id: Id | None = None

    @model_validator(mode="after")
    def _is_somebody(self) -> Self:
        if (self.role is Role.CUSTOMER) != (self.customer_id is not None):
            raise ValueError("customer_id belongs to the role customer, and the other way round")
        if self.role is Role.STAFF and self.staff_id is None:
            raise ValueError("the role staff needs a staff_id")
        if self.role is Role.CUSTOMER and self.staff_id is not None:
            raise ValueError("the role customer has no staff_id")
        return self


class KeyIn(Holder):
    """``label``: how the business tells its keys apart."""

    label: Annotated[Words, Field(min_length=1, max_length=80)]


class KeyOut(BaseModel):
    id: int
    label: str
    role: Role
    staff_id: int | None
    customer_id: int | None
    created_at: datetime
    revoked_at: datetime | None


class NewKeyOut(KeyOut):
    """``secret`` is shown this once and kept nowhere."""

    secret: str


class SessionIn(Holder):
    minutes: Annotated[int, Field(ge=1, le=720)] = 60


class SessionOut(BaseModel):
    """Send ``token`` as ``Authorization: Bearer``."""

    token: str
    expires_at: datetime


class AuditOut(BaseModel):
    """``actor``: the role and its key or person; ``caused_by``: the message that made them ask."""

    id: int
    at: datetime
    actor: str
    action: str
    subject_kind: str
    subject_id: int
    customer_id: int | None
    caused_by: str | None
    facts: dict[str, Any]


class ChatCodeIn(BaseModel):
    """``role``: in which they speak in the chat; up to that of whoever asks."""

    role: Literal[Role.OWNER, Role.MANAGER, Role.RECEPTIONIST, Role.STAFF] = Role.STAFF


class ChatCodeOut(BaseModel):
    """``code`` is shown this once; who says it in a chat before ``ends_at`` links that chat."""

    code: str
    ends_at: datetime


class ClaimIn(BaseModel):
    channel: Channel
    address: Address
    code: Annotated[Words, Field(min_length=8, max_length=8)]


class StaffChatOut(BaseModel):
    id: int
    staff_id: int
    role: Role
    channel: str
    address: str
    linked_at: datetime


class ClaimOut(BaseModel):
    """``unknown``: never made, used, or over; ``too_many``: that address has tried too often of late.

    ``language``: what the business's staff are spoken to in.
    """

    outcome: Literal["linked", "unknown", "too_many"]
    language: str


class SpeakerOut(StaffChatOut):
    """Who speaks in a chat, and when it is."""

    now: datetime

"""What HTTP sees of customers."""

from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from scheduler_core.permissions.inputs import Words

Channel = Annotated[Words, Field(min_length=1, max_length=20)]
Address = Annotated[Words, Field(min_length=1, max_length=160)]
Name = Annotated[Words, AfterValidator(str.strip), Field(min_length=1, max_length=120)]


class ContactPointIn(BaseModel):
    channel: Channel
    address: Address


class ContactPointOut(BaseModel):
    """``consent`` is the newest word about being written to there; ``None``: nothing was said."""

    id: int
    channel: str
    address: str
    consent: Literal["granted", "withdrawn"] | None = None
    consent_at: AwareDatetime | None = None


class CustomerOut(BaseModel):
    """``erased_at``: the person is forgotten; only the number of their visits is left."""

    id: int
    name: str | None
    created_at: AwareDatetime
    erased_at: AwareDatetime | None
    contact_points: list[ContactPointOut]


class CustomerDetail(CustomerOut):
    """``counts``: visits_upcoming, visits_past, visits_cancelled, visits_noshow, waiting, conversations."""

    counts: dict[str, int]


class CustomerIn(BaseModel):
    name: Name | None = None
    contact_points: Annotated[list[ContactPointIn], Field(max_length=20)] = []


class RenameIn(BaseModel):
    name: Name


class ConsentIn(BaseModel):
    """``evidence``: the words that granted or withdrew it."""

    channel: Channel
    address: Address
    granted: bool
    evidence: Annotated[Words, Field(max_length=1000)]


class ErasedOut(BaseModel):
    id: int
    erased_at: AwareDatetime

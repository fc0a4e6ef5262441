"""What HTTP sees of customers."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, model_validator

from scheduler_core.permissions.inputs import Address, Channel, Id, Words

Name = Annotated[Words, AfterValidator(str.strip), Field(min_length=1, max_length=120)]


Language = Annotated[Words, Field(pattern="^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$", max_length=35)]
"""What somebody writes in: "es", "pt-BR"."""


Purpose = Literal["service", "marketing"]
"""What somebody is written to for: their own visits and questions, or offers."""
Wish = Literal["granted", "withdrawn"]


class ContactPointIn(BaseModel):
    channel: Channel
    address: Address


class ContactPointOut(BaseModel):
    """``consent`` is the newest word about being written to there, ``offers`` about offers; ``None``: none was said."""

    id: int
    channel: str
    address: str
    consent: Wish | None = None
    consent_at: AwareDatetime | None = None
    offers: Wish | None = None


class CustomerOut(BaseModel):
    """``erased_at``: the person is forgotten; only the number of their visits is left."""

    id: int
    name: str | None
    language: str | None
    created_at: AwareDatetime
    erased_at: AwareDatetime | None
    contact_points: list[ContactPointOut]


class CustomerDetail(CustomerOut):
    """``counts``: visits_upcoming, visits_past, visits_cancelled, visits_noshow, waiting, conversations."""

    counts: dict[str, int]


class CustomerIn(BaseModel):
    name: Name | None = None
    language: Language | None = None
    contact_points: Annotated[list[ContactPointIn], Field(max_length=20)] = []


class CustomerChangeIn(BaseModel):
    """What is left out stays as it is; something must be said."""

    name: Name | None = None
    language: Language | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.name is None and self.language is None:
            raise ValueError("a name or a language, please")
        return self


class ConsentIn(BaseModel):
    """``evidence``: the words that granted or withdrew it; ``purpose``: ``None`` is everything."""

    channel: Channel
    address: Address
    granted: bool
    purpose: Purpose | None = None
    evidence: Annotated[Words, Field(max_length=1000)]


class PhoneIn(BaseModel):
    """A number that its holder has shown on a channel that knows it to be theirs; E.164, "+15551234567"."""

    phone: Annotated[Words, Field(pattern=r"^\+[1-9][0-9]{6,14}$")]


class SamePersonIn(BaseModel):
    customer_id: Id


class LinkIn(BaseModel):
    """Where the customer wants to go on."""

    channel: Channel


class LinkOut(BaseModel):
    """``url`` opens the chat; whoever opens it is this customer."""

    url: str
    ends_at: AwareDatetime


class LinkClaimIn(BaseModel):
    """The token that was said in a chat of this channel."""

    channel: Channel
    token: Annotated[Words, Field(pattern="^[A-Za-z0-9_-]{1,64}$")]


class LinkClaimOut(BaseModel):
    """``taken``: that chat has a life of its own. ``language``: what they write in, if that is known."""

    outcome: Literal["linked", "unknown", "taken"]
    language: str | None = None


class FarewellIn(ContactPointIn):
    text: Annotated[Words, Field(min_length=1, max_length=1000)]


class EraseIn(BaseModel):
    """``farewell``: the last that is said to them, at an address of theirs; of all messages it alone is kept."""

    farewell: FarewellIn | None = None


class ErasedOut(BaseModel):
    id: int
    erased_at: AwareDatetime

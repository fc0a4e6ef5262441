"""What HTTP sees of customers."""

from typing import Annotated

from pydantic import BaseModel, Field

from scheduler_core.permissions.inputs import Words

Channel = Annotated[Words, Field(min_length=1, max_length=20)]
Address = Annotated[Words, Field(min_length=1, max_length=160)]
Name = Annotated[Words, Field(min_length=1, max_length=120)]


class CustomerOut(BaseModel):
    id: int
    name: str | None


class RenameIn(BaseModel):
    name: Name


class ConsentIn(BaseModel):
    """``evidence``: the words that granted or withdrew it."""

    channel: Channel
    address: Address
    granted: bool
    evidence: Annotated[Words, Field(max_length=1000)]

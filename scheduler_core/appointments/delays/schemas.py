"""What HTTP hears of a delay of the team, and sees of what it does to the visits behind."""

from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from scheduler_core.businesses.schemas.fields import Asked
from scheduler_core.permissions.inputs import Instant

Outcome = Literal["told", "told_before", "fits", "here", "no_conversation", "opted_out", "taken_over"]


class DelayIn(Asked):
    """``minutes`` after what they are due for next, 0 on time again; or ``until`` when; one of the two."""

    minutes: Annotated[int, Field(ge=0, le=720)] | None = None
    until: Instant | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.minutes is None) == (self.until is None):
            raise ValueError("minutes or until, one of the two")
        return self


class DelayedOut(BaseModel):
    """A visit that waits or no longer does. ``fits``: it starts on time, or nearly; ``here``: they have arrived.

    The last three outcomes of ``Outcome``: they could not be told, and why.
    """

    appointment_id: int
    customer_id: int
    customer: str
    start: AwareDatetime
    expected: AwareDatetime
    outcome: Outcome


class DelayOut(BaseModel):
    """``until``: when they are expected, None when they are on time; ``visits``: the soonest first."""

    staff_id: int
    until: AwareDatetime | None
    visits: list[DelayedOut]

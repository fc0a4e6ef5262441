"""What HTTP hears and sees of a broadcast."""

from typing import Literal, Self

from pydantic import AwareDatetime, BaseModel, model_validator

from scheduler_core.businesses.schemas.fields import Span
from scheduler_core.permissions.inputs import Id

Because = Literal["ill", "away", "closed", "blocked"]
Answer = Literal["waiting", "open", "moved", "dropped", "person", "unreached", "needless", "restored"]


class BroadcastIn(Span):
    """Whose or what's time in [start, end) cannot be kept: of one person, place or thing, one of the three.

    Who is told that a person is ``ill`` is told just that; left out, they are away.
    """

    staff_id: Id | None = None
    location_id: Id | None = None
    resource_id: Id | None = None
    ill: bool = False

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        if [self.staff_id, self.location_id, self.resource_id].count(None) != 2:
            raise ValueError("a staff_id, a location_id or a resource_id, one of the three")
        return self

    @property
    def because(self) -> Because:
        if self.staff_id is not None:
            return "ill" if self.ill else "away"
        return "closed" if self.location_id is not None else "blocked"


class ReachedOut(BaseModel):
    """One of the visits. ``answer``: waiting (not told yet), open (told, no answer), moved, dropped, person (they want
    one), unreached (``because``), needless (the visit fits again, or was gone), restored (told that it takes place).
    """

    appointment_id: int
    customer_id: int
    customer: str
    start: AwareDatetime
    answer: Answer
    is_delivered: bool
    because: str | None


class BroadcastOut(BaseModel):
    """``progress``: how many visits by their answer, and ``delivered`` how many messages have arrived."""

    id: int
    staff_id: int | None
    location_id: int | None
    resource_id: int | None
    because: Because
    start: AwareDatetime
    end: AwareDatetime
    created_at: AwareDatetime
    is_over: bool
    progress: dict[str, int]
    visits: list[ReachedOut]

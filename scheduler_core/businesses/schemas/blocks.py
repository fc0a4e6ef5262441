"""What HTTP hears and sees of blocks: time of a person or a thing that cannot be booked."""

from typing import Literal, Self

from pydantic import AwareDatetime, BaseModel, model_validator

from scheduler_core.businesses.schemas.fields import Reason, Span
from scheduler_core.permissions.inputs import Id

Kind = Literal["time_off", "block"]


class BlockIn(Span):
    """Of a person (``staff_id``) or of a thing (``resource_id``), one of the two; only people have time off."""

    staff_id: Id | None = None
    resource_id: Id | None = None
    kind: Kind = "block"
    reason: Reason | None = None

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        if (self.staff_id is None) == (self.resource_id is None):
            raise ValueError("a staff_id or a resource_id, one of the two")
        return self


class BlockOut(BaseModel):
    """``staff_id``: the person, if it is one. Another person's ``reason`` is not shown to staff."""

    id: int
    resource_id: int
    staff_id: int | None
    kind: Kind
    start: AwareDatetime
    end: AwareDatetime
    reason: str | None

"""What HTTP hears and sees of feedback."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from scheduler_core.permissions.inputs import Id, Words

Kind = Literal["csat", "nps"]
State = Literal["open", "answered", "put_right", "not_put_right", "withdrawn"]
Next = Literal["review", "offers", "nps"]

_Said = Annotated[Words, Field(max_length=2000)]


class FeedbackIn(BaseModel):
    """A score, words, or both; without ``appointment_id`` of the last visit, if it was not long ago.

    ``notice_id``: what of ours this answers. ``staff_told``: the team has heard of it another way.
    """

    customer_id: Id
    appointment_id: Id | None = None
    kind: Kind = "csat"
    score: Annotated[int, Field(ge=0, le=10)] | None
    words: _Said | None = None
    notice_id: Id | None = None
    staff_told: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.score is None and not self.words:
            raise ValueError("a score, or words")
        if self.score is not None and self.kind == "csat" and not 1 <= self.score <= 5:
            raise ValueError("a score from 1 to 5")
        return self


class PutRightIn(BaseModel):
    """Whether it was put right, and what else they said of it."""

    put_right: bool
    words: _Said | None = None
    notice_id: Id | None = None


class FeedbackOut(BaseModel):
    """``score`` is 1 to 5 (csat), 0 to 10 (nps) or ``null`` of mere words; ``state`` and ``reply_by`` a complaint's."""

    id: int
    kind: Kind
    score: int | None
    scale: int
    words: str | None
    asked: bool
    given_at: AwareDatetime
    changed_at: AwareDatetime
    state: State | None
    reply_by: AwareDatetime | None
    customer_id: int
    customer_name: str | None
    appointment_id: int
    visit_at: AwareDatetime
    service_id: int
    service_name: str
    staff_id: int
    staff_name: str


class GivenOut(FeedbackOut):
    """``next``: what to say now: the way to where reviews are written, or what to ask. ``was``: the score before."""

    was: int | None
    next: Next | None
    review_url: str | None


class FigureOut(BaseModel):
    """``csat_percent``: the share of 4 and 5 among ``scores``; ``nps``: promoters less detractors, from -100 to 100.

    ``few``: so few answers that a single one moves the figure a lot. ``null``: there are none.
    """

    scores: int
    happy: int
    csat_percent: int | None
    average: float | None
    nps_answers: int
    nps: int | None
    few: bool


class PartOut(FigureOut):
    id: int
    name: str


class MonthOut(FigureOut):
    month: date


class SummaryOut(FigureOut):
    """``complaints_open``: those the team has still to reply to; ``by_month``: of the visit, where the business is."""

    complaints_open: int
    by_service: list[PartOut]
    by_staff: list[PartOut]
    by_month: list[MonthOut]

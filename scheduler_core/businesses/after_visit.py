"""The part of a business's rules that is about the time after a visit."""

from typing import Annotated

from pydantic import BaseModel, Field

_Days = Annotated[int, Field(ge=1, le=3660)]
_Percent = Annotated[int, Field(ge=0, le=100)]


class AfterVisitPolicy(BaseModel):
    """Elapsed hours and days, but for ``feedback_reply_hours``, which count while the place is open.

    ``feedback_of_unmarked``: who was never marked done, nor missing, is asked as well. ``feedback_low``: the highest of
    1 to 5 after which the team is told. ``unasked_feedback_days``: how old a visit may be that somebody speaks of
    unasked. ``review_every_days`` and ``nps_every_days``: how often one person is asked for that; ``None`` for reviews
    is once, for NPS never.
    """

    feedback_asks: bool = True
    feedback_after_hours: Annotated[int, Field(ge=0, le=72)] = 2
    feedback_of_unmarked: bool = True
    feedback_every_days: _Days = 30
    feedback_low: Annotated[int, Field(ge=1, le=4)] = 3
    feedback_reply_hours: Annotated[int, Field(ge=1, le=168)] = 4
    put_right_after_hours: Annotated[int, Field(ge=1, le=720)] = 48
    unasked_feedback_days: _Days = 14
    review_every_days: _Days | None = None
    nps_every_days: _Days | None = 180
    noshow_fee_percent: _Percent = 0

    def noshow_fee_minor(self, price_minor: int) -> int:
        """What a missed visit costs, in the currency's smallest unit."""
        return price_minor * self.noshow_fee_percent // 100

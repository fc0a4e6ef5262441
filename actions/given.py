"""What the core answers to an opinion, typed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Given(BaseModel):
    """What they think of a visit, as it is kept: `was` their score before, `state` and `reply_by` of a complaint.

    `next`: what may be said now, once.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: int
    appointment_id: int
    score: int | None
    was: int | None
    words: str | None
    state: str | None
    reply_by: datetime | None
    next: Literal["review", "offers", "nps"] | None
    review_url: str | None

"""The small words a turn is made of: who speaks, what was heard, what is asked of the core, what is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.core_types import Slot
from actions.draft import Draft, Option, Question, QuestionKind


@dataclass(frozen=True)
class Caller:
    channel: str
    address: str
    display_name: str | None


@dataclass(frozen=True)
class Heard:
    """One turn of the customer. `ranking` is the classifier's (intent, confidence), best first; `tap` a button's
    version and n, `of_notice` whose button it is when it is no draft's.

    `language`: what the sentence is written in, where it tells. `picture`: all that was sent, when that is no words.
    """

    turn_id: str
    text: str
    intent: str
    confidence: float = 1.0
    ranking: tuple[tuple[str, float], ...] = ()
    tap: tuple[int, int] | None = None
    of_notice: int | None = None
    language: str | None = None
    picture: str | None = None


@dataclass(frozen=True)
class Query:
    """A search: `wishes` are half-open UTC ranges for the start, in the customer's order; none = the soonest.

    `customer_id`: their other visits and their limits count. `also`: the further services of a visit that is moved.
    `together`: the wishes are one, said of many days. `not_with`: people not to be proposed. `order`: the "soonest" or
    the "latest" times of a wish, not some of all. `wall` stands in place of wishes for a wall time that its day skips
    or shows twice: the core knows what is near.
    """

    service_id: int
    staff_id: int | None
    location_id: int | None
    wishes: tuple[tuple[datetime, datetime], ...]
    customer_id: int | None = None
    also: tuple[int, ...] = ()
    for_another: bool = False
    wall: datetime | None = None
    conversation_id: int | None = None
    exclude_appointment_id: int | None = None
    shown: tuple[str, ...] = ()
    not_with: tuple[int, ...] = ()
    order: str | None = None
    together: bool = False
    limit: int = 3

    def visit_json(self) -> dict[str, Any]:
        """What the visit is and whose, which a search and a hold say alike."""
        return {
            "service_id": self.service_id,
            "also": list(self.also),
            "customer_id": self.customer_id,
            "for_another": self.for_another,
            "exclude_appointment_id": self.exclude_appointment_id,
        }

    def to_json(self) -> dict[str, Any]:
        ranges = [{"start": start.isoformat(), "end": end.isoformat()} for start, end in self.wishes]
        return {
            **self.visit_json(),
            "staff_id": self.staff_id,
            "location_id": self.location_id,
            "wishes": [{"wall": self.wall.isoformat()}] if self.wall else ranges,
            "conversation_id": self.conversation_id,
            "shown": list(self.shown),
            "not_with": list(self.not_with),
            "order": self.order,
            "together": self.together,
            "limit": self.limit,
        }


@dataclass(frozen=True)
class Wanted:
    """A visit as it was agreed to in the summary; `attendee`: who comes, when it is not the customer."""

    customer_id: int
    service_id: int
    also: tuple[int, ...]
    slot: Slot
    hold_id: int | None
    attendee: str | None = None
    note: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "customer_id": self.customer_id,
            "service_id": self.service_id,
            "also": list(self.also),
            "staff_id": self.slot.staff_id,
            "location_id": self.slot.location_id,
            "start": instant(self.slot.start),
            "hold_id": self.hold_id,
            "attendee": self.attendee,
            "note": self.note,
        }


def instant(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


@dataclass(frozen=True)
class Line:
    """One sentence to say: a key of domain.yml's responses and the facts it is filled with."""

    key: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Speak:
    """The end of a turn: what to say, and the question (with its options) that is open from now on."""

    draft: Draft
    lines: tuple[Line, ...]
    asks: QuestionKind | None = None
    options: tuple[Option, ...] = ()
    links: tuple[tuple[str, str], ...] = ()

    @property
    def as_asked(self) -> Draft:
        """The draft with the question that is open now."""
        asks = self.asks or ("next" if self.options else None)
        return self.draft.but(question=Question(kind=asks, options=self.options) if asks else None)

"""What this person is arranging right now.

The core keeps it by version; a button carries the version it was shown with, so a tap on yesterday's offer never books.
The *last question* is part of the draft: it is what gives "yes", "2" or "Friday" their meaning.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from actions.core_types import Slot

Goal = Literal["book", "move", "cancel", "wait", "earlier"]
WAITS = frozenset({"wait", "earlier"})
"""To wait for a time that is not free: for a visit, or for an earlier one in place of a visit there is."""

QuestionKind = Literal[
    "service",
    "time",
    "slot",
    "reading",
    "name",
    "confirm",
    "which_appointment",
    "change",
    "person",
    "waiting",
    "forget",
    "how_often",
    "how_many",
    "notice",
    "what_went_wrong",
    "nps",
    "offers",
    "next",
]
OptionKind = Literal[
    "service",
    "staff",
    "slot",
    "reading",
    "appointment",
    "yes",
    "no",
    "more",
    "change",
    "intent",
    "anyone",
    "other_time",
    "undo",
    "addon",
    "waiting",
    "forget",
    "language",
    "times",
    "people",
    "for_companion",
    "all",
    "notice",
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Option(_Part):
    """One thing a customer may choose; `value` is what the choice means, `label` what they see."""

    kind: OptionKind
    label: str
    value: Any = None

    def named(self, label: str) -> Option:
        return self.model_copy(update={"label": label})


class Question(_Part):
    kind: QuestionKind
    options: tuple[Option, ...] = ()


class Change(_Part):
    """A step written into the diary that can be taken back `until` then, while the visit has this `version`.

    `beside`: ids and versions of the visits that were booked or cancelled together with it; `series_id`: it is the
    first of a series, all of which was booked.
    """

    goal: Goal
    appointment_id: int
    version: int
    until: datetime
    beside: tuple[tuple[int, int], ...] = ()
    series_id: int | None = None


class Repeats(_Part):
    """A visit that recurs every so many units; `count`, `until` (its last day) or so many `days` end it, once said.

    `planned`: the starts that were summed up, which are booked or none.
    """

    unit: str
    every: int = 1
    weekdays: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None
    days: int | None = None
    planned: tuple[datetime, ...] = ()

    @property
    def has_end(self) -> bool:
        return (self.count, self.until, self.days) != (None, None, None)

    def but(self, **changes: Any) -> Repeats:
        return self.model_copy(update=changes)


class Companion(_Part):
    """Who comes along, as staff read it, `None` for the customer; what they have, if it is not what the first has.

    `either`: the services one of which is meant.
    """

    who: str | None = None
    service_id: int | None = None
    also: tuple[int, ...] = ()
    either: tuple[int, ...] = ()
    staff_id: int | None = None

    def but(self, **changes: Any) -> Companion:
        return self.model_copy(update=changes)


class Draft(_Part):
    """`when` is a TimeConstraint as JSON; `slot` the time picked; `shown` the starts offered, which "more" leaves
    out; `unsure_of`: the people one of whom is meant, `not_with`: those who are not wanted, `anyone`: whoever does it
    will do; `done`: the last step.

    `several`: visits to be cancelled together. `also`: further services of the same visit, in order; `either`: the
    services one of which is meant; `addons_shown`: add-ons were offered; `not_the_usual`: the usual visit was put
    forward in vain, `assumed`: the fields that it filled and nobody said. `attendee`: who comes, when it is not the
    customer; `party`: who comes along, each with a visit of their own, `crowd`: what those are of whom nobody has said
    how many come; `note`: what the staff should know, word for word. `notice`: the core told them something by itself,
    and this is what comes of it; `shelved`: the draft that was in the middle before, which comes back when that is
    settled.
    """

    goal: Goal | None = None
    service_id: int | None = None
    also: tuple[int, ...] = ()
    either: tuple[int, ...] = ()
    addons_shown: bool = False
    not_the_usual: bool = False
    assumed: tuple[str, ...] = ()
    staff_id: int | None = None
    anyone: bool = False
    not_with: tuple[int, ...] = ()
    unsure_of: tuple[int, ...] = ()
    location_id: int | None = None
    when: dict[str, Any] | None = None
    slot: Slot | None = None
    hold_id: int | None = None
    appointment_id: int | None = None
    several: tuple[int, ...] = ()
    question: Question | None = None
    attendee: str | None = None
    party: tuple[Companion, ...] = ()
    crowd: str | None = None
    note: str | None = None
    repeats: Repeats | None = None
    shown: tuple[str, ...] = ()
    done: Change | None = None
    notice: int | None = None
    shelved: dict[str, Any] | None = None
    strikes: int = 0

    def but(self, **changes: Any) -> Draft:
        return self.model_copy(update=changes)

    def without_slot(self) -> Draft:
        """The same wishes, no time picked yet. The hold stays until another replaces it or it runs out."""
        return self.but(slot=None, question=None, shown=())

    @property
    def service_ids(self) -> tuple[int, ...]:
        """All services of the visit, as far as they are known, the first one first."""
        return self.also if self.service_id is None else (self.service_id, *self.also)

    @property
    def visits(self) -> tuple[Draft, ...]:
        """This draft as one a visit: that of the first, then those of who comes along."""
        first = self.but(party=())
        return (first, *(first._for(each) for each in self.party))

    def _for(self, companion: Companion) -> Draft:
        own = self.but(attendee=companion.who, staff_id=companion.staff_id, hold_id=None)
        if companion.service_id is None:
            return own
        return own.but(service_id=companion.service_id, also=companion.also)

    @property
    def agreed(self) -> tuple[object, ...]:
        """What the summary said that a yes is a yes to."""
        return self.slot, self.service_ids, self.attendee, self.party, self.repeats

    def options_of(self, *kinds: OptionKind) -> list[Option]:
        return [each for each in self.question.options if each.kind in kinds] if self.question else []

"""What an intent's file answers: the draft as it now stands, what to say first, and how the turn goes on.

Intent files are pure; what has to happen outside (book, hand over, remember a name) they name as effects, and `turn`
carries them out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from actions.core_types import Appointment, Desk, Notice
from actions.draft import Change, Draft, Option
from actions.turn_types import Heard, Line
from actions.understand import Facts

_LONGEST_WORDS = 2000


@dataclass(frozen=True)
class Commit:
    """The customer said yes to the summary: book, move or cancel as the draft's goal says."""


@dataclass(frozen=True)
class Rename:
    name: str


@dataclass(frozen=True)
class HandOff:
    """`about`: who asks for a person twice, or complains twice, is told of once."""

    reason: str
    about: Literal["person", "complaint"] = "person"


@dataclass(frozen=True)
class Erase:
    """The customer said yes to being forgotten."""


@dataclass(frozen=True)
class OptOut:
    """No more messages on this channel, or none for one purpose; `evidence` is what the customer wrote."""

    evidence: str
    purpose: Literal["marketing"] | None = None


@dataclass(frozen=True)
class OptIn:
    """Messages on this channel are welcome again, or offers are; `evidence` is what the customer wrote."""

    evidence: str
    purpose: Literal["marketing"] | None = None


@dataclass(frozen=True)
class AddNote:
    """Tell the staff more about a visit that is booked: all of its note, word for word."""

    visit: Appointment
    note: str


@dataclass(frozen=True)
class Undo:
    """Take back the step that was just written into the diary."""

    change: Change


@dataclass(frozen=True)
class LeaveWaitlist:
    entry_id: int


@dataclass(frozen=True)
class AnswerNotice:
    """What the customer answered to a notice."""

    notice_id: int
    answer: Literal["keep", "move", "drop", "stay"]


@dataclass(frozen=True)
class AcceptProposal:
    """The customer takes the time that the house proposed in a notice."""

    notice: Notice


@dataclass(frozen=True)
class TakeOffer:
    """Yes to a time that is kept for them."""

    notice: Notice


@dataclass(frozen=True)
class DeclineOffer:
    """No to a time that is kept for them; `leaves`: and they wait no longer."""

    offer_id: int
    leaves: bool


@dataclass(frozen=True)
class Rate:
    """What they think of a visit: a score, words, or both; `staff_told`: the team hears of it another way.

    `complains`: whatever the score; `silent`: what is said to them is about something else.
    """

    visit: int | None
    score: int | None = None
    words: str | None = None
    kind: Literal["csat", "nps"] = "csat"
    notice: int | None = None
    staff_told: bool = False
    complains: bool = False
    silent: bool = False

    def to_json(self) -> dict[str, object]:
        return {
            "appointment_id": self.visit,
            "kind": self.kind,
            "score": self.score,
            "words": self.words and self.words[:_LONGEST_WORDS],
            "notice_id": self.notice,
            "staff_told": self.staff_told,
        }


@dataclass(frozen=True)
class SayPutRight:
    """Whether what was wrong with a visit has been put right, and what else they wrote of it."""

    visit: int
    put_right: bool
    words: str | None
    notice: int


@dataclass(frozen=True)
class TellLate:
    """The customer will be late, by so many minutes if they said so; `said` is what they wrote.

    `appointment_id`: the visit that was just spoken of; else the one of today.
    """

    minutes: int | None
    said: str
    appointment_id: int | None = None


@dataclass(frozen=True)
class Invite:
    """A link to each of these channels, of which the business may not have all; `named`: the customer has."""

    channels: tuple[str, ...]
    named: bool


Effect = (
    AcceptProposal
    | AddNote
    | AnswerNotice
    | Commit
    | DeclineOffer
    | Rename
    | HandOff
    | Invite
    | Erase
    | OptIn
    | OptOut
    | Rate
    | SayPutRight
    | Undo
    | LeaveWaitlist
    | TakeOffer
    | TellLate
)


@dataclass(frozen=True)
class Outcome:
    """`then`: go on arranging ("decide"), ask the open question once more ("again"), leave it open without a word
    ("keep"), or leave it at that ("say"). `beside` can be tapped under whatever is asked.
    """

    draft: Draft
    lines: tuple[Line, ...] = ()
    then: Literal["decide", "again", "keep", "say"] = "decide"
    options: tuple[Option, ...] = ()
    effects: tuple[Effect, ...] = ()
    beside: tuple[Option, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


Apply = Callable[[Draft, Facts, Heard, Desk], Outcome]

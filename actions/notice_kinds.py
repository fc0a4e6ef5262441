"""The kinds of notice a customer may reply to, and what a plain yes or no means under each: one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from actions.core_types import Notice, Slot

_ON_THEIR_MIND = timedelta(days=3)
_A_MONTH = timedelta(days=30)

Answer = Literal["keep", "move", "drop", "accept", "stay"]


@dataclass(frozen=True)
class Kind:
    """`again`: its question once more, None when it asked nothing; `offers`: the visit is gone, others were offered;
    `moves`: so they were, but it is still there to be moved.

    `before`: what "leave it as it was" means; `kept`: what is said to who comes. `over`: it is about a visit that has
    been, whose later changes do not matter. `answered_within`: so long afterwards a plain answer is one to it, if
    nothing else has been said since.
    A time kept for who waits is answered in `waitlist_offer`.
    """

    yes: Answer = "keep"
    no: Answer = "drop"
    before: Answer = "keep"
    again: str | None = None
    offers: bool = False
    moves: bool = False
    kept: str = "utter_see_you_then"
    over: bool = False
    answered_within: timedelta = _ON_THEIR_MIND


FEEDBACK, PUT_RIGHT, REBOOK, MISSED = "feedback", "put_right", "rebook", "visit_missed"

KINDS = {
    "reminder": Kind(again="utter_again_coming"),
    "reminder_many": Kind(again="utter_again_coming_many"),
    "visit_restored": Kind(again="utter_again_coming"),
    "visit_moved": Kind(no="move", before="move", again="utter_again_suits"),
    "visit_late": Kind(no="move", again="utter_again_late", kept="utter_thanks_for_waiting"),
    "visit_on_time": Kind(),
    "visit_proposed": Kind(yes="accept", no="stay", before="stay", again="utter_again_proposed"),
    "visit_confirmed": Kind(),
    "visit_unconfirmed": Kind(),
    "visit_must_move": Kind(offers=True, moves=True),
    "visit_declined": Kind(offers=True),
    "visit_cancelled": Kind(offers=True),
    "class_cancelled": Kind(offers=True),
    "waitlist_offer": Kind(again="utter_again_offer"),
    "waitlist_earlier": Kind(again="utter_again_earlier"),
    MISSED: Kind(offers=True),
    FEEDBACK: Kind(again="utter_again_feedback", over=True, answered_within=_A_MONTH),
    PUT_RIGHT: Kind(again="utter_again_put_right", over=True, answered_within=_A_MONTH),
    REBOOK: Kind(offers=True, over=True),
}


def proposed(notice: Notice) -> Slot | None:
    """The time that the house proposes instead of the visit's."""
    return next((each.slot for each in notice.choices if each.answer == "accept"), None)


def is_stale(notice: Notice) -> bool:
    """Whether what it spoke of is no longer so."""
    return not KINDS[notice.kind].over and notice.is_stale


def is_on_their_mind(notice: Notice, now: datetime) -> bool:
    """So short a time ago that whatever is said may be about it."""
    return now < max(notice.said_at + _ON_THEIR_MIND, _begins(notice))


def may_be_answered(notice: Notice, now: datetime) -> bool:
    return now < max(notice.said_at + KINDS[notice.kind].answered_within, _begins(notice))


def _begins(notice: Notice) -> datetime:
    return notice.offer.slot.start if notice.offer else notice.visit.start

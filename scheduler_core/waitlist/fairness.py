"""Whom to ask first for a time that has become free; pure.

First those whose wish it meets best: who named the person or the place waits for little else. Of these, who has no
visit yet comes before who would only come earlier, and then who has waited longest comes first. Asking again, or
naming more times, changes nobody's place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """``named``: how many of person and place the wish names; ``has_visit``: theirs would only be earlier."""

    entry_id: int
    named: int
    has_visit: bool
    since: datetime


def in_order(waiting: Iterable[Standing]) -> list[int]:
    """The ids of the entries, whom to ask first at the front."""
    return [each.entry_id for each in sorted(waiting, key=_place)]


def _place(standing: Standing) -> tuple[int, bool, datetime, int]:
    return -standing.named, standing.has_visit, standing.since, standing.entry_id

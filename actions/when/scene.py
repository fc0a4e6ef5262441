"""What the grammar may know beside the words: the present, the place, the conversation, and how its language writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from actions.when.constraint import Context


@dataclass(frozen=True, slots=True)
class Scene:
    """What rules may know beside the words."""

    now: datetime
    """Wall time at the business, naive."""
    zone: str
    day_first: bool
    context: Context
    dotted_dates: bool = False
    """ "9.10" is the 9th of October before it is a clock."""
    marked_hours: bool = False
    """Hours are never told by a bare number in this language: "mardi 15" is a date."""
    greets: frozenset[str] = frozenset()
    """Parts of the day that greet when they begin a message; where the table names none, all of them."""
    parts: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)
    """Parts of weeks, months and years where the language has its own (see `Day.window`)."""

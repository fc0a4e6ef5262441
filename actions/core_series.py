"""What the core answers about visits that recur."""

from __future__ import annotations

from datetime import datetime

from actions.core_types import Answer, Appointment


class Clash(Answer):
    """A time of a rule, on the wall clock, and why it cannot be; `to`: what is taken on that day instead."""

    wall_start: str
    code: str


class Moved(Clash):
    to: datetime


class Planned(Answer):
    """What becomes of visits that recur: `booked` in order, those that were `moved` among them."""

    booked: list[Appointment]
    skipped: tuple[Clash, ...] = ()
    moved: tuple[Moved, ...] = ()


class SeriesUndone(Answer):
    """`kept`: those that have been changed since the series was booked."""

    undone: list[Appointment]
    kept: tuple[Appointment, ...] = ()

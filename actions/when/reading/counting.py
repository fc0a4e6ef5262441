"""Days that a message counts from a day it has spoken of: "the day before", "two weeks after", "the one after"."""

from __future__ import annotations

from dataclasses import replace

from actions.when.constraint import Shift
from actions.when.nodes import Day, Node
from actions.when.reading.clauses import POSITIVE, TOLD
from actions.when.reading.modes import Modes


class Counting(Modes):
    def next_day(self, node: Node) -> None:
        if self.current.has_day:
            self._counted_from()
        self.current.next_day = node.value or 1
        self.words = 0
        self.current.link = self.current.link or self.link
        self._understood(node)

    def aside(self, node: Node) -> None:
        """ "The wedding is on the 26th, a trial two weeks before"; without a day, before the visit."""
        day = self.current.day
        if day and not day.is_wide and not node.value.minutes:
            self._counted_from()
            self.current.day = Day(base=day, plus=node.value)
        else:
            self.heard.shift = node.value
        self._understood(node)

    def seen_from_there(self, day: Day) -> Day:
        """ "Cancel Saturday, the Saturday after?", "move the 24th to the following week": as said in one message."""
        week = {"after": 1, "before": -1}.get(day.which or "")
        if (
            week is None
            or day.base
            or day not in (Day(weekday=day.weekday, which=day.which), Day(week=day.week, which=day.which))
        ):
            return day
        spoken = self._day_spoken_of()
        if spoken is None:
            return day
        return replace(day, base=spoken) if day.week is None else Day(base=spoken, week=week)

    def one_after(self, node: Node) -> None:
        """ "Not this Tuesday, the one after"."""
        day = self._day_spoken_of()
        if day and day.weekday is not None:
            self.current.day = Day(base=day, plus=Shift(days=7))
            self._understood(node)

    def _day_spoken_of(self) -> Day | None:
        clauses = [clause for clause in (*self.heard.clauses, self.current) if clause.day]
        day = clauses[-1].day if clauses else None
        if day is None or day.is_wide:
            return None
        self._told_if_alone()
        if self.current.day:
            self.turn(POSITIVE)
        return day

    def _counted_from(self) -> None:
        """Another day, counted from the one before, which is a wish of its own only beside "or"."""
        self._told_if_alone()
        self.afresh = False
        self._next_clause()

    def _told_if_alone(self) -> None:
        alone = self.link is None or (self.link == "comma" and self.words > 0)
        if alone and self.current.day and self.current.mode == POSITIVE:
            self.current.mode = TOLD

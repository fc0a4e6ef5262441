"""Nodes in a row to clauses: which day goes with which time, what is an alternative, ruled out or moved.

"Or" begins another clause, and so does a second day or a second time; every kind of node has its step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions.when.nodes import Day, Node
from actions.when.reading.clauses import (
    EXCEPT,
    NOT,
    POSITIVE,
    SOURCE,
    Heard,
    any_such_day,
    between,
    lend,
    merged,
    on_its_weekday,
)
from actions.when.reading.windows import Windows

_FACTS = {"shift": "shift", "duration": "duration", "anytime": "free", "zone": "zone"}


class _Reader(Windows):
    def day(self, node: Node) -> None:
        joins = self.words == 0 and self.link in ("and", "or", "comma")
        self._arrive()
        bounds = self.bounding and not node.value.bound and not node.value.last_day
        limit = "before" if self.bounding == "before" else "from"
        self._put_day(replace(node.value, bound=limit) if bounds else self.seen_from_there(node.value))
        self.current.joined = joins and len(self.heard.clauses) > 0
        self._understood(node)

    def _put_day(self, day: Day) -> None:
        if self.link and self.mode in (NOT, EXCEPT) and not any(c.has_day for c in self._ruled_out()):
            self.turn(POSITIVE)  # "tomorrow except between 12 and 2, or Friday"
        clause = self.current
        if self._in_a_row(day):
            self.link = "comma"
        if clause.next_day and not (clause.day or self.apart or day.is_wide) and self.link in (None, "comma"):
            clause.next_day = 0  # "the day before, Friday the 13th"
        if (clause.day or clause.next_day) and not self._refines(day):
            clause = self._next_clause()
            clause.day = None
        clause.soft = clause.soft or self.preferring
        clause.named_again = clause.day == day and not (clause.has_time or self.afresh)
        if clause.day is None or self.afresh:
            clause.day = day
            clause.time_first = clause.span is not None or clause.part is not None
        self.afresh = False
        self.link = None

    def _in_a_row(self, day: Day) -> bool:
        """ "Mon Tue or Thu"."""
        clause = self.current
        plain = self.mode == POSITIVE and not (self.link or self.apart or self.afresh or clause.has_time)
        bare = clause.day is not None and clause.day.is_bare_weekday and day.is_bare_weekday
        return plain and bare and clause.day != day

    def _refines(self, day: Day) -> bool:
        clause = self.current
        if self.afresh:
            clause.within = None
            return True
        if clause.day and self.link not in ("or", "else") and (both := between(clause.day, day)):
            clause.day = both
            return True
        if clause.day is None or self.link in ("or", "and", "else"):
            return False
        joint = merged(clause.day, day) or merged(day, clause.day)
        if joint is None and (self.apart > 1 or not clause.day.is_bare_weekday):
            joint = any_such_day(day, clause.day) or any_such_day(clause.day, day)
        if joint and not (clause.day.start and self.apart > 1):
            clause.day = joint
        elif self.apart > 1:
            return clause.day == day
        elif self._narrows(day):
            clause.within, clause.day = clause.day, day
        elif self.link is None and day.is_wide and not clause.day.is_wide and clause.within is None:
            clause.within = day
        else:
            return clause.day == day
        return True

    def ruled_out(self, node: Node) -> None:
        """ "No Thursdays"."""
        self.turn(NOT)
        if isinstance(node.value, Day):
            self.current.day = node.value
        else:
            self.current.part = node.value
        self.turn(POSITIVE)
        self._understood(node)

    def day_and_span(self, node: Node) -> None:
        day, span = node.value
        self._arrive()
        self._put_day(day)
        self.apart = 0
        self._put_span(span)
        self._understood(node)

    def stretch(self, node: Node) -> None:
        """ "By Friday noon": the days, without what lies outside on the first and last of them."""
        self._arrive()
        self._put_day(node.value.days)
        mode = self.mode
        for day, span in node.value.outside if mode == POSITIVE else ():
            self.turn(EXCEPT)
            self.current.day, self.current.span = day, span
        self.turn(mode)
        self.link = None
        self._understood(node)

    def moment(self, node: Node) -> None:
        if self.current.has_time or self.current.moment:
            self._next_clause()
        self.current.moment = node.value
        self._understood(node)

    def same_time(self, node: Node) -> None:
        if self.held is self.current and not self.current.empty and self.words:
            self.current.mode = SOURCE  # "I'm down for 9 on the 23rd, would the same time on the 30th do"
            self.turn(POSITIVE)
        self.current.same_time = True
        self._understood(node)

    def same_day(self, node: Node) -> None:
        if not self.current.has_day:
            self.current.same_day = True
        self._understood(node)

    def recurrence(self, node: Node) -> None:
        self.heard.recurrence = node.value
        if node.value.weekdays:
            self._put_day(Day(weekdays=node.value.weekdays))
        self._understood(node)

    def order(self, node: Node) -> None:
        if self.mode == NOT and self.current.empty:
            self.turn(POSITIVE)
            return
        if node.value == "now" and any(clause.has_day for clause in (*self.heard.clauses, self.current)):
            return  # "I can only make the 25th now"
        self.heard.order = node.kind if node.value in ("", "now") else node.value
        self._understood(node)

    def zone(self, node: Node) -> None:
        """Apart from its clock: "3pm on Friday, London time", "I'm on Pacific time"; "est" has to follow a time."""
        if " " in node.text or (self.heard.spans and not self.words):
            self.fact(node)

    def fact(self, node: Node) -> None:
        setattr(self.heard, _FACTS[node.kind], node.value)
        self.heard.widens = self.heard.widens or (node.kind == "shift" and self.link in ("or", "else"))
        self._understood(node)


_STEPS: dict[str, Callable[[_Reader, Node], None]] = {
    "or": _Reader.connect,
    "either": _Reader.either,
    "and": _Reader.connect,
    "comma": _Reader.connect,
    "else": _Reader.connect,
    "not": _Reader.set_apart,
    "except": _Reader.set_apart,
    "instead_of": _Reader.replace_by,
    "stop": _Reader.end_of_sentence,
    "but": _Reader.end_of_sentence,
    "bad": _Reader.unsuitable,
    "deny": _Reader.correct,
    "instead": _Reader.correct_behind,
    "origin": _Reader.set_apart,
    "target": _Reader.move_to,
    "remake": _Reader.remake,
    "so": _Reader.conclude,
    "held": _Reader.hold,
    "book": _Reader.book,
    "make_it": _Reader.book,
    "after_that": _Reader.from_there,
    "word": _Reader.word,
    "indifferent": _Reader.word,
    "one_after": _Reader.one_after,
    "fits": _Reader.word,
    "too": _Reader.word,
    "both": _Reader.word,
    "prefer": _Reader.prefer,
    "better": _Reader.better,
    "allows": _Reader.allow,
    "widens": _Reader.widen,
    "picks": _Reader.pick,
    "ruled_out": _Reader.ruled_out,
    "few": _Reader.word,
    "day": _Reader.day,
    "span": _Reader.span,
    "dayspan": _Reader.day_and_span,
    "stretch": _Reader.stretch,
    "moment": _Reader.moment,
    "same_time": _Reader.same_time,
    "same_day": _Reader.same_day,
    "next_day": _Reader.next_day,
    "aside": _Reader.aside,
    "whenever": _Reader.whenever,
    "shift": _Reader.fact,
    "duration": _Reader.fact,
    "recurrence": _Reader.recurrence,
    "soonest": _Reader.order,
    "latest": _Reader.order,
    "later": _Reader.order,
    "anytime": _Reader.fact,
    "zone": _Reader.zone,
}


def read(nodes: list[Node]) -> Heard:
    reader = _Reader()
    for node in nodes:
        step = _STEPS.get(node.kind)
        if step:
            step(reader, node)
    reader.close()
    for clause in reader.heard.clauses:
        clause.zone = reader.heard.zone
    lend(reader.heard.clauses)
    on_its_weekday(reader.heard)
    return reader.heard

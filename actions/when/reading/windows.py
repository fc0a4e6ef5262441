"""Where a window of the day goes: to the day before it, to another wish, or to what is ruled out."""

from __future__ import annotations

from dataclasses import replace

from actions.when.nodes import Node, Span
from actions.when.reading.clauses import EXCEPT, NOT, Clause, meet
from actions.when.reading.counting import Counting


class Windows(Counting):
    def span(self, node: Node) -> None:
        self._arrive()
        self._put_span(node.value)
        self._understood(node)

    def _put_span(self, span: Span) -> None:
        clause = self.current
        if self.bounding and span.exact:
            span = Span(start=span.start) if self.bounding == "after" else Span(end=span.start)
        self.bounding = None
        if clause.day and clause.day.is_told and self.apart > 1:
            clause = self._next_clause()  # "I came two weeks ago and would like a time at 3"
        if clause.mode in (NOT, EXCEPT) and clause.empty and span.is_bound:
            span = replace(span, start=span.end, end=span.start)  # "not before 11": from 11 on
            clause = self._resumed()
        elif self._ends_what_is_ruled_out(clause, span):
            clause = self._resumed()
        if self.afresh:
            clause.span = clause.part = None
            self.afresh = False
        clause = self._with_window(clause, span)
        clause.soft = clause.soft or self.preferring
        clause.soft_time = self.preferring and self.preferred_of is clause
        self.link = None

    def _ends_what_is_ruled_out(self, clause: Clause, span: Span) -> bool:
        day = clause.day if clause.mode == EXCEPT and span.is_bound and not clause.has_time else None
        if day and not day.is_told and self.link is None and self._lists_days():
            return True  # "any weekday bar Monday after 5:30"
        beside = (*self.heard.clauses[-1:], clause)
        return self.link == "comma" and any(each.mode in (NOT, EXCEPT) for each in beside)

    def _with_window(self, clause: Clause, span: Span) -> Clause:
        """The clause with it, or one more clause."""
        if clause.part and clause.part.edge and span.daypart and self.link is None:
            return clause  # "first thing Monday morning"
        if (
            span.daypart
            and clause.part is None
            and (clause.span is None or not clause.span.daypart)
            and not (clause.span and self.link in ("or", "and"))
        ):
            clause.part = span
        elif clause.span and clause.span.is_bound and span.exact and self.link in (None, "comma"):
            clause.span = span  # "I finish at 5: 5.30 on Friday"
        elif clause.span is None and not (clause.part and self.link in ("or", "else")):
            clause.span = span
        elif clause.span and clause.span.is_bound and span.is_bound and meet(clause.span, span):
            clause.span = meet(clause.span, span)
        elif clause.span != span:
            clause = self._next_clause()
            clause.span, clause.part = (None, span) if span.daypart else (span, None)
        return clause

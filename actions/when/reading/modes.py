"""How a message turns from wishing to ruling out, taking back, giving up or giving a reason, and back again."""

from __future__ import annotations

from dataclasses import replace

from actions.when.nodes import Day, Node, Span
from actions.when.reading.clauses import EXCEPT, NOT, POSITIVE, SOURCE, Clause, Heard

_REACH_OF_NOT = 3
"""Words that may stand between "not" and the day it rules out: "not able to come on Friday"."""

_MODES = {"not": NOT, "except": EXCEPT, "origin": SOURCE}


class Modes:
    def __init__(self) -> None:
        self.heard = Heard()
        self.current = Clause()
        self.mode = POSITIVE
        self.link: str | None = None
        self.afresh = False
        """A correction was announced: the next day or time replaces the one before."""
        self.moving = False
        """"To" was heard after "move"."""
        self.remaking = False
        """"Make it" was heard: another time is instead of the one before."""
        self.holding = self.booking = False
        """"Cancel" or "I'm booked for" was heard; "can I have" was heard."""
        self.held: Clause | None = None
        """What is booked already: the source as soon as something else is asked for."""
        self.preferring = False
        """ "Ideally" was heard: what follows is a preference."""
        self.preferred_of: Clause | None = None
        """The clause whose day was said before it: what follows is its time of day, and that of those before."""
        self.bounding: str | None = None
        """ "After I", "before we" was heard: the time that follows is a bound."""
        self.words = self.apart = 0
        """Words without time since the last thing understood."""

    def _arrive(self) -> None:
        self.apart = self.words
        if self.moving:
            self.current.mode = SOURCE
            self.turn(POSITIVE)
        if self.holding and self.current.empty:
            self.held = self.current
        self.moving, self.holding, self.words = False, False, 0

    def close(self) -> None:
        if not self.current.empty and all(clause is not self.current for clause in self.heard.clauses):
            self.heard.clauses.append(self.current)
        self.current = Clause(mode=self.mode, link=self.link)

    def turn(self, mode: str) -> None:
        self.mode = mode
        self.close()

    def whenever(self, node: Node) -> None:
        """ "After I drop the kids at 9"."""
        self.bounding = node.value

    def connect(self, node: Node) -> None:
        self.bounding = None
        self._preferred_before()
        if node.kind == "comma" and (self.mode == NOT or (self.mode == SOURCE and not self.current.empty)):
            self.turn(POSITIVE)
        self.link = (
            "else"
            if "else" in (self.link, node.kind)
            else "or"
            if "or" in (self.link, node.kind)
            else node.kind
        )
        if node.kind in ("or", "else"):
            self.close()

    def either(self, node: Node) -> None:
        """ "Soit mardi soit jeudi": the first one announces what the others join."""
        if self.heard.clauses or not self.current.empty:
            self.connect(replace(node, kind="or"))

    def set_apart(self, node: Node) -> None:
        if self.bounding:
            return  # "before I go on holiday"
        self.link, self.words = None, 0
        self.turn(_MODES[node.kind])

    def replace_by(self, node: Node) -> None:
        self.heard.corrects = True
        self.turn(SOURCE)

    def end_of_sentence(self, node: Node) -> None:
        self.bounding = None
        if self.mode != POSITIVE:
            self.turn(POSITIVE)
        self.link, self.preferring = None, False

    def prefer(self, node: Node) -> None:
        self.preferring = True
        self.preferred_of = self.current if self.current.has_day else None

    def _preferred_before(self) -> None:
        """ "Tuesday ideally, failing that Thursday"; "Tuesday, ideally in the morning"."""
        if self.preferring and not self.words and self.preferred_of is self.current and not self.link:
            self.current.soft = True
            self.preferring, self.preferred_of = False, None

    def better(self, node: Node) -> None:
        """ "Friday is better" puts it first; "if possible" is said of all there is."""
        said = [clause for clause in (*self.heard.clauses, self.current) if not clause.empty]
        for clause in said if node.value == "all" else said[-1:]:
            clause.soft = True
        self.word(node)

    def allow(self, node: Node) -> None:
        self.heard.allows = True
        self.word(node)

    def widen(self, node: Node) -> None:
        self.heard.widens = True

    def pick(self, node: Node) -> None:
        self.heard.picks = node.value
        self.heard.spans.append((node.start, node.end))

    def unsuitable(self, node: Node) -> None:
        if node.value == "ahead" and self.current.empty and not self.heard.clauses:
            self.turn(NOT)  # "keine Zeit am Freitag"
            return
        for clause in self._listed():
            clause.mode = NOT
        if self.current.empty and self.heard.clauses:
            self.heard.clauses[-1].mode = NOT
        self.current.mode = NOT
        self.turn(POSITIVE)

    def _listed(self) -> list[Clause]:
        """ "Monday, Tuesday and Friday don't work": what is named with the last, which a comma alone does not."""
        row = [clause for clause in (*self.heard.clauses, self.current) if not clause.empty]
        listed: list[Clause] = []
        while len(row) > 1 and row[-1].joined and (listed or row[-1].link != "comma"):
            row.pop()
            listed.append(row[-1])
        return listed

    def correct(self, node: Node) -> None:
        self.heard.corrects = self.afresh = True
        if self.mode != POSITIVE and not self.current.empty:
            self.turn(POSITIVE)

    def correct_behind(self, node: Node) -> None:
        self.heard.corrects = True
        if self.held and self.held is not self.current:
            self.held.mode = SOURCE

    def conclude(self, node: Node) -> None:
        """ "I work until 5, so Thursday at 6": what came before was the reason."""
        self.bounding = None
        self.afresh = self.mode == POSITIVE and not self.current.empty
        if self.mode != POSITIVE:
            self.turn(POSITIVE)

    def hold(self, node: Node) -> None:
        """ "Cancel Friday", "I'm booked for the 11th"; behind a wish it is what that replaces.

        Its value is "behind" where the verb comes last: "Freitag absagen".
        """
        if node.value == "behind" and not self.booking:
            self.held = self.current if not self.current.empty else self.held
            return
        if self.booking and not self.current.empty:
            self.turn(SOURCE)
        self.holding = self.current.empty

    def book(self, node: Node) -> None:
        self.booking, self.bounding = True, None
        self.words += len(node.text.split())
        if self.held and not self.held.empty:
            self.held.mode = SOURCE
            if self.held is self.current:
                self.turn(POSITIVE)

    def from_there(self, node: Node) -> None:
        """ "I'm back on the 20th, any time after that"; with nothing to count from it is "later"."""
        clause = self.current if not self.current.empty else next(iter(self.heard.clauses[-1:]), Clause())
        late = node.value == "later"
        if clause.mode in (NOT, EXCEPT) and clause.day:
            day = clause.day
            self.turn(POSITIVE)
            clause = self.current
            clause.day = day
        if late and clause.day and clause.day.bound in ("by", "before"):
            clause.day = replace(clause.day, bound="after" if clause.day.bound == "by" else "from")
        elif clause.span and clause.span.is_bound:
            pass
        elif clause.span and clause.span.exact:
            clause.span = Span(start=clause.span.start) if late else Span(end=clause.span.start)
        elif clause.day and not (clause.day.is_wide or clause.has_time):
            clause.day = replace(clause.day, bound="after" if late else "before")
        else:
            self.heard.order = node.value
        self.afresh = False
        self.heard.spans.append((node.start, node.end))

    def move_to(self, node: Node) -> None:
        """What was said before "to" is moved, if a day or time follows at once."""
        self.moving = not self.current.empty

    def remake(self, node: Node) -> None:
        if self.mode != POSITIVE and not self.current.empty:
            self.turn(POSITIVE)
        self.remaking = not self.current.empty
        self.heard.corrects = self.heard.corrects or not (self.remaking or self.heard.clauses)
        self.book(node)

    def word(self, node: Node) -> None:
        self.moving = self.remaking = False
        self.words += 1
        if self.mode == NOT and self.current.empty and self.words > _REACH_OF_NOT:
            self.mode = self.current.mode = POSITIVE
        if self.mode == SOURCE and self.current.empty:
            self.mode = self.current.mode = POSITIVE

    def _next_clause(self) -> Clause:
        if self.remaking:
            return self._remade()
        if self.mode in (NOT, SOURCE) and self.link is None:
            self.mode = POSITIVE
        self.close()
        self.current.link = self.link
        return self.current

    def _remade(self) -> Clause:
        """ "My 3pm on Thursday, can we make it 4": the new time on that day, instead of the old."""
        day, self.current.mode = self.current.day, SOURCE
        self.remaking, self.heard.corrects = False, True
        self.close()
        self.current.day = day
        return self.current

    def _understood(self, node: Node) -> None:
        self.heard.spans.append((node.start, node.end))

    def _lists_days(self) -> bool:
        """What was wished for before it is days of the week or weekends, and no time of theirs."""
        wish = self.heard.clauses[-1] if self.heard.clauses else None
        return (
            wish is not None
            and wish.mode == POSITIVE
            and bool(wish.day and wish.day.weekdays)
            and not wish.has_time
        )

    def _resumed(self) -> Clause:
        """Back to the wish before what was ruled out: "next week except Wednesday, after 4"."""
        self.turn(POSITIVE)
        self.current = next((c for c in reversed(self.heard.clauses) if c.mode == POSITIVE), self.current)
        return self.current

    def _ruled_out(self) -> list[Clause]:
        last = self.heard.clauses[-1:] if self.current.empty else [self.current]
        return [clause for clause in last if clause.mode == self.mode]

    def _narrows(self, day: Day) -> bool:
        """ "Next week … Friday", "week of the 21st, Thursday or Friday"."""
        wide = self.current.day
        if wide is None or not wide.is_wide or day.is_wide:
            return False
        run = not (wide.weekdays or wide.bound or (wide.weekend and day.weekday not in (5, 6)))
        return self.link is None or (self.link == "comma" and run and day.is_bare_weekday)

"""Whatever is done one after the other, nothing overlaps and nothing free is refused: the oracle counts along."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from tests.builders.core import Core
from tests.builders.parts import a_block, a_customer, resource_of
from tests.scheduler_core.cases.oracle import Unit, instant, minute_at
from tests.scheduler_core.cases.worlds import World, built, ordinary, units_of, worlds

_EXAMPLES = {"sqlite": 25, "postgresql": 8}
_STEPS = 20


@dataclass
class Taken:
    """Time that a visit or a hold has: whose, from when, with which rooms; ``row`` as it was last answered."""

    person: int
    start: int
    units: list[Unit]
    row: Any
    until: datetime | None = None


class Diary(RuleBasedStateMachine):
    """Steps name people and times by number; which there are is the world's."""

    core: Core

    @initialize(world=worlds().map(ordinary))
    def open(self, world: World) -> None:
        core, self.world = self.core, world
        core.clock.now = instant(world.midnight) - timedelta(days=4)
        self.made = core.write(lambda session: built(session, world, core.clock.now))
        self.oracle, core.salon = self.made.oracle, self.made.salon
        other = core.write(lambda session: a_customer(session, core.salon.id, core.clock.now, "noor"))
        self.conversations = [core.salon.conversation, other[1]]
        self.customers = dict(zip(self.conversations, (core.salon.customer, other[0]), strict=True))
        self.low, self.high = world.midnight - 720, world.midnight + 2160
        self.grid = [minute for minute in range(self.low, self.high) if self.oracle.on_grid(minute)]
        self.visits: list[Taken] = []
        self.holds: dict[int, Taken] = {}

    def free(self, person: int, minute: int) -> bool:
        return minute in self.oracle.free(person, self.low, self.high)

    def wish(self, who: int, when: int) -> tuple[int, int]:
        """Half of the wishes are for a time that is free, if there is one."""
        person = self.made.people[who % len(self.made.people)]
        free = self.oracle.free(person, self.low, self.high)
        minutes = free if when % 2 and free else self.grid
        return person, minutes[when // 2 % len(minutes)]

    def taken(self, person: int, start: int, row: Any, **owner: int) -> Taken:
        with self.core.database.read() as session:
            units = units_of(session, self.made, **owner)
        self.oracle.take(person, start, units)
        return Taken(person, start, units, row)

    def given_back(self, what: Taken) -> None:
        self.oracle.give_back(what.person, what.start, what.units)

    def was(self, expected: bool, answer: httpx.Response, good: int) -> bool:
        note(f"{answer.request.url.path} {answer.status_code} {answer.text[:120]}")
        assert (answer.status_code == good) is expected, answer.text
        assert expected or answer.status_code in (409, 422), answer.text
        return expected

    @rule(who=st.integers(0, 1), when=st.integers(0, 400))
    def book(self, who: int, when: int) -> None:
        person, minute = self.wish(who, when)
        expected = self.free(person, minute)
        answer = self.core.book(instant(minute).isoformat(), staff_id=person)
        if self.was(expected, answer, 201):
            self.visits.append(self.taken(person, minute, answer.json(), appointment_id=answer.json()["id"]))

    @rule(nth=st.integers(0, 20), who=st.integers(0, 1), when=st.integers(0, 400))
    def move(self, nth: int, who: int, when: int) -> None:
        if not self.visits:
            return
        visit, (person, minute) = self.visits[nth % len(self.visits)], self.wish(who, when)
        self.given_back(visit)
        expected = self.free(person, minute) or (person, minute) == (visit.person, visit.start)
        self.oracle.take(visit.person, visit.start, visit.units)
        answer = self.core.move(visit.row, instant(minute).isoformat(), staff_id=person)
        if self.was(expected, answer, 200):
            self.given_back(visit)
            self.visits.remove(visit)
            self.visits.append(self.taken(person, minute, answer.json(), appointment_id=visit.row["id"]))

    @rule(nth=st.integers(0, 20))
    def cancel(self, nth: int) -> None:
        if self.visits:
            visit = self.visits.pop(nth % len(self.visits))
            assert self.core.cancel(visit.row).status_code == 200
            self.given_back(visit)

    @rule(which=st.integers(0, 1), who=st.integers(0, 1), when=st.integers(0, 400))
    def hold(self, which: int, who: int, when: int) -> None:
        """A conversation's new hold replaces its old one, which is not in its way."""
        conversation, (person, minute) = self.conversations[which], self.wish(who, when)
        before = self.holds.get(conversation)
        if before:
            self.given_back(before)
        expected = self.free(person, minute)
        start = instant(minute).isoformat()
        answer = self.core.hold(start, conversation_id=conversation, staff_id=person)
        if self.was(expected, answer, 201):
            row = answer.json()
            held = self.taken(person, minute, row, hold_id=row["id"])
            held.until = datetime.fromisoformat(row["expires_at"])
            self.holds[conversation] = held
        elif before:
            self.oracle.take(before.person, before.start, before.units)

    @rule(which=st.integers(0, 1))
    def release(self, which: int) -> None:
        held = self.holds.pop(self.conversations[which], None)
        if held:
            assert self.core.ask("DELETE", f"holds/{held.row['id']}").status_code == 204
            self.given_back(held)

    @rule(which=st.integers(0, 1))
    def confirm(self, which: int) -> None:
        """The held time becomes a visit, whatever has happened to it but a block."""
        conversation = self.conversations[which]
        held = self.holds.pop(conversation, None)
        if not held:
            return
        self.given_back(held)
        expected = self.free(held.person, held.start)
        own = {"hold_id": held.row["id"], "customer_id": self.customers[conversation]}
        answer = self.core.book(instant(held.start).isoformat(), staff_id=held.person, **own)
        if self.was(expected, answer, 201):
            visit = self.taken(held.person, held.start, answer.json(), appointment_id=answer.json()["id"])
            self.visits.append(visit)
        else:
            self.oracle.take(held.person, held.start, held.units)
            self.holds[conversation] = held

    @rule(minutes=st.sampled_from([1, 5, 10]))
    def wait(self, minutes: int) -> None:
        """Holds run out by themselves."""
        self.core.clock.move(minutes=minutes)
        for conversation, held in list(self.holds.items()):
            if held.until and held.until <= self.core.clock.now:
                self.given_back(self.holds.pop(conversation))

    @rule(who=st.integers(0, 1), start=st.integers(0, 1440), length=st.integers(1, 180))
    def block(self, who: int, start: int, length: int) -> None:
        """Also over what is booked, which stays."""
        person, begins = self.made.people[who % len(self.made.people)], self.world.midnight + start

        def add(session: Session) -> None:
            resource, until = resource_of(session, person), instant(begins + length)
            a_block(session, self.core.salon.id, resource, instant(begins), until)

        self.core.write(add)
        self.oracle.busy[person] += Counter(range(begins, begins + length))

    @invariant()
    def what_is_listed_is_what_is_free(self) -> None:
        span = instant(self.low).isoformat(), instant(self.high).isoformat()
        for person in self.made.people:
            found = self.core.listed(*span, staff_id=person)
            starts = [minute_at(datetime.fromisoformat(start)) for start in found]
            assert starts == self.oracle.free(person, self.low, self.high)


@pytest.mark.parametrize("empty_database", _EXAMPLES, indirect=True)
def test_no_sequence_overlaps_or_refuses_what_is_free(core: Core) -> None:
    class OfThisCore(Diary):
        pass

    OfThisCore.core = core
    run_state_machine_as_test(
        OfThisCore,
        settings=settings(
            max_examples=_EXAMPLES[core.database.engine.dialect.name],
            stateful_step_count=_STEPS,
            phases=[
                Phase.generate
            ],  # shortening a sequence of requests takes minutes; twenty steps can be read
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )

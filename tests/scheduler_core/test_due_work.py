"""What is due is done once, by whoever is there, in the transaction that closes it; what fails stops nothing else."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event as ThreadEvent
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.orm import Session

from scheduler_core import worker
from scheduler_core.appointments.changes import VisitChange, subject_of
from scheduler_core.db import Database
from scheduler_core.outbox import due, jobs, working
from scheduler_core.outbox.due import Handler, Work
from scheduler_core.outbox.models import CANCELLED, DEAD, DONE, PENDING, Job
from scheduler_core.settings import Settings
from tests.builders.core import Core, HandClock


def planned(database: Database, clock: HandClock, *subjects: str, kind: str = "note", **later: float) -> None:
    def plan_all(session: Session) -> None:
        for business, subject in enumerate(subjects, start=1):
            due.plan(
                session,
                business_id=business,
                kind=kind,
                subject=subject,
                due_at=clock() + timedelta(**later),
                idem_key=f"{kind}:{subject}",
                payload={"words": subject},
            )

    database.transact(plan_all)


def states(database: Database) -> dict[str, str]:
    with database.read() as session:
        return {row.order_key: row.state for row in session.execute(select(Job.order_key, Job.state))}


@pytest.fixture
def done(database: Database) -> list[str]:
    """What the handler of notes did."""
    return []


@pytest.fixture
def at_work(database: Database, clock: HandClock, done: list[str]) -> Callable[..., working.Worker]:
    def make(**handlers: Handler) -> working.Worker:
        def note(session: Session, work: Work) -> None:
            done.append(work.payload["words"])

        return working.Worker(database, Settings(), clock, {"note": note, **handlers})

    return make


MakeWorker = Callable[..., working.Worker]


def test_what_is_due_is_done_once_for_any_business(
    database: Database, clock: HandClock, at_work: MakeWorker, done: list[str]
) -> None:
    planned(database, clock, "a", "b")
    planned(database, clock, "a", "b")
    planned(database, clock, "later", hours=1)
    assert at_work().work_until_idle() == 2
    assert sorted(done) == ["a", "b"]
    clock.move(hours=1)
    assert at_work().work_until_idle() == 1
    assert at_work().work_until_idle() == 0


def test_what_was_withdrawn_is_not_done(
    database: Database, clock: HandClock, at_work: MakeWorker, done: list[str]
) -> None:
    planned(database, clock, "a", "b")
    assert database.transact(lambda s: due.withdraw(s, business_id=2, subject="a")) == 0
    assert database.transact(lambda s: due.withdraw(s, business_id=1, subject="a", kinds=("other",))) == 0
    assert database.transact(lambda s: due.withdraw(s, business_id=1, subject="a")) == 1
    at_work().work_until_idle()
    assert done == ["b"]
    assert states(database) == {"a": CANCELLED, "b": DONE}


def test_poison_stops_nothing_else_and_is_given_up_with_its_reason(
    database: Database, clock: HandClock, at_work: MakeWorker, done: list[str]
) -> None:
    tries = []

    def poison(session: Session, work: Work) -> None:
        due.plan(
            session, business_id=1, kind="note", subject="undone", due_at=clock(), idem_key="undone",
            payload={"words": "undone"},
        )  # fmt: skip
        tries.append(clock())
        raise RuntimeError("the kettle is cold")

    planned(database, clock, "bad", kind="poison")
    planned(database, clock, "good")
    someone = at_work(poison=poison)
    someone.work_until_idle()
    assert done == ["good"]
    for _ in range(working.TRIES + 2):
        clock.move(hours=2)
        someone.work_until_idle()
    assert len(tries) == working.TRIES
    assert tries[1] - tries[0] >= timedelta(seconds=3)
    with database.read() as session:
        bad = session.scalars(select(Job).where(Job.order_key == "bad")).one()
        assert (bad.state, bad.last_error) == (DEAD, "RuntimeError: the kettle is cold")
    assert "undone" not in states(database)


def test_many_pieces_share_a_transaction_until_one_of_them_fails(
    database: Database, clock: HandClock, done: list[str]
) -> None:
    planned(database, clock, "a", "b", "bad", "c")

    tries: list[list[str]] = []

    def notes(session: Session, works: Sequence[Work]) -> None:
        tries.append([work.subject for work in works])
        for work in works:
            due.plan(
                session, business_id=1, kind="kept", subject=f"of {work.subject}", due_at=work.now,
                idem_key=f"kept {work.subject}",
            )  # fmt: skip
            if work.subject == "bad":
                raise RuntimeError("the kettle is cold")

    handlers = {"kept": lambda _, work: done.append(work.subject)}
    working.Worker(database, Settings(), clock, handlers, of_many={"note": notes}).work_until_idle()
    assert tries == [["a", "b", "bad", "c"], ["a"], ["b"], ["bad"], ["c"]]
    assert done == ["of a", "of b", "of c"]
    assert states(database)["bad"] == PENDING


def test_what_nobody_knows_yet_waits_for_who_does(
    database: Database, clock: HandClock, at_work: MakeWorker, done: list[str]
) -> None:
    planned(database, clock, "a", kind="of tomorrow")
    at_work().work_until_idle()
    assert states(database) == {"a": PENDING}
    clock.move(minutes=1)
    at_work(**{"of tomorrow": lambda _, work: done.append(work.subject)}).work_until_idle()
    assert done == ["a"]


def test_work_of_a_dead_worker_goes_to_another_when_its_lease_ends(
    database: Database, clock: HandClock, at_work: MakeWorker, done: list[str]
) -> None:
    planned(database, clock, "a")
    (dead,) = database.transact(lambda s: jobs.claim_many(s, queue=due.QUEUE, now=clock(), most=9))
    assert at_work().work_until_idle() == 0
    clock.now += jobs.LEASE
    assert at_work().work_until_idle() == 1
    assert not database.transact(lambda s: jobs.finish(s, [dead.id], dead.attempts))
    assert done == ["a"]


def test_two_workers_share_the_work(
    database: Database, clock: HandClock, at_work: MakeWorker, done: list[str]
) -> None:
    everything = [f"n{each}" for each in range(120)]
    planned(database, clock, *everything)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: at_work().work_until_idle(), range(2)))
    assert sorted(done) == sorted(everything)


def test_a_worker_in_a_thread_does_what_is_planned_meanwhile_and_drains(
    database: Database, clock: HandClock, at_work: MakeWorker, done: list[str]
) -> None:
    ended = ThreadEvent()
    someone = at_work(last=lambda _, work: ended.set())
    thread = someone.start()
    planned(database, clock, "a", "b")
    planned(database, clock, "c", kind="last")
    assert ended.wait(10)
    someone.stop(thread)
    assert not thread.is_alive()
    assert done == ["a", "b"]
    assert set(states(database).values()) == {DONE}


def test_looking_for_due_work_reads_no_other(
    database: Database, clock: HandClock, at_work: MakeWorker
) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by what it has counted")
    planned(database, clock, "a")
    plans: list[str] = []

    @event.listens_for(Engine, "before_cursor_execute")
    def explain(_connection: Connection, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        rows = cursor.connection.execute("EXPLAIN QUERY PLAN " + statement, parameters)
        plans.extend(row[3] for row in rows)

    try:
        at_work().work_until_idle()
    finally:
        event.remove(Engine, "before_cursor_execute", explain)
    assert any("ix_job_due" in plan for plan in plans)
    assert any("ix_job_lease" in plan for plan in plans)
    assert not [plan for plan in plans if "SCAN" in plan and "CONSTANT ROW" not in plan]


def test_every_change_of_a_visit_is_told_to_all_who_follow(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[int, str]] = []
    followers = {"diary": lambda _, change, work: heard.append((change.version, change.step))}
    monkeypatch.setattr(worker, "FOLLOWERS", followers)
    visit = core.booked("2027-03-02T15:00:00Z")
    core.does_what_is_due()
    moved = core.move(visit, "2027-03-02T16:00:00Z").json()
    core.cancel(moved)
    core.does_what_is_due()
    assert heard == [(1, "booked"), (2, "rescheduled"), (3, "cancelled")]


def test_a_follower_that_stumbles_keeps_no_other_waiting(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def stumbles(session: Session, change: VisitChange, work: Work) -> None:
        due.plan(
            session, business_id=1, kind="nobody's", subject="half", due_at=work.now, idem_key="half done"
        )
        if "again" not in heard:
            heard.append("again")
            raise RuntimeError("a stone on the way")

    followers = {"stumbles": stumbles, "walks": lambda *_: heard.append("walked")}
    monkeypatch.setattr(worker, "FOLLOWERS", followers)
    core.booked("2027-03-02T15:00:00Z")
    core.does_what_is_due()
    assert heard == ["again", "walked"]
    assert states(core.database)["half"] == PENDING


def test_a_change_withdraws_what_waits_for_the_visit(core: Core) -> None:
    visit = core.booked("2027-03-02T15:00:00Z")
    core.write(
        lambda s: due.plan(
            s, business_id=core.salon.id, kind="later", subject=subject_of(visit["id"]), version=1,
            due_at=core.clock() + timedelta(hours=3), idem_key="later",
        )
    )  # fmt: skip
    core.move(visit, "2027-03-02T16:00:00Z")
    assert states(core.database)[subject_of(visit["id"])] == CANCELLED


def test_what_ended_long_ago_is_forgotten_each_day(core: Core) -> None:
    core.booked("2027-03-02T15:00:00Z")
    core.does_what_is_due()
    core.clock.move(days=29)
    core.does_what_is_due()
    assert any(each.startswith("change:") for each in states(core.database))
    core.clock.move(days=2)
    core.does_what_is_due()
    assert not any(each.startswith("change:") for each in states(core.database))

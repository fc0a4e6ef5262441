"""Several processes send from one database: whatever is killed or stopped, each message is said once and in order."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.db import Database
from scheduler_core.outbox import InboundRecord, Plan, Store
from scheduler_core.outbox.enqueue import tell_customer
from scheduler_core.outbox.models import PENDING, RUNNING, Job
from tests.builders import sender
from tests.builders.clock import HandClock

_PATIENCE_SECONDS = 40.0


class Senders:
    """Processes that send what is due; who is killed or forgotten is gone at the end of the test."""

    def __init__(self, url: str, folder: Path, stack: ExitStack) -> None:
        self._url, self._stack, self.folder = url, stack, folder
        self.ledger, self._began = folder / "ledger", time.time()

    def starts(self, *words: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.builders.sender", self._url, str(self.ledger)]
        process = subprocess.Popen([*command, str(self._began), *words])
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process

    def said(self) -> list[tuple[str, str]]:
        """To whom and what, in order."""
        return [(reader, text) for _, reader, text, _ in sender.entries(self.ledger)]

    def times(self) -> list[float]:
        return [float(at) for *_, at in sender.entries(self.ledger)]


@pytest.fixture
def senders(database_url: str, tmp_path: Path) -> Iterator[Senders]:
    with ExitStack() as stack:
        yield Senders(database_url, tmp_path, stack)


def queued(database: Database, readers: int, each: int, kind: str = "reply") -> list[tuple[str, str]]:
    clock, wanted = HandClock(), [(f"reader{r}", str(n)) for n in range(each) for r in range(readers)]

    def queue(session: Session) -> None:
        for reader, text in wanted:
            tell_customer(
                session, business_id=1, channel="web", address=reader, plan=Plan(text), kind=kind,
                idem_key=f"{reader}:{text}", now=clock(),
            )  # fmt: skip

    database.transact(queue)
    return wanted


def wait_until(what: Callable[[], bool]) -> None:
    ends = time.monotonic() + _PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.02)


def has_said(senders: Senders, least: int) -> bool:
    return len(senders.said()) >= least


def is_idle(database: Database) -> bool:
    with database.read() as session:
        return session.scalar(select(Job.id).where(Job.state.in_((PENDING, RUNNING))).limit(1)) is None


def test_workers_that_are_killed_lose_and_double_nothing(database: Database, senders: Senders) -> None:
    wanted = queued(database, readers=20, each=6)
    working = [senders.starts(), senders.starts()]
    for killed in range(3):
        wait_until(partial(has_said, senders, (killed + 1) * 20))
        working.pop(0).kill()
        working.append(senders.starts())
    wait_until(lambda: is_idle(database))
    said = senders.said()
    assert sorted(said) == sorted(wanted)
    for reader in {reader for reader, _ in wanted}:
        assert [text for who, text in said if who == reader] == list("012345")


def test_a_worker_stopped_past_its_lease_says_nothing_when_it_wakes(
    database: Database, senders: Senders
) -> None:
    queued(database, readers=1, each=1)
    stopped = senders.starts(sender.HOLD)
    held = senders.folder / sender.HELD
    wait_until(held.exists)
    os.kill(stopped.pid, signal.SIGSTOP)
    senders.starts()
    wait_until(lambda: len(senders.said()) == 1)
    (senders.folder / sender.GO).touch()
    os.kill(stopped.pid, signal.SIGCONT)
    wait_until(lambda: not held.exists())
    assert senders.said() == [("reader0", "0")]


def test_two_workers_share_one_limit(database: Database, senders: Senders) -> None:
    wanted = queued(database, readers=30, each=1, kind="limited")
    for _ in range(2):
        senders.starts()
    wait_until(lambda: len(senders.said()) == len(wanted))
    times = sorted(senders.times())
    slack = 2.0  # between asking and sending
    assert times[-1] - times[0] >= (len(wanted) - 1) / sender.PER_SECOND - slack


def test_what_many_say_at_once_and_twice_is_answered_once_and_in_order(database: Database) -> None:
    store = Store(database, HandClock(), 1)
    threads, each = 100, 20

    def says(thread: int) -> None:
        for n in range(each):
            for _ in range(2):
                store.hear(InboundRecord("web", f"{thread}-{n}", f"customer{thread}", "text", str(n)))

    answered: list[tuple[str, str]] = []

    def answers(_: int) -> None:
        while turn := store.claim_turn("worker"):
            answered.extend((turn.thread, message.text) for message in turn.messages)
            store.finish_turn(turn, [])

    with ThreadPoolExecutor(6) as pool:
        work = [pool.submit(says, n) for n in range(threads)] + [pool.submit(answers, n) for n in range(2)]
        for each_piece in work:
            each_piece.result()
        for each_piece in [pool.submit(answers, n) for n in range(4)]:
            each_piece.result()
    for thread in range(threads):
        told = [text for who, text in answered if who == f"web:customer{thread}"]
        assert told == [str(n) for n in range(each)]

"""A worker takes due work of any business, one batch at a time, and never lets one piece stop the others.

What comes in great numbers shares a transaction; when one piece of it fails, each gets one of its own.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import uniform
from threading import Event, Thread
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from scheduler_core.clock import Clock
from scheduler_core.db.session import Database
from scheduler_core.outbox import jobs
from scheduler_core.outbox.due import QUEUE, Handler, HandlerOfMany, Work
from scheduler_core.outbox.models import DEAD
from scheduler_core.settings import Settings

log = logging.getLogger(__name__)

#: A piece that failed so often is left to people.
TRIES = 8
_BATCH = 20
#: So many share a transaction: longer, and whoever books meanwhile would notice.
_TOGETHER = 10
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)
_POLL_SECONDS = 0.25
_PAUSE_AFTER_FAILURE_SECONDS = 1.0
_PATIENCE_AT_END_SECONDS = 3.0


class Worker:
    """``handlers``: by kind; ``of_many``: of the kinds of which several share a transaction. Any number of workers, in
    any number of processes, share one database's work.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Clock,
        handlers: Mapping[str, Handler],
        of_many: Mapping[str, HandlerOfMany] | None = None,
    ) -> None:
        self._database, self._settings, self._clock = database, settings, clock
        self._handlers, self._of_many = handlers, of_many or {}
        self._stopping = Event()

    def work_until_idle(self) -> int:
        """Do all that is due now; how many pieces that was."""
        total = 0
        while done := self._work_on_a_batch():
            total += done
        return total

    def start(self) -> Thread:
        thread = Thread(target=self._run, name="due-work", daemon=True)
        thread.start()
        return thread

    def stop(self, *threads: Thread) -> None:
        """What is in hand is ended; what takes longer is taken up by others when its lease ends."""
        self._stopping.set()
        for thread in threads:
            thread.join(_PATIENCE_AT_END_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                pause = 0.0 if self._work_on_a_batch() else self._until_next()
            except Exception:
                log.exception("due work failed, going on")
                pause = _PAUSE_AFTER_FAILURE_SECONDS
            self._stopping.wait(pause)

    def _until_next(self) -> float:
        """A look costs little, and nobody has to tell a worker of what was planned meanwhile."""
        with self._database.read() as session:
            first = jobs.first_due(session, QUEUE)
        if first is None:
            return _POLL_SECONDS
        return min(max(0.0, (first - self._clock()).total_seconds()), _POLL_SECONDS)

    def _work_on_a_batch(self) -> int:
        now = self._clock()
        with self._database.read() as session:  # a look that takes no lock
            first = jobs.first_due(session, QUEUE)
        if first is None or first > now:
            return 0
        batch = self._database.transact(lambda s: jobs.claim_many(s, queue=QUEUE, now=now, most=_BATCH))
        for kind in self._of_many:
            together = [job for job in batch if job.kind == kind and job.attempts == 1]
            for nth in range(0, len(together), _TOGETHER):
                self._do_together(together[nth : nth + _TOGETHER])
        for job in batch:
            if job.kind not in self._of_many or job.attempts > 1:
                self._do(job)
        return len(batch)

    def _do_together(self, jobs_of_it: Sequence[Row[Any]]) -> None:
        try:
            self._database.transact(lambda s: self._handle(s, jobs_of_it))
        except Exception:
            log.info("%s pieces of due work do not go together", len(jobs_of_it))
            for job in jobs_of_it:
                self._do(job)

    def _do(self, job: Row[Any]) -> None:
        if job.attempts > TRIES:
            reason = job.last_error or "whoever worked on it ended each time"
            self._database.transact(lambda s: _bury(s, job, reason))
            return
        try:
            self._database.transact(lambda s: self._handle(s, [job]))
        except Exception as error:
            log.exception("due work %s (%s) failed, try %s", job.id, job.kind, job.attempts)
            reason = f"{type(error).__name__}: {error}"
            self._database.transact(lambda s: self._put_off(s, job, reason))

    def _handle(self, session: Session, claimed: Sequence[Row[Any]]) -> None:
        """All of one kind. Closing comes first: whoever has lost the lease does nothing, and a failure opens the jobs
        again.
        """
        closed, kind = jobs.finish_many(session, claimed), claimed[0].kind
        works = [self._work_of(job) for job in claimed if job.id in closed]
        if not works:
            return
        if kind in self._of_many:
            self._of_many[kind](session, works)
        elif kind in self._handlers:
            for work in works:
                self._handlers[kind](session, work)
        else:
            raise LookupError(f"nobody knows how to do {kind!r}")

    def _work_of(self, job: Row[Any]) -> Work:
        return Work(
            business_id=job.business_id,
            kind=job.kind,
            subject=job.order_key,
            version=job.payload.get("version", 0),
            payload=job.payload,
            due_at=job.due_at,
            now=self._clock(),
            settings=self._settings,
        )

    def _put_off(self, session: Session, job: Row[Any], reason: str) -> None:
        if job.attempts >= TRIES:
            _bury(session, job, reason)
            return
        pause = min(_FIRST_PAUSE * 2 ** (job.attempts - 1), _LONGEST_PAUSE) * uniform(0.75, 1.25)
        jobs.reschedule(session, [job.id], job.attempts, due_at=self._clock() + pause, error=reason)


def _bury(session: Session, job: Row[Any], reason: str) -> None:
    log.error("due work %s (%s) is given up after %s tries: %s", job.id, job.kind, job.attempts, reason)
    jobs.finish(session, [job.id], job.attempts, state=DEAD, last_error=reason[:1000])

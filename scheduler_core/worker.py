"""What is due gets done: one table of kinds and their handlers, and who follows the visits."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from scheduler_core.appointments.changes import VISIT_CHANGED, Follower, tell_followers
from scheduler_core.appointments.customer_notices import tell_in_the_morning
from scheduler_core.appointments.delays import told as delays
from scheduler_core.appointments.night import WAITS_FOR_MORNING
from scheduler_core.briefings import jobs as briefings
from scheduler_core.broadcasts import jobs as broadcasts
from scheduler_core.clock import Clock
from scheduler_core.conversations import unreached
from scheduler_core.db.session import Database
from scheduler_core.feedback import jobs as feedback
from scheduler_core.outbox import due
from scheduler_core.outbox.due import NO_BUSINESS, Handler, HandlerOfMany, Work
from scheduler_core.outbox.jobs import forget_done
from scheduler_core.outbox.receipts import UNREACHED
from scheduler_core.outbox.working import Worker
from scheduler_core.reminders import jobs as reminders
from scheduler_core.reminders.catch_up import catch_up_with_all
from scheduler_core.reminders.plan import REMIND
from scheduler_core.reminders.plan import follow as plan_reminders
from scheduler_core.reminders.remind import remind
from scheduler_core.settings import Settings
from scheduler_core.waitlist import jobs as waitlist
from scheduler_core.waitlist.follow import follow as tell_the_waitlist

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEPT_FOR = timedelta(days=30)

#: Told of every change of a visit, each by a name that stays, for it stands in rows.
FOLLOWERS: Mapping[str, Follower] = {
    "broadcasts": broadcasts.follow,
    "late": delays.follow,
    "reminders": plan_reminders,
    "feedback": feedback.follow,
    "waitlist": tell_the_waitlist,
}


def _visit_changed(session: Session, work: Work) -> None:
    tell_followers(session, work, FOLLOWERS)


def _tidy_up(session: Session, work: Work) -> None:
    forget_done(session, before=work.now - _KEPT_FOR)


#: What the house does by itself again and again: each time plans the next.
RECURRING: Mapping[str, tuple[timedelta, Handler]] = {
    "tidy_up": (timedelta(days=1), _tidy_up),
    "plan_briefings": (briefings.PLANNED_EVERY, briefings.plan_briefings),
    "catch_up_with_all_reminders": (timedelta(days=1), catch_up_with_all),
}


def _recur(session: Session, work: Work) -> None:
    every, handler = RECURRING[work.kind]
    handler(session, work)
    _plan_turn(session, work.kind, (work.now - _EPOCH) // every + 1)


def _plan_turn(session: Session, kind: str, turn: int) -> None:
    every, _ = RECURRING[kind]
    due.plan(
        session,
        business_id=NO_BUSINESS,
        kind=kind,
        subject=kind,
        version=turn,
        due_at=_EPOCH + turn * every,
        idem_key=f"{kind}:{turn}",
    )


HANDLERS: Mapping[str, Handler] = {
    VISIT_CHANGED: _visit_changed,
    **briefings.HANDLERS,
    **broadcasts.HANDLERS,
    **reminders.HANDLERS,
    UNREACHED: unreached.see_to,
    **feedback.HANDLERS,
    **waitlist.HANDLERS,
    WAITS_FOR_MORNING: tell_in_the_morning,
    **dict.fromkeys(RECURRING, _recur),
}
OF_MANY: Mapping[str, HandlerOfMany] = {REMIND: remind}


@contextmanager
def working(database: Database, settings: Settings, clock: Clock) -> Iterator[None]:
    """``settings.workers`` threads that do what is due, for as long as this lasts."""
    worker = Worker(database, settings, clock, HANDLERS, OF_MANY)
    if settings.workers:
        database.transact(lambda session: _begin(session, clock()))
    threads = [worker.start() for _ in range(settings.workers)]
    try:
        yield
    finally:
        worker.stop(*threads)


def work_until_idle(database: Database, settings: Settings, clock: Clock) -> int:
    """Do all that is due by this clock, here and now; how many pieces that was."""
    database.transact(lambda session: _begin(session, clock()))
    return Worker(database, settings, clock, HANDLERS, OF_MANY).work_until_idle()


def _begin(session: Session, now: datetime) -> None:
    """What recurs is planned once, however many workers begin."""
    for kind, (every, _) in RECURRING.items():
        _plan_turn(session, kind, (now - _EPOCH) // every)

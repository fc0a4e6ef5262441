"""The outbox as other processes use it: every method is one short transaction of its own."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from scheduler_core.clock import Clock, system_clock
from scheduler_core.db.session import Database, open_database
from scheduler_core.outbox import feed, inbox, jobs, outgoing, rates, receipts
from scheduler_core.outbox.rates import RateLimit
from scheduler_core.outbox.records import (
    ChoiceRef,
    FeedItem,
    Heard,
    InboundRecord,
    Offer,
    Plan,
    Receipt,
    Sending,
    StaffChat,
    Turn,
)
from scheduler_core.permissions.queries import chat_at, present
from scheduler_core.settings import Settings


@dataclass(frozen=True, slots=True)
class Wake:
    """Set when there may be work, so that this process's workers need not wait for their next look."""

    inbound: threading.Event = field(default_factory=threading.Event)
    outbound: threading.Event = field(default_factory=threading.Event)


class Store:
    """One business's messages. Methods that take a lease back answer ``False`` when it was lost."""

    def __init__(self, database: Database, clock: Clock, business_id: int) -> None:
        self._database = database
        self._clock = clock
        self._business_id = business_id
        self.wake = Wake()

    def hear(self, record: InboundRecord) -> Heard:
        heard = self._database.transact(lambda s: inbox.hear(s, self._business_id, record, self._clock()))
        self.wake.inbound.set()
        return heard

    def claim_turn(self, worker: str) -> Turn | None:
        """``worker`` names the caller in logs; ``None``: nothing to answer now."""
        if not self._is_due(inbox.QUEUE):
            return None
        return self._database.transact(lambda s: inbox.claim_turn(s, self._business_id, self._clock()))

    def is_mine(self, turn: Turn) -> bool:
        """Whether the turn is still to be answered: with a customer who is forgotten their turn goes too."""
        with self._database.read() as session:
            return inbox.is_mine(session, turn, self._clock())

    def finish_turn(self, turn: Turn, plans: Sequence[Plan]) -> bool:
        done, more = self._database.transact(
            lambda s: inbox.finish_turn(s, self._business_id, turn, plans, self._clock())
        )
        if done and plans:
            self.wake.outbound.set()
        if more:
            self.wake.inbound.set()
        return done

    def put_off_turn(self, turn: Turn, delay: timedelta, error: str, notice: Plan | None = None) -> bool:
        done = self._database.transact(
            lambda s: inbox.put_off_turn(s, self._business_id, turn, delay, error, notice, self._clock())
        )
        if done and notice is not None:
            self.wake.outbound.set()
        return done

    def staff_chat(self, channel: str, address: str) -> StaffChat | None:
        """Whose chat of staff this is; ``None``: a customer's."""
        with self._database.read() as session:
            chat = chat_at(session, self._business_id, channel, address)
            if chat is None or not present(session, self._business_id, chat.staff_id, None):
                return None
            return StaffChat(chat.id, chat.staff_id)

    def last_said(self, thread: str) -> Plan | None:
        """What we said there last."""
        with self._database.read() as session:
            return feed.last_said(session, self._business_id, thread)

    def last_offer(self, thread: str) -> Offer | None:
        with self._database.read() as session:
            return feed.last_offer(session, self._business_id, thread)

    def language(self, thread: str) -> str | None:
        """What this thread was last answered in; ``None``: never answered by the bot."""
        with self._database.read() as session:
            return feed.language(session, self._business_id, thread)

    def has_spoken(self, thread: str) -> bool:
        """Whether anything was ever said to this thread, or is on its way."""
        with self._database.read() as session:
            return feed.has_spoken(session, self._business_id, thread)

    def choice(self, thread: str, ref: ChoiceRef) -> str | None:
        with self._database.read() as session:
            return feed.choice(session, self._business_id, thread, ref)

    def claim_sending(self, worker: str) -> Sending | None:
        """``worker`` names the caller in logs; ``None``: nothing to send now."""
        if not self._is_due(outgoing.QUEUE):
            return None
        return self._database.transact(lambda s: outgoing.claim_sending(s, self._business_id, self._clock()))

    def mine(self, sending: Sending) -> bool:
        """Ask right before calling a provider: a worker that slept past its lease must not send."""
        with self._database.read() as session:
            return outgoing.mine(session, sending, self._clock())

    def finish_sending(self, sending: Sending, receipt: Receipt) -> bool:
        return self._database.transact(
            lambda s: receipts.finish_sending(s, self._business_id, sending, receipt, self._clock())
        )

    def put_off_sending(
        self, sending: Sending, delay: timedelta, error: str, *, in_doubt: bool = False
    ) -> bool:
        return self._database.transact(
            lambda s: outgoing.put_off_sending(s, sending, delay, error, self._clock(), in_doubt=in_doubt)
        )

    def spend(self, limits: Sequence[RateLimit]) -> timedelta:
        """Zero: a message may go now and is counted; else how long it has to wait."""
        if not limits:
            return timedelta(0)
        return self._database.transact(lambda s: rates.spend(s, limits, self._clock()))

    def hold_back(
        self, limits: Sequence[RateLimit], delay: timedelta, *, whose_is_known: bool = True
    ) -> None:
        """The provider has asked for a pause, of all workers; perhaps only of what goes to that reader."""
        now = self._clock()
        self._database.transact(
            lambda s: rates.hold_back(s, limits, now + delay, now, whose_is_known=whose_is_known)
        )

    def receive(self, channel: str, receipt: Receipt, message_id: int | None = None) -> bool:
        """A provider's later word on a message it took from us, which is found by its id there or by ours."""
        moved = self._database.transact(
            lambda s: receipts.receive(s, self._business_id, channel, receipt, self._clock(), message_id)
        )
        if moved and receipt.again_with:
            self.wake.outbound.set()
        return moved

    def feed(self, thread: str, after_id: int = 0) -> list[FeedItem]:
        with self._database.read() as session:
            return feed.feed(session, self._business_id, thread, after_id)

    def _is_due(self, queue: str) -> bool:
        """A look that takes no lock: a worker that finds nothing to do holds nobody up."""
        with self._database.read() as session:
            return jobs.is_due(session, business_id=self._business_id, queue=queue, now=self._clock())

    def close(self) -> None:
        self._database.close()


def open_store(settings: Settings, clock: Clock = system_clock) -> Store:
    """The store of ``settings.business_id``; the database must have been prepared."""
    return Store(open_database(settings.database_url), clock, settings.business_id)

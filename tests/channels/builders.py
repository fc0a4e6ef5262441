"""What the front door's tests are built from: a line without threads, and a browser."""

import json
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

import scheduler_core.app  # noqa: F401  -- every room's tables
from channels import conversation, delivery
from channels.bell import Bell
from channels.bot_client import BotClient
from channels.core_pages import CorePages
from channels.door import Door
from channels.interface import Channel, InboundMessage
from channels.registry import connected
from channels.staff_line import StaffLine
from channels.walk import Patience, Walk
from scheduler_core.db import Base, open_database
from scheduler_core.outbox import ChoiceRef, FeedItem, Heard, open_store, thread_of
from scheduler_core.outbox import models as kept
from scheduler_core.outbox.receipts import UNREACHED
from scheduler_core.settings import Settings
from tests.builders.clock import HandClock

A_TUESDAY = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)


def settings_for(home: Path, bot_port: int, core_port: int = 1) -> Settings:
    """Settings with a database of their own, its tables made; port 1 is a port where nobody listens."""
    return prepared(Settings(home=home, bot_port=bot_port, core_port=core_port))


def prepared(made: Settings) -> Settings:
    """The settings, once their database has its tables."""
    database = open_database(made.database_url)
    Base.metadata.create_all(database.engine)
    database.close()
    return made


class Line:
    """The straight line walked in the test's own thread, one step after the other."""

    def __init__(self, settings: Settings, clock: HandClock) -> None:
        self.clock = clock
        self.store = open_store(settings, clock)
        self.bot = BotClient(settings.bot_url)
        self.patience = Patience()
        self.rung: list[str] = []
        self.channels = connected(settings)
        core, bell = CorePages(settings, clock), Bell()
        line = StaffLine(settings.actions_url)
        self.door = Door(settings, clock, self.store, self.bot, core, line, bell, self.channels)
        self._ids = count(1)

    def hears(
        self,
        text: str,
        *,
        who: str = "maria",
        tap: ChoiceRef | None = None,
        again: int = 0,
        channel: str = "web",
    ) -> Heard:
        """Someone says something; `again` is the number of an earlier message that is delivered once more."""
        message = InboundMessage(f"{who}-message-{again or next(self._ids)}", who, text, tap)
        return self.door.hear(channel, message)

    def works(self, channels: dict[str, Channel] | None = None) -> None:
        """Answer and send all that is due now."""
        while turn := self.store.claim_turn("test"):
            capabilities = self.channels[turn.channel].capabilities
            walk = Walk(
                self.store,
                self.bot,
                capabilities,
                self.patience,
                self.door.core,
                turn,
                self.door.staff_line,
                self.channels[turn.channel].fetch,
            )
            conversation.take_turn(walk)
        while sending := self.store.claim_sending("test"):
            reached = channels or self.channels
            delivery.deliver(self.store, reached, sending, self.rung.append, self.door.enclosed)

    def unreached(self) -> list[str]:
        """Of the messages that did not reach their readers: why, as it is left to the core."""
        database = open_database(self.door.settings.database_url)
        with database.read() as session:
            wanted = select(kept.Job.payload).where(kept.Job.kind == UNREACHED).order_by(kept.Job.id)
            why = [each["because"] for each in session.scalars(wanted)]
        database.close()
        return why

    def forgets(self, who: str) -> None:
        """As the core does for a customer who is erased: their messages go, with the work on them."""
        thread = thread_of("web", who)

        def forget(session: Session) -> None:
            for table in (kept.FeedEntry, kept.InboundMessage, kept.OutboundMessage):
                session.execute(delete(table).where(table.thread == thread))
            session.execute(delete(kept.Job).where(kept.Job.order_key == thread))

        database = open_database(self.door.settings.database_url)
        database.transact(forget)
        database.close()

    def shows(self, who: str = "maria") -> list[FeedItem]:
        return list(self.door.feed("web", who, 0))

    def said(self, who: str = "maria") -> list[str]:
        """What we said to someone, in order."""
        return [item.text for item in self.shows(who) if item.who == "us"]

    def close(self) -> None:
        self.store.close()


class Browser:
    """One visitor's browser: keeps the cookie, names its origin, reads the stream."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, headers={"Origin": url}, timeout=10, trust_env=False)
        self._ids = count(1)

    def opens_page(self) -> httpx.Response:
        return self.http.get("/")

    def says(self, text: str, **more: Any) -> httpx.Response:
        return self.http.post("/web/messages", json={"id": f"message-{next(self._ids)}", "text": text} | more)

    def taps(self, message_id: int, n: int) -> httpx.Response:
        choice = {"message_id": message_id, "n": n}
        return self.http.post("/web/messages", json={"id": f"message-{next(self._ids)}", "choice": choice})

    def sees(self, items: int, after: int = 0) -> list[dict[str, Any]]:
        """The next `items` of the conversation, waited for as the page does: on the open stream."""
        seen: list[dict[str, Any]] = []
        with self.http.stream("GET", "/web/events", params={"after": after}) as stream:
            for line in stream.iter_lines():
                if line.startswith("data: {") and "text" in (item := json.loads(line[6:])):
                    seen.append(item)
                if len(seen) == items:
                    break
        return seen

"""A waitlist that talks, as a test sees it: who was asked about which time, and what they hear."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import count
from typing import Any

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.outbox.outgoing import claim_sending
from scheduler_core.outbox.receipts import finish_sending
from scheduler_core.outbox.records import Receipt, Sending
from tests.builders.core import Core
from tests.scheduler_core.waitlist.wishes import person, wait

_KEYS = count(1)


def tuesday(hour: int) -> str:
    """On the wall in New York."""
    return f"2027-03-02T{hour + 5:02}:00:00Z"


@dataclass
class Line:
    """Ana's Tuesday at the salon, and those who would come."""

    core: Core
    people: dict[str, int] = field(default_factory=dict)

    def person(self, name: str) -> int:
        if name not in self.people:
            self.people[name] = person(self.core, name)
        return self.people[name]

    def books(self, hour: int, name: str = "otto", **more: Any) -> Any:
        return self.core.booked(tuesday(hour), customer_id=self.person(name), **more)

    def waits(self, name: str, *hours: tuple[int, int], **more: Any) -> int:
        """For Tuesday from and until those hours; a minute later the next may ask."""
        ranges = [(tuesday(since), tuesday(until)) for since, until in hours or ((9, 17),)]
        entry = wait(self.core, *ranges, customer_id=self.person(name), **more)
        self.core.clock.move(minutes=1)
        return int(entry["customer_id"])

    def later(self, **span: float) -> None:
        self.core.clock.move(**span)
        self.core.does_what_is_due()

    def cancels(self, visit: Any) -> None:
        """For good."""
        assert self.core.cancel(visit).status_code == 200
        self.passes_the_undo()

    def passes_the_undo(self) -> None:
        """What was done can be taken back no more."""
        self.core.does_what_is_due()
        self.later(minutes=5)

    def offers(self, state: str | None = None) -> list[Any]:
        """The oldest first."""
        found = self.core.ask("GET", f"waitlist/offers?{f'state={state}' if state else ''}").json()["items"]
        return list(reversed(found))

    def open_offers(self) -> list[tuple[int, int]]:
        """To whom, and at which hour."""
        return [(each["customer_id"], _hour(each["start"])) for each in self.offers("open")]

    def history(self) -> list[tuple[int, int, str]]:
        return [(each["customer_id"], _hour(each["start"]), each["state"]) for each in self.offers()]

    def answers(self, customer: int, answer: str, **body: Any) -> httpx.Response:
        """``accept`` or ``decline`` the newest they were asked about."""
        newest = next(each for each in reversed(self.offers()) if each["customer_id"] == customer)
        return self.core.ask("POST", f"waitlist/offers/{newest['id']}/{answer}", body, key=f"a-{next(_KEYS)}")

    def says_yes(self, customer: int) -> Any:
        answer = self.answers(customer, "accept")
        assert answer.status_code == 200, answer.text
        self.core.does_what_is_due()
        return answer.json()

    def says_no(self, customer: int, **body: Any) -> None:
        assert self.answers(customer, "decline", **body).status_code == 200
        self.core.does_what_is_due()

    def all_is_sent(self, but_to: str, failed: Receipt) -> None:
        """What is for that person comes to this, and the rest arrives."""
        core, now = self.core, self.core.clock()
        while sending := core.write(lambda session: claim_sending(session, core.salon.id, now)):
            receipt = failed if sending.address == but_to else Receipt("sent")
            core.write(partial(_finish, core.salon.id, sending, receipt, now))
        core.does_what_is_due()

    def told(self, kind: str) -> list[str]:
        """What was said of that kind, once to each reader."""
        with self.core.database.read() as session:
            said = (
                select(OutboundMessage.text).where(OutboundMessage.kind == kind).order_by(OutboundMessage.id)
            )
            return list(dict.fromkeys(session.scalars(said)))

    def free(self) -> list[int]:
        return [
            _hour(start)
            for start in self.core.starts((tuesday(9), tuesday(17)), staff_id=self.core.salon.ana)
        ]


def _finish(business_id: int, sending: Sending, receipt: Receipt, now: datetime, session: Session) -> None:
    assert finish_sending(session, business_id, sending, receipt, now)


def _hour(instant: str) -> int:
    return datetime.fromisoformat(instant).hour - 5

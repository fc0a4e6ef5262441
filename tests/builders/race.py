"""A business whose customers all ask at the same moment, of processes as an installation runs them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.db import Database
from scheduler_core.outbox.enqueue import DESK
from scheduler_core.outbox.models import OutboundMessage
from tests.builders.parts import ALWAYS, a_business, a_customer, a_location, a_person, a_service
from tests.builders.processes import Answered, Asked, Servers, all_at_once, per_second, percentile

_KEYS = count(1)


@dataclass
class Race:
    """A business that is always open, in whole tens of minutes, and what its customers ask for at once."""

    servers: Servers
    database: Database
    report: Callable[[str, object], None]
    business: int
    location: int
    customer: int
    people: list[int]
    service: int
    asked: list[Asked] = field(default_factory=list)

    @classmethod
    def between(
        cls, servers: Servers, database: Database, report: Callable[[str, object], None], people: int = 2
    ) -> "Race":
        """A new business on this database; the first of its people gets the notices."""

        def build(session: Session) -> "Race":
            business = a_business(session, "UTC", grid_minutes=10)
            place = a_location(session, business, "UTC", ALWAYS)
            staff = [
                a_person(session, business, f"Ana {nth}", {place: ALWAYS}, gets_notices=nth == 0)
                for nth in range(people)
            ]
            customer, _ = a_customer(session, business, datetime.now(UTC), "maria")
            service = a_service(session, business, by=staff)
            return cls(servers, database, report, business, place, customer, staff, service)

        return database.transact(build)

    def after_noon(self, minutes: int) -> str:
        """Of the day after tomorrow: the processes have the clock of the wall."""
        noon = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
        return (noon + timedelta(days=2, minutes=minutes)).isoformat()

    def wants(self, person: int, minutes: int, service: int | None = None) -> None:
        """Somebody will ask for this person so many minutes after noon."""
        body = {
            "customer_id": self.customer,
            "service_id": service or self.service,
            "staff_id": person,
            "location_id": self.location,
            "start": self.after_noon(minutes),
        }
        self._will_ask("appointments", body)

    def wants_to_move(self, visit: Any, person: int, minutes: int) -> None:
        body = {"expected_version": visit["version"], "staff_id": person, "location_id": self.location}
        self._will_ask(f"appointments/{visit['id']}/reschedule", body | {"start": self.after_noon(minutes)})

    def wants_to_cancel(self, visit: Any) -> None:
        self._will_ask(f"appointments/{visit['id']}/cancel", {"expected_version": visit["version"]})

    def _will_ask(self, path: str, body: dict[str, Any]) -> None:
        self.asked.append(Asked(f"/v1/businesses/{self.business}/{path}", body, f"race-{next(_KEYS)}"))

    def run(self) -> list[Answered]:
        """Everybody asks at the same moment; how long they waited is reported."""
        asked, self.asked = self.asked, []
        answers = all_at_once(self.servers, asked)
        self.report("requests_per_second", round(per_second(answers)))
        self.report("p50_ms", round(percentile(answers, 0.5), 1))
        self.report("p99_ms", round(percentile(answers, 0.99), 1))
        assert self.overlaps() == 0
        return answers

    def overlaps(self) -> int:
        pairs = text(
            "SELECT count(*) FROM reservation a JOIN reservation b ON a.resource_id = b.resource_id"
            " AND a.unit = b.unit AND a.id < b.id AND a.start_at < b.end_at AND b.start_at < a.end_at"
        )
        with self.database.read() as session:
            return session.scalar(pairs) or 0

    def notices(self) -> Counter[str]:
        """What staff were told, by kind."""
        mine = OutboundMessage.business_id == self.business, OutboundMessage.channel == DESK
        with self.database.read() as session:
            return Counter(session.scalars(select(OutboundMessage.kind).where(*mine)))

    def visits(self) -> Counter[str]:
        """How many visits there are in each state."""
        mine = Appointment.business_id == self.business
        counted = select(Appointment.status, func.count()).where(mine).group_by(Appointment.status)
        with self.database.read() as session:
            return Counter({row[0]: row[1] for row in session.execute(counted)})


def words(answers: Sequence[Answered]) -> Counter[str]:
    return Counter(answer.word for answer in answers)

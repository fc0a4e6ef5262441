"""A business that has one of everything, so that whatever is asked about exists."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.appointments.models import VisitFlag
from scheduler_core.businesses.hours import TIME_OFF
from scheduler_core.businesses.models import SEATS, STAFF, TOOL
from tests.builders import parts
from tests.builders.clock import MONDAY
from tests.builders.core import Core
from tests.builders.databases import Snapshot
from tests.builders.files import JPEG, brings
from tests.builders.salon import Salon

FLAG = "late_start"
#: Which table an id is from, where the name does not say it.
_TABLES = {
    "staff": "staff_member",
    "entry": "waitlist_entry",
    "offer": "waitlist_offer",
    "key": "api_key",
    "message": "outbound_message",
    "chat": "staff_chat",
    "exclude_appointment": "appointment",
    "earlier_appointment": "appointment",
    "class": "class_session",
    "addon": "service",
    "also": "service",
    "needs": "resource",
}
#: Days with hours of their own, holidays though they are.
OTHER_DAYS = [date(2027, 3, 15), date(2027, 3, 16)]


def ids_of(rows: Snapshot, business_id: int) -> Callable[[str], list[int]]:
    """Answers which ids of the business a name may stand for; people and seats are resources only to themselves."""

    def ids(name: str) -> list[int]:
        stem = name if name in _TABLES else name.removesuffix("s").removesuffix("_id")
        return [
            row["id"]
            for row in rows.of(_TABLES.get(stem, stem))
            if row["business_id"] == business_id and row.get("kind") not in (STAFF, SEATS)
        ]

    return ids


def furnish(core: Core) -> str:
    """Add to a salon every kind of rule, service, customer and visit that there is.

    Answers the token of a person's private calendar, which is told only once.
    """
    salon = core.salon
    core.write(lambda session: _rules(session, salon))
    approved, lesson = core.write(lambda session: _services(session, salon))
    core.write(lambda session: parts.a_customer(session, salon.id, core.clock(), "noor"))
    flagged = core.booked("2027-03-02T14:00:00Z")
    core.write(lambda session: _flag(session, salon.id, flagged["id"]))
    core.booked("2027-03-02T15:00:00Z", staff_id=salon.ben)
    core.booked("2027-03-03T14:00:00Z", service_id=lesson)
    for day in (4, 5, 8):
        core.booked(f"2027-03-{day:02}T19:00:00Z", service_id=approved)
    assert core.cancel(core.booked("2027-03-04T14:00:00Z")).status_code == 200
    assert core.hold("2027-03-05T14:00:00Z").status_code == 201
    reminded = core.ask("POST", f"appointments/{flagged['id']}/remind", key=f"remind-{flagged['id']}")
    assert reminded.status_code == 200, reminded.text
    _today(core)
    feed: str = _made(core, f"staff/{salon.ana}/calendar", {})["url"]
    _made(core, "waitlist", {"customer_id": salon.customer, "service_id": salon.service, "ranges": [_RANGE]})
    assert core.cancel(core.booked("2027-03-08T14:00:00Z")).status_code == 200
    core.clock.move(minutes=5)  # it can be undone no more
    core.does_what_is_due()
    core.clock.move(minutes=-5)
    brings(core, JPEG, key="furnish")
    _made(core, "series", {**_weekly(salon), "rrule": "FREQ=WEEKLY;COUNT=2"})
    _made(core, "feedback", {"customer_id": salon.customer, "score": 2})
    _linked(core)
    _made(core, "broadcasts", {"staff_id": salon.ben, **_RANGE})
    _made(core, "keys", {"label": "Front desk", "role": "receptionist"})
    return feed.rpartition("/")[2].removesuffix(".ics")


_RANGE = {"start": "2027-03-08T14:00:00Z", "end": "2027-03-09T22:00:00Z"}


def _today(core: Core) -> None:
    """One who is expected, one who has arrived, one whose visit has begun."""
    core.booked("2027-03-01T14:00:00Z")
    for start, steps in (("2027-03-01T15:00:00Z", ["arrive"]), ("2027-03-01T16:00:00Z", ["arrive", "start"])):
        visit = core.booked(start, staff_id=core.salon.ben)
        for version, step in enumerate(steps, 1):
            path, body = f"appointments/{visit['id']}/{step}", {"expected_version": version}
            assert core.ask("POST", path, body, key=f"{path}").status_code == 200


def _flag(session: Session, business_id: int, visit_id: int) -> None:
    of = {"business_id": business_id, "appointment_id": visit_id, "raised_at": MONDAY}
    session.add(VisitFlag(**of, kind=FLAG, facts={"minutes": 5}))


def _weekly(salon: Salon) -> dict[str, Any]:
    ids = {"customer_id": salon.customer, "service_id": salon.service, "staff_id": salon.ben}
    return {**ids, "location_id": salon.location, "start": "2027-03-11T15:00:00Z"}


def _made(core: Core, path: str, body: dict[str, Any]) -> Any:
    answer = core.ask("POST", path, body, key=f"furnish-{path}")
    assert answer.status_code == 201, answer.text
    return answer.json()


def _linked(core: Core) -> None:
    code = _made(core, f"staff/{core.salon.ana}/chat-codes", {})["code"]
    said = {"channel": "sms", "address": "+15550100", "code": code}
    assert core.ask("POST", "staff-chats/claim", said).json()["outcome"] == "linked"


def _rules(session: Session, salon: Salon) -> None:
    ana, soon = parts.resource_of(session, salon.ana), MONDAY + timedelta(days=9)
    chicago = parts.a_location(session, salon.id, "America/Chicago")
    parts.a_person(session, salon.id, "Cem", {salon.location: parts.WEEKDAYS}, skills=["colour"])
    parts.a_break(session, salon.id, salon.ana, 2, 12 * 60, 12 * 60 + 20)
    for day in OTHER_DAYS:
        for place in (salon.location, chicago):
            parts.a_holiday(session, salon.id, place, day)
            parts.an_override(session, salon.id, place, day, [(600, 720)])
        for person in (salon.ana, salon.ben):
            parts.an_override(session, salon.id, salon.location, day, [], person)
    parts.a_closure(session, salon.id, salon.location, soon, soon + timedelta(hours=2))
    parts.a_block(session, salon.id, ana, soon + timedelta(days=1), soon + timedelta(days=2), TIME_OFF)


def _services(session: Session, salon: Salon) -> tuple[int, int]:
    """One that waits for approval and needs a room, and a class; the salon's own gets an add-on. A tool is spare."""
    room = parts.a_resource(session, salon.id, location_id=salon.location)
    parts.a_resource(session, salon.id, TOOL)
    people = (salon.ana, salon.ben)
    parts.an_addon(session, salon.id, salon.service, by=people, duration_minutes=15)
    approved = parts.a_service(
        session,
        salon.id,
        by=people,
        needs=[[room]],
        name="Colour",
        skills=["colour"],
        duration_minutes=90,
        gaps=[[30, 30]],
        policy={"approval_needed": True},
    )
    lesson = parts.a_service(session, salon.id, by=people, name="Lesson", capacity=4)
    return approved, lesson

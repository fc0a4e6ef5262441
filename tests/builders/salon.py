"""A small business of the core: one place, two people who do one service, and what a test changes about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.businesses.models import (
    Absence,
    Business,
    Location,
    OpeningHours,
    Resource,
    Service,
    StaffHours,
    StaffMember,
    StaffService,
)
from scheduler_core.conversations.models import Conversation
from scheduler_core.customers.models import ContactPoint, Customer

Hours = dict[int, Sequence[tuple[int, int]]]

#: Monday to Friday, 9 to 13 and 14 to 18.
WEEKDAYS: Hours = dict.fromkeys(range(5), ((9 * 60, 13 * 60), (14 * 60, 18 * 60)))


@dataclass(frozen=True)
class Salon:
    """The ids of what was made."""

    id: int
    location: int
    service: int
    ana: int
    ben: int
    customer: int
    conversation: int


@dataclass(frozen=True)
class Plan:
    """What the salon is like. Ben may have hours of his own; ``None``: those of the place."""

    zone: str = "America/New_York"
    hours: Hours = field(default_factory=lambda: WEEKDAYS)
    ben_hours: Hours | None = None
    minutes: int = 60
    before: int = 0
    after: int = 0
    grid: int = 60
    min_notice_minutes: int = 0
    horizon_days: int = 60
    buffers_beyond_hours: bool = False


def a_salon(session: Session, now: datetime, plan: Plan | None = None) -> Salon:
    plan = plan or Plan()
    business = Business(
        name="Salon",
        zone=plan.zone,
        locale="en",
        currency="USD",
        phone="1",
        min_notice_minutes=plan.min_notice_minutes,
        horizon_days=plan.horizon_days,
        grid_minutes=plan.grid,
        late_fee_percent=50,
        buffers_beyond_hours=plan.buffers_beyond_hours,
    )
    session.add(business)
    session.flush()
    place = Location(business_id=business.id, name="Main", address="1 Main St", zone=plan.zone)
    service = Service(
        business_id=business.id,
        name="Haircut",
        category="Hair",
        aliases=["cut"],
        duration_minutes=plan.minutes,
        buffer_before_minutes=plan.before,
        buffer_after_minutes=plan.after,
        price_minor=4000,
    )
    session.add_all([place, service])
    session.flush()
    _open(session, business.id, place.id, plan.hours)
    ana = _staff(session, business.id, place.id, service.id, "Ana", plan.hours)
    ben = _staff(session, business.id, place.id, service.id, "Ben", plan.ben_hours or plan.hours)
    customer, conversation = a_customer(session, business.id, now, "maria")
    return Salon(business.id, place.id, service.id, ana, ben, customer, conversation)


def a_customer(session: Session, business_id: int, now: datetime, address: str) -> tuple[int, int]:
    """A person with a terminal address; their id and their conversation's."""
    person = Customer(business_id=business_id, name=address.title(), created_at=now)
    session.add(person)
    session.flush()
    names = {"business_id": business_id, "customer_id": person.id, "channel": "terminal", "address": address}
    thread = Conversation(**names, handed_over=False, created_at=now)
    session.add_all([ContactPoint(**names), thread])
    session.flush()
    return person.id, thread.id


def an_absence(session: Session, salon: Salon, staff_id: int, start: datetime, end: datetime) -> None:
    session.add(Absence(business_id=salon.id, staff_id=staff_id, start_at=start, end_at=end))


def _open(session: Session, business_id: int, location_id: int, hours: Hours) -> None:
    for weekday, windows in hours.items():
        for opens, closes in windows:
            session.add(
                OpeningHours(
                    business_id=business_id,
                    location_id=location_id,
                    weekday=weekday,
                    opens_minute=opens,
                    closes_minute=closes,
                )
            )


def _staff(
    session: Session, business_id: int, location_id: int, service_id: int, name: str, hours: Hours
) -> int:
    resource = Resource(business_id=business_id, kind="staff", capacity=1)
    session.add(resource)
    session.flush()
    member = StaffMember(
        business_id=business_id,
        resource_id=resource.id,
        name=name,
        aliases=[],
        gets_notices=name == "Ana",
    )
    session.add(member)
    session.flush()
    session.add(StaffService(business_id=business_id, staff_id=member.id, service_id=service_id))
    for weekday, windows in hours.items():
        for starts, ends in windows:
            session.add(
                StaffHours(
                    business_id=business_id,
                    staff_id=member.id,
                    location_id=location_id,
                    weekday=weekday,
                    starts_minute=starts,
                    ends_minute=ends,
                )
            )
    return member.id

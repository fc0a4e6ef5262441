"""The people who do the work: who they are and what they offer. Each is one resource, wherever they are."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler_core.businesses.changing import Change, put
from scheduler_core.businesses.models import STAFF, Resource, Service, StaffMember, StaffService
from scheduler_core.businesses.queries import places_of_work
from scheduler_core.businesses.rows import in_use, must_be_in_use, owned, rows_of_page
from scheduler_core.businesses.schemas.staff import StaffChange, StaffFull, StaffIn
from scheduler_core.permissions.paging import Page, paged


def view(session: Session, business_id: int, staff_id: int) -> StaffFull:
    return _shown(session, business_id, [owned(session, StaffMember, business_id, staff_id)])[0]


def page(session: Session, business_id: int, after: int | None, limit: int) -> Page[StaffFull]:
    rows = rows_of_page(session, StaffMember, business_id, after, limit)
    return paged(_shown(session, business_id, rows), limit, lambda each: each.id)


def create(made: Change, asked: StaffIn) -> StaffFull:
    """A new person, who works nowhere yet."""
    resource = Resource(business_id=made.business_id, kind=STAFF, capacity=1)
    made.session.add(resource)
    made.session.flush()
    person = StaffMember(
        business_id=made.business_id,
        resource_id=resource.id,
        **asked.model_dump(mode="json", exclude={"service_ids"}),
    )
    made.session.add(person)
    made.session.flush()
    _name_services(made, person, asked.service_ids)
    made.record("created", "staff_member", person.id)
    return _shown(made.session, made.business_id, [person])[0]


def change(made: Change, staff_id: int, asked: StaffChange) -> StaffFull:
    person = in_use(made.session, StaffMember, made.business_id, staff_id)
    changed = put(person, asked.model_dump(mode="json", exclude_unset=True, exclude={"service_ids"}))
    if "service_ids" in asked.model_fields_set:
        _name_services(made, person, asked.service_ids)
        changed.append("service_ids")
    if changed:
        made.record("changed", "staff_member", person.id, fields=changed)
    return _shown(made.session, made.business_id, [person])[0]


def archive(made: Change, staff_id: int) -> None:
    """The person has left: nothing more is booked with them, and a key of theirs opens nothing from now on.

    Their visits stay and are flagged: somebody else takes them over one by one, and until then new ones must stop.
    """
    person = owned(made.session, StaffMember, made.business_id, staff_id)
    if person.archived_at is not None:
        return
    person.archived_at = made.now
    owned(made.session, Resource, made.business_id, person.resource_id).archived_at = made.now
    made.record("archived", "staff_member", person.id)


def _name_services(made: Change, person: StaffMember, service_ids: Sequence[int]) -> None:
    must_be_in_use(made.session, Service, made.business_id, service_ids)
    made.session.execute(delete(StaffService).where(StaffService.staff_id == person.id))
    made.session.add_all(
        StaffService(business_id=made.business_id, service_id=service_id, staff_id=person.id)
        for service_id in service_ids
    )
    made.session.flush()


def _shown(session: Session, business_id: int, rows: Sequence[StaffMember]) -> list[StaffFull]:
    keys = [row.id for row in rows]
    named: dict[int, list[int]] = defaultdict(list)
    pairs = session.execute(
        select(StaffService.staff_id, StaffService.service_id)
        .join(Service, Service.id == StaffService.service_id)
        .where(StaffService.staff_id.in_(keys), Service.archived_at.is_(None))
        .order_by(StaffService.service_id)
    )
    for staff_id, service_id in pairs:
        named[staff_id].append(service_id)
    places = places_of_work(session, business_id, keys)
    return [
        StaffFull(
            id=row.id,
            name=row.name,
            aliases=row.aliases,
            location_ids=places[row.id],
            resource_id=row.resource_id,
            zone=row.zone,
            skills=row.skills,
            service_ids=named[row.id],
            gets_notices=row.gets_notices,
            archived_at=row.archived_at,
        )
        for row in rows
    ]

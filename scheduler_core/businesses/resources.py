"""Rooms, chairs, vehicles and tools. People and the seats of classes are resources too, but are not made here."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from scheduler_core.businesses.changing import Change, put
from scheduler_core.businesses.models import SEATS, STAFF, Location, Resource
from scheduler_core.businesses.rows import in_use, owned, rows_of_page
from scheduler_core.businesses.schemas.resources import ResourceChange, ResourceFull, ResourceIn
from scheduler_core.businesses.service_links import must_not_be_the_last
from scheduler_core.errors import NotFound
from scheduler_core.permissions.paging import Page, paged


def view(session: Session, business_id: int, resource_id: int) -> ResourceFull:
    return _shown(_thing(owned(session, Resource, business_id, resource_id)))


def page(session: Session, business_id: int, after: int | None, limit: int) -> Page[ResourceFull]:
    things = Resource.kind.not_in((STAFF, SEATS))
    rows: Sequence[Resource] = rows_of_page(session, Resource, business_id, after, limit, things)
    return paged([_shown(row) for row in rows], limit, lambda each: each.id)


def create(made: Change, asked: ResourceIn) -> ResourceFull:
    _must_stand_somewhere(made, asked.location_id)
    thing = Resource(business_id=made.business_id, **asked.model_dump(mode="json"))
    made.session.add(thing)
    made.session.flush()
    made.record("created", "resource", thing.id)
    return _shown(thing)


def change(made: Change, resource_id: int, asked: ResourceChange) -> ResourceFull:
    """Less capacity holds for new bookings; those that were agreed stay."""
    thing = _thing(in_use(made.session, Resource, made.business_id, resource_id))
    _must_stand_somewhere(made, asked.location_id)
    if changed := put(thing, asked.model_dump(mode="json", exclude_unset=True)):
        made.record("changed", "resource", thing.id, fields=changed)
    return _shown(thing)


def archive(made: Change, resource_id: int) -> None:
    """Book it no more; visits that were agreed stay.

    Refused while a service needs it and has no other (``StillNeeded``): nobody could book that service any more, and
    nobody would be told why.
    """
    thing = _thing(owned(made.session, Resource, made.business_id, resource_id))
    if thing.archived_at is None:
        must_not_be_the_last(made, thing)
        thing.archived_at = made.now
        made.record("archived", "resource", thing.id)


def _thing(resource: Resource) -> Resource:
    if resource.kind in (STAFF, SEATS):
        raise NotFound("unknown resource")
    return resource


def _must_stand_somewhere(made: Change, location_id: int | None) -> None:
    if location_id is not None:
        in_use(made.session, Location, made.business_id, location_id)


def _shown(row: Resource) -> ResourceFull:
    return ResourceFull.model_validate(row, from_attributes=True)

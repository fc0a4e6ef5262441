"""What a service is tied to: the resources it needs, the add-ons that go with it, and who is named for it."""

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import aliased

from scheduler_core.businesses.changing import Change
from scheduler_core.businesses.models import (
    SEATS,
    STAFF,
    Resource,
    Service,
    ServiceAddon,
    ServiceNeed,
    StaffMember,
    StaffService,
)
from scheduler_core.businesses.rows import must_be_in_use
from scheduler_core.businesses.schemas.services import ServiceChange
from scheduler_core.errors import Malformed, StillNeeded

LINKS = ("needs", "addon_ids", "staff_ids")


def link(made: Change, service: Service, asked: ServiceChange) -> list[str]:
    """Tie a service to what is sent, in place of what it was tied to; which of ``LINKS`` were."""
    sent = [name for name in LINKS if name in asked.model_fields_set]
    if "needs" in sent:
        _need(made, service, asked.needs)
    if "addon_ids" in sent:
        _add_on(made, service, asked.addon_ids)
    if "staff_ids" in sent:
        _name_staff(made, service, asked.staff_ids)
    if "is_addon" in asked.model_fields_set or "addon_ids" in sent:
        _must_be_one_or_the_other(made, service)
    return sent


def must_not_be_the_last(made: Change, resource: Resource) -> None:
    """Raise ``StillNeeded`` when a service in use would be left without a resource that it needs."""
    other = aliased(ServiceNeed)
    another = (
        exists()
        .where(
            other.service_id == ServiceNeed.service_id,
            other.position == ServiceNeed.position,
            other.resource_id == Resource.id,
            Resource.id != resource.id,
            Resource.archived_at.is_(None),
        )
        .correlate(ServiceNeed)
    )
    needing = made.session.scalars(
        select(ServiceNeed.service_id)
        .join(Service, Service.id == ServiceNeed.service_id)
        .where(ServiceNeed.resource_id == resource.id, Service.archived_at.is_(None), ~another)
        .distinct()
    ).all()
    if needing:
        raise StillNeeded("a service cannot do without it", service_ids=sorted(needing))


def _need(made: Change, service: Service, needs: list[list[int]]) -> None:
    things = Resource.kind.not_in((STAFF, SEATS))
    must_be_in_use(
        made.session, Resource, made.business_id, {key for one_of in needs for key in one_of}, things
    )
    made.session.execute(delete(ServiceNeed).where(ServiceNeed.service_id == service.id))
    made.session.add_all(
        ServiceNeed(
            business_id=made.business_id, service_id=service.id, position=position, resource_id=resource_id
        )
        for position, one_of in enumerate(needs)
        for resource_id in one_of
    )


def _add_on(made: Change, service: Service, addon_ids: list[int]) -> None:
    must_be_in_use(made.session, Service, made.business_id, addon_ids)
    made.session.execute(delete(ServiceAddon).where(ServiceAddon.service_id == service.id))
    made.session.add_all(
        ServiceAddon(business_id=made.business_id, service_id=service.id, addon_id=addon_id)
        for addon_id in addon_ids
    )


def _name_staff(made: Change, service: Service, staff_ids: list[int]) -> None:
    must_be_in_use(made.session, StaffMember, made.business_id, staff_ids)
    made.session.execute(delete(StaffService).where(StaffService.service_id == service.id))
    made.session.add_all(
        StaffService(business_id=made.business_id, service_id=service.id, staff_id=staff_id)
        for staff_id in staff_ids
    )


def _must_be_one_or_the_other(made: Change, service: Service) -> None:
    """An add-on has none of its own; what others have as their add-on is one."""
    made.session.flush()
    of_business = ServiceAddon.business_id == made.business_id
    addons = made.session.execute(
        select(Service.id, Service.is_addon)
        .join(ServiceAddon, ServiceAddon.addon_id == Service.id)
        .where(of_business, ServiceAddon.service_id == service.id)
    ).all()
    if wrong := sorted(row.id for row in addons if not row.is_addon):
        raise Malformed("these are no add-ons", service_ids=wrong)
    if service.is_addon and addons:
        raise Malformed("an add-on has no add-ons of its own")
    bases = (
        select(Service.id)
        .join(ServiceAddon, ServiceAddon.service_id == Service.id)
        .where(of_business, ServiceAddon.addon_id == service.id, Service.archived_at.is_(None))
    )
    if not service.is_addon and (needing := made.session.scalars(bases).all()):
        raise StillNeeded("it is an add-on of other services", service_ids=sorted(needing))

"""What a business offers: how long and for how much, by whom, with what, and under which rules of its own."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.businesses.changing import Change, put
from scheduler_core.businesses.models import Service, ServiceAddon, ServiceNeed, StaffMember, StaffService
from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.queries import offered_by
from scheduler_core.businesses.rows import in_use, owned, rows_of_page
from scheduler_core.businesses.schemas.services import ServiceChange, ServiceFull, ServiceIn
from scheduler_core.businesses.service_links import LINKS, link
from scheduler_core.errors import Malformed
from scheduler_core.permissions.paging import Page, paged


def view(session: Session, business_id: int, service_id: int) -> ServiceFull:
    return _shown(session, business_id, [owned(session, Service, business_id, service_id)])[0]


def page(session: Session, business_id: int, after: int | None, limit: int) -> Page[ServiceFull]:
    rows = rows_of_page(session, Service, business_id, after, limit)
    return paged(_shown(session, business_id, rows), limit, lambda each: each.id)


def create(made: Change, asked: ServiceIn) -> ServiceFull:
    """Raises ``Malformed`` for gaps that do not lie inside it and add-ons that are none."""
    service = Service(business_id=made.business_id, **_columns(asked, only_sent=False))
    _must_fit_together(made, service)
    made.session.add(service)
    made.session.flush()
    link(made, service, asked)
    made.record("created", "service", service.id)
    return _shown(made.session, made.business_id, [service])[0]


def change(made: Change, service_id: int, asked: ServiceChange) -> ServiceFull:
    """As ``create``. Visits keep the length, price and policy that were agreed."""
    service = in_use(made.session, Service, made.business_id, service_id)
    changed = put(service, _columns(asked, only_sent=True))
    _must_fit_together(made, service)
    changed += link(made, service, asked)
    if changed:
        made.record("changed", "service", service.id, fields=sorted(changed))
    return _shown(made.session, made.business_id, [service])[0]


def archive(made: Change, service_id: int) -> None:
    """Offer it no more; visits that were agreed take place."""
    service = owned(made.session, Service, made.business_id, service_id)
    if service.archived_at is None:
        service.archived_at = made.now
        made.record("archived", "service", service.id)


def _columns(asked: ServiceChange, only_sent: bool) -> dict[str, Any]:
    columns = asked.model_dump(mode="json", exclude_unset=only_sent, exclude={*LINKS, "policy"})
    if not only_sent or "policy" in asked.model_fields_set:
        columns["policy"] = asked.policy.model_dump(mode="json", exclude_unset=True)
    return columns


def _must_fit_together(made: Change, service: Service) -> None:
    Policy.model_validate(made.business.policy).with_own(service.policy)
    end = 0
    for start, length in service.gaps:
        if start <= end:
            raise Malformed("gaps follow one another, with work before, between and after them")
        end = start + length
    if end >= service.duration_minutes:
        raise Malformed("gaps lie inside the service, which ends with work")


def _shown(session: Session, business_id: int, rows: Sequence[Service]) -> list[ServiceFull]:
    keys = [row.id for row in rows]
    needs: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for need in session.scalars(
        select(ServiceNeed).where(ServiceNeed.service_id.in_(keys)).order_by(ServiceNeed.resource_id)
    ):
        needs[need.service_id][need.position].append(need.resource_id)
    addons = _in_use_by_service(session, keys, ServiceAddon.service_id, ServiceAddon.addon_id, Service)
    named = _in_use_by_service(session, keys, StaffService.service_id, StaffService.staff_id, StaffMember)
    offering = offered_by(session, business_id, {row.id: row.skills for row in rows})
    return [
        ServiceFull.model_validate(
            {
                **{name: getattr(row, name) for name in _PLAIN},
                "needs": [needs[row.id][position] for position in sorted(needs[row.id])],
                "addon_ids": addons[row.id],
                "staff_ids": named[row.id],
                "offered_by": offering[row.id],
            }
        )
        for row in rows
    ]


_PLAIN = set(ServiceFull.model_fields) - {*LINKS, "offered_by"}


def _in_use_by_service(
    session: Session, keys: Sequence[int], service_id: Any, other_id: Any, other: type[Service | StaffMember]
) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = session.execute(
        select(service_id, other_id)
        .join(other, other.id == other_id)
        .where(service_id.in_(keys), other.archived_at.is_(None))
        .order_by(other_id)
    )
    for key, linked in rows:
        found[key].append(linked)
    return found

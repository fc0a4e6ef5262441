"""Questions about visits, each from the business."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Row, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.attend.late import LATE_START
from scheduler_core.appointments.flags.ours import is_our_doing
from scheduler_core.appointments.history import UNDO_FOR, UNDOABLE
from scheduler_core.appointments.models import Appointment, AppointmentChange, AppointmentItem, VisitFlag
from scheduler_core.appointments.schemas import AppointmentOut, AskedOut, FlagOut, ItemOut
from scheduler_core.appointments.status import COMING
from scheduler_core.businesses.models import Location, Service, StaffMember
from scheduler_core.businesses.policy import Policy
from scheduler_core.conversations.models import Notice
from scheduler_core.errors import NotFound

_PAGE = 100
_Named = Select[Appointment, str, str, str, str, str, datetime, Notice]
_Row = Row[Appointment, str, str, str, str, str, datetime, Notice]
#: The notices that ask whether the customer comes.
_ASKING = ("reminder", "reminder_many", "visit_moved", "visit_restored")
#: The id of the newest notice that asked whether the customer comes to the visit as it is.
LAST_ASKED = (
    select(func.max(Notice.id))
    .where(
        Notice.appointment_id == Appointment.id,
        Notice.appointment_version == Appointment.version,
        Notice.kind.in_(_ASKING),
    )
    .correlate(Appointment)
    .scalar_subquery()
)
#: Visits with the names that people know things by, the step to their present version, and who was asked. Statements
#: that many notices are said by are built once: that takes longer than running them.
_NAMED: _Named = (
    select(
        Appointment,
        Service.name,
        StaffMember.name,
        Location.name,
        Location.address,
        AppointmentChange.step,
        AppointmentChange.at,
        Notice,
    )
    .join(Service, Service.id == Appointment.service_id)
    .join(StaffMember, StaffMember.id == Appointment.staff_id)
    .join(Location, Location.id == Appointment.location_id)
    .outerjoin(
        AppointmentChange,
        and_(
            AppointmentChange.appointment_id == Appointment.id,
            AppointmentChange.version == Appointment.version,
        ),
    )
    .outerjoin(Notice, Notice.id == LAST_ASKED)
)
_ONE = _NAMED.where(Appointment.business_id == bindparam("business"), Appointment.id == bindparam("visit"))
_VISITS: BindParameter[Any] = bindparam("visits", expanding=True)
_ITEMS = (
    select(AppointmentItem, Service.name, StaffMember.name)
    .join(Service, Service.id == AppointmentItem.service_id)
    .join(StaffMember, StaffMember.id == AppointmentItem.staff_id)
    .where(AppointmentItem.appointment_id.in_(_VISITS))
    .order_by(AppointmentItem.appointment_id, AppointmentItem.position)
)
_IS_LATE = exists().where(VisitFlag.appointment_id == Appointment.id, VisitFlag.kind == LATE_START)
_A_DAY = timedelta(days=1)
_FLAGS = select(VisitFlag).where(VisitFlag.appointment_id.in_(_VISITS)).order_by(VisitFlag.id)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which visits: those that start in [since, before), of somebody, in a state, flagged, part of something."""

    customer_id: int | None = None
    staff_id: int | None = None
    status: str | None = None
    since: datetime | None = None
    before: datetime | None = None
    flagged: bool = False
    series_id: int | None = None
    class_id: int | None = None


def view(
    session: Session, business_id: int, appointment_id: int, now: datetime, public_url: str
) -> AppointmentOut:
    """One visit as people see it; raises ``NotFound``."""
    found = _shown(session, _ONE, now, public_url, {"business": business_id, "visit": appointment_id})
    if not found:
        raise NotFound("unknown appointment")
    return found[0]


def views(
    session: Session, business_id: int, ids: Collection[int], now: datetime, public_url: str
) -> list[AppointmentOut]:
    """Those of the visits that are the business's."""
    if not ids:
        return []
    wanted = _NAMED.where(Appointment.business_id == business_id, Appointment.id.in_(ids))
    return _shown(session, wanted, now, public_url)


def upcoming(
    session: Session, business_id: int, customer_id: int, now: datetime, public_url: str
) -> list[AppointmentOut]:
    """A customer's visits still to come, soonest first; one that starts late is to come until it really does."""
    wanted = (
        _NAMED.where(
            Appointment.business_id == business_id,
            Appointment.customer_id == customer_id,
            or_(Appointment.start_at > now, and_(Appointment.start_at > now - _A_DAY, _IS_LATE)),
            Appointment.status.in_(COMING),
        )
        .order_by(Appointment.start_at)
        .limit(_PAGE)
    )
    return [each for each in _shown(session, wanted, now, public_url) if _real_start(each) > now]


def _real_start(visit: AppointmentOut) -> datetime:
    late = sum(flag.facts["minutes"] for flag in visit.flags if flag.kind == LATE_START)
    return visit.start + timedelta(minutes=late)


def listed(
    session: Session,
    business_id: int,
    wanted: Filter,
    after: int | None,
    limit: int,
    now: datetime,
    public_url: str,
) -> list[AppointmentOut]:
    """Visits in the order in which they were made, up to ``limit`` beyond the one that a page ended with."""
    question = _NAMED.where(Appointment.business_id == business_id).order_by(Appointment.id).limit(limit)
    if after is not None:
        question = question.where(Appointment.id > after)
    for column in ("customer_id", "status", "series_id", "class_id"):
        value = getattr(wanted, column)
        if value is not None:
            question = question.where(getattr(Appointment, column) == value)
    if wanted.since is not None:
        question = question.where(Appointment.start_at >= wanted.since)
    if wanted.before is not None:
        question = question.where(Appointment.start_at < wanted.before)
    if wanted.staff_id is not None:
        theirs = select(AppointmentItem.appointment_id).where(AppointmentItem.staff_id == wanted.staff_id)
        question = question.where(Appointment.id.in_(theirs))
    if wanted.flagged:
        question = question.where(Appointment.id.in_(select(VisitFlag.appointment_id)))
    return _shown(session, question, now, public_url)


def by_token(session: Session, token: str, now: datetime, public_url: str) -> AppointmentOut | None:
    """The visit that a private calendar link names."""
    found = _shown(session, _NAMED.where(Appointment.calendar_token == token), now, public_url)
    return found[0] if found else None


def to_change(session: Session, business_id: int, appointment_id: int) -> Appointment:
    """The visit, locked for this transaction; raises ``NotFound``."""
    found = session.scalar(
        select(Appointment)
        .where(Appointment.business_id == business_id, Appointment.id == appointment_id)
        .with_for_update()
    )
    if found is None:
        raise NotFound("unknown appointment")
    return found


def _shown(
    session: Session, wanted: _Named, now: datetime, public_url: str, names: dict[str, int] | None = None
) -> list[AppointmentOut]:
    rows = session.execute(wanted, names).all()
    ids = [row[0].id for row in rows]
    items, flags = _items(session, ids), _flags(session, ids)
    return [_out(row, items[row[0].id], flags[row[0].id], now, public_url) for row in rows]


def _items(session: Session, ids: Collection[int]) -> dict[int, list[ItemOut]]:
    found: dict[int, list[ItemOut]] = defaultdict(list)
    if not ids:
        return found
    rows = session.execute(_ITEMS, {"visits": ids})
    for item, service, person in rows:
        found[item.appointment_id].append(
            ItemOut(
                service_id=item.service_id,
                service_name=service,
                staff_id=item.staff_id,
                staff_name=person,
                start=item.start_at,
                end=item.end_at,
                price_minor=item.price_minor,
            )
        )
    return found


def _flags(session: Session, ids: Collection[int]) -> dict[int, list[FlagOut]]:
    found: dict[int, list[FlagOut]] = defaultdict(list)
    if ids:
        for flag in session.scalars(_FLAGS, {"visits": ids}):
            found[flag.appointment_id].append(
                FlagOut(kind=flag.kind, facts=flag.facts, raised_at=flag.raised_at)
            )
    return found


def _out(
    row: _Row, items: Sequence[ItemOut], flags: Sequence[FlagOut], now: datetime, public_url: str
) -> AppointmentOut:
    visit, service, person, place, address, step, stepped_at, notice = row
    undo_until = stepped_at + UNDO_FOR if step in UNDOABLE else None
    return AppointmentOut(
        id=visit.id,
        version=visit.version,
        status=visit.status,
        customer_id=visit.customer_id,
        service_id=visit.service_id,
        service_name=service,
        staff_id=visit.staff_id,
        staff_name=person,
        location_id=visit.location_id,
        location_name=place,
        location_address=address,
        zone=visit.zone,
        start=visit.start_at,
        end=visit.end_at,
        price_minor=visit.price_minor,
        currency=visit.currency,
        calendar_url=f"{public_url}/calendar/{visit.calendar_token}.ics",
        reschedules=visit.reschedules,
        **_terms(visit, flags),
        items=list(items),
        note=visit.note,
        attendee=visit.attendee,
        series_id=visit.series_id,
        class_id=visit.class_id,
        arrived_at=visit.arrived_at,
        started_at=visit.started_at,
        finished_at=visit.finished_at,
        flags=list(flags),
        undo_until=undo_until if undo_until and undo_until > now else None,
        asked=_asked(notice),
    )


def _terms(visit: Appointment, flags: Sequence[FlagOut]) -> dict[str, Any]:
    """What leaving it costs, and how often it may still be moved."""
    policy = Policy.model_validate(visit.policy)
    if is_our_doing({flag.kind: flag.facts for flag in flags}, policy):
        return {"free_cancel_until": visit.start_at, "late_fee_minor": 0, "reschedules_left": None}
    most = policy.max_reschedules
    return {
        "free_cancel_until": policy.free_cancel_until(visit.start_at),
        "late_fee_minor": policy.late_fee_minor(visit.price_minor),
        "reschedules_left": None if most is None else max(0, most - visit.reschedules),
    }


def _asked(notice: Notice | None) -> AskedOut | None:
    if notice is None:
        return None
    return AskedOut(at=notice.said_at, answer=notice.answer, answered_at=notice.answered_at)

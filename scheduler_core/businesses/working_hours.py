"""When and where people work in an ordinary week, and when they pause."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler_core.businesses.changing import Change
from scheduler_core.businesses.hours import StaffBreak, StaffHours
from scheduler_core.businesses.models import Location, StaffMember
from scheduler_core.businesses.rows import in_use, must_be_in_use, owned
from scheduler_core.businesses.schemas.staff import WeeklyBreak, WeeklyWork, WorkingWeek
from scheduler_core.businesses.wall import clock_of


def week(session: Session, business_id: int, staff_id: int) -> WorkingWeek:
    owned(session, StaffMember, business_id, staff_id)
    hours = session.scalars(
        select(StaffHours)
        .where(StaffHours.staff_id == staff_id)
        .order_by(StaffHours.weekday, StaffHours.starts_minute)
    )
    breaks = session.scalars(
        select(StaffBreak)
        .where(StaffBreak.staff_id == staff_id)
        .order_by(StaffBreak.weekday, StaffBreak.starts_minute)
    )
    return WorkingWeek(
        hours=[WeeklyWork(**_written(row), location_id=row.location_id) for row in hours],
        breaks=[WeeklyBreak(**_written(row)) for row in breaks],
    )


def set_week(made: Change, staff_id: int, asked: WorkingWeek) -> WorkingWeek:
    """In place of the whole week as it was; visits outside of it stay and are flagged."""
    person = in_use(made.session, StaffMember, made.business_id, staff_id)
    must_be_in_use(made.session, Location, made.business_id, {each.location_id for each in asked.hours})
    for table in (StaffHours, StaffBreak):
        made.session.execute(delete(table).where(table.staff_id == person.id))
    of_person = {"business_id": made.business_id, "staff_id": person.id}
    made.session.add_all(
        StaffHours(**of_person, **_minutes(each), location_id=each.location_id) for each in asked.hours
    )
    made.session.add_all(StaffBreak(**of_person, **_minutes(each)) for each in asked.breaks)
    made.session.flush()
    made.frees_weeks()
    made.record("hours_set", "staff_member", person.id)
    return week(made.session, made.business_id, person.id)


def _written(row: StaffHours | StaffBreak) -> dict[str, int | str]:
    return {
        "weekday": row.weekday,
        "start": clock_of(row.starts_minute),
        "end": clock_of(row.ends_minute),
    }


def _minutes(window: WeeklyBreak) -> dict[str, int]:
    starts, ends = window.minutes
    return {"weekday": window.weekday, "starts_minute": starts, "ends_minute": ends}

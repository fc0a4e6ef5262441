"""A person's own calendar at an address that only they know: theirs, up to date, discreet, and closed at will."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from icalendar import Calendar
from sqlalchemy import select

from scheduler_core.appointments.models import CalendarFeed
from scheduler_core.businesses.models import StaffMember
from scheduler_core.permissions.models import AuditEntry
from tests.builders.core import Core
from tests.builders.parts import a_block, a_customer, a_service, resource_of
from tests.builders.salon import a_salon
from tests.scheduler_core.permissions.holders import Holder, a_key

CoreMaker = Callable[..., Core]

TUESDAY_9, TUESDAY_10, TUESDAY_11 = (f"2027-03-02T{hour}:00:00Z" for hour in (14, 15, 16))


def opened(core: Core, staff_id: int | None = None, by: Holder | None = None) -> str:
    """The path of a new address."""
    path = f"staff/{staff_id or core.salon.ana}/calendar"
    answer = by.ask("POST", path) if by else core.ask("POST", path)
    assert answer.status_code == 201, answer.text
    url: str = answer.json()["url"]
    assert url.startswith(f"{core.settings.public_url}/calendar/staff/")
    return url.removeprefix(core.settings.public_url)


def get(core: Core, path: str, **headers: str) -> httpx.Response:
    return core.http.get(path, headers={"X-API-Key": "", **headers})


def events(core: Core, path: str) -> list[Any]:
    answer = get(core, path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found: list[Any] = Calendar.from_ical(answer.text).events
    return found


def summaries(core: Core, path: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(core, path)]


def test_a_person_sees_their_own_visits_and_nobody_else_s(core: Core) -> None:
    core.booked(TUESDAY_10)
    core.booked(TUESDAY_9)
    core.booked(TUESDAY_9, staff_id=core.salon.ben)
    ana, ben = opened(core), opened(core, core.salon.ben)
    assert [(str(each["SUMMARY"]), each.start.hour) for each in events(core, ana)] == [
        ("Haircut, Maria", 9),
        ("Haircut, Maria", 10),
    ]
    assert summaries(core, ben) == ["Haircut, Maria"]


def test_of_a_visit_of_several_people_each_sees_their_part(core: Core) -> None:
    wash = core.write(lambda session: a_service(session, core.salon.id, by=[core.salon.ben], name="Wash"))
    cut = core.write(lambda session: a_service(session, core.salon.id, by=[core.salon.ana], name="Cut"))
    core.booked(TUESDAY_9, service_id=cut, also=[wash], staff_id=None)
    seen = [(str(e["SUMMARY"]), e.start.hour) for e in events(core, opened(core, core.salon.ben))]
    assert seen == [("Wash, Maria", 10)]


def test_of_a_customer_only_the_first_name_is_shown(core: Core) -> None:
    named, _ = core.write(lambda session: a_customer(session, core.salon.id, core.clock(), "maria lopez"))
    core.booked(TUESDAY_9, customer_id=named, note="allergic to latex")
    core.booked(TUESDAY_10, customer_id=named, attendee="Tom Lopez")
    path = opened(core)
    assert summaries(core, path) == ["Haircut, Maria", "Haircut, Tom"]
    text = get(core, path).text
    assert "Lopez" not in text
    assert "latex" not in text


def test_a_class_is_shown_once_with_its_seats(a_core: CoreMaker) -> None:
    core = a_core(service={"capacity": 3})
    for _ in range(2):
        core.booked(TUESDAY_9)
    assert summaries(core, opened(core)) == ["Haircut, 2/3"]


def test_blocked_time_is_busy_and_does_not_say_why(core: Core) -> None:
    start, end = datetime(2027, 3, 3, 14, tzinfo=UTC), datetime(2027, 3, 3, 16, tzinfo=UTC)
    core.write(
        lambda session: a_block(session, core.salon.id, resource_of(session, core.salon.ana), start, end)
    )
    (busy,) = events(core, opened(core))
    assert (str(busy["SUMMARY"]), busy.start, busy.end) == ("Busy", start, end)
    assert events(core, opened(core, core.salon.ben)) == []


def test_what_is_cancelled_is_gone_and_what_moves_keeps_its_uid(core: Core) -> None:
    stays, goes = core.booked(TUESDAY_9), core.booked(TUESDAY_10)
    path = opened(core)
    before = events(core, path)[0]
    core.cancel(goes)
    core.move(stays, TUESDAY_11)
    (after,) = events(core, path)
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"], after.start.hour) == (0, 1, 11)


def test_the_last_thirty_days_stay(core: Core) -> None:
    core.booked(TUESDAY_9)
    path = opened(core)
    core.clock.move(days=30)
    assert len(events(core, path)) == 1
    core.clock.move(days=2)
    assert events(core, path) == []


def test_who_has_seen_it_is_told_that_nothing_has_changed(core: Core) -> None:
    visit = core.booked(TUESDAY_9)
    path = opened(core)
    first = get(core, path)
    etag = first.headers["etag"]
    assert etag.startswith('"')
    assert first.headers["cache-control"] == "private, no-cache"
    for known in (etag, f'"other", W/{etag}', "*"):
        again = get(core, path, **{"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    core.clock.move(hours=1)
    assert get(core, path).content == first.content
    core.move(visit, TUESDAY_10)
    changed = get(core, path, **{"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != etag


@pytest.mark.parametrize("what", ["a customer", "a service", "a block", "a seat"])
def test_whatever_is_shown_changes_the_etag(a_core: CoreMaker, what: str) -> None:
    core = a_core(service={"capacity": 3})
    cut = core.write(lambda session: a_service(session, core.salon.id, by=[core.salon.ana], name="Cut"))
    core.booked(TUESDAY_9)
    core.booked(TUESDAY_11, service_id=cut)
    path = opened(core)
    etag = get(core, path).headers["etag"]
    start, end = datetime(2027, 3, 3, 14, tzinfo=UTC), datetime(2027, 3, 3, 16, tzinfo=UTC)
    if what == "a customer":
        core.ask("PATCH", f"customers/{core.salon.customer}", {"name": "Marisol"})
    elif what == "a service":
        core.ask("PATCH", f"services/{cut}", {"name": "Trim"})
    elif what == "a seat":
        core.booked(TUESDAY_9)
    else:
        core.write(lambda s: a_block(s, core.salon.id, resource_of(s, core.salon.ana), start, end))
    assert get(core, path, **{"If-None-Match": etag}).status_code == 200


def test_a_new_address_ends_the_old_and_a_closed_one_leads_nowhere(core: Core) -> None:
    first, second = opened(core), opened(core)
    assert get(core, first).status_code == 404
    assert get(core, second).status_code == 200
    assert core.ask("DELETE", f"staff/{core.salon.ana}/calendar").status_code == 204
    assert get(core, second).status_code == 404
    assert core.ask("DELETE", f"staff/{core.salon.ana}/calendar").status_code == 404
    assert get(core, "/calendar/staff/guess.ics").status_code == 404


def test_the_secret_is_kept_nowhere(core: Core) -> None:
    secret = opened(core).removeprefix("/calendar/staff/").removesuffix(".ics")
    with core.database.read() as session:
        kept = session.scalars(select(CalendarFeed)).one()
        noted = session.scalars(select(AuditEntry)).all()
    assert len(secret) >= 43
    assert secret not in (kept.digest, *(str(entry.facts) for entry in noted))
    assert [entry.action for entry in noted] == ["calendar_opened"]


def test_the_address_of_somebody_who_left_leads_nowhere(core: Core) -> None:
    path = opened(core)

    def leaves(session: Any) -> None:
        session.get_one(StaffMember, core.salon.ana).archived_at = core.clock()

    core.write(leaves)
    assert get(core, path).status_code == 404
    assert core.ask("POST", f"staff/{core.salon.ana}/calendar").status_code == 404


def test_staff_open_their_own_calendar_and_managers_anybody_s(core: Core) -> None:
    ana, manager = a_key(core, "staff"), a_key(core, "manager")
    assert events(core, opened(core, by=ana)) == []
    assert ana.told("POST", f"staff/{core.salon.ben}/calendar") == (404, "not_found")
    assert ana.told("DELETE", f"staff/{core.salon.ben}/calendar") == (404, "not_found")
    assert events(core, opened(core, core.salon.ben, by=manager)) == []
    for role in ("customer", "read_only"):
        assert a_key(core, role).told("POST", f"staff/{core.salon.ana}/calendar") == (403, "forbidden")


def test_another_business_opens_no_calendar_here(core: Core) -> None:
    own = core.salon
    core.salon = core.write(lambda session: a_salon(session, core.clock()))
    assert core.ask("POST", f"staff/{own.ana}/calendar").status_code == 404
    assert core.ask("DELETE", f"staff/{own.ana}/calendar").status_code == 404

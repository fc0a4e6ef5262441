"""A visit is booked, moved and cancelled once, by the rules, and staff are told."""

from collections.abc import Callable
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from scheduler_core.appointments.models import Appointment
from scheduler_core.availability.models import Hold, Reservation
from scheduler_core.outbox.enqueue import DESK
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.permissions.models import AuditEntry
from tests.builders.core import Core

CoreMaker = Callable[..., Core]

TUESDAY_9, TUESDAY_10, TUESDAY_11 = (f"2027-03-02T{hour}:00:00Z" for hour in (14, 15, 16))
AT_9 = (TUESDAY_9, "2027-03-02T14:01:00Z")


def rows(core: Core, table: Any) -> int:
    with core.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def notices(core: Core) -> list[str]:
    with core.database.read() as session:
        return list(
            session.scalars(
                select(OutboundMessage.kind)
                .where(OutboundMessage.channel == DESK)
                .order_by(OutboundMessage.id)
            )
        )


def test_a_booking_says_all_that_a_confirmation_needs(core: Core) -> None:
    visit = core.booked(TUESDAY_9)
    assert (visit["service_name"], visit["staff_name"]) == ("Haircut", "Ana")
    assert (visit["start"], visit["end"], visit["status"]) == (TUESDAY_9, TUESDAY_10, "booked")
    assert visit["free_cancel_until"] == "2027-03-01T14:00:00Z"
    assert visit["late_fee_minor"] == 2000
    assert core.ask("GET", f"appointments/{visit['id']}").json() == visit
    assert core.ask("GET", f"appointments?customer_id={core.salon.customer}").json()["items"] == [visit]


def test_the_promised_wall_time_is_kept_beside_the_instant(core: Core) -> None:
    visit = core.booked("2027-03-15T13:00:00Z")
    with core.database.read() as session:
        kept = session.get_one(Appointment, visit["id"])
        assert (kept.wall_start, kept.zone) == ("2027-03-15T09:00", "America/New_York")


def test_the_same_key_books_once_and_answers_alike(core: Core) -> None:
    answers = [core.book(TUESDAY_9, key="tap-1") for _ in range(3)]
    assert {answer.status_code for answer in answers} == {201}
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert rows(core, Appointment) == 1
    assert notices(core) == ["staff_booked"]


def test_a_key_names_one_request(core: Core) -> None:
    core.book(TUESDAY_9, key="tap-1")
    answer = core.book(TUESDAY_10, key="tap-1")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


def test_a_refused_request_may_be_tried_again_under_its_key(core: Core) -> None:
    first = core.booked(TUESDAY_9)
    assert core.book(TUESDAY_9, key="tap-2").json()["code"] == "slot_taken"
    core.cancel(first)
    assert core.book(TUESDAY_9, key="tap-2").status_code == 201


def test_a_taken_time_comes_with_what_is_free(core: Core) -> None:
    core.booked(TUESDAY_9)
    answer = core.book(TUESDAY_9)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "slot_taken")
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["facts"]["alternatives"][0]["start"] == TUESDAY_10


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ("2027-02-26T15:00:00Z", "past"),
        ("2027-06-01T14:00:00Z", "too_far"),
        ("2027-03-07T15:00:00Z", "closed_day"),
        ("2027-03-02T18:00:00Z", "outside_hours"),
        ("2027-03-02T15:10:00Z", "off_grid"),
        ("2027-03-02T15:00:30Z", "off_grid"),
    ],
)
def test_what_is_not_offered_is_not_booked(core: Core, start: str, code: str) -> None:
    answer = core.book(start)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, code)
    assert problem["type"] == "urn:frontdesk:refused_by_policy"


def test_every_listed_slot_is_bookable_and_no_other(a_core: CoreMaker) -> None:
    core = a_core(minutes=45, after=15, grid=30)
    core.booked("2027-03-02T15:30:00Z")
    listed = set(core.starts(("2027-03-02T05:00:00Z", "2027-03-03T05:00:00Z"), staff_id=core.salon.ana))
    for half_hour in range(24, 48):
        start = f"2027-03-02T{half_hour // 2:02}:{half_hour % 2 * 30:02}:00Z"
        answer = core.book(start)
        assert (answer.status_code == 201) is (start in listed), start
        if answer.status_code == 201:
            core.cancel(answer.json())


def test_moving_to_the_same_time_changes_nothing_and_tells_nobody(core: Core) -> None:
    visit = core.booked(TUESDAY_9)
    assert core.move(visit, TUESDAY_9).json() == visit
    assert notices(core) == ["staff_booked"]


def test_a_move_frees_the_old_time_and_takes_the_new(core: Core) -> None:
    visit = core.booked(TUESDAY_9)
    moved = core.move(visit, TUESDAY_10).json()
    assert (moved["version"], moved["start"]) == (2, TUESDAY_10)
    assert core.book(TUESDAY_10).json()["code"] == "slot_taken"
    core.booked(TUESDAY_9)
    assert notices(core) == ["staff_booked", "staff_moved", "staff_booked"]


def test_a_visit_may_move_into_its_own_time(a_core: CoreMaker) -> None:
    core = a_core(minutes=60, grid=30)
    visit = core.booked(TUESDAY_9)
    half_past = "2027-03-02T14:30:00Z"
    held = core.hold(half_past, exclude_appointment_id=visit["id"])
    assert held.status_code == 201
    assert core.move(visit, half_past, hold_id=held.json()["id"]).json()["start"] == half_past


def test_a_move_over_another_change_is_refused(core: Core) -> None:
    visit = core.booked(TUESDAY_9)
    core.move(visit, TUESDAY_10)
    answer = core.move(visit, TUESDAY_11)
    assert (answer.status_code, answer.json()["code"]) == (409, "version_moved_on")


def test_cancelling_twice_is_one_cancel_and_an_answer(core: Core) -> None:
    visit = core.booked(TUESDAY_9)
    cancelled = core.cancel(visit, key="cancel-1")
    assert cancelled.json()["status"] == "cancelled"
    assert core.cancel(visit, key="cancel-1").json() == cancelled.json()
    again = core.cancel(visit, key="cancel-2")
    assert (again.status_code, again.json()["code"]) == (409, "already_cancelled")
    assert core.move(visit, TUESDAY_10).json()["code"] == "already_cancelled"
    assert notices(core) == ["staff_booked", "staff_cancelled"]


def test_a_cancelled_time_is_free_at_once(core: Core) -> None:
    core.cancel(core.booked(TUESDAY_9))
    core.booked(TUESDAY_9)


def test_what_has_started_stays_as_it_is(core: Core) -> None:
    visit = core.booked(TUESDAY_9)
    core.clock.move(days=1)
    assert core.cancel(visit).json()["code"] == "already_started"
    assert core.move(visit, "2027-03-03T15:00:00Z").json()["code"] == "already_started"


def test_a_hold_keeps_others_out_until_it_runs_out(core: Core) -> None:
    held = core.hold(TUESDAY_9).json()
    assert held["expires_at"] == "2027-03-01T14:10:00Z"
    assert core.book(TUESDAY_9).json()["code"] == "slot_taken"
    core.clock.move(minutes=10)
    core.booked(TUESDAY_9)
    assert rows(core, Hold) == 0


def test_a_hold_becomes_the_booking(core: Core) -> None:
    held = core.hold(TUESDAY_9).json()
    core.booked(TUESDAY_9, hold_id=held["id"])
    assert rows(core, Reservation) == 1


def test_a_lost_hold_books_when_the_time_is_still_free(core: Core) -> None:
    held = core.hold(TUESDAY_9).json()
    core.clock.move(hours=1)
    assert core.ask("DELETE", f"holds/{held['id']}").status_code == 204
    assert core.ask("DELETE", f"holds/{held['id']}").status_code == 404
    core.booked(TUESDAY_9, hold_id=held["id"])


def test_a_conversation_holds_one_time(core: Core) -> None:
    core.hold(TUESDAY_9)
    core.hold(TUESDAY_10)
    core.booked(TUESDAY_9)
    assert core.book(TUESDAY_10).json()["code"] == "slot_taken"


def test_every_change_leaves_a_row_with_what_caused_it(core: Core) -> None:
    core.http.headers["X-Caused-By"] = "t7-7"
    visit = core.booked(TUESDAY_9)
    core.cancel(core.move(visit, TUESDAY_10).json())
    with core.database.read() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.action for entry in entries] == ["booked", "rescheduled", "cancelled"]
    assert {(entry.caused_by, entry.subject_id) for entry in entries} == {("t7-7", visit["id"])}


def test_a_calendar_file_keeps_its_uid_and_counts_its_changes(core: Core) -> None:
    visit = core.booked(TUESDAY_9)
    path = visit["calendar_url"].removeprefix(core.settings.public_url)

    def event() -> Any:
        answer = core.http.get(path, headers={"X-API-Key": ""})
        assert answer.headers["content-type"].startswith("text/calendar")
        return Calendar.from_ical(answer.text).events[0]

    first = event()
    core.cancel(core.move(visit, TUESDAY_10).json())
    last = event()
    assert (first["UID"], first["SEQUENCE"], last["SEQUENCE"]) == (last["UID"], 0, 2)
    assert first.start.isoformat() == "2027-03-02T09:00:00-05:00"
    assert last["STATUS"] == "CANCELLED"
    assert core.http.get("/calendar/guess.ics").status_code == 404


def test_the_wall_time_survives_a_change_of_clocks(core: Core) -> None:
    """Tuesdays at nine in New York are 14:00Z before the change and 13:00Z after it."""
    assert core.starts(AT_9)
    assert core.starts(("2027-03-16T13:00:00Z", "2027-03-16T13:01:00Z"))
    assert core.book("2027-03-16T12:00:00Z").json()["code"] == "outside_hours"


def test_usual_choices_come_from_past_visits(core: Core) -> None:
    core.booked(TUESDAY_9, staff_id=core.salon.ben)
    opened = {"channel": "terminal", "address": "maria"}
    assert core.ask("POST", "conversations/open", opened).json()["customer"]["usual_staff_id"] is None
    core.clock.move(days=2)
    customer = core.ask("POST", "conversations/open", opened).json()["customer"]
    assert (customer["usual_service_id"], customer["usual_staff_id"]) == (core.salon.service, core.salon.ben)


def test_a_note_is_kept_with_the_visit_and_changes_nothing_else(core: Core) -> None:
    visit = core.booked(TUESDAY_9, note="please ring the bell")
    path = f"appointments/{visit['id']}/note"

    noted = core.ask("PUT", path, {"note": "please ring the bell. I'm allergic to latex"}).json()

    assert noted == visit | {"note": "please ring the bell. I'm allergic to latex"}
    assert core.ask("PUT", path, {"note": None}).json()["note"] is None
    assert notices(core) == ["staff_booked"]
    assert (
        core.ask("POST", f"appointments/{visit['id']}/undo", {"expected_version": 1}, "u").status_code == 200
    )
    assert core.ask("PUT", path, {"note": "too late"}).json()["code"] == "wrong_state"


def test_staff_read_who_comes_and_for_what_but_no_note(core: Core) -> None:
    core.booked(TUESDAY_9, attendee="Leo (son)", note="allergic to latex")
    with core.database.read() as session:
        text = session.scalars(select(OutboundMessage.text)).one()
    assert "(for Leo (son)), Haircut" in text
    assert "latex" not in text

"""Visits that recur by a rule: on the wall clock, all that can be or none, moved and cancelled apart."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment, AppointmentChange, Series
from scheduler_core.appointments.series import book as booking
from scheduler_core.appointments.series.schemas import SeriesIn
from scheduler_core.availability.models import ClassSession, Hold, Reservation
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.models import AuditEntry
from tests.builders.core import Core
from tests.builders.parts import ALWAYS, WEEKDAYS, a_customer, a_location, a_person, a_service
from tests.scheduler_core.appointments.series import (
    TUESDAY_9,
    body,
    book,
    booked,
    cancel,
    notices,
    preview,
    rows,
    starts,
)
from tests.scheduler_core.permissions.holders import a_key

CoreMaker = Callable[..., Core]

SECOND, THIRD = "2027-03-16T13:00:00Z", "2027-03-23T13:00:00Z"
SPRING, AUTUMN = "2027-03-14", "2027-11-07"


def test_case_7_every_tuesday_at_nine_whatever_the_clocks_do(core: Core) -> None:
    made = booked(core)
    assert starts(made["booked"]) == [TUESDAY_9, SECOND, THIRD]
    assert (made["skipped"], made["moved"], made["ambiguous"]) == ([], [], [])
    assert {visit["series_id"] for visit in made["booked"]} == {made["series_id"]}
    with core.database.read() as session:
        kept = session.scalars(select(Appointment.wall_start).order_by(Appointment.start_at)).all()
    assert list(kept) == ["2027-03-09T09:00", "2027-03-16T09:00", "2027-03-23T09:00"]


def test_a_rule_recurs_on_the_clock_of_the_place(core: Core) -> None:
    """Berlin changes its clocks two weeks after New York."""

    def abroad(session: Session) -> tuple[int, int]:
        place = a_location(session, core.salon.id, "Europe/Berlin", WEEKDAYS)
        return place, a_person(session, core.salon.id, "Uli", {place: WEEKDAYS})

    berlin, uli = core.write(abroad)
    salon = core.salon
    cut = core.write(lambda session: a_service(session, salon.id, by=[uli]))
    there = {"location_id": berlin, "staff_id": uli, "service_id": cut}
    made = booked(core, start="2027-03-23T08:00:00Z", rrule="FREQ=WEEKLY;COUNT=2", **there)
    assert starts(made["booked"]) == ["2027-03-23T08:00:00Z", "2027-03-30T07:00:00Z"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=3", "03-09 03-23 04-06"),
        ("FREQ=WEEKLY;UNTIL=20270323", "03-09 03-16 03-23"),
        ("FREQ=WEEKLY;UNTIL=20270323T130000Z", "03-09 03-16 03-23"),
        ("FREQ=WEEKLY;UNTIL=20270323T125959Z", "03-09 03-16"),
        ("FREQ=WEEKLY;UNTIL=20270323T085959", "03-09 03-16"),
        ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3", "03-09 03-11 03-16"),
        ("RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=2", "03-09 04-13"),
        ("FREQ=DAILY;COUNT=2", "03-09 03-10"),
    ],
)
def test_a_rule_means_the_days_that_it_says(core: Core, rule: str, days: str) -> None:
    made = booked(core, rrule=rule)
    assert [start[5:10] for start in starts(made["booked"])] == days.split()


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param("FREQ=WEEKLY", id="without an end"),
        pytest.param("FREQ=WEEKLY;COUNT=2;UNTIL=20270501", id="with two ends"),
        pytest.param("FREQ=DAILY;COUNT=61", id="too many"),
        pytest.param("FREQ=DAILY;UNTIL=20280101", id="too many until then"),
        pytest.param("FREQ=YEARLY;COUNT=30", id="too far to be meant"),
        pytest.param("FREQ=HOURLY;COUNT=2", id="several times a day"),
        pytest.param("FREQ=DAILY;BYHOUR=9,17;COUNT=2", id="hours of its own"),
        pytest.param("FREQ=WEEKLY;BYDAY=WE;COUNT=2", id="not on the day of the first"),
        pytest.param("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", id="a day that never comes"),
        pytest.param("FREQ=DAILY;UNTIL=20270231", id="a date that is none"),
        pytest.param("COUNT=2", id="no frequency"),
        pytest.param("every tuesday", id="no rule"),
        pytest.param("FREQ=WEEKLY;COUNT=2;COUNT=3", id="the same part twice"),
    ],
)
def test_a_rule_that_cannot_be_booked_is_malformed_and_says_why(core: Core, rule: str) -> None:
    answer = book(core, rrule=rule)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    assert answer.json()["detail"] not in ("", "The request is malformed")
    assert rows(core, Series) == 0


def test_without_abort_being_set_aside_one_clash_books_nothing(core: Core) -> None:
    core.booked(SECOND)
    answer = book(core, key="again")
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "series_clash")
    clash = problem["facts"]["clashes"][0]
    assert (clash["wall_start"], clash["code"]) == ("2027-03-16T09:00", "slot_taken")
    assert clash["alternatives"][0]["start"] == "2027-03-16T14:00:00Z"
    assert (rows(core, Appointment), rows(core, Series)) == (1, 0)
    assert [kind for kind, _ in notices(core)] == ["staff_booked"]
    assert book(core, key="again", clash="abort").json()["code"] == "series_clash"


def test_what_clashes_is_skipped_and_named(core: Core) -> None:
    core.booked(SECOND)
    made = booked(core, clash="skip")
    assert starts(made["booked"]) == [TUESDAY_9, THIRD]
    assert [(each["wall_start"], each["code"]) for each in made["skipped"]] == [
        ("2027-03-16T09:00", "slot_taken")
    ]


def test_what_clashes_moves_to_the_nearest_time_of_that_day_with_the_same_person(core: Core) -> None:
    core.booked(SECOND)
    made = booked(core, clash="move")
    assert made["moved"] == [
        {"wall_start": "2027-03-16T09:00", "code": "slot_taken", "to": "2027-03-16T14:00:00Z"}
    ]
    assert starts(made["booked"]) == [TUESDAY_9, "2027-03-16T14:00:00Z", THIRD]
    assert {visit["staff_id"] for visit in made["booked"]} == {core.salon.ana}


def test_what_cannot_move_within_its_day_is_skipped(core: Core) -> None:
    """The second Saturday is as closed as the first is."""
    made = booked(core, rrule="FREQ=DAILY;INTERVAL=4;COUNT=2", clash="move")
    assert (starts(made["booked"]), made["moved"]) == ([TUESDAY_9], [])
    assert [each["code"] for each in made["skipped"]] == ["closed_day"]


def test_beyond_the_horizon_is_a_clash_like_any_other(a_core: CoreMaker) -> None:
    core = a_core(horizon_days=20)
    made = booked(core, clash="skip")
    assert starts(made["booked"]) == [TUESDAY_9, SECOND]
    assert [(each["wall_start"], each["code"]) for each in made["skipped"]] == [
        ("2027-03-23T09:00", "too_far")
    ]


def test_a_series_of_which_nothing_can_be_is_refused_even_when_clashes_are_skipped(core: Core) -> None:
    answer = book(core, start="2027-03-07T14:00:00Z", clash="skip")
    assert answer.json()["code"] == "series_clash"
    assert [each["code"] for each in answer.json()["facts"]["clashes"]] == ["closed_day"] * 3


def test_a_time_that_the_clock_skips_is_a_clash(a_core: CoreMaker) -> None:
    core = a_core(hours=ALWAYS)
    daily = {"start": "2027-03-13T07:00:00Z", "rrule": "FREQ=DAILY;COUNT=3"}
    made = booked(core, clash="skip", **daily)
    assert starts(made["booked"]) == ["2027-03-13T07:00:00Z", "2027-03-15T06:00:00Z"]
    assert [(each["wall_start"], each["code"]) for each in made["skipped"]] == [
        (f"{SPRING}T02:00", "no_such_time")
    ]
    moved = booked(core, clash="move", staff_id=core.salon.ben, **daily)
    assert moved["moved"] == [
        {"wall_start": f"{SPRING}T02:00", "code": "no_such_time", "to": f"{SPRING}T07:00:00Z"}
    ]


def test_of_a_time_that_comes_twice_the_first_is_taken_and_said(a_core: CoreMaker) -> None:
    core = a_core(hours=ALWAYS, horizon_days=300)
    made = booked(core, start="2027-11-06T05:00:00Z", rrule="FREQ=DAILY;COUNT=3")
    assert starts(made["booked"]) == [
        "2027-11-06T05:00:00Z",
        f"{AUTUMN}T05:00:00Z",
        "2027-11-08T06:00:00Z",
    ]
    assert made["ambiguous"] == [{"wall_start": f"{AUTUMN}T01:00", "start": f"{AUTUMN}T05:00:00Z"}]


def test_the_first_visit_is_at_the_instant_that_was_said(a_core: CoreMaker) -> None:
    """The second of the two ones."""
    core = a_core(hours=ALWAYS, horizon_days=300)
    made = booked(core, start=f"{AUTUMN}T06:00:00Z", rrule="FREQ=DAILY;COUNT=2")
    assert starts(made["booked"]) == [f"{AUTUMN}T06:00:00Z", "2027-11-08T06:00:00Z"]
    assert made["ambiguous"] == []


def test_a_preview_answers_alike_and_books_nothing(core: Core) -> None:
    core.booked(SECOND)
    seen = preview(core, clash="move")
    tables = (Appointment, Series, Reservation, AuditEntry, AppointmentChange)
    assert [rows(core, table) for table in tables] == [1, 0, 1, 1, 1]
    made = booked(core, clash="move")
    assert starts(seen["booked"]) == starts(made["booked"])
    assert (seen["moved"], seen["skipped"], seen["series_id"]) == (made["moved"], [], None)
    assert {(visit["id"], visit["calendar_url"]) for visit in seen["booked"]} == {(0, "")}


def test_a_preview_names_the_clashes_that_would_abort(core: Core) -> None:
    core.booked(SECOND)
    seen = preview(core)
    assert starts(seen["booked"]) == [TUESDAY_9, THIRD]
    assert [each["code"] for each in seen["skipped"]] == ["slot_taken"]


def test_a_hold_becomes_the_first_visit(core: Core) -> None:
    held = core.hold(TUESDAY_9).json()["id"]
    assert book(core, rrule="FREQ=WEEKLY;COUNT=2").json()["code"] == "series_clash"
    made = booked(core, hold_id=held)
    assert starts(made["booked"]) == [TUESDAY_9, SECOND, THIRD]
    assert rows(core, Hold) == 0


def test_the_limits_of_a_customer_count_the_series_own_visits(a_core: CoreMaker) -> None:
    core = a_core(policy={"max_upcoming_per_customer": 2})
    made = booked(core, clash="skip")
    assert starts(made["booked"]) == [TUESDAY_9, SECOND]
    assert [each["code"] for each in made["skipped"]] == ["too_many_visits"]


def test_anybody_means_the_same_person_as_long_as_they_can(core: Core) -> None:
    core.booked(SECOND)
    made = booked(core, staff_id=None)
    first = made["booked"][0]["staff_id"]
    people = [visit["staff_id"] for visit in made["booked"]]
    assert people == (
        [core.salon.ana, core.salon.ben, core.salon.ana] if first == core.salon.ana else [first] * 3
    )


def test_a_break_off_between_two_visits_leaves_nothing(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    """The power fails when the second visit is written into the history."""
    steps: list[int] = []

    def fails(*args: Any) -> None:
        steps.append(1)
        if len(steps) == 2:
            raise RuntimeError("the power failed")

    monkeypatch.setattr(booking, "took_first_step", fails)
    caller = Caller(core.settings, core.database, core.clock, "test")
    asked = SeriesIn.model_validate(body(core))
    with pytest.raises(RuntimeError, match="power"):
        caller.change(lambda session, now: booking.book_series(session, caller, now, core.salon.id, asked))
    assert len(steps) == 2
    assert [rows(core, table) for table in (Appointment, Series, Reservation, AuditEntry)] == [0] * 4


def test_staff_are_told_once_of_a_series(core: Core) -> None:
    made = booked(core)
    cancel(core, made["series_id"])
    assert notices(core) == [
        (
            "staff_series_booked",
            "New series: Maria, Haircut with Ana, 3 visits from Tue 9 Mar, 09:00 to Tue 23 Mar, 09:00 at Main.",
        ),
        (
            "staff_series_cancelled",
            "Series cancelled: Maria, Haircut with Ana, 3 visits from Tue 9 Mar, 09:00 to Tue 23 Mar, 09:00"
            " at Main.",
        ),
    ]


def test_a_series_that_waits_for_approval_says_so(a_core: CoreMaker) -> None:
    core = a_core(policy={"approval_needed": True})
    made = booked(core)
    assert {visit["status"] for visit in made["booked"]} == {"requested"}
    assert [kind for kind, _ in notices(core)] == ["staff_series_requested"]


def test_the_same_key_books_one_series(core: Core) -> None:
    answers = [book(core, key="tap") for _ in range(3)]
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert (rows(core, Series), rows(core, Appointment)) == (1, 3)
    assert book(core, key="tap", rrule="FREQ=WEEKLY;COUNT=2").json()["code"] == "idempotency_key_reused"


def test_every_visit_and_the_series_leave_a_row(core: Core) -> None:
    made = booked(core)
    cancel(core, made["series_id"])
    with core.database.read() as session:
        entries = session.execute(
            select(AuditEntry.action, AuditEntry.subject_kind).order_by(AuditEntry.id)
        ).all()
    assert [tuple(entry) for entry in entries] == [
        *[("booked", "appointment")] * 3,
        ("series_booked", "series"),
        *[("cancelled", "appointment")] * 3,
        ("series_cancelled", "series"),
    ]


def test_moving_one_visit_leaves_the_others(core: Core) -> None:
    made = booked(core)
    moved = core.move(made["booked"][1], "2027-03-16T14:00:00Z").json()
    assert moved["series_id"] == made["series_id"]
    seen = core.ask("GET", f"series/{made['series_id']}").json()
    assert starts(seen["appointments"]) == [TUESDAY_9, "2027-03-16T14:00:00Z", THIRD]
    core.booked(SECOND)


def test_cancelling_from_a_time_on_leaves_what_is_before(core: Core) -> None:
    made = booked(core)
    gone = cancel(core, made["series_id"], since=SECOND).json()["cancelled"]
    assert (starts(gone), {visit["status"] for visit in gone}) == ([SECOND, THIRD], {"cancelled"})
    seen = core.ask("GET", f"series/{made['series_id']}").json()
    assert [visit["status"] for visit in seen["appointments"]] == ["booked", "cancelled", "cancelled"]
    assert (seen["visits"], seen["coming"]) == (1, 1)
    core.booked(SECOND)


def test_cancelling_leaves_what_has_begun_and_is_the_same_twice(core: Core) -> None:
    made = booked(core)
    core.clock.move(days=9)
    first = cancel(core, made["series_id"], key="stop")
    assert starts(first.json()["cancelled"]) == [SECOND, THIRD]
    assert cancel(core, made["series_id"], key="stop").json() == first.json()
    assert cancel(core, made["series_id"]).json() == {"cancelled": []}
    assert [kind for kind, _ in notices(core)] == ["staff_series_booked", "staff_series_cancelled"]


def test_series_are_listed_in_pages_and_by_customer(core: Core) -> None:
    other, _ = core.write(lambda session: a_customer(session, core.salon.id, core.clock(), "otto"))
    first = booked(core)["series_id"]
    second = booked(core, customer_id=other, staff_id=core.salon.ben)["series_id"]
    page = core.ask("GET", "series?limit=1").json()
    assert ([each["id"] for each in page["items"]], page["next"]) == ([first], first)
    rest = core.ask("GET", f"series?after={page['next']}").json()
    assert ([each["id"] for each in rest["items"]], rest["next"]) == ([second], None)
    assert core.ask("GET", f"series?customer_id={other}").json()["items"] == rest["items"]
    assert (rest["items"][0]["visits"], rest["items"][0]["coming"]) == (3, 3)
    assert rest["items"][0]["wall_start"] == "2027-03-09T09:00"


def test_a_customer_reaches_only_series_of_their_own(core: Core) -> None:
    other, _ = core.write(lambda session: a_customer(session, core.salon.id, core.clock(), "otto"))
    own = booked(core)["series_id"]
    others = booked(core, customer_id=other, staff_id=core.salon.ben)["series_id"]
    maria = a_key(core, "customer")
    assert [each["id"] for each in maria.ask("GET", "series").json()["items"]] == [own]
    key = {"Idempotency-Key": "maria"}
    assert maria.told("GET", f"series/{own}") == (200, "")
    assert maria.told("GET", f"series/{others}") == (404, "not_found")
    assert maria.told("GET", f"series?customer_id={other}") == (404, "not_found")
    assert maria.told("POST", f"series/{others}/cancel", {}, **key) == (404, "not_found")
    assert maria.told("POST", f"series/{own}/cancel", {}, **key) == (200, "")
    nobody = a_key(core, "read_only")
    assert nobody.told("POST", f"series/{own}/cancel", {}, **key) == (403, "forbidden")


def test_setting_the_horizon_aside_takes_a_permission_for_a_series_too(a_core: CoreMaker) -> None:
    core = a_core(horizon_days=10)
    wish, key = body(core, override=True), {"Idempotency-Key": "aside"}
    assert a_key(core, "customer").told("POST", "series", wish, **key) == (403, "forbidden")
    assert a_key(core, "customer").told("POST", "series/preview", wish) == (403, "forbidden")
    assert a_key(core, "receptionist").told("POST", "series", wish, **key) == (201, "")


def test_staff_cancel_no_series_of_somebody_else(core: Core) -> None:
    made = booked(core, staff_id=core.salon.ben)
    ana = a_key(core, "staff")
    told = ana.told("POST", f"series/{made['series_id']}/cancel", {}, **{"Idempotency-Key": "ana"})
    assert told == (404, "not_found")
    assert [visit["status"] for visit in core.ask("GET", "appointments").json()["items"]] == ["booked"] * 3


def test_seats_of_a_class_can_be_booked_by_a_rule(a_core: CoreMaker) -> None:
    core = a_core(service={"capacity": 2})
    first, second = booked(core), booked(core)
    assert [visit["class_id"] for visit in first["booked"]] == [
        visit["class_id"] for visit in second["booked"]
    ]
    assert book(core).json()["code"] == "series_clash"
    cancel(core, first["series_id"])
    booked(core)
    assert rows(core, ClassSession) == 3


def test_each_further_visit_costs_the_same_few_questions(core: Core) -> None:
    def asked(count: int, start: str) -> int:
        seen: list[str] = []
        core.search()

        def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen.append(statement)

        event.listen(core.database.engine, "before_cursor_execute", note)
        booked(core, rrule=f"FREQ=DAILY;COUNT={count}", start=start)
        event.remove(core.database.engine, "before_cursor_execute", note)
        return len(seen)

    two, five = asked(2, "2027-03-08T14:00:00Z"), asked(5, "2027-03-15T13:00:00Z")
    assert five - two <= 3 * 20
    assert (five - two) % 3 == 0

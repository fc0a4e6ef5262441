"""A search names times that can be booked, or says why not and what is near."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.search import Wanted, search
from scheduler_core.db import Database
from tests.builders.core import MONDAY, Core
from tests.builders.salon import WEEKDAYS, Plan, a_salon, an_absence

CoreMaker = Callable[..., Core]

TUESDAY = ("2027-03-02T05:00:00Z", "2027-03-03T05:00:00Z")
TUESDAY_MORNING = ("2027-03-02T14:00:00Z", "2027-03-02T18:00:00Z")
AT_THREE = ("2027-03-02T20:00:00Z", "2027-03-02T20:01:00Z")


def test_slots_come_from_the_first_wish_that_has_any(core: Core) -> None:
    sunday = ("2027-03-07T05:00:00Z", "2027-03-08T05:00:00Z")
    found = core.search(sunday, TUESDAY_MORNING)
    assert found["wish"] == 1
    assert found["slots"][0]["start"] == "2027-03-02T14:00:00Z"


def test_lunch_is_not_bookable(core: Core) -> None:
    hours = [start[11:13] for start in core.starts(TUESDAY)]
    assert hours == ["14", "15", "16", "17", "19", "20", "21", "22"]


def test_three_times_are_spread_over_the_wish(core: Core) -> None:
    assert core.starts(TUESDAY_MORNING, limit=3) == [
        "2027-03-02T14:00:00Z",
        "2027-03-02T15:00:00Z",
        "2027-03-02T17:00:00Z",
    ]


def test_the_first_or_the_last_times_of_a_wish_are_named_when_that_is_asked_for(core: Core) -> None:
    soonest, latest = (core.starts(TUESDAY, limit=2, order=order) for order in ("soonest", "latest"))
    assert [start[11:13] for start in (*soonest, *latest)] == ["14", "15", "21", "22"]


def test_the_last_time_of_each_day_is_named_when_the_wish_has_several(core: Core) -> None:
    found = core.starts((TUESDAY[0], "2027-03-06T05:00:00Z"), limit=3, order="latest")
    assert [start[8:13] for start in found] == ["02T22", "03T22", "04T22"]


def test_a_wish_over_several_days_is_answered_on_several_days(core: Core) -> None:
    found = core.starts((TUESDAY[0], "2027-03-06T05:00:00Z"), limit=3)
    assert len({start[:10] for start in found}) == 3


def test_without_a_wish_the_soonest_comes_first_and_another_day_is_among_them(core: Core) -> None:
    found = core.starts(limit=3)
    assert found[0] == "2027-03-01T14:00:00Z"
    assert len({start[:10] for start in found}) > 1


def test_more_means_later(core: Core) -> None:
    assert core.starts(TUESDAY_MORNING, after="2027-03-02T15:00:00Z") == [
        "2027-03-02T16:00:00Z",
        "2027-03-02T17:00:00Z",
    ]


def test_times_already_shown_are_not_named_again(core: Core) -> None:
    shown = ["2027-03-02T14:00:00Z", "2027-03-02T17:00:00Z"]
    assert core.starts(TUESDAY_MORNING, shown=shown) == ["2027-03-02T15:00:00Z", "2027-03-02T16:00:00Z"]


def test_whoever_has_fewest_bookings_that_day_is_proposed(core: Core) -> None:
    core.booked("2027-03-02T14:00:00Z", staff_id=core.salon.ana)
    slot = core.search(AT_THREE)["slots"][0]
    assert slot["staff_id"] == core.salon.ben


def test_a_named_person_is_the_only_one_proposed(core: Core) -> None:
    found = core.search(TUESDAY, staff_id=core.salon.ben, limit=50)["slots"]
    assert {slot["staff_id"] for slot in found} == {core.salon.ben}


def test_who_is_not_wanted_is_not_proposed(core: Core) -> None:
    found = core.search(TUESDAY, not_with=[core.salon.ana], limit=50)["slots"]
    assert {slot["staff_id"] for slot in found} == {core.salon.ben}


def test_a_taken_time_is_answered_with_its_neighbours_then_the_same_time_next_day(a_core: CoreMaker) -> None:
    core = a_core(minutes=30, grid=30)
    core.booked("2027-03-02T20:00:00Z")
    found = core.search(AT_THREE, staff_id=core.salon.ana)
    assert found["slots"] == []
    assert found["closed"]["code"] == "taken"
    assert sorted(slot["start"] for slot in found["alternatives"][:2]) == [
        "2027-03-02T19:30:00Z",
        "2027-03-02T20:30:00Z",
    ]
    assert found["alternatives"][2]["start"] == "2027-03-03T20:00:00Z"


def test_a_closed_day_is_answered_with_the_nearest_open_days(core: Core) -> None:
    found = core.search(("2027-03-06T20:00:00Z", "2027-03-06T20:01:00Z"))
    assert found["closed"]["code"] == "closed_day"
    assert found["closed"]["facts"]["day"] == "2027-03-06"
    days = [slot["start"][:10] for slot in found["alternatives"]]
    assert days[:2] == ["2027-03-05", "2027-03-08"]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        pytest.param(("2027-02-26T15:00:00Z", "2027-02-26T15:01:00Z"), "past", id="past"),
        pytest.param(("2027-03-01T14:30:00Z", "2027-03-01T15:00:00Z"), "too_soon", id="too soon"),
        pytest.param(("2027-05-20T15:00:00Z", "2027-05-20T15:01:00Z"), "too_far", id="too far"),
        pytest.param(("2027-03-07T15:00:00Z", "2027-03-07T15:01:00Z"), "closed_day", id="closed day"),
        pytest.param(("2027-03-02T18:15:00Z", "2027-03-02T18:16:00Z"), "outside_hours", id="lunch"),
        pytest.param(
            ("2027-03-02T22:30:00Z", "2027-03-02T22:31:00Z"), "outside_hours", id="ends after closing"
        ),
        pytest.param(("2027-03-03T15:00:00Z", "2027-03-03T15:01:00Z"), "person_away", id="not their day"),
        pytest.param(("2027-03-04T15:00:00Z", "2027-03-04T15:01:00Z"), "person_away", id="on leave"),
        pytest.param(("2027-03-02T15:10:00Z", "2027-03-02T15:11:00Z"), "off_grid", id="off the grid"),
        pytest.param(("2027-03-02T15:00:00Z", "2027-03-02T15:01:00Z"), "taken", id="taken"),
    ],
)
def test_every_reason_has_its_code(a_core: CoreMaker, wish: tuple[str, str], code: str) -> None:
    without_wednesday = {day: WEEKDAYS[day] for day in (0, 1, 3, 4)}
    core = a_core(ben_hours=without_wednesday, min_notice_minutes=120)
    ben = core.salon.ben
    leave = MONDAY + timedelta(days=3)
    core.write(lambda session: an_absence(session, core.salon, ben, leave, leave + timedelta(days=1)))
    core.booked("2027-03-02T15:00:00Z", staff_id=ben)
    found = core.search(wish, staff_id=ben)
    assert found["closed"]["code"] == code
    assert len(found["alternatives"]) == 3
    assert {slot["staff_id"] for slot in found["alternatives"]} == {ben}


def test_opening_hours_are_told_on_the_wall_clock(core: Core) -> None:
    found = core.search(("2027-03-02T03:00:00Z", "2027-03-02T03:01:00Z"))
    assert found["closed"]["facts"]["windows"] == [["09:00", "13:00"], ["14:00", "18:00"]]


def test_notice_is_exact_to_the_second(a_core: CoreMaker) -> None:
    core = a_core(min_notice_minutes=120)
    at_noon = ("2027-03-01T17:00:00Z", "2027-03-01T17:01:00Z")
    core.clock.move(seconds=3599)
    assert core.starts(at_noon)
    core.clock.move(seconds=2)
    assert core.search(at_noon)["closed"]["code"] == "too_soon"
    assert core.book(at_noon[0]).json()["code"] == "too_soon"


def test_a_diary_full_for_a_fortnight_is_searched_to_the_horizon(a_core: CoreMaker) -> None:
    core = a_core(hours={0: [(540, 600)]})
    for day in ("01", "08", "15"):
        for person in (core.salon.ana, core.salon.ben):
            core.booked(f"2027-03-{day}T{13 if day == '15' else 14}:00:00Z", staff_id=person)
    assert core.starts(limit=1) == ["2027-03-22T13:00:00Z"]


def test_own_hold_and_own_visit_are_not_in_the_way(core: Core) -> None:
    only_ana: dict[str, Any] = {"staff_id": core.salon.ana}
    assert core.hold(AT_THREE[0]).status_code == 201
    assert core.starts(AT_THREE, **only_ana) == []
    assert core.starts(AT_THREE, **only_ana, conversation_id=core.salon.conversation)
    visit = core.booked("2027-03-02T14:00:00Z")
    at_nine = ("2027-03-02T14:00:00Z", "2027-03-02T14:01:00Z")
    assert core.starts(at_nine, **only_ana) == []
    assert core.starts(at_nine, **only_ana, exclude_appointment_id=visit["id"])


def test_a_long_booking_blocks_only_its_own_minutes(a_core: CoreMaker) -> None:
    """Booking 23:30 to 00:30; of the half hours from midnight only 00:30 is free."""
    core = a_core(zone="UTC", hours={0: [(0, 1440)], 1: [(0, 1440)]}, minutes=60, grid=30)
    core.booked("2027-03-01T23:30:00Z")
    found = core.starts(("2027-03-02T00:00:00Z", "2027-03-02T01:00:00Z"), staff_id=core.salon.ana)
    assert found == ["2027-03-02T00:30:00Z"]


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


def test_a_search_is_three_queries(database: Database) -> None:
    salon = database.transact(lambda session: a_salon(session, MONDAY, Plan()))
    with database.read() as session, counted(database) as statements:
        found = search(session, Wanted(Enquiry(salon.id, (salon.service,))), MONDAY)
    assert found.spots
    assert len([one for one in statements if one.startswith("SELECT")]) == 3


def test_a_range_that_runs_backwards_is_malformed(core: Core) -> None:
    body = {"service_id": core.salon.service, "wishes": [{"start": AT_THREE[1], "end": AT_THREE[0]}]}
    answer = core.ask("POST", "availability/search", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


def test_several_ranges_together_are_one_wish_answered_over_a_week(core: Core) -> None:
    mornings = [(f"2027-03-{day:02}T14:00:00Z", f"2027-03-{day:02}T15:00:00Z") for day in (2, 3, 4, 11, 12)]
    days = [start[:10] for start in core.starts(*mornings, limit=3, together=True)]
    assert days == ["2027-03-02", "2027-03-03", "2027-03-04"]
    assert {start[:10] for start in core.starts(*mornings, limit=3)} == {"2027-03-02"}


def test_together_the_week_begins_with_the_first_free_time(core: Core) -> None:
    sunday, later = (
        ("2027-03-07T14:00:00Z", "2027-03-07T15:00:00Z"),
        ("2027-03-16T14:00:00Z", "2027-03-16T15:00:00Z"),
    )
    found = core.search(sunday, later, together=True, limit=1)
    assert (found["wish"], found["slots"][0]["start"][:10]) == (1, "2027-03-16")

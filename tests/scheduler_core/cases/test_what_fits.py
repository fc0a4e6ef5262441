"""A time is offered when the whole visit fits, to the minute, and booked only when it is offered."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.builders.core import Core
from tests.builders.parts import (
    ALWAYS,
    a_block,
    a_break,
    a_closure,
    a_holiday,
    a_person,
    a_resource,
    a_service,
    an_override,
    resource_of,
)

CoreMaker = Callable[..., Core]

NINE_TO_SIX = dict.fromkeys(range(5), ((9 * 60, 18 * 60),))
TUESDAY = date(2027, 3, 2)
THE_DAY = ("2027-03-02T05:00:00Z", "2027-03-03T05:00:00Z")


def at(clock: str, day: date = TUESDAY) -> datetime:
    """That time in New York, in winter."""
    hours, minutes = clock.split(":")
    midnight = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    return midnight + timedelta(hours=int(hours), minutes=int(minutes))


def offered(core: Core, **more: Any) -> list[str]:
    """The clock times in New York of Ana's slots on Tuesday."""
    found = [datetime.fromisoformat(start) for start in core.listed(*THE_DAY, **more)]
    return [f"{start - timedelta(hours=5):%H:%M}" for start in found]


def books(core: Core, clock: str, **more: Any) -> str:
    """201, or the code of the refusal."""
    answer = core.book(at(clock).isoformat(), **more)
    return str(answer.json().get("code", answer.status_code))


def blocked(core: Core, begins: str, ends: str, staff_id: int | None = None) -> None:
    def block(session: Session) -> None:
        whose = resource_of(session, staff_id or core.salon.ana)
        a_block(session, core.salon.id, whose, at(begins), at(ends))

    core.write(block)


def test_case_10_a_visit_over_midnight_takes_only_its_own_minutes(a_core: CoreMaker) -> None:
    core = a_core(hours=ALWAYS, minutes=60, grid=30)
    short = core.write(lambda s: a_service(s, core.salon.id, by=[core.salon.ana], duration_minutes=30))
    core.booked(at("23:30").isoformat())
    wednesday = (at("24:00").isoformat(), at("25:00").isoformat())
    assert core.listed(*wednesday, service_id=short) == ["2027-03-03T05:30:00Z"]


@pytest.mark.parametrize(
    ("minutes", "grid", "expected"),
    [
        (60, 1, []),
        (45, 1, ["10:00"]),
        (44, 1, ["10:00", "10:01"]),
        (30, 15, ["10:00", "10:15"]),
        (20, 25, ["10:00", "10:25"]),
    ],
    ids=["too short", "exact", "a minute to spare", "on the quarter", "a grid of 25 minutes"],
)
def test_case_11_a_gap_of_45_minutes_takes_what_fits(
    a_core: CoreMaker, minutes: int, grid: int, expected: list[str]
) -> None:
    core = a_core(hours={1: ((600, 660),)}, minutes=minutes, grid=grid)
    blocked(core, "10:45", "11:00")
    assert offered(core) == expected


def test_case_12_a_buffer_keeps_away_from_the_next_visit(a_core: CoreMaker) -> None:
    core = a_core(minutes=30, after=30, grid=30)
    assert books(core, "10:00") == "201"
    assert "09:00" in offered(core)
    assert "09:30" not in offered(core)
    assert books(core, "09:30") == "slot_taken"
    assert books(core, "09:00") == "201"


def test_a_buffer_before_keeps_away_from_the_visit_before(a_core: CoreMaker) -> None:
    core = a_core(minutes=30, before=30, grid=30)
    assert books(core, "10:00") == "201"
    assert books(core, "10:30") == "slot_taken"
    assert books(core, "11:00") == "201"
    assert books(core, "09:30") == "slot_taken"


def test_case_13_visits_may_follow_each_other(core: Core) -> None:
    assert [books(core, clock) for clock in ("10:00", "11:00", "09:00")] == ["201"] * 3


@pytest.mark.parametrize(("beyond", "last"), [(False, "16:30"), (True, "17:00")])
def test_case_14_a_buffer_passes_closing_time_only_by_policy(
    a_core: CoreMaker, beyond: bool, last: str
) -> None:
    core = a_core(hours=NINE_TO_SIX, minutes=60, after=30, grid=30, buffers_beyond_hours=beyond)
    assert offered(core)[-1] == last
    assert books(core, "17:00") == ("201" if beyond else "outside_hours")


def test_case_15_two_short_blocks_remove_only_their_minutes(a_core: CoreMaker) -> None:
    core = a_core(hours={1: ((540, 720),)}, minutes=5, grid=5)
    whole = offered(core)
    blocked(core, "09:10", "09:20")
    blocked(core, "11:05", "11:10")
    assert [clock for clock in whole if clock not in offered(core)] == ["09:10", "09:15", "11:05"]


@pytest.mark.parametrize("whose", ["the place", "Ana"])
@pytest.mark.parametrize(
    ("windows", "expected"),
    [([(720, 840)], ["12:00", "13:00"]), ([(600, 660), (720, 780)], ["10:00", "12:00"]), ([], [])],
    ids=["twelve to two", "two windows", "closed"],
)
def test_case_16_a_date_s_own_hours_stand_against_a_holiday(
    a_core: CoreMaker, whose: str, windows: list[tuple[int, int]], expected: list[str]
) -> None:
    core = a_core(hours=NINE_TO_SIX)
    salon = core.salon
    core.write(lambda session: a_holiday(session, salon.id, salon.location, TUESDAY))
    assert offered(core) == []
    staff_id = salon.ana if whose == "Ana" else None
    core.write(lambda s: an_override(s, salon.id, salon.location, TUESDAY, windows, staff_id))
    assert offered(core) == expected


@pytest.mark.parametrize("whose", ["the place", "Ana"])
def test_a_date_s_own_hours_replace_the_weekday_s(a_core: CoreMaker, whose: str) -> None:
    core = a_core(hours=NINE_TO_SIX)
    salon = core.salon
    staff_id = salon.ana if whose == "Ana" else None
    core.write(lambda s: an_override(s, salon.id, salon.location, TUESDAY, [(720, 840)], staff_id))
    assert offered(core) == ["12:00", "13:00"]
    everyday = core.listed("2027-03-09T05:00:00Z", "2027-03-10T05:00:00Z")
    assert len(everyday) == 9


def test_a_closure_and_a_break_take_only_their_minutes(a_core: CoreMaker) -> None:
    core = a_core(hours=NINE_TO_SIX)
    salon = core.salon
    core.write(lambda s: a_closure(s, salon.id, salon.location, at("15:30"), at("16:10")))
    core.write(lambda s: a_break(s, salon.id, salon.ana, 1, 11 * 60, 11 * 60 + 20))
    assert offered(core) == ["09:00", "10:00", "12:00", "13:00", "14:00", "17:00"]


@pytest.mark.parametrize("wall", ["00:00", "12:00", "23:00"])
def test_where_doors_never_close_a_taken_time_is_taken(a_core: CoreMaker, wall: str) -> None:
    core = a_core(hours=ALWAYS)
    assert books(core, wall) == "201"
    answer = core.book(at(wall).isoformat())
    assert (answer.status_code, answer.json()["code"]) == (409, "slot_taken")
    assert answer.json()["facts"]["alternatives"]


def test_case_23_without_the_fixed_host_there_is_no_slot(a_core: CoreMaker) -> None:
    """Ben holds the interview and Ana, Cem or Dora sits in: whoever else is free, nothing happens without Ben."""
    core = a_core(hours=NINE_TO_SIX)
    host = core.write(lambda session: resource_of(session, core.salon.ben))
    interview = core.write(lambda s: a_service(s, core.salon.id, by=[core.salon.ana], needs=[[host]]))
    assert "10:00" in offered(core, service_id=interview)
    blocked(core, "10:00", "11:00", core.salon.ben)
    assert "10:00" not in offered(core, service_id=interview)
    assert "10:00" in offered(core)
    assert books(core, "10:00", service_id=interview) != "201"
    assert books(core, "11:00", service_id=interview) == "201"
    assert books(core, "11:00", staff_id=core.salon.ben) == "slot_taken"


def test_case_24_notice_is_exact_to_the_second(a_core: CoreMaker) -> None:
    core = a_core(min_notice_minutes=120)
    core.clock.now = at("09:59") + timedelta(seconds=59)
    assert "12:00" in offered(core)
    core.clock.move(seconds=1)
    assert "12:00" in offered(core)
    core.clock.move(seconds=1)
    assert "12:00" not in offered(core)
    assert books(core, "12:00") == "too_soon"


def test_while_colour_takes_effect_its_person_is_free_for_others(a_core: CoreMaker) -> None:
    core = a_core(hours=NINE_TO_SIX, minutes=90, grid=30, service={"gaps": [[30, 30]]})
    cut = core.write(lambda s: a_service(s, core.salon.id, by=[core.salon.ana], duration_minutes=30))
    assert books(core, "10:00") == "201"
    taken = {"10:00", "11:00"}
    assert not taken & set(offered(core, service_id=cut))
    assert books(core, "10:30", service_id=cut) == "201"
    assert books(core, "10:30", service_id=cut) == "slot_taken"


@pytest.mark.parametrize(("rooms", "expected"), [(1, "slot_taken"), (2, "201")])
def test_a_visit_needs_one_of_the_rooms(a_core: CoreMaker, rooms: int, expected: str) -> None:
    core = a_core(hours=NINE_TO_SIX)

    def massage(session: Session) -> int:
        one_of = [a_resource(session, core.salon.id) for _ in range(rooms)]
        return a_service(session, core.salon.id, by=[core.salon.ana, core.salon.ben], needs=[one_of])

    service = core.write(massage)
    assert books(core, "10:00", service_id=service) == "201"
    assert books(core, "10:00", service_id=service, staff_id=core.salon.ben) == expected


def test_a_visit_needs_all_of_its_things_at_once(a_core: CoreMaker) -> None:
    core = a_core(hours=NINE_TO_SIX)

    def build(session: Session) -> tuple[int, int]:
        room, laser = (a_resource(session, core.salon.id) for _ in range(2))
        both = a_service(session, core.salon.id, by=[core.salon.ana], needs=[[room], [laser]])
        return both, a_service(session, core.salon.id, by=[core.salon.ben], needs=[[laser]])

    both, with_laser = core.write(build)
    assert books(core, "10:00", service_id=with_laser, staff_id=core.salon.ben) == "201"
    found = core.search((at("10:00").isoformat(), at("10:01").isoformat()), service_id=both)
    assert found["closed"]["code"] == "resource_busy"
    assert "10:00" not in offered(core, service_id=both)
    assert "11:00" in offered(core, service_id=both)


def test_of_a_thing_there_may_be_several(a_core: CoreMaker) -> None:
    core = a_core(hours=NINE_TO_SIX)

    def build(session: Session) -> int:
        chairs = a_resource(session, core.salon.id, "chair", capacity=2)
        return a_service(
            session, core.salon.id, by=[core.salon.ana, core.salon.ben], needs=[[chairs], [chairs]]
        )

    two_chairs = core.write(build)
    assert books(core, "10:00", service_id=two_chairs) == "201"
    assert books(core, "10:00", service_id=two_chairs, staff_id=core.salon.ben) == "slot_taken"


def test_a_class_has_as_many_places_as_it_says(a_core: CoreMaker) -> None:
    core = a_core(hours=NINE_TO_SIX, service={"capacity": 3})
    answers = [books(core, "10:00") for _ in range(4)]
    assert answers == ["201", "201", "201", "slot_taken"]
    assert "10:00" not in offered(core)
    assert "11:00" in offered(core)


def test_hours_of_a_person_are_meant_in_their_own_zone(a_core: CoreMaker) -> None:
    """Eva works from London: nine to twelve there is four to seven in New York."""
    core = a_core(hours=ALWAYS)

    def build(session: Session) -> tuple[int, int]:
        mornings = {core.salon.location: {1: ((540, 720),)}}
        eva = a_person(session, core.salon.id, "Eva", mornings, zone="Europe/London")
        return eva, a_service(session, core.salon.id, by=[eva])

    eva, lesson = core.write(build)
    assert offered(core, staff_id=eva, service_id=lesson) == ["04:00", "05:00", "06:00"]

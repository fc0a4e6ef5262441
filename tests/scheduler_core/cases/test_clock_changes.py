"""Hours mean what the clock on the wall shows, in every zone, also on the days on which clocks change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.builders.core import Core
from tests.builders.parts import ALWAYS

CoreMaker = Callable[..., Core]

NEW_YORK, BERLIN, LORD_HOWE = "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"
SPRING, AUTUMN = "2027-03-14", "2027-11-07"


def open_on(a_core: CoreMaker, zone: str, day: str, begins: int, ends: int, grid: int = 60) -> Core:
    """A place whose only hours are on that weekday; visits take an hour."""
    weekday = datetime.fromisoformat(day).weekday()
    return ten_days_before(day, a_core(zone=zone, hours={weekday: ((begins * 60, ends * 60),)}, grid=grid))


def ten_days_before(day: str, core: Core) -> Core:
    core.clock.now = datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(days=10)
    return core


def around(day: str) -> tuple[str, str]:
    """An interval that the whole of that day lies in, in any zone; no other day has hours."""
    noon = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    return (noon - timedelta(hours=26)).isoformat(), (noon + timedelta(hours=26)).isoformat()


@pytest.mark.parametrize(
    ("zone", "day", "begins", "ends", "expected"),
    [
        pytest.param(NEW_YORK, SPRING, 13, 18, "17 18 19 20 21", id="1: the afternoon after the change"),
        pytest.param(NEW_YORK, SPRING, 1, 4, "06 07", id="2: an hour is skipped"),
        pytest.param(NEW_YORK, AUTUMN, 0, 4, "04 05 06 07 08", id="3: an hour comes twice"),
        pytest.param(BERLIN, "2027-03-28", 2, 3, "", id="4: the hour does not exist"),
        pytest.param(BERLIN, "2027-10-31", 2, 3, "00 01", id="the hour exists twice"),
        pytest.param(NEW_YORK, "2027-03-13", 22, 28, "03 04 05 06 07", id="a night over the skipped hour"),
        pytest.param(
            NEW_YORK, "2027-11-06", 22, 28, "02 03 04 05 06 07 08", id="a night over the doubled hour"
        ),
        pytest.param("America/Santiago", "2027-09-05", 0, 2, "04", id="midnight is skipped"),
        pytest.param("America/Santiago", "2027-04-03", 22, 24, "01 02 03", id="the last hour comes twice"),
        pytest.param("America/Havana", "2027-11-07", 0, 2, "04 05 06", id="midnight comes twice"),
        pytest.param("Pacific/Auckland", "2027-04-04", 1, 4, "12 13 14 15", id="autumn in the south"),
        pytest.param("Pacific/Auckland", "2027-09-26", 1, 4, "13 14", id="spring in the south"),
        pytest.param("Africa/Casablanca", "2027-02-06", 9, 10, "08", id="the day before Ramadan's clock"),
        pytest.param("Africa/Casablanca", "2027-02-08", 9, 10, "09", id="in Ramadan"),
        pytest.param("Africa/Casablanca", "2027-03-15", 9, 10, "08", id="after Ramadan"),
    ],
)
def test_hours_follow_the_wall(
    a_core: CoreMaker, zone: str, day: str, begins: int, ends: int, expected: str
) -> None:
    core = open_on(a_core, zone, day, begins, ends)
    found = core.listed(*around(day))
    assert [start[11:16] for start in found] == [f"{hour}:00" for hour in expected.split()]


@pytest.mark.parametrize(
    ("zone", "day", "grid", "expected"),
    [
        pytest.param("Asia/Kathmandu", "2027-03-09", 60, "03:15 04:15", id="a zone of quarters"),
        pytest.param("Pacific/Apia", "2027-03-09", 60, "20:00 21:00", id="ahead of everybody"),
        pytest.param("America/St_Johns", "2027-03-15", 60, "11:30 12:30", id="a zone of halves"),
    ],
)
def test_offsets_of_all_kinds(a_core: CoreMaker, zone: str, day: str, grid: int, expected: str) -> None:
    """Nine to eleven."""
    core = open_on(a_core, zone, day, 9, 11, grid)
    assert [start[11:16] for start in core.listed(*around(day))] == expected.split()


@pytest.mark.parametrize(
    ("day", "begins", "ends", "grid", "expected"),
    [
        ("2027-10-03", 1, 4, 60, "14:30 16:00"),
        ("2027-04-04", 0, 3, 60, "13:00 14:00 15:30"),
        ("2027-04-04", 0, 3, 30, "13:00 13:30 14:00 14:30 15:00 15:30"),
    ],
    ids=["half an hour is skipped", "half an hour comes twice", "both of its half hours can be booked"],
)
def test_half_an_hour_may_be_all_that_changes(
    a_core: CoreMaker, day: str, begins: int, ends: int, grid: int, expected: str
) -> None:
    core = open_on(a_core, LORD_HOWE, day, begins, ends, grid)
    assert [start[11:16] for start in core.listed(*around(day))] == expected.split()


def test_a_day_that_an_island_left_out_has_no_slots(a_core: CoreMaker) -> None:
    """Friday 2011-12-30 does not exist in Apia."""
    core = open_on(a_core, "Pacific/Apia", "2011-12-30", 9, 11)
    assert core.listed("2011-12-25T00:00:00Z", "2012-01-03T00:00:00Z") == []
    found = core.at_wall("2011-12-30T10:00")
    assert (found["slots"], found["closed"]["code"]) == ([], "no_such_time")
    assert len(found["alternatives"]) == 2


@pytest.mark.parametrize(
    ("day", "begins", "labels"),
    [
        (SPRING, 1, ["01:00 EST", "03:00 EDT"]),
        (AUTUMN, 0, ["00:00 EDT", "01:00 EDT", "01:00 EST", "02:00 EST", "03:00 EST"]),
    ],
    ids=["an hour is skipped", "an hour comes twice"],
)
def test_a_slot_is_labelled_as_the_clock_shows_it(
    a_core: CoreMaker, day: str, begins: int, labels: list[str]
) -> None:
    core = open_on(a_core, NEW_YORK, day, begins, 4)
    found = core.slots(*around(day))
    assert [f"{slot['wall_start'][11:16]} {slot['zone_name']}" for slot in found] == labels
    assert len({slot["id"] for slot in found}) == len(labels)


def test_both_hours_of_one_label_can_be_booked(a_core: CoreMaker) -> None:
    core = open_on(a_core, NEW_YORK, AUTUMN, 0, 4)
    first, second = core.booked(f"{AUTUMN}T05:00:00Z"), core.booked(f"{AUTUMN}T06:00:00Z")
    assert (first["start"], second["start"]) == (f"{AUTUMN}T05:00:00Z", f"{AUTUMN}T06:00:00Z")


@pytest.mark.parametrize(
    ("zone", "wall", "instants"),
    [
        (NEW_YORK, f"{AUTUMN}T01:30", [f"{AUTUMN}T05:30:00Z", f"{AUTUMN}T06:30:00Z"]),
        (BERLIN, "2027-10-31T02:00", ["2027-10-31T00:00:00Z", "2027-10-31T01:00:00Z"]),
        (LORD_HOWE, "2027-04-04T01:30", ["2027-04-03T14:30:00Z", "2027-04-03T15:00:00Z"]),
        ("America/Santiago", "2027-04-03T23:30", ["2027-04-04T02:30:00Z", "2027-04-04T03:30:00Z"]),
    ],
    ids=["5: New York", "Berlin", "Lord Howe", "Santiago"],
)
def test_a_wall_time_that_comes_twice_is_asked_back(
    a_core: CoreMaker, zone: str, wall: str, instants: list[str]
) -> None:
    core = ten_days_before(wall[:10], a_core(zone=zone, hours=ALWAYS, grid=30))
    found = core.at_wall(wall)
    assert (found["slots"], found["closed"]["code"]) == ([], "ambiguous_time")
    assert [slot["start"] for slot in found["alternatives"]] == instants


@pytest.mark.parametrize(
    ("zone", "wall", "after_the_gap"),
    [
        (NEW_YORK, f"{SPRING}T02:30", f"{SPRING}T07:00:00Z"),
        (BERLIN, "2027-03-28T02:30", "2027-03-28T01:00:00Z"),
        (LORD_HOWE, "2027-10-03T02:00", "2027-10-02T15:30:00Z"),
        ("America/Santiago", "2027-09-05T00:30", "2027-09-05T04:00:00Z"),
        ("America/Havana", "2027-03-14T00:00", "2027-03-14T05:00:00Z"),
    ],
    ids=["6: New York", "Berlin", "Lord Howe", "Santiago", "Havana"],
)
def test_a_wall_time_that_does_not_exist_is_said_so_with_the_nearest_two(
    a_core: CoreMaker, zone: str, wall: str, after_the_gap: str
) -> None:
    core = ten_days_before(wall[:10], a_core(zone=zone, hours=ALWAYS, grid=30))
    found = core.at_wall(wall)
    assert (found["slots"], found["closed"]["code"]) == ([], "no_such_time")
    nearest = [slot["start"] for slot in found["alternatives"]]
    assert len(nearest) == 2
    assert after_the_gap in nearest


def test_a_wall_time_that_comes_once_is_just_found(core: Core) -> None:
    found = core.at_wall("2027-03-02T10:00")
    assert [slot["start"] for slot in found["slots"]] == ["2027-03-02T15:00:00Z"]


@pytest.mark.parametrize(
    ("zone", "theirs"), [("Asia/Kathmandu", "2027-01-12 13:45"), ("Pacific/Auckland", "2027-01-12 21:00")]
)
def test_case_9_one_instant_is_kept_whatever_clock_the_customer_looks_at(
    a_core: CoreMaker, zone: str, theirs: str
) -> None:
    core = open_on(a_core, BERLIN, "2027-01-12", 9, 18)
    start = core.at_wall("2027-01-12T09:00")["slots"][0]["start"]
    asked = datetime.fromisoformat(start).astimezone(ZoneInfo(zone))
    visit = core.booked(asked.isoformat())
    assert visit["start"] == "2027-01-12T08:00:00Z"
    assert f"{datetime.fromisoformat(visit['start']).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" == theirs

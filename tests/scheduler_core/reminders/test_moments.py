"""A day is counted on the wall, hours by the clock that never changes, and nobody is woken."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler_core.businesses.policy import Ahead, DaysBefore, HoursBefore, Policy
from scheduler_core.conversations.quiet import after_the_night
from scheduler_core.reminders.moments import escalation, moment

NEW_YORK, VIENNA = ZoneInfo("America/New_York"), ZoneInfo("Europe/Vienna")
THE_DAY_BEFORE, A_DAY_AHEAD = DaysBefore(days_before=1, at="10:00"), HoursBefore(hours_before=24)
TWO_HOURS = HoursBefore(hours_before=2)
NO_NIGHT = Policy(quiet_from_hour=0, quiet_until_hour=0)


def asked_at(ahead: Ahead, visit: str, policy: Policy = NO_NIGHT, zone: ZoneInfo = NEW_YORK) -> str:
    start = datetime.fromisoformat(visit).replace(tzinfo=zone).astimezone(UTC)
    said = moment(ahead, start, zone, zone, policy, key=8)
    return said.astimezone(zone).isoformat(timespec="minutes")[:16]


@pytest.mark.parametrize(
    ("visit", "said"),
    [
        pytest.param("2027-03-02T15:00", "2027-03-01T10:00", id="an ordinary day"),
        pytest.param("2027-03-14T15:00", "2027-03-13T10:00", id="the clocks go forward in the night between"),
        pytest.param("2027-11-07T15:00", "2027-11-06T10:00", id="the clocks go back in the night between"),
        pytest.param("2027-03-01T00:30", "2027-02-28T10:00", id="from one month to the other"),
    ],
)
def test_the_day_before_is_a_day_on_the_wall(visit: str, said: str) -> None:
    assert asked_at(THE_DAY_BEFORE, visit) == said


@pytest.mark.parametrize(
    ("visit", "said"),
    [
        pytest.param("2027-03-02T15:00", "2027-03-01T15:00", id="an ordinary day"),
        pytest.param("2027-03-14T15:00", "2027-03-13T14:00", id="that day had 23 hours"),
        pytest.param("2027-11-07T15:00", "2027-11-06T16:00", id="that day had 25 hours"),
    ],
)
def test_24_hours_have_24_hours(visit: str, said: str) -> None:
    at = datetime.fromisoformat(asked_at(A_DAY_AHEAD, visit))
    hoped_for = datetime.fromisoformat(said)
    assert hoped_for - timedelta(minutes=6) <= at <= hoped_for


def test_a_wall_time_that_does_not_exist_that_day_is_an_hour_later() -> None:
    at_night = DaysBefore(days_before=1, at="02:30")
    assert asked_at(at_night, "2027-03-15T15:00") == "2027-03-14T03:30"


@pytest.mark.parametrize(
    ("ahead", "visit", "said"),
    [
        pytest.param(
            TWO_HOURS, "2027-03-02T08:30", "2027-03-01T20:30", id="an early visit: the evening before"
        ),
        pytest.param(TWO_HOURS, "2027-03-02T23:45", "2027-03-02T20:30", id="a late one: the same evening"),
        pytest.param(TWO_HOURS, "2027-03-02T01:00", "2027-03-01T20:30", id="one after midnight"),
        pytest.param(THE_DAY_BEFORE, "2027-03-02T08:30", "2027-03-01T10:00", id="nothing of the night"),
    ],
)
def test_what_would_fall_in_the_night_is_said_before_it(ahead: Ahead, visit: str, said: str) -> None:
    assert asked_at(ahead, visit, Policy()) == said


@given(
    st.integers(0, 366 * 24 * 12), st.integers(0, 23), st.integers(0, 23), st.integers(1, 48), st.integers(1)
)
def test_no_reminder_is_late_or_at_night(visit: int, begins: int, ends: int, hours: int, key: int) -> None:
    start = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=5 * visit)
    policy = Policy(quiet_from_hour=begins, quiet_until_hour=ends)
    said = moment(HoursBefore(hours_before=hours), start, VIENNA, VIENNA, policy, key)
    assert said <= start - timedelta(hours=hours)
    if (ends - begins) % 24 < 23:
        assert after_the_night(said, VIENNA, policy) == said


def test_what_is_said_by_the_hour_is_spread_over_minutes() -> None:
    start = datetime(2027, 3, 2, 15, tzinfo=UTC)
    said = {moment(TWO_HOURS, start, VIENNA, VIENNA, NO_NIGHT, key) for key in range(100)}
    assert len(said) > 50
    assert max(said) - min(said) > timedelta(minutes=5)


def test_staff_are_told_of_silence_only_if_they_wish() -> None:
    start = datetime(2027, 3, 2, 15, tzinfo=UTC)
    assert escalation(start, VIENNA, Policy()) is None
    assert escalation(start, VIENNA, Policy(escalate_hours_before=3)) == start - timedelta(hours=3)

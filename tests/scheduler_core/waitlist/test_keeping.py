"""Until when a time is kept for who is asked: minutes in which they may be written to, and fewer when it is near."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler_core.businesses.policy import Policy
from scheduler_core.conversations.quiet import when_to_say
from scheduler_core.waitlist.keeping import LEAST, kept_until

NEW_YORK = ZoneInfo("America/New_York")


def kept(now: str, visit: str, **policy: int | None) -> str | None:
    asked, start = (
        datetime.fromisoformat(each).replace(tzinfo=NEW_YORK).astimezone(UTC) for each in (now, visit)
    )
    until = kept_until(asked, start, NEW_YORK, Policy.model_validate(policy))
    return until.astimezone(NEW_YORK).strftime("%d %H:%M") if until else None


@pytest.mark.parametrize(
    ("now", "visit", "until"),
    [
        pytest.param("2027-03-02T10:00", "2027-03-05T15:00", "02 10:30", id="half an hour, by day"),
        pytest.param("2027-03-02T23:30", "2027-03-05T15:00", "03 08:30", id="at night, once they are told"),
        pytest.param("2027-03-02T20:50", "2027-03-05T15:00", "03 08:20", id="the night does not count"),
        pytest.param(
            "2027-03-02T20:50", "2027-03-03T08:00", "02 21:20", id="a visit that is near counts at night"
        ),
        pytest.param("2027-03-02T10:00", "2027-03-02T11:40", "02 10:20", id="half of what is left"),
        pytest.param("2027-03-02T10:00", "2027-03-02T11:09", None, id="too near to ask"),
        pytest.param("2027-03-02T10:00", "2027-03-02T10:30", None, id="too near to book"),
        pytest.param("2027-03-13T20:50", "2027-03-19T15:00", "14 08:20", id="the clocks go forward"),
    ],
)
def test_how_long_a_time_is_kept(now: str, visit: str, until: str | None) -> None:
    assert kept(now, visit) == until


def test_a_business_keeps_it_for_as_long_as_it_says_or_asks_nobody() -> None:
    assert kept("2027-03-02T10:00", "2027-03-05T15:00", waitlist_offer_minutes=90) == "02 11:30"
    assert kept("2027-03-02T10:00", "2027-03-05T15:00", waitlist_offer_minutes=None) is None


@given(st.integers(0, 366 * 24 * 60), st.integers(0, 5 * 24 * 60), st.integers(5, 1440), st.integers(0, 23))
def test_it_is_always_long_enough_to_answer_and_over_before_it_is_too_late(
    minute: int, ahead: int, minutes: int, begins: int
) -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    start = now + timedelta(minutes=ahead)
    policy = Policy(waitlist_offer_minutes=minutes, quiet_from_hour=begins)
    until = kept_until(now, start, NEW_YORK, policy)
    if until is not None:
        told = when_to_say(now, NEW_YORK, policy, start)
        assert told + LEAST <= until <= start - timedelta(minutes=policy.min_notice_minutes)

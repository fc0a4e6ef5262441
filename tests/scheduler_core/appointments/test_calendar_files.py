"""A visit as a calendar file is read: the right instant from the file alone, one event for ever, every change told."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from icalendar import Calendar

from scheduler_core.appointments.calendars.visit import Entry, file_of
from tests.builders.core import Core
from tests.builders.parts import ALWAYS, a_service

CoreMaker = Callable[..., Core]

TUESDAY_9, TUESDAY_10 = "2027-03-02T14:00:00Z", "2027-03-02T15:00:00Z"
FAR = datetime(9999, 1, 1, tzinfo=UTC)


def file_text(core: Core, visit: Any) -> str:
    path = visit["calendar_url"].removeprefix(core.settings.public_url)
    answer = core.http.get(path, headers={"X-API-Key": ""})
    assert answer.status_code == 200
    return answer.text


def event_of(core: Core, visit: Any) -> Any:
    (event,) = Calendar.from_ical(file_text(core, visit)).events
    return event


def observances(text: str) -> list[Any]:
    parts: list[Any] = Calendar.from_ical(text).timezones[0].subcomponents
    return parts


def meant(text: str) -> datetime:
    """The instant of the event as a reader has it who knows no zone but the file's own (RFC 5545, 3.3.5 and 3.6.5).

    Of a time that the clock shows twice, the first.
    """
    event: Any = Calendar.from_ical(text).events[0]
    start: datetime = event["DTSTART"].dt
    if "TZID" not in event["DTSTART"].params:
        return start
    onsets = sorted(
        ((part["DTSTART"].dt - part.TZOFFSETFROM).replace(tzinfo=UTC), part.TZOFFSETTO)
        for part in observances(text)
    )
    read = (
        (start.replace(tzinfo=UTC) - offset, onset, until)
        for (onset, offset), (until, _) in pairwise([*onsets, (FAR, timedelta())])
    )
    first: datetime = next(instant for instant, onset, until in read if onset <= instant < until)
    return first


def an_entry(zone: str, start: datetime) -> Entry:
    return Entry(
        uid="1",
        sequence=0,
        stamp=start,
        start=start,
        end=start + timedelta(hours=1),
        zone=zone,
        summary="A visit",
    )


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/New_York", "2027-03-14"),
        ("America/New_York", "2027-11-07"),
        ("Europe/Berlin", "2027-03-28"),
        ("Europe/Berlin", "2027-10-31"),
        ("Europe/Dublin", "2027-03-28"),
        ("Australia/Lord_Howe", "2027-10-02"),
        ("Australia/Lord_Howe", "2027-04-03"),
        ("Pacific/Auckland", "2027-09-25"),
        ("Africa/Casablanca", "2027-02-07"),
        ("America/Santiago", "2027-04-03"),
        ("Asia/Kathmandu", "2027-07-01"),
        ("UTC", "2027-07-01"),
    ],
)
def test_every_half_hour_around_a_change_of_clocks_is_told_right_by_the_file_itself(
    zone: str, day: str
) -> None:
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    for half_hour in range(-8, 80):
        start = midnight + timedelta(minutes=30 * half_hour)
        assert meant(file_of([an_entry(zone, start)]).decode()) == start


def test_a_clock_that_changes_says_when_by_the_clock_before(a_core: CoreMaker) -> None:
    """As the example of RFC 5545 has it for New York: both changes are at two."""
    core = a_core(hours=ALWAYS)
    parts = observances(file_text(core, core.booked("2027-03-14T08:00:00Z")))
    onsets = {(part.name, str(part["DTSTART"].dt)) for part in parts if part["DTSTART"].dt.year == 2027}
    assert onsets == {("DAYLIGHT", "2027-03-14 02:00:00"), ("STANDARD", "2027-11-07 02:00:00")}


def test_a_file_names_its_zone_once_and_carries_it(core: Core) -> None:
    text = file_text(core, core.booked(TUESDAY_9))
    assert "DTSTART;TZID=America/New_York:20270302T090000" in text
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert text.index("BEGIN:VTIMEZONE") < text.index("BEGIN:VEVENT")


def test_an_event_keeps_its_uid_and_counts_its_changes(core: Core) -> None:
    visit = core.booked(TUESDAY_9)
    seen = [event_of(core, visit)]
    moved = core.move(visit, TUESDAY_10).json()
    seen.append(event_of(core, visit))
    core.cancel(moved)
    seen.append(event_of(core, visit))
    assert len({event["UID"] for event in seen}) == 1
    assert [event["SEQUENCE"] for event in seen] == [0, 1, 2]
    assert [event.start.hour for event in seen] == [9, 10, 10]


def test_two_visits_are_two_events(core: Core) -> None:
    first, second = core.booked(TUESDAY_9), core.booked(TUESDAY_10)
    assert event_of(core, first)["UID"] != event_of(core, second)["UID"]


def test_a_cancelled_visit_is_taken_back(core: Core) -> None:
    visit = core.booked(TUESDAY_9)
    before = Calendar.from_ical(file_text(core, visit))
    core.cancel(visit)
    after = Calendar.from_ical(file_text(core, visit))
    assert (before["METHOD"], before.events[0]["STATUS"]) == ("PUBLISH", "CONFIRMED")
    assert (after["METHOD"], after.events[0]["STATUS"]) == ("CANCEL", "CANCELLED")


def test_a_visit_that_waits_for_approval_is_tentative(a_core: CoreMaker) -> None:
    core = a_core(policy={"approval_needed": True})
    assert event_of(core, core.booked(TUESDAY_9))["STATUS"] == "TENTATIVE"


def test_a_visit_of_several_services_tells_each_with_its_time_and_person(core: Core) -> None:
    colour = core.write(lambda session: a_service(session, core.salon.id, by=[core.salon.ana], name="Colour"))
    one, two = core.booked(TUESDAY_9), core.booked("2027-03-02T16:00:00Z", also=[colour])
    assert event_of(core, one)["DESCRIPTION"] == "Haircut with Ana"
    several = event_of(core, two)
    assert several["DESCRIPTION"] == "11:00 Haircut with Ana\n12:00 Colour with Ana"
    assert (several.end - several.start) == timedelta(hours=2)


def test_a_guess_finds_no_visit(core: Core) -> None:
    answer = core.http.get("/calendar/guess.ics")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

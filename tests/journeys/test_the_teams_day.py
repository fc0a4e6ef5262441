"""The team's day in their chats: what comes, in the morning; how it went, in the owner's evening."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.journeys.staff_house import StaffHouse, open_staff_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[StaffHouse]:
    with open_staff_house(tmp_path) as ours:
        yield ours


def it_is(house: StaffHouse, when: str) -> None:
    """In UTC."""
    house.core.clock.now = datetime.fromisoformat(when).replace(tzinfo=UTC)
    house.core.does_what_is_due()


def test_each_of_the_team_reads_their_day_at_the_same_hour_on_the_wall_summer_or_winter(
    house: StaffHouse,
) -> None:
    """Given visits on the Friday before the clocks go forward and on the Monday after it, and Ben with none."""
    house.links()
    ben = house.ben_links()
    service = house.core.salon.service
    house.core.ask("PATCH", f"services/{service}", {"materials": ["foils"]})
    house.core.booked("2027-03-12T15:00:00Z", note="allergic to ammonia")
    house.core.booked("2027-03-15T14:00:00Z")
    house.goes_on()
    house.goes_on(ben)
    morning = (
        "Good morning, Ana! Friday 12 March: 1 visit, 10:00\u202fAM to 11:00\u202fAM.\n"
        "10:00\u202fAM Haircut, Maria (first visit, allergic to ammonia)\n"
        "You will need: foils."
    )
    it_is(house, "2027-03-12T12:29")
    assert house.goes_on() == []
    it_is(house, "2027-03-12T12:30")
    assert house.goes_on() == [morning]
    it_is(house, "2027-03-14T12:00")
    it_is(house, "2027-03-15T11:29")
    assert [text for text in house.goes_on() if "morning" in text] == []
    it_is(house, "2027-03-15T11:30")
    assert house.goes_on()[-1].startswith("Good morning, Ana! Monday 15 March: 1 visit, 10:00\u202fAM")
    assert [text for text in house.goes_on(ben) if "morning" in text] == []


def test_the_owner_reads_in_the_evening_what_came_of_the_day(house: StaffHouse) -> None:
    house.links(role="owner")
    ben = house.ben_links(role="staff")
    for clock in ("15:00", "16:00", "19:00"):
        house.booked(clock)
    house.core.booked("2027-03-02T14:00:00Z")
    house.goes_on()
    house.goes_on(ben)
    for hour, said in ((15, "start"), (16, "done"), (16, "start"), (17, "done"), (19, "no show")):
        house.core.clock.now = datetime(2027, 3, 1, hour, 1, tzinfo=UTC)
        house.says(said)
    it_is(house, "2027-03-02T01:00")  # 20:00 there
    assert house.goes_on() == [
        "Monday 1 March: 2 visits took place, $80.00. Did not come: 1. Booked today: 4.\n"
        "Tomorrow: 1 visit, at 9:00\u202fAM."
    ]
    assert house.goes_on(ben) == []


def test_the_same_in_spanish(house: StaffHouse) -> None:
    house.core.ask("PATCH", f"/v1/businesses/{house.core.salon.id}", {"locale": "es-US"})
    house.links(role="owner")
    house.core.booked("2027-03-02T15:00:00Z")
    house.core.booked("2027-03-02T16:00:00Z")
    house.goes_on()
    it_is(house, "2027-03-02T01:00")
    assert house.goes_on() == [
        "Lunes 1 de marzo: Reservadas hoy: 2.\nMañana: 2 citas, la primera a las 10:00\u202fa.m."
    ]
    it_is(house, "2027-03-02T12:30")
    assert house.goes_on()[0].splitlines()[:2] == [
        "¡Buenos días, Ana! Martes 2 de marzo: 2 citas, de 10:00\u202fa.m. a 12:00\u202fp.m.",
        "10:00\u202fa.m. Haircut, Maria (primera visita)",
    ]

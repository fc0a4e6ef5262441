"""Customers are asked ahead of a visit whether they come, and answer in their own words, through the real line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from channels.terminal.channel import address_of
from tests.journeys.diary import TOMORROW, free_starts, opens
from tests.journeys.house import Customer, House

#: Ana has time from a quarter to ten, and in the afternoon.
FRIDAY = TOMORROW + timedelta(days=10)


def test_the_day_before_at_ten_they_are_asked_and_say_that_they_come(rosa: Rosa) -> None:
    rosa.has_booked("27 November at 09:45")
    rosa.at("Thu 26 Nov 09:59")
    assert rosa.reminders() == []
    rosa.at("Thu 26 Nov 10:00")
    asked = rosa.hears()
    assert asked.text == (
        "Hi rosa, it's Linden Hair: your Haircut with Ana is on Friday 27 November at 09:45. Are you coming?"
    )
    assert asked.choices == ("Yes, I'll be there", "Another time", "I can't come")
    assert "Thank you! See you on Friday 27 November at 09:45." in rosa.says("yes see you then")
    assert "✓ coming" in rosa.house.desk()


def test_they_ask_for_a_later_time_that_day_and_are_reminded_of_that_one_only(rosa: Rosa) -> None:
    rosa.has_booked("27 November at 09:45")
    rosa.at("Thu 26 Nov 10:00")
    rosa.hears()
    later = rosa.says("can we do later that day?")
    assert later.choices[:3] == (
        "Fri 27 Nov, 10:00 · Ana",
        "Fri 27 Nov, 15:15 · Ana",
        "Fri 27 Nov, 17:00 · Ana",
    )
    rosa.taps("Fri 27 Nov, 15:15 · Ana")
    assert "15:15" in rosa.says("yes")
    rosa.at("Fri 27 Nov 09:00")
    assert len(rosa.reminders()) == 1
    rosa.at("Fri 27 Nov 13:15")
    assert "Friday 27 November at 15:15. Are you coming?" in rosa.hears()


def test_they_cannot_come_and_their_time_is_free_again(rosa: Rosa) -> None:
    rosa.has_booked("27 November at 15:15")
    rosa.at("Thu 26 Nov 10:00")
    rosa.hears()
    assert "Cancel your Haircut" in rosa.says("sorry I can't make it after all")
    assert "is cancelled" in rosa.says("yes")
    assert "15:15" in [f"{start:%H:%M}" for start in free_starts(rosa.house, "Ana", FRIDAY)]
    rosa.at("Fri 27 Nov 15:00")
    assert len(rosa.reminders()) == 1


def test_a_question_in_between_is_answered_and_they_are_asked_again(rosa: Rosa) -> None:
    rosa.has_booked("27 November at 09:45")
    rosa.at("Thu 26 Nov 10:00")
    rosa.hears()
    answer = rosa.says("how much was it again?")
    assert "£42" in answer
    assert "Are you coming to your Haircut on Friday 27 November at 09:45?" in answer
    assert "See you on Friday" in rosa.says("ok fine, I'll be there")


def test_of_who_does_not_answer_the_team_hears(rosa: Rosa) -> None:
    rosa.house.ask_core("PATCH", "", {"policy": {"escalate_hours_before": 3}})
    rosa.has_booked("27 November at 15:15")
    rosa.at("Thu 26 Nov 10:00")
    rosa.at("Fri 27 Nov 12:14")
    assert "No answer to the reminder" not in rosa.house.desk()
    rosa.at("Fri 27 Nov 12:15")
    assert "No answer to the reminder: rosa, Haircut with Ana" in rosa.house.desk()


def test_two_visits_of_a_day_are_one_question(rosa: Rosa) -> None:
    rosa.has_booked("27 November at 09:45")
    rosa.has_booked("27 November at 15:15")
    rosa.at("Thu 26 Nov 10:00")
    assert "you have Haircut with Ana at 09:45 and Haircut with Ana at 15:15. Are you coming?" in rosa.hears()
    assert "Which" in rosa.says("I can't come")
    assert "Cancel your Haircut" in rosa.taps("Fri 27 Nov, 15:15 · Haircut")
    cancelled = rosa.says("yes")
    assert "15:15 is cancelled" in cancelled
    assert "Are you coming on Friday 27 November at 09:45?" in cancelled
    assert "See you on Friday 27 November at 09:45." in rosa.says("yes, that one I can make")
    assert rosa.reminders()[:1] == ["Thu 26 Nov 10:00"]


def test_when_the_clocks_change_the_day_before_is_on_the_wall_and_a_day_is_24_hours(rosa: Rosa) -> None:
    """On the night before the visit the clocks go forward: 15:00 there is 14:00 of the day before."""
    twice = [{"days_before": 1, "at": "15:00"}, {"hours_before": 24}]
    rosa.house.ask_core("PATCH", "", {"policy": {"reminders": twice}})
    rosa.house.clock.set(datetime(2027, 3, 22, 9, tzinfo=UTC))
    opens(rosa.house, "Ana", date(2027, 3, 28), "14:00", "18:00")
    rosa.has_booked("28 March at 15:00")
    rosa.at("Sat 27 Mar 13:53")
    assert rosa.reminders() == []
    rosa.at("Sat 27 Mar 14:00")
    rosa.at("Sat 27 Mar 14:59")
    assert rosa.reminders() == ["Sat 27 Mar 14:00"]
    rosa.at("Sat 27 Mar 15:00")
    assert rosa.reminders() == ["Sat 27 Mar 14:00", "Sat 27 Mar 15:00"]
    assert "Sunday 28 March at 15:00. Are you coming?" in rosa.hears()


def test_in_spanish(rosa: Rosa) -> None:
    rosa.says("hola, ¿hablan español?")
    rosa.says("un corte con Ana el 27 de noviembre a las 9:45")
    rosa.says("sí")
    rosa.at("Thu 26 Nov 10:00")
    assert "¿Vendrá?" in rosa.hears()
    later = rosa.says("¿podría ser más tarde ese día?")
    assert all("vie 27 nov" in each for each in later.choices[:3])
    rosa.taps("vie 27 nov, 15:15 · Ana")
    assert "15:15" in rosa.says("sí, por favor")
    rosa.at("Fri 27 Nov 13:15")
    rosa.hears()
    assert "¡Gracias!" in rosa.says("sí, ahí estaré")


# -- the mechanics ------------------------------------------------------------------------------------------------


@dataclass
class Rosa:
    """Somebody new. It is in winter, when London keeps UTC, that she is looked at."""

    house: House
    customer: Customer

    def __getattr__(self, name: str) -> Any:
        return getattr(self.customer, name)

    def has_booked(self, when: str) -> None:
        self.says(f"a haircut with Ana on {when}")
        assert "Booked!" in self.says("yes")

    def at(self, wall: str) -> None:
        """ "Thu 26 Nov 10:00" comes, and what is due by then is done."""
        now = self.house.clock()
        moment = datetime.strptime(f"{now.year} {wall}", "%Y %a %d %b %H:%M").replace(tzinfo=UTC)
        self.house.clock.set(moment)
        self.house.does_what_is_due()

    def reminders(self) -> list[str]:
        """When she was asked."""
        opened = {"channel": "terminal", "address": address_of("rosa"), "display_name": None}
        thread = self.house.ask_core("POST", "/conversations/open", opened)["conversation"]["id"]
        said = self.house.ask_core("GET", f"/conversations/{thread}")["said"]
        return [
            f"{datetime.fromisoformat(each['at']):%a %d %b %H:%M}"
            for each in said
            if "Are you coming?" in each["text"]
        ]


@pytest.fixture
def rosa(house: House) -> Rosa:
    return Rosa(house, house.customer("terminal", "rosa"))

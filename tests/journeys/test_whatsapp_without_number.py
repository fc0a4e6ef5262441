"""A customer on WhatsApp who shows no number: an id stands for them, and does for everything that a number does."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from tests.fakes.twilio import ACCOUNT, TOKEN, FakeTwilio
from tests.journeys.house import House, Premises, open_house

OURS, NUMBER, HIDDEN = "+15550100", "+15550001", "US.13491208655302741918"


@dataclass
class WhatsApp:
    """Anna's, whose number nobody is shown."""

    house: House
    twilio: FakeTwilio
    read: int = field(default=0)

    def says(self, text: str, **more: str) -> list[str]:
        more = {"ProfileName": "Anna Smith"} | more
        form = self.twilio.form(f"whatsapp:{HIDDEN}", f"whatsapp:{OURS}", text, **more)
        return self.tells("/whatsapp/messages", form)

    def taps(self, label: str) -> list[str]:
        """The row of the newest message that begins so."""
        (row,) = [each for each in self.twilio.taken[-1].shown.items() if each[1].startswith(label)]
        return self.says(row[1], ListId=row[0], ListTitle=row[1])

    def texts_from_number(self, text: str) -> list[str]:
        return self.tells("/sms/messages", self.twilio.form(NUMBER, OURS, text))

    def tells(self, path: str, form: dict[str, str]) -> list[str]:
        self.house.clock.advance(seconds=10)
        assert self.twilio.tells(self.house.settings.public_url, path, form).status_code == 200
        self.house.comes_to_rest()
        return self.reads()

    def reads(self) -> list[str]:
        """What was sent since, to whom it may be."""
        answers = [each.body for each in self.twilio.taken[self.read :]]
        self.read += len(answers)
        return answers

    def known(self, channel: str = "whatsapp", address: str = HIDDEN) -> dict[str, Any]:
        body = {"channel": channel, "address": address, "display_name": None}
        return dict(self.house.ask_core("POST", "/conversations/open", body))

    def person(self, channel: str = "whatsapp", address: str = HIDDEN) -> int:
        return int(self.known(channel, address)["customer"]["id"])

    @property
    def point(self) -> dict[str, Any]:
        (only,) = self.house.ask_core("GET", f"/customers/{self.person()}")["contact_points"]
        return dict(only)

    def token_of(self, customer: int) -> str:
        """Of the link that the team makes for that person to go on here."""
        made = self.house.ask_core("POST", f"/customers/{customer}/links", {"channel": "whatsapp"})
        return str(made["url"]).rpartition("/")[2]

    def books(self) -> dict[str, Any]:
        self.says("a haircut with Ana on Thursday")
        self.says("1")
        self.says("yes")
        (visit,) = self.known()["appointments"]
        assert visit["status"] == "booked"
        return dict(visit)


@pytest.fixture
def anna(premises: Premises, tmp_path: Path) -> Iterator[WhatsApp]:
    with FakeTwilio() as twilio:
        settings = {
            "twilio_account_sid": ACCOUNT,
            "twilio_auth_token": SecretStr(TOKEN),
            "twilio_api_url": twilio.url,
            "sms_sender": OURS,
            "whatsapp_sender": OURS,
        }
        with open_house(premises, tmp_path, **settings) as house:
            twilio.public_url = house.settings.public_url
            twilio.now = house.clock
            yield WhatsApp(house, twilio)


def test_they_book_and_every_answer_goes_to_the_id(anna: WhatsApp) -> None:
    anna.books()
    assert {each.fields["To"] for each in anna.twilio.taken} == {f"whatsapp:{HIDDEN}"}


def test_a_notice_reaches_them_and_a_tap_on_it_is_understood(anna: WhatsApp) -> None:
    visit = anna.books()
    anna.house.ask_core("POST", f"/appointments/{visit['id']}/cancel", {"expected_version": 1}, "ill")
    anna.house.comes_to_rest()
    (notice,) = anna.reads()
    assert "had to cancel your Haircut with Ana" in notice
    (summary,) = anna.taps("Thu 19 Nov, 15:00")
    assert "Thursday 19 November at 15:00" in summary
    anna.says("yes")
    (visit,) = anna.known()["appointments"]
    assert (visit["status"], visit["start"]) == ("booked", "2026-11-19T15:00:00Z")


def test_the_team_sees_them_without_a_number_and_answers_them(anna: WhatsApp) -> None:
    anna.books()
    anna.says("a person please")
    assert "asked for a person" in anna.house.desk()
    assert HIDDEN not in anna.house.desk()
    assert "Anna Smith" in anna.house.desk()
    assert (anna.point["channel"], anna.point["address"]) == ("whatsapp", HIDDEN)
    conversation = anna.known()["conversation"]["id"]
    anna.house.ask_core("POST", f"/conversations/{conversation}/say", {"text": "Ana here."}, "say-1")
    anna.house.comes_to_rest()
    assert anna.reads()[-1:] == ["Ana here."]
    assert anna.twilio.taken[-1].fields["To"] == f"whatsapp:{HIDDEN}"


def test_stop_is_kept_for_the_id_and_start_brings_them_back(anna: WhatsApp) -> None:
    visit = anna.books()
    assert anna.says("STOP") == ["You will get no more messages from Linden Hair here."]
    assert anna.point["consent"] == "withdrawn"
    anna.house.ask_core("POST", f"/appointments/{visit['id']}/cancel", {"expected_version": 1}, "ill")
    anna.house.comes_to_rest()
    assert anna.reads() == []
    (answer,) = anna.says("START")
    assert answer.startswith("Welcome back!")
    assert anna.point["consent"] == "granted"


def test_a_number_that_is_only_said_makes_nobody_the_person_who_has_it(anna: WhatsApp) -> None:
    anna.texts_from_number("hello, my name is Anna Smith")
    anna.says(f"my name is Anna Smith and my number is {NUMBER}")
    assert anna.person() != anna.person("sms", NUMBER)


def test_by_a_link_that_was_shown_to_them_they_are_the_person_who_has_the_number(anna: WhatsApp) -> None:
    anna.texts_from_number("hello")
    known = anna.person("sms", NUMBER)
    (answer,) = anna.says(anna.token_of(known))
    assert answer.startswith("Good, this chat is now yours too.")
    assert anna.person() == known


def test_a_link_of_another_person_changes_nothing_for_who_has_visits_of_their_own(anna: WhatsApp) -> None:
    anna.texts_from_number("hello")
    anna.books()
    anna.says(anna.token_of(anna.person("sms", NUMBER)))
    assert anna.person() != anna.person("sms", NUMBER)
    assert len(anna.known()["appointments"]) == 1

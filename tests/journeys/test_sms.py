"""A customer who texts: who writes, how to stop, how to come back, and what a bare CANCEL does to a visit."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from tests.fakes.twilio import ACCOUNT, TOKEN, FakeTwilio
from tests.journeys.house import House, Premises, open_house

OURS, ANNA = "+15550100", "+15550001"


@dataclass
class Phone:
    """Anna's, which texts with the salon."""

    house: House
    twilio: FakeTwilio
    read: int = field(default=0)

    def texts(self, text: str) -> list[str]:
        """What comes back, once the house has come to rest."""
        self.house.clock.advance(seconds=10)
        form = self.twilio.form(ANNA, OURS, text)
        assert self.twilio.tells(self.house.settings.public_url, "/sms/messages", form).status_code == 200
        self.house.comes_to_rest()
        answers = [each.body for each in self.twilio.taken[self.read :]]
        self.read += len(answers)
        return answers

    @property
    def known(self) -> dict[str, Any]:
        body = {"channel": "sms", "address": ANNA, "display_name": None}
        return dict(self.house.ask_core("POST", "/conversations/open", body))

    def consent(self) -> tuple[str | None, str | None]:
        customer = self.house.ask_core("GET", f"/customers/{self.known['customer']['id']}")
        (point,) = customer["contact_points"]
        return point["consent"], point["offers"]

    def words_kept(self) -> list[str]:
        kept = self.house.ask_core("GET", f"/customers/{self.known['customer']['id']}/export")
        return [each["evidence"] for each in kept["consents"]]


@pytest.fixture
def phone(premises: Premises, tmp_path: Path) -> Iterator[Phone]:
    with FakeTwilio() as twilio:
        settings = {
            "twilio_account_sid": ACCOUNT,
            "twilio_auth_token": SecretStr(TOKEN),
            "twilio_api_url": twilio.url,
            "sms_sender": OURS,
        }
        with open_house(premises, tmp_path, **settings) as house:
            twilio.public_url = house.settings.public_url
            twilio.now = house.clock
            yield Phone(house, twilio)


def books(phone: Phone) -> None:
    phone.texts("a haircut with Ana on Thursday, my name is Anna Smith")
    phone.texts("1")
    phone.texts("yes")
    assert [each["status"] for each in phone.known["appointments"]] == ["booked"]


def test_the_first_answer_says_who_writes_and_help_says_how_to_stop(phone: Phone) -> None:
    (first,) = phone.texts("hello")
    assert first.startswith("This is the automated assistant of Linden Hair. Reply STOP")
    (second,) = phone.texts("do you do beards?")
    assert "automated assistant" not in second
    (answer,) = phone.texts("HELP")
    assert "PERSON" in answer
    assert "STOP" in answer


def test_after_a_bare_cancel_the_visit_stays_and_the_team_is_told_once(phone: Phone) -> None:
    books(phone)
    assert phone.texts("CANCEL") == []
    assert phone.texts("Cancel.") == []
    (visit,) = phone.known["appointments"]
    assert (visit["status"], [each["kind"] for each in visit["flags"]]) == ("booked", ["may_drop"])
    assert phone.consent() == ("withdrawn", "withdrawn")
    assert phone.words_kept()[0] == "CANCEL"
    assert "This visit stays booked" in phone.house.desk()


def test_to_cancel_in_more_words_is_a_request(phone: Phone) -> None:
    books(phone)
    (answer,) = phone.texts("cancel my appointment")
    assert "Haircut" in answer
    assert phone.consent() == (None, None)


def test_stop_is_answered_by_twilio_and_start_by_us(phone: Phone) -> None:
    phone.texts("hello")
    assert phone.texts("STOP") == []
    assert phone.consent() == ("withdrawn", "withdrawn")
    (answer,) = phone.texts("START")
    assert answer.startswith("Welcome back!")
    assert phone.consent() == ("granted", "granted")
    assert phone.words_kept() == ["STOP", "START"]


def test_a_yes_to_a_question_books_and_grants_nothing(phone: Phone) -> None:
    phone.texts("hello")
    phone.texts("please stop texting me")
    assert phone.consent() == ("withdrawn", "withdrawn")
    books(phone)
    assert phone.consent() == ("withdrawn", "withdrawn")


def test_free_words_are_honoured_and_confirmed_once_with_nothing_else(phone: Phone) -> None:
    phone.texts("hola")
    assert phone.texts("dejen de escribirme") == ["No recibira mas mensajes de Linden Hair por aqui."]
    (answer,) = phone.texts("ALTA")
    assert "Bienvenido de nuevo" in answer


def test_who_opts_out_with_their_very_first_words_gets_the_one_confirmation(phone: Phone) -> None:
    assert phone.texts("please stop texting me") == ["You will get no more messages from Linden Hair here."]
    assert phone.consent() == ("withdrawn", "withdrawn")


def test_no_more_offers_leaves_what_concerns_visits(phone: Phone) -> None:
    phone.texts("hello")
    (answer,) = phone.texts("no more offers please")
    assert answer.startswith("You will get no more offers from Linden Hair")
    assert phone.consent() == (None, "withdrawn")

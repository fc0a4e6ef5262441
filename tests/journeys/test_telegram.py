"""A customer who writes to the salon's Telegram bot: from /start to a visit in the diary, and away again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.telegram_people import Person, Seen
from tests.journeys.house import House, Premises, open_house


@dataclass
class Phone:
    """Somebody's phone, in a chat with the salon's bot."""

    house: House
    person: Person
    read: int = field(default=0)

    def says(self, text: str) -> Seen:
        return self.reads_after(lambda: self.person.says(text))

    def taps(self, label: str) -> Seen:
        return self.reads_after(lambda: self.person.taps(label))

    def shows_number(self, number: str) -> Seen:
        contact = {"phone_number": number, "first_name": "Maria", "user_id": self.person.id}
        return self.reads_after(lambda: self.person.sends(contact=contact))

    def does(self, deed: Callable[[], object]) -> None:
        """Something that gets no answer."""
        self.house.clock.advance(seconds=1)
        deed()
        self.person.twin.waits_until(lambda: not self.person.twin.pending)
        self.house.comes_to_rest()

    def reads_after(self, deed: Callable[[], object]) -> Seen:
        self.house.clock.advance(seconds=1)
        deed()
        self.person.twin.waits_until(lambda: len(self.person.sees()) > self.read, patience_seconds=60)
        self.read += 1
        return self.person.sees()[self.read - 1]


@pytest.fixture
def twin() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def house(premises: Premises, tmp_path: Path, twin: FakeTelegram) -> Iterator[House]:
    settings = {"telegram_token": SecretStr(TOKEN), "telegram_api_url": twin.url}
    with open_house(premises, tmp_path, **settings) as ours:
        yield ours


@pytest.fixture
def phone(house: House, twin: FakeTelegram) -> Phone:
    return Phone(house, Person(twin, "Maria Lopez"))


def known_of(house: House, phone: Phone) -> dict[str, Any]:
    body = {"channel": "telegram", "address": phone.person.address, "display_name": None}
    return dict(house.ask_core("POST", "/conversations/open", body))


def test_a_visit_is_booked_by_tapping(house: House, phone: Phone) -> None:
    assert "Linden Hair" in phone.says("/start").text
    offer = phone.says("a haircut with Ana tomorrow afternoon")
    summary = phone.taps(offer.labels[0])
    assert "Haircut with Ana" in summary.text
    assert "Maria Lopez" in summary.text
    assert "Booked" in phone.taps("Yes, book it").text
    (visit,) = known_of(house, phone)["appointments"]
    assert (visit["service_name"], visit["staff_name"], visit["status"]) == ("Haircut", "Ana", "booked")
    assert phone.person.reads()[1].endswith(f"✓ {offer.labels[0]}")


def test_an_offer_that_is_over_cannot_be_tapped(house: House, phone: Phone) -> None:
    offer = phone.says("a haircut with Ana tomorrow afternoon")
    phone.says("no, on Friday please")
    phone.does(lambda: phone.person.taps(offer.labels[0], offer))
    assert known_of(house, phone)["appointments"] == []


def test_who_blocks_the_bot_is_not_written_to_until_they_come_back(house: House, phone: Phone) -> None:
    phone.says("hello")
    phone.does(phone.person.blocks)
    assert known_of(house, phone)["customer"]["opted_out"]
    phone.person.unblocks()
    assert "Linden Hair" in phone.says("/start").text
    assert not known_of(house, phone)["customer"]["opted_out"]


def test_a_number_shown_on_telegram_is_that_of_the_person_known_by_it(house: House, phone: Phone) -> None:
    known = {"name": "Maria", "contact_points": [{"channel": "phone", "address": "+447700900123"}]}
    regular = house.ask_core("POST", "/customers", known, key="a regular")["id"]
    phone.says("hello")
    phone.shows_number("447700900123")
    assert known_of(house, phone)["customer"]["id"] == regular


def led_by(link: str) -> str:
    """Where a link of the house leads whoever follows it."""
    led = httpx.get(link, trust_env=False)
    assert led.status_code == 303
    return led.headers["location"]


def test_what_was_begun_on_the_web_goes_on_on_telegram(house: House, twin: FakeTelegram) -> None:
    visitor = house.customer("web")
    visitor.says("a haircut with Ana tomorrow afternoon")
    visitor.taps(visitor.last.choices[0])
    visitor.says("Maria Lopez")
    link = led_by(visitor.says("can we continue on Telegram?").links["Telegram"])
    (person,) = house.ask_core("GET", "/customers?name=Maria Lopez")["items"]
    assert link.startswith("https://t.me/linden_hair_bot?start=")

    phone = Phone(house, Person(twin, "Maria"))
    asked = phone.says(f"/start {link.rpartition('=')[2]}")
    assert asked.text.startswith("Good, this chat is now yours too.\n")
    assert "Haircut with Ana" in asked.text
    assert "Booked" in phone.taps("Yes, book it").text
    assert known_of(house, phone)["customer"]["id"] == person["id"]
    assert len(known_of(house, phone)["appointments"]) == 1

    stranger = Phone(house, Person(twin, "Otto"))
    assert "was used before" in stranger.says(f"/start {link.rpartition('=')[2]}").text
    assert known_of(house, stranger)["customer"]["id"] != person["id"]


def test_a_phone_that_speaks_spanish_is_greeted_in_spanish(house: House, twin: FakeTelegram) -> None:
    phone = Phone(house, Person(twin, "Pepe", language="es-AR"))
    assert "¡Hola" in phone.says("/start").text
    assert "English" in phone.says("in English please").text
    assert "Hello" in phone.says("/start").text

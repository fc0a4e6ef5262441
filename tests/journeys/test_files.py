"""A customer sends the salon a photo on Telegram: it is with the visit that comes of it, and goes when they go."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from tests.builders.files import JPEG, VOICE
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.telegram_people import Person, Seen
from tests.journeys.house import House, Premises, open_house
from tests.journeys.test_telegram import Phone, known_of


@pytest.fixture
def twin() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def house(premises: Premises, tmp_path: Path, twin: FakeTelegram) -> Iterator[House]:
    settings = {"telegram_token": SecretStr(TOKEN), "telegram_api_url": twin.url}
    with open_house(premises, tmp_path, files=str(tmp_path / "files"), **settings) as ours:
        yield ours


@pytest.fixture
def phone(house: House, twin: FakeTelegram) -> Phone:
    return Phone(house, Person(twin, "Maria Lopez"))


def sends_photo(phone: Phone, caption: str = "") -> Seen:
    return phone.reads_after(lambda: phone.person.sends_photo(JPEG, caption))


def files_with(house: House, visit: Any) -> list[Any]:
    return list(house.ask_core("GET", f"/attachments?appointment_id={visit['id']}")["items"])


def books(phone: Phone, offer: Seen) -> Any:
    phone.taps(offer.labels[0])
    assert "Booked" in phone.taps("Yes, book it").text
    (visit,) = known_of(phone.house, phone)["appointments"]
    return visit


def test_a_photo_with_a_wish_is_with_the_visit_that_comes_of_it(house: House, phone: Phone) -> None:
    offer = sends_photo(phone, "a haircut with Ana tomorrow afternoon, like this")
    assert offer.text.startswith("I have your file, thank you.\n")
    (photo,) = files_with(house, books(phone, offer))
    assert (photo["sent_by"], photo["media_type"]) == ("customer", "image/jpeg")
    assert f'href="/desk/files/{photo["id"]}"' in house.desk()
    assert house.fetch(f"{house.settings.public_url}/desk/files/{photo['id']}").content == JPEG


def test_a_photo_amid_the_arranging_keeps_the_question_open(house: House, phone: Phone) -> None:
    offer = phone.says("a haircut with Ana tomorrow afternoon")
    again = sends_photo(phone)
    assert again.text.startswith("Thank you, I'll put it with your visit once it is booked.\n\n")
    assert again.labels == offer.labels
    assert len(files_with(house, books(phone, again))) == 1


def test_a_photo_out_of_the_blue_goes_to_the_visit_to_come(house: House, phone: Phone) -> None:
    visit = books(phone, phone.says("a haircut with Ana tomorrow afternoon"))
    told = sends_photo(phone).text
    assert told.startswith("Thank you, I have put it with your visit (Haircut, Tuesday 17 November at ")
    assert len(files_with(house, visit)) == 1
    assert "sent image.jpg – for Haircut" in house.desk()


def test_a_voice_note_is_kept_for_people_who_can_listen(house: House, phone: Phone) -> None:
    told = phone.reads_after(lambda: phone.person.sends_voice(VOICE)).text
    assert told.startswith("I can't listen to voice messages, but I have kept yours for the team.")
    assert "sent audio.ogg" in house.desk()


def test_who_is_forgotten_is_forgotten_with_their_photos(house: House, phone: Phone) -> None:
    sends_photo(phone, "hello")
    kept = Path(house.settings.files)
    assert [each for each in kept.rglob("*") if each.is_file()]
    customer = known_of(house, phone)["customer"]["id"]
    house.ask_core("POST", f"/customers/{customer}/erase", key="forget")
    assert not [each for each in kept.rglob("*") if each.is_file()]

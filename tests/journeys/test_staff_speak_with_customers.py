"""The team speaks with customers from chats of their own: take over, answer, hand back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.outbox.models import InboundMessage, OutboundMessage
from tests.fakes.telegram_people import Person
from tests.journeys.staff_house import StaffHouse, open_staff_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[StaffHouse]:
    with open_staff_house(tmp_path) as ours:
        ours.customers_are_heard(a_person_please="human_handoff", hello="greet")
        ours.links(role="receptionist")
        yield ours


@pytest.fixture
def nora(house: StaffHouse) -> Person:
    """She has asked for a person, and Ana has been told."""
    nora = Person(house.twin, "Nora Lopez")
    house.says("a person please", nora)
    assert house.goes_on()[-1].startswith("Nora Lopez (telegram) asks for a person")
    return nora


def everything(session: Session) -> str:
    """All that was ever said or heard, as it is kept."""
    said = session.execute(select(OutboundMessage.text, OutboundMessage.choices, OutboundMessage.facts))
    heard = session.execute(select(InboundMessage.text, InboundMessage.display_name))
    return f"{said.all()} {heard.all()}"


def test_a_customer_who_asks_for_a_person_speaks_with_one_until_they_hand_back(
    house: StaffHouse, nora: Person
) -> None:
    assert house.taps("Reply")[-1].startswith("You're speaking with Nora Lopez now (telegram)")
    assert house.says("Hello Nora, Ana here. How can I help?") == ["Sent to Nora Lopez."]
    assert house.goes_on(nora) == ["Hello Nora, Ana here. How can I help?"]
    assert house.says("do you do beards?", nora) == []
    assert house.says("and at what price?", nora) == []
    assert house.goes_on() == ["Nora Lopez: do you do beards?", "Nora Lopez: and at what price?"]
    assert house.says("hand back") == ["Handed back: the assistant answers Nora Lopez again."]
    assert house.says("hello", nora) != []
    assert house.goes_on() == []


def test_late_in_the_evening_staff_and_their_customer_speak_though_a_notice_waits_for_the_morning(
    house: StaffHouse, nora: Person
) -> None:
    person = house.core.ask("GET", "customers?name=Nora").json()["items"][0]["id"]
    visit = house.core.booked("2027-03-05T15:00:00Z", customer_id=person)
    house.core.clock.now = datetime(2027, 3, 2, 3, 26, tzinfo=UTC)  # 22:26 there
    house.core.move(visit, "2027-03-05T16:00:00Z")
    house.says("reply to Nora: we'll be there at 4")
    assert house.goes_on(nora) == ["we'll be there at 4"]
    house.says("thank you, see you then", nora)
    assert house.goes_on()[-1] == "Nora Lopez: thank you, see you then"


def test_words_come_first_with_the_name_of_whom_they_are_for(house: StaffHouse, nora: Person) -> None:
    assert house.says("reply to nora: we'll be there at 4") == ["Sent to Nora Lopez."]
    assert house.goes_on(nora) == ["we'll be there at 4"]
    assert house.says("reply to Zoe: hello") == [
        "I find no conversation with anybody called Zoe, so nothing was sent."
    ]


def test_of_two_called_alike_it_is_asked_which(house: StaffHouse, nora: Person) -> None:
    other = Person(house.twin, "Nora Diaz")
    house.says("hello", other)
    assert house.says("reply to Nora: we'll be there at 4") == ["To whom shall I send “we'll be there at 4”?"]
    assert house.taps("Nora Diaz")[-1] == "Sent to Nora Diaz."
    assert house.says("reply to Nora Lopez: not yet") == ["Sent to Nora Lopez."]
    assert (house.goes_on(nora), house.goes_on(other)[-1]) == (["not yet"], "we'll be there at 4")


def test_a_look_at_the_day_is_no_word_for_the_customer(house: StaffHouse, nora: Person) -> None:
    house.says("take over Nora")
    assert house.says("tomorrow") == ["Nothing is booked with you on Tuesday 2 March."]
    assert house.goes_on(nora) == []


def test_an_order_that_changes_something_is_asked_about(house: StaffHouse, nora: Person) -> None:
    house.says("take over Nora")
    assert house.says("off sick tomorrow") == [
        "Is “off sick tomorrow” for me to do, or for your customer to read?"
    ]
    assert house.taps("To Nora Lopez")[-1] == "Sent to Nora Lopez."
    assert house.goes_on(nora) == ["off sick tomorrow"]
    assert house.core.ask("GET", "blocks").json()["items"] == []
    house.says("off sick tomorrow")
    assert house.taps("Do it")[-1].startswith("Off: Tuesday 2 March.")


def test_with_two_customers_it_is_asked_to_whom_words_go(house: StaffHouse, nora: Person) -> None:
    juan = Person(house.twin, "Juan Perez")
    house.says("hello", juan)
    house.says("take over Nora")
    house.says("take over Juan")
    assert house.says("at five") == ["Sent to Juan Perez."]
    house.says("am I late?", nora)
    assert house.goes_on() == ["Nora Lopez: am I late?"]
    assert house.says("no, all is well") == ["To whom shall I send “no, all is well”?"]
    asked = house.ana.sees()[-1]
    assert house.taps("Nora Lopez")[-1] == "Sent to Nora Lopez."
    house.ana.taps("Juan Perez", asked)
    assert house.goes_on()[-1] == "That was sent already."
    assert house.says("Juan: see you then") == ["Sent to Juan Perez."]
    assert house.goes_on(nora) == ["no, all is well"]
    assert house.goes_on(juan)[-2:] == ["at five", "see you then"]


def test_whoever_comes_second_is_told_who_speaks_and_may_take_over(house: StaffHouse, nora: Person) -> None:
    ben = house.ben_links()
    house.says("take over Nora")
    assert house.says("reply to Nora: Ben here", ben) == [
        "Ana is speaking with Nora Lopez, so nothing was sent. You can take over from them."
    ]
    assert house.taps("Take over", ben)[-1].startswith("You're speaking with Nora Lopez now")
    assert house.goes_on() == [
        "Ben now speaks with Nora Lopez. What you write here doesn't go to them any more."
    ]
    house.says("thanks Ben", nora)
    assert (house.goes_on(), house.goes_on(ben)) == ([], ["Nora Lopez: thanks Ben"])


def test_after_a_long_silence_the_assistant_answers_again_and_says_so(
    house: StaffHouse, nora: Person
) -> None:
    house.says("take over Nora")
    house.core.clock.move(minutes=60)
    house.says("reply to Nora: one moment")
    house.core.clock.move(minutes=119)
    assert house.goes_on() == []
    house.core.clock.move(minutes=1)
    assert house.goes_on() == [
        "You have written nothing to Nora Lopez for 120 minutes, so the assistant answers them again."
    ]
    assert house.says("hello", nora)[-1] != "one moment"


def test_nobody_writes_to_who_wants_no_messages(house: StaffHouse, nora: Person) -> None:
    house.says("stop", nora)
    house.goes_on()
    for words in ("take over Nora", "reply to Nora: please come back"):
        assert house.says(words) == [
            "Nora Lopez wants no messages on telegram, so nobody can write to them there. Nothing was sent."
        ]
    assert "please come back" not in nora.reads()


def test_who_blocks_us_meanwhile_is_told_of_where_the_words_were_written(
    house: StaffHouse, nora: Person
) -> None:
    house.taps("Reply")
    house.twin.closed_to_us.add(nora.id)
    house.says("are you there?")
    assert any("Nora Lopez was not reached" in each for each in house.ana.reads())


def test_a_chat_that_may_not_speak_with_customers_has_no_button_and_is_told_so(
    house: StaffHouse, nora: Person
) -> None:
    house.links(role="staff")
    juan = Person(house.twin, "Juan Perez")
    house.says("a person please", juan)
    house.goes_on()
    assert house.ana.sees()[-1].labels == []
    assert house.says("take over Juan")[-1].startswith("This chat may not write to customers.")


def test_a_customer_who_is_forgotten_is_named_in_nothing_that_is_kept_of_the_chat(
    house: StaffHouse, nora: Person
) -> None:
    house.says("take over Nora")
    house.says("Nora, your colour is ready")
    house.says("is it blue?", nora)
    house.goes_on()
    listed = house.core.ask("GET", "customers?name=Nora").json()["items"]
    nora_id = listed[0]["id"]
    answer = house.core.ask("POST", f"customers/{nora_id}/erase", key="forget")
    assert answer.status_code == 200, answer.text
    kept = house.core.write(lambda session: everything(session))
    assert [word for word in ("Nora", "colour", "blue") if word in kept] == []
    assert house.says("are you there?")[-1].startswith("I didn't understand that.")

"""A member of staff links their Telegram and works from it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scheduler_core.outbox import words
from tests.fakes.telegram_people import Person
from tests.journeys.staff_house import StaffHouse, open_staff_house
from tests.scheduler_core.waitlist.wishes import person, wait


@pytest.fixture
def house(tmp_path: Path) -> Iterator[StaffHouse]:
    with open_staff_house(tmp_path) as ours:
        yield ours


def customers(house: StaffHouse) -> int:
    return len(house.core.ask("GET", "customers").json()["items"])


@pytest.mark.parametrize("way", ["{}", "link {}", "/start {}", "LINK: {}"])
def test_a_chat_is_linked_by_a_code_however_it_is_said(house: StaffHouse, way: str) -> None:
    known = customers(house)
    assert house.says(way.format(house.code().lower())) == [words("en", "staff_chat_linked")]
    assert (customers(house), house.bot.asked) == (known, [])


def test_a_code_that_is_not_known_is_refused_and_guessing_ends_soon(house: StaffHouse) -> None:
    unknown, too_many = words("en", "staff_chat_unknown"), words("en", "staff_chat_too_many")
    said = [house.says(f"BBBB234{n}") for n in range(2, 8)]
    assert said == [[unknown]] * 5 + [[too_many]]


def test_staff_see_their_day(house: StaffHouse) -> None:
    house.booked("15:00")
    house.booked("19:00")
    house.booked("16:00", staff_id=house.core.salon.ben)
    house.links()
    assert house.says("what's on today?") == [
        "Monday 1 March:\n10:00\u202fAM Haircut, Maria\n2:00\u202fPM Haircut, Maria"
    ]
    assert house.says("who's next?") == ["Next: Haircut, Maria, Monday 1 March at 10:00\u202fAM."]
    assert house.says("tomorrow") == ["Nothing is booked with you on Tuesday 2 March."]


def test_what_staff_say_never_reaches_the_customers_bot(house: StaffHouse) -> None:
    house.links()
    assert house.says("I need a haircut tomorrow") == [
        "I didn't understand that. Write “help” to see what I can do here."
    ]
    assert house.bot.asked == []


def test_a_customers_words_go_where_they_went(house: StaffHouse) -> None:
    house.links()
    maria = Person(house.twin)
    assert house.says("today", maria) == ["You said: today"]


def test_after_stop_the_chat_is_a_customers_again(house: StaffHouse) -> None:
    house.links()
    assert house.says("stop") == [words("en", "staff_chat_unlinked")]
    assert house.says("today") == ["You said: today"]


def test_the_chat_of_somebody_who_has_left_is_a_customers(house: StaffHouse) -> None:
    house.links()
    house.core.ask("DELETE", f"staff/{house.core.salon.ana}")
    assert house.says("today") == ["You said: today"]


def test_a_staff_line_that_is_away_answers_later(house: StaffHouse) -> None:
    house.links()
    house.line.door.staff_line._http.base_url = "http://127.0.0.1:1"
    assert house.says("tomorrow") == [words("en", "bot_away")]
    house.line.door.staff_line._http.base_url = house.core.settings.actions_url
    house.core.clock.move(seconds=10)
    assert house.goes_on() == ["Nothing is booked with you on Tuesday 2 March."]


def asks_first(house: StaffHouse) -> None:
    """Haircuts are only requested until somebody says yes."""
    house.core.ask("PATCH", f"services/{house.core.salon.service}", {"policy": {"approval_needed": True}})


def status(house: StaffHouse, visit: Any) -> str:
    shown: str = house.core.ask("GET", f"appointments/{visit['id']}").json()["status"]
    return shown


def test_a_linked_chat_is_told_what_the_desk_is_told_once(house: StaffHouse) -> None:
    house.links()
    for _ in range(2):
        house.booked("15:00", key="the same request")
    assert house.goes_on() == ["New: Maria, Haircut with Ana, Mon 1 Mar, 10:00 at Main."]
    assert "New: Maria, Haircut with Ana" in house.core.ask("GET", "/desk").text


@pytest.mark.parametrize(
    ("label", "became", "said"),
    [
        ("Accept", "booked", "Accepted: Haircut, Maria, Monday 1 March at 10:00\u202fAM."),
        ("Decline", "cancelled", "Declined: Haircut, Maria, Monday 1 March at 10:00\u202fAM."),
    ],
)
def test_a_request_is_decided_by_a_tap(house: StaffHouse, label: str, became: str, said: str) -> None:
    asks_first(house)
    house.links()
    visit = house.booked("15:00")
    assert house.goes_on() == ["To confirm: Maria, Haircut with Ana, Mon 1 Mar, 10:00 at Main."]
    assert house.taps(label)[-1:] == [said]
    assert status(house, visit) == became
    (change, *_) = house.core.ask("GET", "audit").json()["items"]
    assert change["actor"].startswith(f"staff, staff member {house.core.salon.ana}, chat ")


def test_a_tap_on_a_request_that_has_changed_since_changes_nothing(house: StaffHouse) -> None:
    asks_first(house)
    house.links()
    visit = house.booked("15:00")
    house.goes_on()
    house.core.move(visit, "2027-03-01T19:00:00Z")
    assert house.taps("Accept")[-1].startswith("That visit has changed since I told you about it")
    assert status(house, visit) == "requested"


def test_nobody_decides_on_a_colleagues_request_but_who_may(house: StaffHouse) -> None:
    asks_first(house)
    house.links()
    house.booked("15:00", staff_id=house.core.salon.ben)
    house.goes_on()
    assert house.ana.sees()[-1].labels == []
    house.links(role="receptionist")
    house.booked("16:00", staff_id=house.core.salon.ben)
    house.goes_on()
    assert house.ana.sees()[-1].labels == ["Accept", "Decline", "Another time"]


def test_a_visit_begins_and_ends_by_a_word(house: StaffHouse) -> None:
    visit = house.booked("14:00")
    house.booked("16:00")
    house.links()
    assert house.says("done") == ["No visit of yours is under way. Write “start” when one begins."]
    assert house.says("start")[-1].startswith("Started: Haircut, Maria, Monday 1 March at 9:00")
    assert status(house, visit) == "in_progress"
    house.core.clock.move(minutes=50)
    assert house.says("Done!")[-1].startswith("Done: Haircut, Maria, Monday 1 March at 9:00")
    assert status(house, visit) == "fulfilled"


def test_who_did_not_come_is_noted_once_their_time_has_come(house: StaffHouse) -> None:
    visit = house.booked("15:00")
    house.links()
    assert house.says("no show") == ["No visit of yours that should have begun is still waited for."]
    house.core.clock.move(minutes=75)
    assert house.says("he didn't come")[-1].startswith("Noted as a no-show: Haircut, Maria")
    assert status(house, visit) == "noshow"


def test_staff_begin_nobody_elses_visit(house: StaffHouse) -> None:
    visit = house.booked("14:00", staff_id=house.core.salon.ben)
    house.links()
    assert house.says("start") == ["There's no visit of yours today that could begin now."]
    assert status(house, visit) == "booked"


def test_hours_are_blocked_told_and_given_back(house: StaffHouse) -> None:
    house.links()
    before = house.core.listed("2027-03-02T19:00:00Z", "2027-03-02T21:00:00Z")
    (said,) = house.says("block 14:00-16:00 tomorrow")
    assert said.startswith("Blocked: Tuesday 2 March, 2:00\u202fPM – 4:00\u202fPM.")
    assert house.core.listed("2027-03-02T19:00:00Z", "2027-03-02T21:00:00Z") == []
    assert house.taps("Undo")[-1] == "Undone: you can be booked then again."
    assert house.core.listed("2027-03-02T19:00:00Z", "2027-03-02T21:00:00Z") == before


def test_who_is_off_sick_is_shown_the_visits_that_stand(house: StaffHouse) -> None:
    house.core.booked("2027-03-02T15:00:00Z")
    house.links()
    (said, *_) = house.says("I'm off sick tomorrow")
    assert said.startswith("Off: Tuesday 2 March.")
    assert "the customer has not been told:\nTuesday 2 March at 10:00" in said
    assert house.core.listed("2027-03-02T14:00:00Z", "2027-03-02T22:00:00Z") == []


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("block tomorrow", "Which hours shall I block?"),
        ("off sick", "Which day are you off?"),
        ("block 7am-8am today", "That time is over already."),
    ],
)
def test_time_that_is_not_clear_or_over_is_not_taken(house: StaffHouse, said: str, answer: str) -> None:
    house.links()
    assert house.says(said)[-1].startswith(answer)
    assert house.core.ask("GET", "blocks").json()["items"] == []


def test_who_is_late_says_so_and_hears_who_waits(house: StaffHouse) -> None:
    house.core.clock.move(minutes=-10)
    house.booked("14:00")
    house.links()
    assert house.says("sorry, I'm 30 min late")[-1] == (
        "Noted: you are expected at 9:30\u202fAM.\nMaria: 9:00\u202fAM → 9:30\u202fAM, told and asked\n"
        "Told now: 1, not reached: 0."
    )
    assert house.says("I'll be there at 9:05")[-1].startswith(
        "Noted: you are expected at 9:05\u202fAM.\nMaria: 9:00"
    )
    assert house.says("on time again")[-1].startswith("Good, you're on time again.")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("running late", "By how much, or until when?"),
        ("I'll be there at 8", "That time is over already."),
        ("running 20 mins behind", "Noted: you are expected at 9:20\u202fAM. Nobody has to wait."),
    ],
)
def test_a_delay_is_understood_or_asked_about(house: StaffHouse, said: str, answer: str) -> None:
    house.links()
    assert house.says(said)[-1].startswith(answer)


def test_who_comes_at_a_time_with_what_is_good_to_know(house: StaffHouse) -> None:
    house.booked("20:00", note="Allergic to ammonia")
    house.links()
    assert house.says("who's at 3") == [
        "Monday 1 March at 3:00\u202fPM, until 4:00\u202fPM: Haircut, Maria.\nNote: Allergic to ammonia"
    ]
    assert house.says("Who comes tomorrow at 9?") == [
        "Nobody is with you on Tuesday 2 March at 9:00\u202fAM."
    ]


def test_when_nobody_comes_then_those_nearest_are_told(house: StaffHouse) -> None:
    house.booked("15:00")
    house.booked("20:00")
    house.links()
    assert house.says("who is my 12:30") == [
        "Nobody is with you on Monday 1 March at 12:30\u202fPM.\n"
        "Before it: 10:00\u202fAM Haircut, Maria.\nAfter it: 3:00\u202fPM Haircut, Maria."
    ]


def test_in_a_spanish_house_both_languages_are_understood_and_spanish_is_spoken(house: StaffHouse) -> None:
    house.core.ask("PATCH", f"/v1/businesses/{house.core.salon.id}", {"locale": "es-US"})
    house.core.booked("2027-03-02T20:00:00Z")
    house.links()
    (english,), (spanish,) = house.says("who comes tomorrow at 3"), house.says("¿quién viene mañana a las 3?")
    assert english == spanish
    assert spanish.startswith("Martes 2 de marzo a las 3:00")


def test_whoever_gets_no_notices_is_told_of_their_own_visits_in_their_chat(house: StaffHouse) -> None:
    house.links()
    ben = house.ben_links(role="staff")
    house.goes_on(ben)
    house.booked("15:00")
    theirs = house.booked("16:00", staff_id=house.core.salon.ben)
    told = "New: Maria, Haircut with Ben, Mon 1 Mar, 11:00 at Main."
    assert house.goes_on(ben) == [told]
    assert house.goes_on()[1:] == [told]
    assert house.core.ask("GET", "/desk").text.count("with Ben, Mon 1 Mar, 11:00") == 1
    house.core.move(theirs, "2027-03-01T19:00:00Z", staff_id=house.core.salon.ana)
    assert house.goes_on(ben)[0].startswith("Moved: Maria, Haircut with Ana")


def test_who_has_left_is_told_of_nothing(house: StaffHouse) -> None:
    ben = house.ben_links()
    visit = house.booked("16:00", staff_id=house.core.salon.ben)
    house.goes_on(ben)
    house.core.ask("DELETE", f"staff/{house.core.salon.ben}")
    house.core.cancel(visit)
    assert house.goes_on(ben) == []


def test_who_is_ill_has_their_customers_told_and_hears_how_it_goes(house: StaffHouse) -> None:
    visit = house.core.booked("2027-03-02T15:00:00Z")
    house.links()
    (said, *_) = house.says("I'm off sick tomorrow")
    assert said.endswith("1 visit is booked then. Shall I tell the customer and offer other times?")
    assert house.taps("Yes, tell them")[-1].startswith("I'm writing to 1 customer now")
    house.core.does_what_is_due()
    assert house.says("how's it going?")[-1] == (
        "1 customer: 1 has not answered.\nMaria, 10:00\u202fAM: no answer yet"
    )
    assert house.core.cancel(visit).status_code == 200
    house.core.does_what_is_due()
    assert house.goes_on()[-1] == (
        "1 customer whose visits can't stay as they are: 1 has cancelled. Everything is settled."
    )


def test_who_would_rather_call_says_so(house: StaffHouse) -> None:
    house.core.booked("2027-03-02T15:00:00Z")
    house.links()
    house.says("I'm off sick tomorrow")
    assert house.taps("No, I'll do it")[-1].startswith("All right, I write to nobody.")
    assert house.says("tell them")[-1].startswith("I'm writing to 1 customer now")
    assert house.says("tell them")[-1].startswith("There's nobody who has to be told")


def test_the_waitlist_is_seen_in_the_chat_of_who_keeps_the_front_desk(house: StaffHouse) -> None:
    """Maria has given up ten o'clock on Tuesday, and Rosa was asked about it."""
    given_up = house.core.booked("2027-03-02T15:00:00Z")
    rosa = person(house.core, "rosa")
    wait(house.core, ("2027-03-02T15:00:00Z", "2027-03-02T16:00:00Z"), customer_id=rosa)
    house.core.cancel(given_up)
    house.core.clock.move(minutes=5)  # it can be undone no more
    house.core.does_what_is_due()
    house.links(role="receptionist")
    assert house.says("who is on the waitlist?")[-1].splitlines() == [
        "Waitlist, 1 waiting:",
        "Rosa waits: Tue 2 Mar, 10:00\u202fAM – Tue 2 Mar, 11:00\u202fAM",
        "Kept for Rosa until 9:35\u202fAM: Tuesday 2 March at 10:00\u202fAM",
    ]
    ben = house.ben_links(role="staff")
    assert house.says("waitlist", ben)[-1:] == ["Only who keeps the front desk sees the waitlist."]

"""A time that becomes free is kept for one who waits for it and offered to them, then to the next."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from scheduler_core.customers.models import Consent
from tests.builders.core import Core
from tests.scheduler_core.permissions.holders import a_key
from tests.scheduler_core.waitlist.offered import Line, tuesday
from tests.scheduler_core.waitlist.wishes import CoreMaker

#: Ana is there on Tuesdays from nine to eleven, and nobody else is.
ONLY_ANA = {"hours": {1: ((540, 660),)}, "ben_hours": {5: ((540, 660),)}}


@pytest.fixture
def line(a_core: CoreMaker) -> Line:
    return Line(a_core(**ONLY_ANA))


def test_the_time_is_kept_for_the_first_and_offered_until_then(line: Line) -> None:
    visit, _ = line.books(9), line.books(10)
    rosa, _ = line.waits("rosa"), line.waits("tom")
    line.cancels(visit)
    assert line.open_offers() == [(rosa, 9)]
    assert line.free() == []
    assert line.told("waitlist_offer") == [
        "Hi Rosa, it's Salon: Haircut with Ana on Tuesday 2 March at 9:00\u202fAM is free now. "
        "I'm keeping it for you until 9:37\u202fAM. Would you like it?"
    ]


def test_a_yes_books_it_and_ends_the_wait(line: Line) -> None:
    visit = line.books(9)
    rosa, tom = line.waits("rosa"), line.waits("tom")
    line.cancels(visit)
    booked = line.says_yes(rosa)
    assert (booked["customer_id"], booked["start"], booked["status"]) == (rosa, tuesday(9), "booked")
    assert line.core.ask("GET", f"waitlist?customer_id={rosa}").json()["items"][0]["state"] == "booked"
    assert line.told("staff_waitlist") == [
        "From the waitlist: Rosa, Haircut with Ana, Tue 2 Mar, 09:00 at Main."
    ]
    assert tom not in [customer for customer, _ in line.open_offers()]


def test_a_no_passes_it_on_at_once_and_keeps_the_place(line: Line) -> None:
    visit, _ = line.books(9), line.books(10)
    rosa, tom = line.waits("rosa"), line.waits("tom")
    line.cancels(visit)
    line.says_no(rosa)
    assert line.open_offers() == [(tom, 9)]
    assert line.core.ask("GET", f"waitlist?customer_id={rosa}").json()["items"][0]["state"] == "waiting"
    line.says_no(tom)
    assert line.history() == [(rosa, 9, "declined"), (tom, 9, "declined")]
    assert line.free() == [9]


def test_who_stops_waiting_passes_it_on_and_is_not_asked_again(line: Line) -> None:
    visits = line.books(9), line.books(10)
    rosa, tom = line.waits("rosa"), line.waits("tom")
    line.cancels(visits[0])
    line.says_no(rosa, leave=True)
    line.cancels(visits[1])
    assert line.core.ask("GET", f"waitlist?customer_id={rosa}").json()["items"][0]["state"] == "left"
    assert line.history() == [(rosa, 9, "declined"), (tom, 9, "open")]


def test_leaving_the_list_gives_back_what_was_offered(line: Line) -> None:
    visit = line.books(9)
    rosa, tom = line.waits("rosa"), line.waits("tom")
    line.cancels(visit)
    (entry,) = line.core.ask("GET", f"waitlist?customer_id={rosa}").json()["items"]
    line.core.ask("DELETE", f"waitlist/{entry['id']}")
    line.later()
    assert line.open_offers() == [(tom, 9)]


def test_silence_passes_it_on_when_the_minutes_are_over(line: Line) -> None:
    visit, _ = line.books(9), line.books(10)
    rosa, tom = line.waits("rosa"), line.waits("tom")
    line.cancels(visit)
    line.later(minutes=29)
    assert line.open_offers() == [(rosa, 9)]
    line.later(minutes=1)
    assert line.open_offers() == [(tom, 9)]
    line.later(minutes=30)
    assert line.history() == [(rosa, 9, "silent"), (tom, 9, "silent")]
    assert line.free() == [9]


def test_a_late_yes_is_answered_honestly(line: Line) -> None:
    visit = line.books(9)
    rosa = line.waits("rosa")
    line.cancels(visit)
    line.core.clock.move(minutes=30)
    late = line.answers(rosa, "accept")
    assert (late.status_code, late.json()["code"]) == (410, "offer_over")
    assert late.json()["facts"]["state"] == "silent"


def test_a_second_yes_hears_that_it_is_theirs(line: Line) -> None:
    visit = line.books(9)
    rosa = line.waits("rosa")
    line.cancels(visit)
    booked = line.says_yes(rosa)
    again = line.answers(rosa, "accept").json()
    assert again["facts"]["state"] == "accepted"
    assert again["facts"]["appointment_id"] == booked["id"]


def test_nobody_is_offered_the_same_time_twice(line: Line) -> None:
    visit, _ = line.books(9), line.books(10)
    rosa = line.waits("rosa")
    line.cancels(visit)
    line.says_no(rosa)
    line.cancels(line.books(9, "zoe"))
    assert line.history() == [(rosa, 9, "declined")]


def test_of_two_times_at_once_one_person_gets_one_and_then_the_other(line: Line) -> None:
    visits = line.books(9), line.books(10)
    rosa = line.waits("rosa")
    for visit in visits:
        line.core.cancel(visit)
    line.passes_the_undo()
    assert line.open_offers() == [(rosa, 9)]
    assert line.free() == [10]
    line.says_no(rosa)
    assert line.open_offers() == [(rosa, 10)]
    line.says_yes(rosa)
    assert line.history() == [(rosa, 9, "declined"), (rosa, 10, "accepted")]


def test_of_two_times_at_once_two_people_get_one_each(line: Line) -> None:
    visits = line.books(9), line.books(10)
    rosa, tom = line.waits("rosa"), line.waits("tom")
    for visit in visits:
        line.core.cancel(visit)
    line.passes_the_undo()
    assert line.open_offers() == [(rosa, 9), (tom, 10)]


def test_only_those_whom_it_suits_are_asked(line: Line) -> None:
    visit, _ = line.books(9), line.books(10)
    line.waits("zoe", (10, 11))
    line.waits("priya", staff_id=line.core.salon.ben)
    tom, ana = line.waits("tom"), line.waits("rosa", staff_id=line.core.salon.ana)
    line.cancels(visit)
    assert line.open_offers() == [(ana, 9)]
    line.says_no(ana)
    assert line.open_offers() == [(tom, 9)]


def test_who_has_stopped_our_messages_is_passed_over_and_staff_see_why(line: Line) -> None:
    visit = line.books(9)
    rosa, tom = line.waits("rosa"), line.waits("tom")
    line.core.write(lambda session: session.add(_no_messages(line, "rosa")))
    line.cancels(visit)
    assert line.history() == [(rosa, 9, "passed_over"), (tom, 9, "open")]
    assert line.offers("passed_over")[0]["reason"] == "opted_out"


def _no_messages(line: Line, address: str) -> Consent:
    return Consent(
        business_id=line.core.salon.id,
        customer_id=line.person(address),
        channel="terminal",
        address=address,
        granted=False,
        evidence="STOP",
        at=line.core.clock(),
    )


def test_a_time_that_is_too_near_goes_straight_back(line: Line) -> None:
    visit = line.books(9)
    line.waits("rosa")
    line.core.clock.now = datetime.fromisoformat(tuesday(9)) - timedelta(minutes=8)
    line.cancels(visit)
    assert line.history() == []
    assert line.free() == [9, 10]


def test_at_night_it_is_kept_and_told_in_the_morning(line: Line) -> None:
    visit = line.core.booked("2027-03-09T14:00:00Z", customer_id=line.person("otto"))
    rosa = line.person("rosa")
    week_later = {"start": "2027-03-09T14:00:00Z", "end": "2027-03-09T15:00:00Z"}
    asked = {"customer_id": rosa, "service_id": line.core.salon.service, "ranges": [week_later]}
    line.core.ask("POST", "waitlist", asked, key="wait")
    line.core.clock.now = datetime.fromisoformat("2027-03-02T04:00:00Z")  # eleven at night
    line.cancels(visit)
    (offer,) = line.offers()
    assert (offer["said_at"], offer["until"]) == ("2027-03-02T13:00:00Z", "2027-03-02T13:30:00Z")
    assert line.core.book("2027-03-09T14:00:00Z").status_code == 409


def test_nobody_else_takes_it_meanwhile_and_anybody_does_when_it_is_over(line: Line) -> None:
    visit = line.books(9)
    line.waits("rosa")
    line.cancels(visit)
    assert line.core.book(tuesday(9), customer_id=line.person("zoe")).json()["code"] == "slot_taken"
    line.core.clock.move(minutes=30)  # and nobody has done the due work yet
    assert line.core.book(tuesday(9), customer_id=line.person("zoe")).status_code == 201
    line.later()
    assert line.history()[0][2] == "silent"
    assert line.open_offers() == []


def test_the_rules_of_booking_hold_for_a_yes(a_core: CoreMaker) -> None:
    line = Line(a_core(**ONLY_ANA, policy={"max_upcoming_per_customer": 1}))
    visit, rosas = line.books(9), line.books(10, "rosa")
    line.waits("rosa"), line.waits("tom")
    line.cancels(visit)
    assert line.open_offers() == [(line.person("tom"), 9)]
    assert rosas["status"] == "booked"


def test_a_yes_to_what_needs_approval_is_a_request(a_core: CoreMaker) -> None:
    line = Line(a_core(**ONLY_ANA, policy={"approval_needed": True}))
    visit = line.books(9)
    rosa = line.waits("rosa")
    line.cancels(visit)
    assert line.says_yes(rosa)["status"] == "requested"
    assert len(line.told("staff_requested")) == 2


def test_staff_take_an_offer_back_and_the_customer_is_told(line: Line) -> None:
    visit, _ = line.books(9), line.books(10)
    rosa = line.waits("rosa")
    line.waits("tom")
    line.cancels(visit)
    assert line.answers(rosa, "withdraw").json()["state"] == "withdrawn"
    line.later()
    assert line.open_offers() == []
    assert line.free() == [9]
    assert line.told("waitlist_withdrawn") == [
        "I'm sorry, Salon needs the time on Tuesday 2 March at 9:00\u202fAM after all, so I can't keep it for you. "
        "You're still on the waitlist."
    ]


def test_who_books_what_they_wait_for_waits_no_longer(line: Line) -> None:
    rosa = line.waits("rosa")
    line.books(9, "rosa")
    line.later()
    assert line.core.ask("GET", f"waitlist?customer_id={rosa}").json()["items"][0]["state"] == "booked"


@pytest.mark.parametrize("policy", [{"waitlist_offer_minutes": None}])
def test_a_business_may_leave_it_to_its_people(a_core: CoreMaker, policy: dict[str, Any]) -> None:
    line = Line(a_core(**ONLY_ANA, policy=policy))
    visit = line.books(9)
    line.waits("rosa")
    line.cancels(visit)
    assert line.history() == []


def test_another_business_s_offers_are_not_there(line: Line, core: Core) -> None:
    assert core.ask("GET", "waitlist/offers").json()["items"] == []


def test_staff_see_what_is_offered_to_whom_and_what_came_of_it(line: Line) -> None:
    visit, _ = line.books(9), line.books(10)
    rosa, _ = line.waits("rosa"), line.waits("tom")
    line.cancels(visit)
    owner = a_key(line.core, "owner")
    assert "Tue 2 Mar, 09:00 is kept until Mon 09:37" in owner.ask("GET", "/desk").text
    line.says_no(rosa)
    assert "said no" in owner.ask("GET", "/desk").text

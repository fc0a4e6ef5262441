"""Somebody of the team is late, or ill: customers hear of it in their chat and answer as they like."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.journeys.diary import TOMORROW, free_starts
from tests.journeys.house import Customer, House


def booked(house: House, name: str, start: datetime, person: str = "Ana") -> Customer:
    """A haircut tomorrow, arranged by chat."""
    customer = house.customer("terminal", name)
    customer.says(f"a haircut with {person} tomorrow at {start:%H:%M}")
    customer.says("yes")
    assert len(house.visits(name)) == 1
    return customer


def ana(house: House) -> int:
    (key,) = [each["id"] for each in house.ask_core("GET", "/staff")["items"] if each["name"] == "Ana"]
    return int(key)


def late(house: House, until: datetime) -> dict[str, Any]:
    said: dict[str, Any] = house.ask_core(
        "POST", f"/staff/{ana(house)}/delay", {"until": until.isoformat()}, f"late until {until}"
    )
    return said


def test_who_has_to_wait_keeps_the_visit_or_moves_it(house: House) -> None:
    """Given two visits of Ana's tomorrow, one after the other."""
    first = free_starts(house, "Ana")[0]
    rosa = booked(house, "rosa", first)
    second = next(start for start in free_starts(house, "Ana") if start > first)
    otto = booked(house, "otto", second)

    house.clock.set(first - timedelta(minutes=10))
    waiting = late(house, second)
    assert sum(each["outcome"] == "told" for each in waiting["visits"]) >= 2

    assert "Ana is running late" in rosa.hears()
    assert "Thank you for your patience" in rosa.says("ok no problem, see you")
    assert "Comes all the same: rosa" in house.desk()

    assert "Ana is running late" in otto.hears()
    otto.says("that doesn't work for me, can I come on Thursday instead?")
    otto.says("the first one")
    assert "Moved" in otto.says("yes")
    assert house.visits("otto")[0]["start"].startswith("2026-11-19")


def test_whose_hairdresser_is_ill_takes_a_colleague_or_drops_the_visit(house: House) -> None:
    """Given two visits of Ana's tomorrow, who then falls ill."""
    starts = free_starts(house, "Ana")
    rosa, otto = booked(house, "rosa", starts[0]), booked(house, "otto", starts[-1])
    day = {
        "staff_id": ana(house),
        "start": TOMORROW.isoformat(),
        "end": (TOMORROW + timedelta(days=1)).isoformat(),
    }
    house.ask_core("POST", "/blocks", {**day, "kind": "time_off"}, "ill")
    told = house.ask_core("POST", "/broadcasts", {**day, "ill": True}, "tell")
    house.does_what_is_due()

    heard = rosa.hears()
    assert "Ana is ill on Tuesday 17 November" in heard
    rosa.taps(heard.choices[0])
    rosa.says("yes")
    (visit,) = house.visits("rosa")
    assert (visit["staff_id"] == ana(house), visit["flags"]) == (False, [])

    assert "Ana is ill" in otto.hears()
    otto.says("then please cancel it")
    otto.says("yes")
    assert house.visits("otto") == []

    house.does_what_is_due()
    progress = house.ask_core("GET", f"/broadcasts/{told['id']}")["progress"]
    assert (progress["moved"], progress["dropped"]) == (1, 1)
    assert "1 has another time, 1 has cancelled" in house.desk()


def test_who_waits_still_moves_after_the_time_they_were_promised(house: House) -> None:
    """Given a visit of Ana's tomorrow that will start half an hour late."""
    start = free_starts(house, "Ana")[0]
    rosa = booked(house, "rosa", start)
    house.clock.set(start - timedelta(minutes=10))
    late(house, start + timedelta(minutes=30))
    assert "Ana is running late" in rosa.hears()

    house.clock.set(start + timedelta(minutes=15))
    rosa.says("sorry, I can't wait that long. can I come on Thursday instead?")
    rosa.says("the first one")
    assert "Moved" in rosa.says("yes")
    assert house.visits("rosa")[0]["start"].startswith("2026-11-19")


def test_a_closed_day_is_answered_by_yes_by_another_time_by_no_and_by_silence(house: House) -> None:
    """Given four visits tomorrow beside those of people who have no chat with us, and a house that closes then."""
    with_whom = {"rosa": "Ana", "otto": "Ana", "mina": "Dev", "sam": "Dev"}
    starts: list[datetime] = []
    people = []
    for name, person in with_whom.items():
        starts.append(free_starts(house, person)[0])
        people.append(booked(house, name, starts[-1], person))
    rosa, otto, mina, sam = people
    (place,) = {visit["location_id"] for name in with_whom for visit in house.visits(name)}
    day = {"start": TOMORROW.isoformat(), "end": (TOMORROW + timedelta(days=1)).isoformat()}
    house.ask_core("POST", f"/locations/{place}/closures", day, "closed")
    told = house.ask_core("POST", "/broadcasts", {"location_id": place, **day}, "tell")
    house.does_what_is_due()

    offered = rosa.hears()
    assert "we are closed on Tuesday 17 November" in offered
    rosa.taps(offered.choices[0])
    rosa.says("yes")
    otto.hears()
    otto.says("none of these work, what about Friday afternoon?")
    otto.says("the first one")
    otto.says("yes please")
    mina.hears()
    mina.says("oh no. then cancel it please")
    mina.says("yes")
    sam.hears()

    house.does_what_is_due()
    assert [len(house.visits(name)) for name in with_whom] == [1, 1, 0, 1]
    assert house.visits("otto")[0]["start"].startswith("2026-11-20")
    progress = house.ask_core("GET", f"/broadcasts/{told['id']}")["progress"]
    assert (progress["moved"], progress["dropped"], progress["open"]) == (2, 1, 1)
    assert "Still to be settled by the team: " not in house.desk()

    house.clock.set(min(starts) - timedelta(minutes=119))
    house.does_what_is_due()
    assert "1 has cancelled, 1 has not answered" in house.desk()
    assert "Still to be settled by the team: " in house.desk()

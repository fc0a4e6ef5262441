"""Whatever makes a time bookable is noticed, and who waits for it is asked."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.builders.core import Core
from tests.builders.parts import a_service
from tests.scheduler_core.waitlist.offered import Line, tuesday
from tests.scheduler_core.waitlist.wishes import CoreMaker

ONLY_ANA = {"hours": {1: ((540, 660),)}, "ben_hours": {5: ((540, 660),)}}
WEEK = [{"weekday": 1, "start": "09:00", "end": "11:00"}]


@pytest.fixture
def line(a_core: CoreMaker) -> Line:
    return Line(a_core(**ONLY_ANA))


def done(core: Core, method: str, path: str, body: Any = None) -> Any:
    answer = core.ask(method, path, body, key=f"{method}-{path}")
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def test_a_visit_that_moves_away(line: Line) -> None:
    visit = line.books(9)
    rosa = line.waits("rosa", (9, 10))
    assert line.core.move(visit, tuesday(10)).status_code == 200
    line.passes_the_undo()
    assert line.open_offers() == [(rosa, 9)]


def test_a_request_that_is_declined(a_core: CoreMaker) -> None:
    line = Line(a_core(**ONLY_ANA, policy={"approval_needed": True}))
    visit = line.books(9)
    rosa = line.waits("rosa", (9, 10))
    done(line.core, "POST", f"appointments/{visit['id']}/decline", {"expected_version": 1})
    line.passes_the_undo()
    assert line.open_offers() == [(rosa, 9)]


def test_a_visit_that_ends_sooner_than_planned(a_core: CoreMaker) -> None:
    line = Line(a_core(hours={0: ((540, 1020),)}, ben_hours={5: ((540, 660),)}, grid=15))
    core, now = line.core, line.core.clock()
    long = core.write(lambda s: a_service(s, core.salon.id, by=(core.salon.ana,), duration_minutes=240))
    visit = core.booked(now.isoformat(), service_id=long, customer_id=line.person("otto"))
    done(core, "POST", f"appointments/{visit['id']}/start", {})
    today = {"start": (now + timedelta(hours=1)).isoformat(), "end": (now + timedelta(hours=4)).isoformat()}
    asked = {"customer_id": line.person("rosa"), "service_id": core.salon.service, "ranges": [today]}
    done(core, "POST", "waitlist", asked)
    core.clock.move(minutes=30)
    done(core, "POST", f"appointments/{visit['id']}/finish", {})
    line.later()
    assert [each["customer_id"] for each in line.offers("open")] == [line.person("rosa")]


def test_a_block_that_is_taken_away(line: Line) -> None:
    ill = {"staff_id": line.core.salon.ana, "kind": "time_off", "start": tuesday(9), "end": tuesday(11)}
    block = done(line.core, "POST", "blocks", ill)
    rosa, tom, zoe = line.waits("rosa"), line.waits("tom"), line.waits("zoe")
    done(line.core, "DELETE", f"blocks/{block['id']}")
    line.later()
    assert line.open_offers() == [(rosa, 9), (tom, 10)]
    assert zoe not in [customer for customer, _ in line.open_offers()]


def test_more_hours_that_are_opened(line: Line) -> None:
    rosa = line.waits("rosa", (11, 12))
    place = line.core.salon.location
    longer = {"windows": [["09:00", "12:00"]]}
    done(line.core, "PUT", f"locations/{place}/overrides/2027-03-02", longer)
    day = {"location_id": place, **longer}
    done(line.core, "PUT", f"staff/{line.core.salon.ana}/overrides/2027-03-02", day)
    line.later()
    assert line.open_offers() == [(rosa, 11)]


def test_a_colleague_who_comes_to_work(line: Line) -> None:
    line.books(9)
    rosa = line.waits("rosa", (9, 10))
    week = [{**each, "location_id": line.core.salon.location} for each in WEEK]
    done(line.core, "PUT", f"staff/{line.core.salon.ben}/hours", {"hours": week, "breaks": []})
    line.later()
    assert line.open_offers() == [(rosa, 9)]
    assert line.offers()[0]["staff_id"] == line.core.salon.ben


def test_a_time_that_somebody_held_and_gave_up(line: Line) -> None:
    assert line.core.hold(tuesday(9)).status_code == 201
    rosa = line.waits("rosa", (9, 10))
    line.later(minutes=8)
    assert line.open_offers() == []
    line.later(minutes=2)
    assert line.open_offers() == [(rosa, 9)]


def test_a_seat_in_a_class_that_is_given_back(a_core: CoreMaker) -> None:
    line = Line(a_core(**ONLY_ANA, service={"capacity": 2}))
    visits = line.books(9, "otto"), line.books(9, "zoe")
    rosa, tom = line.waits("rosa", (9, 10)), line.waits("tom", (9, 10))
    line.cancels(visits[0])
    assert line.open_offers() == [(rosa, 9)]
    line.says_no(rosa)
    assert line.open_offers() == [(tom, 9)]
    assert line.says_yes(tom)["class_id"] == visits[1]["class_id"]


def test_what_was_given_up_too_late_is_nobody_s(line: Line) -> None:
    visit = line.books(9)
    line.waits("rosa")
    line.core.clock.now = datetime.fromisoformat(tuesday(9)) + timedelta(minutes=5)
    done(line.core, "POST", f"appointments/{visit['id']}/noshow", {})
    line.later()
    assert line.history() == []


def test_what_is_taken_back_was_never_free(line: Line) -> None:
    """Whoever cancels has five minutes to think again; the time is nobody else's until then."""
    visit = line.books(9)
    line.waits("rosa", (9, 10))
    cancelled = line.core.cancel(visit).json()
    line.later(minutes=4)
    back = undone(line, cancelled)
    line.later(minutes=5)
    assert (back["start"], back["status"], line.history()) == (visit["start"], "booked", [])


def test_who_cancels_again_has_the_minutes_again(line: Line) -> None:
    visit = line.books(9)
    rosa = line.waits("rosa", (9, 10))
    again = line.core.cancel(undone(line, line.core.cancel(visit).json())).json()
    line.later(minutes=4)
    back = undone(line, again)
    line.later()
    line.core.cancel(back)
    line.later(minutes=1)
    assert line.history() == []
    line.later(minutes=4)
    assert line.open_offers() == [(rosa, 9)]


def test_of_two_moves_only_the_last_can_be_taken_back(a_core: CoreMaker) -> None:
    line = Line(a_core(hours={1: ((540, 720),)}, ben_hours={5: ((540, 660),)}))
    visit = line.books(9)
    rosa, tom = line.waits("rosa", (9, 10)), line.waits("tom", (10, 11))
    twice = line.core.move(line.core.move(visit, tuesday(10)).json(), tuesday(11)).json()
    line.later()
    assert undone(line, twice)["start"] == tuesday(10)
    line.later(minutes=5)
    assert line.open_offers() == [(rosa, 9)]
    assert tom not in [customer for customer, _, _ in line.history()]


def undone(line: Line, visit: Any) -> Any:
    taken_back = {"expected_version": visit["version"]}
    answer = line.core.ask(
        "POST", f"appointments/{visit['id']}/undo", taken_back, key=f"undo-{visit['version']}"
    )
    assert answer.status_code == 200, answer.text
    return answer.json()

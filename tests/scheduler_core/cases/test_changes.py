"""What is asked twice happens once, of two who want one thing one gets it, and what was promised stays promised."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from scheduler_core.outbox.enqueue import DESK
from scheduler_core.outbox.models import OutboundMessage
from tests.builders.core import Core

CoreMaker = Callable[..., Core]

NINE, TEN, ELEVEN = (f"2027-03-02T{hour}:00:00Z" for hour in (14, 15, 16))


def visits(core: Core, **where: Any) -> list[Any]:
    query = "&".join(f"{name}={value}" for name, value in {"limit": 100, **where}.items())
    answer = core.ask("GET", f"appointments?{query}")
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json()["items"]
    return found


def told(core: Core) -> list[str]:
    """What staff were told, in order, by kind."""
    with core.database.read() as session:
        return list(
            session.scalars(
                select(OutboundMessage.kind)
                .where(OutboundMessage.channel == DESK)
                .order_by(OutboundMessage.id)
            )
        )


def step(core: Core, visit: Any, name: str, **more: Any) -> Any:
    body = {"expected_version": visit["version"], **more}
    return core.ask("POST", f"appointments/{visit['id']}/{name}", body, f"{name} {visit['id']} {more}")


@pytest.mark.parametrize(
    ("first", "days"),
    [
        pytest.param(
            "2027-03-09T14:00:00Z", [("03-09", "14"), ("03-16", "13"), ("03-23", "13")], id="spring"
        ),
        pytest.param(
            "2027-11-02T13:00:00Z", [("11-02", "13"), ("11-09", "14"), ("11-16", "14")], id="autumn"
        ),
    ],
)
def test_case_7_a_weekly_series_keeps_its_time_on_the_wall(
    a_core: CoreMaker, first: str, days: list[tuple[str, str]]
) -> None:
    """Tuesdays at nine in New York, over a change of clocks."""
    core = a_core(horizon_days=400)
    body = {
        "customer_id": core.salon.customer,
        "service_id": core.salon.service,
        "staff_id": core.salon.ana,
        "start": first,
        "rrule": "FREQ=WEEKLY;COUNT=3",
    }
    answer = core.ask("POST", "series", body, "series")
    assert answer.status_code == 201, answer.text
    expected = [f"2027-{day}T{hour}:00:00Z" for day, hour in days]
    assert [visit["start"] for visit in answer.json()["booked"]] == expected
    assert [visit["start"] for visit in visits(core)] == expected


def test_case_19_one_message_delivered_five_times_books_once(core: Core) -> None:
    answers = [core.book(NINE, key="message-1") for _ in range(5)]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len(visits(core)) == 1
    assert told(core) == ["staff_booked"]


def test_case_20_a_move_to_the_identical_time_changes_nothing(core: Core) -> None:
    visit = core.booked(NINE)
    assert core.move(visit, NINE).json() == visit
    assert core.move(visit, "2027-03-02T09:00:00-05:00").json() == visit
    assert visits(core) == [visit]
    assert told(core) == ["staff_booked"]


def test_case_21_of_two_cancels_the_second_hears_that_it_is_done(core: Core) -> None:
    visit = core.booked(NINE)
    assert core.cancel(visit).json()["status"] == "cancelled"
    again = core.cancel(visit)
    assert (again.status_code, again.json()["code"]) == (409, "already_cancelled")
    assert told(core) == ["staff_booked", "staff_cancelled"]


def test_case_21_what_has_begun_is_not_cancelled(core: Core) -> None:
    visit = core.booked(NINE)
    core.clock.move(days=1, seconds=1)
    answer = core.cancel(visit)
    assert (answer.status_code, answer.json()["code"]) == (409, "already_started")
    assert visits(core)[0]["status"] == "booked"


def test_case_21_a_cancel_of_what_has_just_been_moved_is_asked_again(core: Core) -> None:
    """At the same moment: see the races. One after the other: the later one looked at something else."""
    visit = core.booked(NINE)
    assert core.move(visit, TEN).status_code == 200
    answer = core.cancel(visit)
    assert (answer.status_code, answer.json()["code"]) == (409, "version_moved_on")
    assert [each["start"] for each in visits(core, status="booked")] == [TEN]


def requests_for_approval(a_core: CoreMaker, pending_blocks: bool) -> tuple[Core, list[Any]]:
    core = a_core(policy={"approval_needed": True, "pending_blocks": pending_blocks})
    return core, [core.book(NINE), core.book(NINE)]


def test_case_22_of_two_requests_for_one_time_staff_can_confirm_one(a_core: CoreMaker) -> None:
    core, answers = requests_for_approval(a_core, pending_blocks=False)
    first, second = (answer.json() for answer in answers)
    assert [first["status"], second["status"]] == ["requested", "requested"]
    assert step(core, first, "confirm").json()["status"] == "booked"
    refused = step(core, second, "confirm")
    assert (refused.status_code, refused.json()["code"]) == (409, "slot_taken")
    assert refused.json()["facts"]["alternatives"]
    assert [visit["status"] for visit in visits(core)] == ["booked", "requested"]


def test_case_22_a_request_keeps_its_time_where_the_policy_says_so(a_core: CoreMaker) -> None:
    core, (first, second) = requests_for_approval(a_core, pending_blocks=True)
    assert first.json()["status"] == "requested"
    assert (second.status_code, second.json()["code"]) == (409, "slot_taken")
    assert step(core, first.json(), "decline").json()["status"] == "cancelled"
    assert core.book(NINE).status_code == 201


@pytest.mark.parametrize("pending_blocks", [True, False])
def test_case_22_what_is_confirmed_never_overlaps(a_core: CoreMaker, pending_blocks: bool) -> None:
    core = a_core(policy={"approval_needed": True, "pending_blocks": pending_blocks}, minutes=60, grid=30)
    wishes = [NINE, "2027-03-02T14:30:00Z", TEN, "2027-03-02T15:30:00Z"]
    asked = [answer.json() for answer in map(core.book, wishes) if answer.status_code == 201]
    confirmed = [visit for visit in asked if step(core, visit, "confirm").status_code == 200]
    assert [visit["start"] for visit in confirmed] == [NINE, TEN]


def shorter_days(core: Core, ends: str) -> Any:
    """Ana stops at that hour, Monday to Friday."""
    hours = [
        {"weekday": weekday, "start": "09:00", "end": ends, "location_id": core.salon.location}
        for weekday in range(5)
    ]
    answer = core.ask("PUT", f"staff/{core.salon.ana}/hours", {"hours": hours})
    assert answer.status_code == 200, answer.text


def test_case_25_hours_cut_under_visits_leave_them_as_they_are_and_flag_them(core: Core) -> None:
    early, late = core.booked(NINE), core.booked("2027-03-02T21:00:00Z")
    shorter_days(core, "13:00")
    kept = visits(core)
    assert [(visit["start"], visit["status"]) for visit in kept] == [
        (early["start"], "booked"),
        (late["start"], "booked"),
    ]
    assert [bool(visit["flags"]) for visit in kept] == [False, True]
    assert [visit["id"] for visit in visits(core, flagged="true")] == [late["id"]]
    assert core.book("2027-03-02T22:00:00Z").status_code == 422


def test_case_25_a_flag_goes_when_the_hours_come_back(core: Core) -> None:
    core.booked("2027-03-02T21:00:00Z")
    shorter_days(core, "13:00")
    assert len(visits(core, flagged="true")) == 1
    shorter_days(core, "18:00")
    assert visits(core, flagged="true") == []


def test_a_block_over_visits_leaves_them_and_flags_them(core: Core) -> None:
    visit = core.booked(NINE)
    block = {"staff_id": core.salon.ana, "start": NINE, "end": ELEVEN}
    assert core.ask("POST", "blocks", block, "block").status_code == 201
    assert [(each["id"], each["status"]) for each in visits(core, flagged="true")] == [
        (visit["id"], "booked")
    ]
    assert core.book(TEN).json()["code"] == "person_away"

"""Staff say yes or no to a request, and of two requests for one time only one becomes a visit."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import (
    at,
    at_once,
    clock_at,
    decide,
    free,
    history,
    notices,
    said,
    seen,
    take,
    told,
    well,
    with_cleo,
)
from tests.scheduler_core.permissions.holders import a_key

CoreMaker = Callable[..., Core]


@pytest.fixture
def asks(a_core: CoreMaker) -> Core:
    """A salon that looks at each request, whose time meanwhile stays free for others."""
    return a_core(policy={"approval_needed": True, "pending_blocks": False})


@pytest.fixture
def keeps(a_core: CoreMaker) -> Core:
    """A salon that looks at each request and keeps its time until then."""
    return a_core(policy={"approval_needed": True})


def test_a_confirmed_request_is_a_visit(keeps: Core) -> None:
    request = keeps.booked(at("10:00"))
    assert request["status"] == "requested"
    visit = well(decide(keeps, request, "confirm"))
    assert (visit["status"], visit["version"], visit["start"]) == ("booked", 2, at("10:00"))
    assert history(keeps, visit) == ["requested", "confirmed"]
    assert told(keeps) == ["staff_requested", "staff_confirmed"]
    assert notices(keeps)[-1][1] == "Confirmed: Maria, Haircut with Ana, Tue 2 Mar, 10:00 at Main."
    assert said(decide(keeps, visit, "confirm")) == (409, "wrong_state")


def test_a_declined_request_frees_its_time_and_costs_nothing(keeps: Core) -> None:
    request = keeps.booked(at("10:00"))
    assert "10:00" not in free(keeps)
    declined = well(decide(keeps, request, "decline", reason="Ana is away"))
    assert declined["status"] == "cancelled"
    assert "10:00" in free(keeps)
    assert history(keeps, request) == ["requested", "declined"]
    assert told(keeps) == ["staff_requested", "staff_cancelled"]


def test_the_second_of_two_requests_for_one_time_is_refused(asks: Core) -> None:
    first, second = asks.booked(at("10:00")), asks.booked(at("10:00"))
    well(decide(asks, first, "confirm"))
    refused = decide(asks, second, "confirm")
    assert said(refused) == (409, "slot_taken")
    assert [slot["start"] for slot in refused.json()["facts"]["alternatives"]][:2] == [
        at("09:00"),
        at("11:00"),
    ]
    assert seen(asks, second)["status"] == "requested"
    assert "10:00" not in free(asks)


def test_of_two_confirmed_at_once_one_gets_the_time(asks: Core) -> None:
    requests = [asks.booked(at("10:00")) for _ in range(2)]
    answers = at_once(*(partial(decide, asks, each, "confirm") for each in requests))
    assert sorted(said(answer) for answer in answers) == [(200, ""), (409, "slot_taken")]


def test_a_visit_booked_meanwhile_keeps_the_time(asks: Core) -> None:
    request = asks.booked(at("10:00"))
    asks.booked(at("10:00"), override=True)
    assert said(decide(asks, request, "confirm")) == (409, "slot_taken")


def test_a_request_whose_start_has_passed_is_not_confirmed_but_may_be_declined(asks: Core) -> None:
    request = asks.booked(at("10:00"))
    clock_at(asks, "10:00")
    assert said(decide(asks, request, "confirm")) == (409, "already_started")
    assert well(decide(asks, request, "decline"))["status"] == "cancelled"


def test_notice_that_has_run_short_meanwhile_does_not_stop_a_confirmation(a_core: CoreMaker) -> None:
    core = a_core(min_notice_minutes=120, policy={"approval_needed": True, "pending_blocks": False})
    request = core.booked(at("10:00"))
    clock_at(core, "09:30")
    assert well(decide(core, request, "confirm"))["status"] == "booked"


def test_a_request_to_two_people_takes_the_time_of_both(asks: Core) -> None:
    cleo, colour, cut = with_cleo(asks)
    request = asks.booked(at("10:00"), service_id=colour, also=[cut], staff_id=None)
    visit = well(decide(asks, request, "confirm"))
    assert [item["staff_id"] for item in visit["items"]] == [asks.salon.ana, cleo]
    for wall, service, person in (("10:00", colour, asks.salon.ana), ("11:00", cut, cleo)):
        assert said(asks.book(at(wall), service_id=service, staff_id=person)) == (409, "slot_taken")


def test_only_what_was_seen_is_confirmed(keeps: Core) -> None:
    request = keeps.booked(at("10:00"))
    well(keeps.move(request, at("11:00")))
    assert said(decide(keeps, request, "confirm")) == (409, "version_moved_on")
    assert said(decide(keeps, request, "decline")) == (409, "version_moved_on")


def test_the_same_key_confirms_once(keeps: Core) -> None:
    request = keeps.booked(at("10:00"))
    answers = [take(keeps, request, "confirm", key="yes", expected_version=1) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert told(keeps) == ["staff_requested", "staff_confirmed"]


def test_a_customer_does_not_confirm_and_staff_only_their_own(keeps: Core) -> None:
    request = keeps.booked(at("10:00"), staff_id=keeps.salon.ben)
    body, path = {"expected_version": 1}, f"appointments/{request['id']}/confirm"
    for role, answer in (("customer", (403, "forbidden")), ("staff", (404, "not_found"))):
        assert a_key(keeps, role).told("POST", path, body, **{"Idempotency-Key": role}) == answer
    assert seen(keeps, request)["status"] == "requested"

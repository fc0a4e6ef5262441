"""For five minutes the last step can be taken back; what was given up meanwhile comes back only if it is still free."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.builders.core import Core
from tests.builders.parts import a_customer
from tests.scheduler_core.appointments.steps import (
    at,
    at_once,
    clock_at,
    decide,
    flags,
    free,
    history,
    said,
    seen,
    take,
    told,
    well,
    with_cleo,
)
from tests.scheduler_core.permissions.holders import Holder, a_key

CoreMaker = Callable[..., Core]


def undo(core: Core, visit: Any) -> httpx.Response:
    return decide(core, visit, "undo")


def undone_by(holder: Holder, visit: Any) -> tuple[int, str]:
    path, body = f"appointments/{visit['id']}/undo", {"expected_version": visit["version"]}
    return holder.told("POST", path, body, **{"Idempotency-Key": f"undo {path} {body}"})


def what_it_was(visit: Any) -> dict[str, Any]:
    """All of a visit that undoing brings back."""
    passing = ("version", "undo_until")
    return {name: value for name, value in visit.items() if name not in passing}


def test_an_undone_booking_is_cancelled_without_fee_and_its_time_free(core: Core) -> None:
    visit = core.booked(at("10:00"))
    assert visit["undo_until"] == "2027-03-01T14:05:00Z"
    undone = well(undo(core, visit))
    assert (undone["status"], undone["version"], undone["undo_until"]) == ("cancelled", 2, None)
    assert "10:00" in free(core)
    assert history(core, visit) == ["booked", "undone"]
    assert told(core) == ["staff_booked", "staff_cancelled"]


def test_an_undone_move_is_back_at_its_time_person_and_place(core: Core) -> None:
    visit = core.booked(at("10:00"))
    moved = well(core.move(visit, at("11:00", day=3), staff_id=core.salon.ben))
    back = well(undo(core, moved))
    assert what_it_was(back) == what_it_was(visit)
    assert (back["version"], back["reschedules"]) == (3, 0)
    assert "10:00" not in free(core)
    assert "11:00" in free(core)
    assert told(core) == ["staff_booked", "staff_moved", "staff_moved"]


def test_notice_does_not_stand_in_the_way_of_going_back(a_core: CoreMaker) -> None:
    core = a_core(min_notice_minutes=120)
    visit = core.booked(at("10:00"))
    clock_at(core, "08:30")
    moved = well(core.move(visit, at("15:00")))
    assert said(core.book(at("10:00"))) == (422, "too_soon")
    assert well(undo(core, moved))["start"] == at("10:00")


def test_a_move_is_not_undone_onto_another_s_time(core: Core) -> None:
    visit = core.booked(at("10:00"))
    moved = well(core.move(visit, at("15:00")))
    core.booked(at("10:00"))
    refused = undo(core, moved)
    assert said(refused) == (409, "slot_taken")
    assert refused.json()["facts"]["alternatives"][0]["start"] == at("09:00")
    assert seen(core, visit) | {"asked": None} == moved


def test_a_move_is_not_undone_into_time_blocked_since(core: Core) -> None:
    moved = well(core.move(core.booked(at("10:00")), at("15:00")))
    morning = {"start": at("09:00"), "end": at("13:00"), "staff_id": core.salon.ana}
    assert core.ask("POST", "blocks", morning, "ill").status_code == 201
    assert said(undo(core, moved)) == (409, "slot_taken")


def test_a_cancelled_visit_stands_again(core: Core) -> None:
    visit = core.booked(at("10:00"))
    cancelled = well(core.cancel(visit))
    back = well(undo(core, cancelled))
    assert what_it_was(back) == what_it_was(visit)
    assert "10:00" not in free(core)
    assert told(core) == ["staff_booked", "staff_cancelled", "staff_restored"]


def test_a_cancelled_visit_whose_time_is_taken_stays_cancelled(core: Core) -> None:
    cancelled = well(core.cancel(core.booked(at("10:00"))))
    core.booked(at("10:00"))
    assert said(undo(core, cancelled)) == (409, "slot_taken")
    assert seen(core, cancelled)["status"] == "cancelled"


def test_a_declined_request_waits_again(a_core: CoreMaker) -> None:
    core = a_core(policy={"approval_needed": True})
    declined = well(decide(core, core.booked(at("10:00")), "decline"))
    assert well(undo(core, declined))["status"] == "requested"
    assert "10:00" not in free(core)
    assert told(core)[-1] == "staff_requested"


def test_an_unconfirmed_request_gives_up_the_time_it_had_not_kept(a_core: CoreMaker) -> None:
    core = a_core(policy={"approval_needed": True, "pending_blocks": False})
    confirmed = well(decide(core, core.booked(at("10:00")), "confirm"))
    assert "10:00" not in free(core)
    assert well(undo(core, confirmed))["status"] == "requested"
    assert "10:00" in free(core)


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (["arrive"], "booked"),
        (["start"], "booked"),
        (["arrive", "start"], "arrived"),
        (["noshow"], "booked"),
    ],
    ids=" then ".join,
)
def test_a_step_of_attendance_is_taken_back(core: Core, steps: list[str], state: str) -> None:
    visit = core.booked(at("10:00"))
    clock_at(core, "10:02")
    seen_before = [visit] + [well(take(core, visit, step)) for step in steps]
    back = well(undo(core, seen_before[-1]))
    assert back["status"] == state
    assert what_it_was(back) == what_it_was(seen_before[-2])
    assert told(core) == ["staff_booked"]


def test_a_class_is_joined_again(a_core: CoreMaker) -> None:
    core = a_core(service={"capacity": 2})
    visit = core.booked(at("10:00"))
    back = well(undo(core, well(core.cancel(visit))))
    assert (back["status"], back["start"], back["class_id"] is None) == ("booked", at("10:00"), False)
    core.booked(at("10:00"))
    assert said(core.book(at("10:00"))) == (409, "slot_taken")


def test_a_visit_to_two_people_is_back_with_both(a_core: CoreMaker) -> None:
    core = a_core(grid=15)

    _, colour, cut = with_cleo(core)
    visit = core.booked(at("10:00"), service_id=colour, also=[cut], staff_id=None)
    back = well(undo(core, well(core.cancel(visit))))
    assert what_it_was(back) == what_it_was(visit)
    assert (
        said(core.book(at("11:00"), service_id=cut, staff_id=visit["items"][1]["staff_id"]))[1]
        == "slot_taken"
    )


def test_five_minutes_later_it_is_too_late(core: Core) -> None:
    visit = core.booked(at("10:00"))
    core.clock.move(minutes=4, seconds=59)
    assert seen(core, visit)["undo_until"] == "2027-03-01T14:05:00Z"
    core.clock.move(seconds=1)
    assert seen(core, visit)["undo_until"] is None
    refused = undo(core, visit)
    assert said(refused) == (409, "undo_too_late")
    assert refused.json()["facts"] == {"until": "2027-03-01T14:05:00+00:00"}


def test_an_undo_is_not_undone(core: Core) -> None:
    moved = well(core.move(core.booked(at("10:00")), at("11:00")))
    back = well(undo(core, moved))
    assert said(undo(core, back)) == (409, "wrong_state")


def test_what_is_over_is_not_undone(core: Core) -> None:
    visit = core.booked(at("10:00"))
    clock_at(core, "10:00")
    well(take(core, visit, "start"))
    assert said(undo(core, well(take(core, visit, "finish")))) == (409, "wrong_state")


def test_what_others_did_meanwhile_is_not_undone_by_mistake(core: Core) -> None:
    visit = core.booked(at("10:00"))
    well(core.move(visit, at("11:00")))
    assert said(undo(core, visit)) == (409, "version_moved_on")


def test_the_same_key_undoes_once(core: Core) -> None:
    moved = well(core.move(core.booked(at("10:00")), at("11:00")))
    answers = [take(core, moved, "undo", key="oops", expected_version=2) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert seen(core, moved)["version"] == 3


def test_a_customer_undoes_their_own_and_no_other_s(core: Core) -> None:
    joe, _ = core.write(lambda session: a_customer(session, core.salon.id, core.clock(), "joe"))
    visit = core.booked(at("10:00"))
    assert undone_by(a_key(core, "customer", customer_id=joe), visit) == (404, "not_found")
    assert undone_by(a_key(core, "customer"), visit) == (200, "")


def test_a_customer_does_not_undo_what_staff_decided(core: Core) -> None:
    maria, owner = a_key(core, "customer"), a_key(core, "owner")
    visit = core.booked(at("10:00"))
    path, body = f"appointments/{visit['id']}/cancel", {"expected_version": 1}
    assert owner.told("POST", path, body, **{"Idempotency-Key": "shut"}) == (200, "")
    assert undone_by(maria, {**visit, "version": 2}) == (403, "forbidden")
    well(undo(core, {**visit, "version": 2}))
    path = f"appointments/{visit['id']}/reschedule"
    later = {"expected_version": 3, "start": at("11:00")}
    assert owner.told("POST", path, later, **{"Idempotency-Key": "later"}) == (200, "")
    assert undone_by(maria, {**visit, "version": 4}) == (403, "forbidden")
    clock_at(core, "11:05")
    well(take(core, visit, "noshow"))
    assert undone_by(maria, {**visit, "version": 5}) == (403, "forbidden")


def test_an_erased_customer_s_visits_do_not_come_back(core: Core) -> None:
    visit = core.booked(at("10:00"))
    assert core.ask("POST", f"customers/{core.salon.customer}/erase", {}, "forget").status_code < 300
    assert said(undo(core, {**visit, "version": 2})) == (410, "customer_erased")


def test_a_visit_that_is_back_is_flagged_as_it_was(core: Core) -> None:
    visit = core.booked(at("10:00"))
    body = {"start": at("09:00"), "end": at("13:00")}
    assert core.ask("POST", f"locations/{core.salon.location}/closures", body, "pipe").status_code == 201
    before = flags(core, visit)
    assert list(before) == ["closed"]
    moved = well(core.move(visit, at("15:00")))
    assert flags(core, visit) == {}
    well(undo(core, moved))
    assert flags(core, visit) == before


def test_of_two_undone_at_once_one_takes_effect(core: Core) -> None:
    cancelled = well(core.cancel(core.booked(at("10:00"))))
    answers = sorted(
        said(answer) for answer in at_once(lambda: undo(core, cancelled), lambda: undo(core, cancelled))
    )
    assert answers == [(200, ""), (409, "version_moved_on")]


def test_an_undo_and_a_booking_have_one_winner(core: Core) -> None:
    cancelled = well(core.cancel(core.booked(at("10:00"))))
    answers = sorted(
        said(answer) for answer in at_once(lambda: undo(core, cancelled), lambda: core.book(at("10:00")))
    )
    assert answers in ([(200, ""), (409, "slot_taken")], [(201, ""), (409, "slot_taken")])


def test_cancelling_twice_is_one_cancel_and_an_answer(core: Core) -> None:
    visit = core.booked(at("10:00"))
    assert said(core.cancel(visit)) == (200, "")
    assert said(core.cancel(visit)) == (409, "already_cancelled")
    assert told(core) == ["staff_booked", "staff_cancelled"]


@pytest.mark.parametrize("started", [False, True], ids=["its time has come", "it is under way"])
def test_what_has_started_is_not_cancelled(core: Core, started: bool) -> None:
    visit = core.booked(at("10:00"))
    clock_at(core, "10:00")
    if started:
        visit = well(take(core, visit, "start"))
    assert said(core.cancel(visit)) == (409, "wrong_state" if started else "already_started")
    assert "10:00" not in free(core)


def test_a_cancel_during_a_move_has_one_winner(core: Core) -> None:
    visit = core.booked(at("10:00"))
    answers = sorted(
        said(answer) for answer in at_once(lambda: core.cancel(visit), lambda: core.move(visit, at("11:00")))
    )
    assert answers in ([(200, ""), (409, "already_cancelled")], [(200, ""), (409, "version_moved_on")])
    if seen(core, visit)["status"] == "cancelled":
        assert {"10:00", "11:00"} <= set(free(core))
    else:
        assert ("10:00" in free(core), "11:00" in free(core)) == (True, False)

"""A visit takes place: who is done early is free at once, who needs longer takes what is free and delays the rest."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from scheduler_core.availability.models import Reservation
from tests.builders.core import Core
from tests.builders.parts import a_resource, a_service
from tests.builders.salon import a_salon
from tests.scheduler_core.appointments.steps import (
    at,
    at_once,
    clock_at,
    decide,
    flagged,
    flags,
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


def under_way(core: Core, wall: str, **more: Any) -> Any:
    """A visit that has started on time."""
    visit = core.booked(at(wall), **more)
    clock_at(core, wall)
    return well(take(core, visit, "start"))


@pytest.fixture
def quarters(a_core: CoreMaker) -> Core:
    """Visits of an hour, at any quarter of an hour."""
    return a_core(grid=15)


def test_a_visit_from_arrival_to_its_end(core: Core) -> None:
    visit = core.booked(at("10:00"))
    clock_at(core, "09:55")
    arrived = well(take(core, visit, "arrive"))
    assert (arrived["status"], arrived["arrived_at"]) == ("arrived", at("09:55"))
    clock_at(core, "10:05")
    started = well(take(core, visit, "start"))
    assert (started["status"], started["started_at"]) == ("in_progress", at("10:05"))
    clock_at(core, "11:00")
    finished = well(take(core, visit, "finish"))
    assert (finished["status"], finished["finished_at"], finished["version"]) == (
        "fulfilled",
        at("11:00"),
        4,
    )
    assert history(core, visit) == ["booked", "arrived", "started", "finished"]
    assert told(core) == ["staff_booked"]


@pytest.mark.parametrize("step", ["arrive", "start"])
def test_nobody_arrives_or_starts_before_the_day(core: Core, step: str) -> None:
    visit = core.booked(at("10:00"))
    refused = take(core, visit, step)
    assert said(refused) == (409, "too_early")
    assert refused.json()["facts"]["start"] == "2027-03-02T15:00:00+00:00"
    clock_at(core, "07:00")
    assert take(core, visit, step).status_code == 200


def test_one_may_arrive_before_midnight_for_a_visit_after_it(a_core: CoreMaker) -> None:
    core = a_core(hours=dict.fromkeys(range(7), ((0, 1440),)))
    visit = core.booked(at("00:00", day=3))
    core.clock.now = core.clock.now.replace(day=3, hour=4, minute=50)
    assert well(take(core, visit, "arrive"))["status"] == "arrived"


def test_a_no_show_only_after_the_start(core: Core) -> None:
    visit = core.booked(at("10:00"))
    clock_at(core, "09:59")
    assert said(take(core, visit, "noshow")) == (409, "too_early")
    clock_at(core, "10:10")
    assert well(take(core, visit, "noshow"))["status"] == "noshow"
    assert said(take(core, visit, "arrive")) == (409, "wrong_state")


def test_an_entry_by_mistake_frees_its_time(core: Core) -> None:
    visit = core.booked(at("10:00"))
    assert "10:00" not in free(core)
    assert well(take(core, visit, "mistake"))["status"] == "entered_in_error"
    assert "10:00" in free(core)
    assert history(core, visit) == ["booked", "entered_in_error"]


@pytest.mark.parametrize("step", ["finish", "extend"])
def test_what_has_not_started_neither_ends_nor_takes_longer(core: Core, step: str) -> None:
    visit = core.booked(at("10:00"))
    assert said(take(core, visit, step, minutes=10)) == (409, "wrong_state")


def test_ending_early_frees_the_rest_but_for_the_buffer(a_core: CoreMaker) -> None:
    core = a_core(grid=15, after=10)
    visit = under_way(core, "10:00")
    clock_at(core, "10:29")
    core.clock.move(seconds=20)
    assert "10:45" not in free(core)
    well(take(core, visit, "finish"))
    assert free(core)[0] == "10:45"  # over at 10:30, cleaned up by 10:40
    assert "10:30" not in free(core)
    core.booked(at("10:45"))


def test_ending_late_takes_the_time_until_now_and_the_buffer(a_core: CoreMaker) -> None:
    core = a_core(grid=5, after=10)
    visit = under_way(core, "10:00")
    clock_at(core, "11:12")
    well(take(core, visit, "finish"))
    assert free(core)[0] == "11:25"
    assert flagged(core) == []


def test_ending_late_flags_who_cannot_start_on_time(quarters: Core) -> None:
    visit, following = under_way(quarters, "10:00"), quarters.booked(at("11:00"))
    clock_at(quarters, "11:12")
    well(take(quarters, visit, "finish"))
    assert flags(quarters, following) == {"late_start": {"minutes": 12}}
    assert flagged(quarters) == [following["id"]]
    assert notices(quarters)[-1] == ("staff_late", "Will start late: Maria, Tue 2 Mar, 11:00 (+12 min).")


def test_a_visit_under_way_takes_longer_as_far_as_it_is_free(quarters: Core) -> None:
    visit = under_way(quarters, "10:00")
    assert free(quarters)[0] == "11:00"
    longer = well(take(quarters, visit, "extend", minutes=20))
    assert (longer["end"], longer["items"][0]["end"]) == (at("11:20"), at("11:20"))
    assert free(quarters)[0] == "11:30"
    assert history(quarters, visit) == ["booked", "started", "extended"]
    assert flagged(quarters) == []


def test_a_delay_is_carried_on_until_free_time_absorbs_it(quarters: Core) -> None:
    visits = [quarters.booked(at(wall)) for wall in ("11:00", "12:00", "14:15", "15:15")]
    first = under_way(quarters, "10:00")
    well(take(quarters, first, "extend", minutes=20))
    assert [flags(quarters, visit) for visit in visits] == [
        {"late_start": {"minutes": 20}},
        {"late_start": {"minutes": 20}},
        {},
        {},
    ]
    assert told(quarters).count("staff_late") == 1


def test_buffers_absorb_a_delay(a_core: CoreMaker) -> None:
    core = a_core(grid=5, after=10)
    visits = [core.booked(at(wall)) for wall in ("10:10", "11:20", "14:00")]
    first = under_way(core, "09:00")
    well(take(core, first, "extend", minutes=15))
    assert [flags(core, visit) for visit in visits] == [{"late_start": {"minutes": 5}}, {}, {}]


def test_others_people_are_not_delayed(quarters: Core) -> None:
    bens = quarters.booked(at("11:00"), staff_id=quarters.salon.ben)
    well(take(quarters, under_way(quarters, "10:00"), "extend", minutes=30))
    assert flags(quarters, bens) == {}


def test_a_delay_goes_through_a_shared_room_to_the_next_person(a_core: CoreMaker) -> None:
    core = a_core(grid=15)

    def with_room(session: Any) -> int:
        room = a_resource(session, core.salon.id)
        people = (core.salon.ana, core.salon.ben)
        return a_service(session, core.salon.id, by=people, needs=[[room]], name="Massage")

    massage = core.write(with_room)
    bens = core.booked(at("11:00"), service_id=massage, staff_id=core.salon.ben)
    bens_next = core.booked(at("12:00"), staff_id=core.salon.ben)
    well(take(core, under_way(core, "10:00", service_id=massage), "extend", minutes=25))
    assert flags(core, bens) == flags(core, bens_next) == {"late_start": {"minutes": 25}}


def test_a_class_that_has_to_wait_is_flagged_for_everybody_in_it(a_core: CoreMaker) -> None:
    core = a_core(grid=15)
    yoga = core.write(
        lambda session: a_service(session, core.salon.id, by=[core.salon.ana], name="Yoga", capacity=3)
    )
    seats = [core.booked(at("11:00"), service_id=yoga) for _ in range(2)]
    well(take(core, under_way(core, "10:00"), "extend", minutes=10))
    assert [flags(core, seat) for seat in seats] == [{"late_start": {"minutes": 10}}] * 2


def test_a_delay_that_staff_have_settled_is_flagged_anew_when_it_grows(quarters: Core) -> None:
    following = quarters.booked(at("11:00"))
    visit = under_way(quarters, "10:00")
    well(take(quarters, visit, "extend", minutes=10))
    assert quarters.ask("DELETE", f"appointments/{following['id']}/flags/late_start").status_code == 204
    clock_at(quarters, "10:30")
    other = quarters.booked(at("10:30"), staff_id=quarters.salon.ben)
    well(take(quarters, other, "start"))
    well(take(quarters, other, "extend", minutes=5))
    assert flags(quarters, following) == {}
    well(take(quarters, visit, "extend", minutes=10))
    assert flags(quarters, following) == {"late_start": {"minutes": 20}}


def test_an_earlier_person_s_part_of_a_visit_does_not_take_longer(a_core: CoreMaker) -> None:
    """Ana colours, then Cleo cuts; when the cut takes longer, Ana is free all the same."""
    core = a_core(grid=15)

    cleo, colour, cut = with_cleo(core)
    anas = core.booked(at("11:00"))
    cleos = core.booked(at("12:00"), service_id=cut, staff_id=cleo)
    both = core.booked(at("10:00"), service_id=colour, also=[cut], staff_id=None)
    clock_at(core, "10:00")
    well(take(core, both, "start"))
    longer = well(take(core, both, "extend", minutes=15))
    assert [item["end"] for item in longer["items"]] == [at("11:00"), at("12:15")]
    assert (flags(core, anas), flags(core, cleos)) == ({}, {"late_start": {"minutes": 15}})


@pytest.mark.parametrize(
    ("over", "flag"),
    [("11:20", {"minutes": 20}), ("11:05", {"minutes": 5}), ("10:50", None)],
    ids=["as late as expected", "less late", "early after all"],
)
def test_flags_follow_the_delay_as_it_shrinks(quarters: Core, over: str, flag: Any) -> None:
    following = quarters.booked(at("11:00"))
    visit = under_way(quarters, "10:00")
    well(take(quarters, visit, "extend", minutes=20))
    clock_at(quarters, over)
    well(take(quarters, visit, "finish"))
    assert flags(quarters, following).get("late_start") == flag


def test_a_late_flag_goes_when_the_visit_starts_and_stays_on_those_behind(quarters: Core) -> None:
    second, third = quarters.booked(at("11:00")), quarters.booked(at("12:00"))
    first = under_way(quarters, "10:00")
    well(take(quarters, first, "extend", minutes=20))
    clock_at(quarters, "11:15")
    well(take(quarters, first, "finish"))
    well(take(quarters, second, "start"))
    assert (flags(quarters, second), flags(quarters, third)) == ({}, {"late_start": {"minutes": 15}})
    clock_at(quarters, "11:55")
    well(take(quarters, second, "finish"))
    assert flags(quarters, third) == {}


@pytest.mark.parametrize("how", ["cancel", "move", "noshow"])
def test_when_the_next_one_leaves_nobody_waits_for_them(quarters: Core, how: str) -> None:
    second, third = quarters.booked(at("11:00")), quarters.booked(at("12:00"))
    first = under_way(quarters, "10:00")
    well(take(quarters, first, "extend", minutes=20))
    assert flagged(quarters) == [second["id"], third["id"]]
    if how == "cancel":
        well(quarters.cancel(second))
    elif how == "move":
        well(quarters.move(second, at("15:00")))
    else:
        clock_at(quarters, "11:10")
        well(take(quarters, second, "noshow"))
    assert flagged(quarters) == []


def test_who_needs_longer_has_the_time_of_the_next_one_who_leaves(quarters: Core) -> None:
    following = quarters.booked(at("11:00"))
    visit = under_way(quarters, "10:00")
    well(take(quarters, visit, "extend", minutes=20))
    assert "11:00" not in free(quarters)
    well(quarters.cancel(following))
    assert free(quarters)[0] == "11:30"


def test_taking_longer_and_a_booking_of_that_time_have_one_winner(quarters: Core) -> None:
    visit = under_way(quarters, "10:00")
    longer, booked = at_once(
        lambda: take(quarters, visit, "extend", minutes=20), lambda: quarters.book(at("11:00"))
    )
    assert longer.status_code == 200
    if booked.status_code == 201:  # it came first, and will start late
        assert flagged(quarters) == [booked.json()["id"]]
        assert free(quarters)[0] == "14:00"
    else:
        assert said(booked) == (409, "slot_taken")
        assert free(quarters)[0] == "11:30"


def test_a_forgotten_visit_delays_nobody_who_has_started_since(quarters: Core) -> None:
    forgotten, second = quarters.booked(at("09:00")), quarters.booked(at("10:00"))
    third = quarters.booked(at("11:00"))
    clock_at(quarters, "09:00")
    well(take(quarters, forgotten, "start"))
    clock_at(quarters, "10:00")
    well(take(quarters, second, "start"))
    clock_at(quarters, "10:30")
    well(take(quarters, forgotten, "finish"))
    assert flags(quarters, third) == {}


def test_what_is_held_is_not_taken_until_the_hold_runs_out(quarters: Core) -> None:
    visit = under_way(quarters, "10:00")
    assert quarters.hold(at("11:00")).status_code == 201
    well(take(quarters, visit, "extend", minutes=20))
    quarters.clock.move(minutes=15)
    assert free(quarters)[0] == "11:00"
    well(take(quarters, visit, "extend", minutes=10))
    assert free(quarters)[0] == "11:30"


def test_a_class_ends_when_it_ends(a_core: CoreMaker) -> None:
    core = a_core(service={"capacity": 4})
    one, other = core.booked(at("10:00")), core.booked(at("10:00"))
    clock_at(core, "10:00")
    well(take(core, one, "start"))
    assert said(take(core, one, "extend", minutes=10)) == (409, "wrong_state")
    clock_at(core, "10:20")
    assert well(take(core, one, "finish"))["status"] == "fulfilled"
    assert seen(core, other)["status"] == "booked"
    with core.database.read() as session:
        ends = session.scalars(select(Reservation.end_at).where(Reservation.class_id.is_not(None)))
        assert [end.isoformat() for end in ends] == ["2027-03-02T16:00:00+00:00"]


def test_a_step_for_another_version_is_refused(core: Core) -> None:
    visit = core.booked(at("10:00"))
    moved = well(core.move(visit, at("11:00")))
    clock_at(core, "10:00")
    assert said(decide(core, visit, "arrive")) == (409, "version_moved_on")
    assert well(decide(core, moved, "arrive"))["status"] == "arrived"


def test_the_same_key_takes_a_step_once(core: Core) -> None:
    visit = under_way(core, "10:00")
    answers = [take(core, visit, "extend", key="longer", minutes=10).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert seen(core, visit)["end"] == at("11:10")


STEPS = ("arrive", "start", "finish", "noshow", "mistake", "extend", "confirm", "decline", "undo")


@pytest.mark.parametrize("step", STEPS)
def test_another_business_s_visit_is_not_there(core: Core, step: str) -> None:
    visit = core.booked(at("10:00"))
    clock_at(core, "10:00")
    mine, core.salon = core.salon, core.write(lambda session: a_salon(session, core.clock()))
    assert said(decide(core, visit, step, minutes=5)) == (404, "not_found")
    assert said(core.ask("DELETE", f"appointments/{visit['id']}/flags/closed")) == (404, "not_found")
    core.salon = mine
    assert seen(core, visit)["version"] == 1


def test_staff_attend_their_own_and_customers_none(core: Core) -> None:
    visit = core.booked(at("10:00"), staff_id=core.salon.ben)
    clock_at(core, "10:00")
    for role, answer in (("customer", (403, "forbidden")), ("staff", (404, "not_found"))):
        holder = a_key(core, role)
        assert (
            holder.told("POST", f"appointments/{visit['id']}/arrive", **{"Idempotency-Key": role}) == answer
        )
    assert seen(core, visit)["status"] == "booked"

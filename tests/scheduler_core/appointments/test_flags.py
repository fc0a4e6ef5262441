"""Rules change under visits: they stay, those that no longer fit are flagged, and staff hear of it once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy import event

from tests.builders.core import Core
from tests.builders.parts import a_holiday, an_override
from tests.scheduler_core.appointments.steps import (
    at,
    clock_at,
    decide,
    flagged,
    flags,
    notices,
    said,
    seen,
    take,
    told,
    well,
)
from tests.scheduler_core.permissions.holders import a_key

CoreMaker = Callable[..., Core]

MORNING = {"start": at("09:00"), "end": at("13:00")}


def done(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def place(core: Core, path: str) -> str:
    return f"locations/{core.salon.location}/{path}"


def works(core: Core, staff_id: int, *windows: tuple[str, str], breaks: Any = ()) -> Any:
    """Give a person the same hours from Monday to Friday, and breaks on Tuesdays."""
    hours = [
        {"weekday": str(day), "start": opens, "end": ends, "location_id": core.salon.location}
        for day in range(5)
        for opens, ends in windows
    ]
    pauses = [{"weekday": "1", "start": start, "end": end} for start, end in breaks]
    return done(core.ask("PUT", f"staff/{staff_id}/hours", {"hours": hours, "breaks": pauses}))


def closes(core: Core, key: str = "pipe", **times: str) -> Any:
    return done(core.ask("POST", place(core, "closures"), {**MORNING, **times}, key))


def blocks(core: Core, key: str = "block", **body: Any) -> Any:
    return done(core.ask("POST", "blocks", {**MORNING, **body}, key))


def test_visits_outside_of_a_person_s_new_hours_stay_and_are_flagged(core: Core) -> None:
    early, late = core.booked(at("10:00")), core.booked(at("17:00"))
    bens = core.booked(at("10:00"), staff_id=core.salon.ben)
    works(core, core.salon.ana, ("14:00", "18:00"))
    assert flags(core, early) == {"outside_hours": {"staff_id": core.salon.ana}}
    assert flagged(core) == [early["id"]]
    assert (seen(core, early)["status"], seen(core, early)["start"]) == ("booked", at("10:00"))
    assert (flags(core, late), flags(core, bens)) == ({}, {})
    assert notices(core)[-1] == ("staff_flagged_one", "1 visit no longer fits: Maria, Tue 2 Mar, 10:00.")


def test_visits_outside_of_the_place_s_new_hours_are_flagged(core: Core) -> None:
    visits = [core.booked(at(wall)) for wall in ("09:00", "10:00", "17:00")]
    done(core.ask("PUT", place(core, "hours"), {str(day): [["11:00", "18:00"]] for day in range(5)}))
    assert flagged(core) == [visits[0]["id"], visits[1]["id"]]
    assert flags(core, visits[0]) == {"outside_hours": {"location_id": core.salon.location}}
    text = "2 visits no longer fit: Maria, Tue 2 Mar, 09:00; Maria, Tue 2 Mar, 10:00."
    assert notices(core)[-1] == ("staff_flagged", text)


def test_a_closure_flags_and_its_end_clears(core: Core) -> None:
    visit, other = core.booked(at("10:00")), core.booked(at("15:00"))
    closure = closes(core)
    assert flags(core, visit) == {"closed": {"location_id": core.salon.location}}
    assert flags(core, other) == {}
    done(core.ask("DELETE", place(core, f"closures/{closure['id']}")))
    assert flagged(core) == []


def test_a_holiday_closes_the_day(core: Core) -> None:
    visit, next_day = core.booked(at("10:00")), core.booked(at("10:00", day=3))
    done(core.ask("POST", place(core, "holidays"), {"dates": ["2027-03-02"], "name": "Fair"}, "fair"))
    assert (list(flags(core, visit)), flags(core, next_day)) == (["closed"], {})


def test_who_works_against_a_holiday_keeps_their_visits(core: Core) -> None:
    day = date(2027, 3, 2)
    salon = core.salon
    core.write(lambda session: an_override(session, salon.id, salon.location, day, [(540, 780)], salon.ana))
    visit = core.booked(at("10:00"))
    bens = core.booked(at("10:00"), staff_id=salon.ben)
    core.write(lambda session: a_holiday(session, salon.id, salon.location, day))
    works(core, salon.ben, ("09:00", "18:00"))
    assert flags(core, visit) == {}
    assert flags(core, bens) == {"closed": {"location_id": salon.location}}


@pytest.mark.parametrize("kind", ["time_off", "block"])
def test_a_block_over_a_visit_says_that_the_person_is_away(core: Core, kind: str) -> None:
    visit, later = core.booked(at("10:00")), core.booked(at("14:00"))
    block = blocks(core, staff_id=core.salon.ana, kind=kind, reason="Ana is ill")
    assert flags(core, visit) == {"person_away": {"staff_id": core.salon.ana}}
    assert flags(core, later) == {}
    done(core.ask("DELETE", f"blocks/{block['id']}"))
    assert flagged(core) == []


def test_a_blocked_room_is_flagged_on_visits_that_reserved_it(core: Core) -> None:
    room = done(core.ask("POST", "resources", {"kind": "room", "name": "Blue"}, "room"))["id"]
    done(core.ask("PATCH", f"services/{core.salon.service}", {"needs": [[room]]}))
    visit, later = core.booked(at("10:00")), core.booked(at("14:00"))
    blocks(core, resource_id=room)
    assert flags(core, visit) == {"resource_blocked": {"resource_id": room}}
    assert flags(core, later) == {}


def test_a_break_flags_what_lies_in_it_but_not_the_gap_of_a_service(a_core: CoreMaker) -> None:
    """While the colour soaks in, who does it may pause; the customer of eleven may not be left alone."""
    core = a_core(service={"gaps": [[20, 20]]})
    visits = [core.booked(at(wall)) for wall in ("10:00", "11:00")]
    pauses = [("10:20", "10:40"), ("11:00", "11:15")]
    works(core, core.salon.ana, ("09:00", "13:00"), ("14:00", "18:00"), breaks=pauses)
    assert [flags(core, visit) for visit in visits] == [
        {},
        {"outside_hours": {"staff_id": core.salon.ana}},
    ]


def test_staff_are_told_once_of_each_change_and_only_of_what_is_new(core: Core) -> None:
    core.booked(at("10:00"))
    closes(core)
    closes(core)  # the same request again
    assert told(core) == ["staff_booked", "staff_flagged_one"]
    core.booked(at("15:00"))
    closes(core, "again", start=at("14:00"), end=at("18:00"))
    assert told(core) == ["staff_booked", "staff_flagged_one", "staff_booked", "staff_flagged_one"]
    assert notices(core)[-1][1] == "1 visit no longer fits: Maria, Tue 2 Mar, 15:00."


def test_of_many_visits_the_first_few_are_named(core: Core) -> None:
    for wall in ("09:00", "10:00", "11:00", "12:00", "14:00", "15:00", "16:00"):
        core.booked(at(wall))
    closes(core, end=at("18:00"))
    kind, text = notices(core)[-1]
    assert kind == "staff_flagged"
    assert text.startswith("7 visits no longer fit: Maria, Tue 2 Mar, 09:00; ")
    assert text.endswith("14:00 … +2.")


def test_past_cancelled_and_started_visits_are_left_alone(core: Core) -> None:
    past, running = core.booked(at("09:00")), core.booked(at("10:00"))
    cancelled = core.booked(at("11:00"))
    well(core.cancel(cancelled))
    clock_at(core, "10:00")
    well(take(core, running, "start"))
    closes(core)
    assert flagged(core) == []
    assert past["flags"] == []


@pytest.mark.parametrize("how", ["move", "cancel", "start"])
def test_a_flag_goes_when_the_visit_moves_ends_or_begins(core: Core, how: str) -> None:
    visit = core.booked(at("10:00"))
    closes(core)
    assert flagged(core) == [visit["id"]]
    if how == "move":
        well(core.move(visit, at("15:00")))
    elif how == "cancel":
        well(core.cancel(visit))
    else:
        clock_at(core, "10:00")
        well(take(core, visit, "start"))
    assert flagged(core) == []


def settle(core: Core, visit: Any, kind: str = "closed") -> httpx.Response:
    return core.ask("DELETE", f"appointments/{visit['id']}/flags/{kind}")


def test_a_settled_flag_does_not_come_back_for_the_same_reason(core: Core) -> None:
    visit = core.booked(at("10:00"))
    closes(core)
    assert settle(core, visit).status_code == 204
    assert flagged(core) == []
    works(core, core.salon.ben, ("09:00", "17:00"))
    assert flagged(core) == []
    works(core, core.salon.ana, ("14:00", "18:00"))
    assert flags(core, visit) == {}
    blocks(core, staff_id=core.salon.ana)
    assert flags(core, visit) == {"person_away": {"staff_id": core.salon.ana}}


def test_a_visit_that_has_moved_since_is_flagged_anew(core: Core) -> None:
    visit = core.booked(at("10:00"))
    closes(core)
    settle(core, visit)
    well(core.move(visit, at("15:00")))
    closes(core, "again", start=at("14:00"), end=at("18:00"))
    assert list(flags(core, visit)) == ["closed"]


def test_only_what_is_flagged_is_settled_and_only_by_staff(core: Core) -> None:
    visit = core.booked(at("10:00"))
    assert said(settle(core, visit)) == (404, "not_found")
    closes(core)
    path = f"appointments/{visit['id']}/flags/closed"
    assert a_key(core, "customer").told("DELETE", path) == (403, "forbidden")
    assert a_key(core, "staff", staff_id=core.salon.ben).told("DELETE", path) == (404, "not_found")
    assert a_key(core, "staff").told("DELETE", path) == (204, "")


def test_a_person_who_leaves_is_flagged_as_away(core: Core) -> None:
    visit = core.booked(at("10:00"), staff_id=core.salon.ben)
    done(core.ask("DELETE", f"staff/{core.salon.ben}"))
    assert flags(core, visit) == {"person_away": {"staff_id": core.salon.ben}}


def test_a_room_and_a_place_that_are_given_up_are_flagged(core: Core) -> None:
    rooms = [
        done(core.ask("POST", "resources", {"kind": "room", "name": name}, name))["id"]
        for name in ("Blue", "Red")
    ]
    done(core.ask("PATCH", f"services/{core.salon.service}", {"needs": [rooms]}))
    visit = core.booked(at("10:00"))
    done(core.ask("DELETE", f"resources/{rooms[0]}"))
    assert flags(core, visit) == {"resource_blocked": {"resource_id": rooms[0]}}
    done(core.ask("DELETE", f"locations/{core.salon.location}"))
    assert flags(core, visit)["closed"] == {"location_id": core.salon.location}


def test_requests_are_looked_at_too(a_core: CoreMaker) -> None:
    core = a_core(policy={"approval_needed": True, "pending_blocks": False})
    request = core.booked(at("10:00"))
    closes(core)
    assert list(flags(core, request)) == ["closed"]
    assert said(decide(core, request, "confirm")) == (422, "outside_hours")


def test_the_number_of_questions_does_not_grow_with_the_visits(core: Core) -> None:
    core.booked(at("09:00"))
    one = questions(core, lambda: closes(core, "first"))
    for day in (3, 4, 5, 9, 10):
        for wall in ("09:00", "10:00", "11:00", "12:00"):
            core.booked(at(wall, day=day))
    many = questions(core, lambda: closes(core, "second", end=at("13:00", day=10)))
    assert len(flagged(core)) == 21
    assert many == one


def questions(core: Core, work: Callable[[], object]) -> int:
    """How many statements the database was given."""
    asked: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    engine = core.database.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    return len(asked)

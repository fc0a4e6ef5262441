"""Somebody is ill, a day is closed: each customer is offered other times once, and the team sees who answered what."""

from typing import Any

import pytest

from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import at, clock_at, notices, well
from tests.scheduler_core.appointments.test_customer_notices import heard_of, labels, notices_of
from tests.scheduler_core.appointments.test_flags import blocks, closes, done
from tests.scheduler_core.permissions.holders import a_key

TUESDAY = {"start": at("00:00"), "end": at("18:59")}


def ill(core: Core) -> Any:
    """Ana's Tuesday."""
    return blocks(core, staff_id=core.salon.ana, kind="time_off", **TUESDAY)


def tells(core: Core, key: str = "tell", **more: Any) -> Any:
    body = {"staff_id": core.salon.ana, "ill": True, **TUESDAY, **more}
    begun = done(core.ask("POST", "broadcasts", body, key))
    core.does_what_is_due()
    return begun


def progress(core: Core, begun: Any) -> dict[str, int]:
    found: dict[str, int] = well(core.ask("GET", f"broadcasts/{begun['id']}"))["progress"]
    return {name: count for name, count in found.items() if count}


def test_who_was_to_come_to_somebody_ill_is_offered_a_colleague_and_other_times(core: Core) -> None:
    core.booked(at("10:00"))
    ill(core)
    begun = tells(core)
    assert begun["progress"] == {"waiting": 1, "delivered": 0}
    assert heard_of(core) == [
        "Hi Maria, I'm sorry: Ana is ill on Tuesday 2 March, so Salon can't keep your Haircut at 10:00 AM. "
        "Would one of these times suit you instead?"
    ]
    (notice,) = notices_of(core)
    assert labels(notice)[0] == "Tue 2 Mar, 10:00 AM · Ben"
    assert [each["answer"] for each in notice["choices"]] == ["slot", "slot", "slot", "other", "drop"]
    assert progress(core, begun) == {"open": 1}


def test_a_closed_day_has_no_colleague_at_that_time(core: Core) -> None:
    core.booked(at("10:00"))
    closes(core)
    begun = tells(core, staff_id=None, location_id=core.salon.location, ill=False)
    (text,) = heard_of(core)
    assert "we are closed on Tuesday 2 March" in text
    (notice,) = notices_of(core)
    assert "Tue 2 Mar, 10:00 AM" not in "".join(labels(notice))
    assert progress(core, begun) == {"open": 1}


def test_each_customer_is_told_once_however_often_it_is_asked_for(core: Core) -> None:
    core.booked(at("10:00"))
    ill(core)
    assert tells(core) == tells(core)
    assert tells(core, key="another")["visits"] == []
    assert len(heard_of(core)) == 1


def test_what_does_not_fit_for_another_reason_is_left_alone(core: Core) -> None:
    core.booked(at("10:00"), staff_id=core.salon.ben)
    core.booked(at("15:00"))
    blocks(core, staff_id=core.salon.ben)
    assert tells(core)["visits"] == []


def test_the_answers_are_gathered_and_the_team_hears_when_all_have_answered(core: Core) -> None:
    one, other = core.booked(at("10:00")), core.booked(at("14:00"))
    ill(core)
    begun = tells(core)
    moved = core.move(one, at("10:00"), staff_id=core.salon.ben)
    assert moved.status_code == 200, moved.text
    core.does_what_is_due()
    assert progress(core, begun) == {"moved": 1, "open": 1}
    assert core.cancel(other).status_code == 200
    core.does_what_is_due()
    assert progress(core, begun) == {"moved": 1, "dropped": 1}
    assert notices(core)[-1] == (
        "staff_broadcast_done",
        "2 customers whose visits can't stay as they are: 1 has another time, 1 has cancelled. Everything is settled.",
    )
    assert well(core.ask("GET", "broadcasts"))[0]["is_over"]


def test_who_cannot_be_told_is_named_with_the_reason(core: Core) -> None:
    silent = done(core.ask("POST", "customers", {"name": "Tom"}, "tom"))["id"]
    core.booked(at("10:00"), customer_id=silent)
    ill(core)
    begun = tells(core)
    (visit,) = well(core.ask("GET", f"broadcasts/{begun['id']}"))["visits"]
    assert (visit["customer"], visit["answer"], visit["because"]) == ("Tom", "unreached", "no_conversation")
    assert "Still to be settled by the team: Tom." in notices(core)[-1][1]


def test_who_has_not_answered_is_named_before_the_first_visit(core: Core) -> None:
    core.booked(at("10:00"))
    ill(core)
    tells(core)
    clock_at(core, "08:01")
    core.does_what_is_due()
    assert "Still to be settled by the team: Maria." in dict(notices(core))["staff_broadcast_left"]


def test_at_night_nobody_is_told_and_the_times_are_those_of_the_morning(core: Core) -> None:
    core.booked(at("15:00"))
    clock_at(core, "23:00", day=1)
    ill(core)
    begun = tells(core)
    assert (heard_of(core), progress(core, begun)) == ([], {"waiting": 1})
    blocks(core, "ben", staff_id=core.salon.ben, **TUESDAY)
    clock_at(core, "08:00")
    core.does_what_is_due()
    (notice,) = notices_of(core)
    assert "Ben" not in labels(notice)[0].partition("Tue 2")[2]
    assert progress(core, begun) == {"open": 1}


def test_who_was_told_hears_that_the_visit_takes_place_after_all(core: Core) -> None:
    core.booked(at("10:00"))
    block = ill(core)
    begun = tells(core)
    done(core.ask("DELETE", f"blocks/{block['id']}"))
    assert "takes place after all" in heard_of(core)[-1]
    assert progress(core, begun) == {"restored": 1}


def test_who_was_not_told_yet_hears_nothing_when_the_visit_fits_again(core: Core) -> None:
    core.booked(at("10:00"))
    block = ill(core)
    body = {"staff_id": core.salon.ana, **TUESDAY}
    begun = done(core.ask("POST", "broadcasts", body, "tell"))
    done(core.ask("DELETE", f"blocks/{block['id']}"))
    core.does_what_is_due()
    assert (heard_of(core), progress(core, begun)) == ([], {"needless": 1})


@pytest.mark.parametrize("role", ["staff", "manager"])
def test_staff_tell_those_of_their_own_time_only(core: Core, role: str) -> None:
    holder = a_key(core, role)
    bens = {"staff_id": core.salon.ben, **TUESDAY}
    told = holder.ask("POST", "broadcasts", bens, **{"Idempotency-Key": "bens"})
    assert told.status_code == (404 if role == "staff" else 201)

"""Somebody of the team runs late: only those whose own time breaks are told, once for what they do not know yet."""

from typing import Any

import httpx
import pytest

from scheduler_core.appointments.delays.worth_telling import about, news
from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import (
    at,
    clock_at,
    flags,
    free,
    notices,
    said,
    seen,
    take,
    told,
    well,
)
from tests.scheduler_core.appointments.test_confirm import CoreMaker
from tests.scheduler_core.appointments.test_customer_notices import answer, heard_of, labels, notices_of
from tests.scheduler_core.permissions.holders import a_key


def late(core: Core, key: str = "late", **body: Any) -> Any:
    return well(core.ask("POST", f"staff/{core.salon.ana}/delay", body, key))


def outcomes(answered: Any) -> list[tuple[str, str]]:
    return [(each["expected"], each["outcome"]) for each in answered["visits"]]


@pytest.mark.parametrize(
    ("minutes", "told", "expected"),
    [
        (9, 0, None),
        (10, 0, "visit_late"),
        (20, 12, None),
        (22, 12, "visit_late"),
        (12, 30, "visit_late"),
        (9, 30, "visit_on_time"),
        (0, 30, "visit_on_time"),
        (0, 0, None),
    ],
)
def test_what_is_news_to_a_customer(minutes: int, told: int, expected: str | None) -> None:
    assert news(minutes, told, 10) == expected


def test_a_time_is_said_roughly_and_never_too_early() -> None:
    assert [about(minute) for minute in (20, 21, 24, 25)] == [20, 25, 25, 25]


def test_who_has_to_wait_is_told_and_asked(core: Core) -> None:
    clock_at(core, "08:50")
    visit = core.booked(at("09:00"))
    answered = late(core, minutes=30)
    assert answered["until"] == at("09:30")
    assert outcomes(answered) == [(at("09:30"), "told")]
    assert heard_of(core) == [
        "Ana is running late: your Haircut will start about 9:30 AM instead of 9:00 AM. Does that still suit you?"
    ]
    (notice,) = notices_of(core)
    assert [each["answer"] for each in notice["choices"]] == ["keep", "move", "drop"]
    assert flags(core, visit) == {"late_start": {"minutes": 30}}


def test_gaps_absorb_a_delay_and_nobody_is_bothered_by_a_few_minutes(core: Core) -> None:
    clock_at(core, "08:50")
    core.booked(at("09:00"))
    core.booked(at("11:00"))
    assert outcomes(late(core, minutes=9)) == [(at("09:10"), "fits")]
    assert heard_of(core) == []


def test_who_comes_before_their_first_visit_makes_nobody_wait(core: Core) -> None:
    clock_at(core, "08:50")
    core.booked(at("11:00"))
    answered = late(core, minutes=60)
    assert (answered["until"], answered["visits"]) == (at("10:00"), [])


def test_a_visit_hours_ahead_does_not_wait_for_who_is_late_now(core: Core) -> None:
    clock_at(core, "09:01")
    core.booked(at("11:00"))
    assert late(core, minutes=30)["until"] == at("09:31")
    clock_at(core, "10:50")
    assert late(core, key="again", minutes=30)["until"] == at("11:30")


def test_the_visit_under_way_ends_later(core: Core) -> None:
    clock_at(core, "09:00")
    visit, behind = core.booked(at("09:00")), core.booked(at("10:00"))
    well(take(core, visit, "start"))
    clock_at(core, "09:40")
    assert late(core, minutes=20)["until"] == at("10:20")
    assert flags(core, behind) == {"late_start": {"minutes": 20}}


def test_not_everybody_says_when_a_visit_begins(core: Core) -> None:
    clock_at(core, "10:40")
    core.clock.move(days=-1)
    for wall in ("09:00", "10:00"):
        core.booked(at(wall))
    core.clock.move(days=1)
    assert late(core, minutes=20)["until"] == at("11:20")


def test_a_time_can_be_said_instead(core: Core) -> None:
    clock_at(core, "08:50")
    core.booked(at("09:00"))
    assert outcomes(late(core, until=at("10:00"))) == [(at("10:00"), "told")]
    refused = core.ask("POST", f"staff/{core.salon.ana}/delay", {"until": at("08:00")}, "over")
    assert said(refused) == (422, "malformed")


def test_who_knows_is_told_again_only_what_matters(core: Core) -> None:
    clock_at(core, "08:50")
    core.booked(at("09:00"))
    spoken = enumerate((30, 35, 45, 30, 0))
    told_of = [late(core, key=f"k{n}", minutes=minutes)["visits"][0]["outcome"] for n, minutes in spoken]
    assert told_of == ["told", "told_before", "told", "told", "fits"]
    assert [text.split(":", 1)[0] for text in heard_of(core)[:3]] == ["Ana is running late"] * 3
    assert heard_of(core)[3] == (
        "Good news from Salon: Ana has caught up, and your Haircut starts on time after all, at 9:00 AM."
    )


def test_the_same_word_twice_is_one(core: Core) -> None:
    clock_at(core, "08:50")
    core.booked(at("09:00"))
    assert late(core, minutes=30) == late(core, minutes=30)
    assert (len(heard_of(core)), told(core).count("staff_delayed")) == (1, 1)


def test_who_leaves_first_makes_room_for_those_behind(core: Core) -> None:
    clock_at(core, "08:50")
    first, second = core.booked(at("09:00")), core.booked(at("10:00"))
    late(core, minutes=30)
    assert flags(core, second) == {"late_start": {"minutes": 30}}
    assert core.cancel(first).status_code == 200
    assert flags(core, second) == {}
    core.does_what_is_due()
    assert "starts on time after all, at 10:00 AM" in "\n".join(heard_of(core))


def test_moving_or_dropping_because_of_us_costs_nothing(a_core: CoreMaker) -> None:
    core = a_core(policy={"late_fee_percent": 50, "max_reschedules": 0})
    clock_at(core, "08:50")
    visit = core.booked(at("09:00"))
    assert (seen(core, visit)["late_fee_minor"] > 0, seen(core, visit)["reschedules_left"]) == (True, 0)
    assert said(core.move(visit, at("15:00"))) == (422, "reschedule_limit")
    late(core, minutes=30)
    shown = seen(core, visit)
    assert (shown["late_fee_minor"], shown["reschedules_left"]) == (0, None)
    assert shown["free_cancel_until"] == at("09:00")
    assert core.move(visit, at("15:00")).status_code == 200


def test_staff_hear_that_somebody_still_comes(core: Core) -> None:
    clock_at(core, "08:50")
    core.booked(at("09:00"))
    late(core, minutes=30)
    (notice,) = notices_of(core)
    assert answer(core, notice, "keep").status_code == 204
    assert notices(core)[-1] == ("staff_waits", "Comes all the same: Maria, Tue 2 Mar, 09:00, Haircut.")
    assert labels(notice)[0] == "Yes, I'll be there"


def test_staff_are_late_themselves_only(core: Core) -> None:
    clock_at(core, "08:50")
    own = a_key(core, "staff")
    key = {"Idempotency-Key": "own"}
    assert own.ask("POST", f"staff/{core.salon.ben}/delay", {"minutes": 5}, **key).status_code == 404
    done: httpx.Response = own.ask("POST", f"staff/{core.salon.ana}/delay", {"minutes": 5}, **key)
    assert done.status_code == 200


def test_nobody_is_booked_into_the_time_that_a_delay_takes_up(core: Core) -> None:
    clock_at(core, "07:50")
    core.booked(at("09:00"))
    clock_at(core, "08:50")
    late(core, minutes=60)
    assert not {"09:00", "09:30", "10:00", "10:30"} & set(free(core))
    assert "11:00" in free(core)
    assert said(core.book(at("10:00"))) == (409, "slot_taken")
    assert core.book(at("11:00")).status_code == 201


def test_who_is_on_time_again_can_be_booked_again(core: Core) -> None:
    clock_at(core, "08:50")
    core.booked(at("09:00"))
    before = free(core)
    late(core, minutes=60)
    late(core, key="again", minutes=0)
    assert free(core) == before


def test_who_is_done_sooner_than_feared_can_be_booked_from_then_on(core: Core) -> None:
    clock_at(core, "08:50")
    visit = core.booked(at("09:00"))
    late(core, minutes=30)
    clock_at(core, "09:30")
    well(take(core, visit, "start"))
    assert "10:00" not in free(core)
    clock_at(core, "09:50")
    well(take(core, visit, "finish"))
    assert free(core)[0] == "10:00"


def test_who_moves_their_own_late_visit_is_not_in_their_own_way(a_core: CoreMaker) -> None:
    core = a_core(grid=15)
    clock_at(core, "08:50")
    visit = core.booked(at("09:00"))
    late(core, minutes=30)
    assert said(core.move(visit, at("09:15"))) == (409, "slot_taken")
    assert core.move(visit, at("09:30")).status_code == 200


def test_who_waits_may_move_or_drop_the_visit_until_it_really_starts(core: Core) -> None:
    clock_at(core, "08:50")
    visit, behind = core.booked(at("09:00")), core.booked(at("10:00"))
    late(core, minutes=30)
    clock_at(core, "09:29")
    assert [each["id"] for each in upcoming(core)] == [visit["id"], behind["id"]]
    assert core.move(visit, at("15:00")).status_code == 200
    late(core, key="again", until=at("10:30"))
    clock_at(core, "10:20")
    assert core.cancel(behind).status_code == 200


def test_what_has_really_started_stays(core: Core) -> None:
    clock_at(core, "08:50")
    visit = core.booked(at("09:00"))
    late(core, minutes=30)
    clock_at(core, "09:30")
    assert upcoming(core) == []
    assert said(core.move(visit, at("15:00"))) == (409, "already_started")


def upcoming(core: Core) -> Any:
    """Maria's visits, as her conversation knows them."""
    where = {"channel": "terminal", "address": "maria"}
    return well(core.ask("POST", "conversations/open", where))["appointments"]

"""Customers are asked ahead of their visits: once, about the visit as it is, and never about one that is gone."""

from typing import Any

import pytest
from sqlalchemy import select

from scheduler_core.outbox.jobs import LEASE
from scheduler_core.outbox.models import Job
from scheduler_core.outbox.outgoing import claim_sending
from scheduler_core.reminders.plan import REMIND
from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import at, clock_at, decide, notices, seen, take, well
from tests.scheduler_core.appointments.test_confirm import CoreMaker
from tests.scheduler_core.appointments.test_customer_notices import answer, heard_of, notices_of

FRIDAY = 5


def waits(core: Core, state: str = "pending") -> list[tuple[str, str]]:
    """Reminders that wait: which, and for when by the wall."""
    with core.database.read() as session:
        rows = session.execute(
            select(Job.payload, Job.due_at)
            .where(Job.kind == REMIND, Job.state == state)
            .order_by(Job.due_at, Job.id)
        )
        return [(payload["ahead"], f"{due:%d} {due.hour - 5:02}:{due:%M}"[:6]) for payload, due in rows]


def time_passes(core: Core, wall: str, day: int) -> list[str]:
    """What the customer has heard by then."""
    clock_at(core, wall, day)
    core.does_what_is_due()
    return heard_of(core)


def booked(core: Core, wall: str = "15:00", day: int = FRIDAY, **more: Any) -> Any:
    visit = core.booked(at(wall, day), **more)
    core.does_what_is_due()
    return visit


def test_a_customer_is_asked_the_day_before_and_two_hours_before(core: Core) -> None:
    booked(core)
    assert time_passes(core, "09:59", 4) == []
    (first,) = time_passes(core, "10:00", 4)
    assert first == (
        "Hi Maria, it's Salon: your Haircut with Ana is on Friday 5 March at 3:00 PM. Are you coming?"
    )
    assert len(time_passes(core, "12:53", FRIDAY)) == 1
    assert len(time_passes(core, "13:00", FRIDAY)) == 2
    assert len(time_passes(core, "15:30", FRIDAY)) == 2


def test_a_moved_visit_is_reminded_of_at_its_new_time_only(core: Core) -> None:
    visit = booked(core)
    well(core.move(visit, at("11:00", 10)))
    core.does_what_is_due()
    assert [each[1][:2] for each in waits(core)] == ["09", "10"]
    assert [each[1][:2] for each in waits(core, "cancelled")] == ["04", "05"]
    (moved,) = time_passes(core, "18:00", FRIDAY)
    assert moved.startswith("Salon had to move your visit")
    assert "Wednesday 10 March at 11:00 AM" in time_passes(core, "10:00", 9)[-1]


def test_nobody_is_asked_about_a_visit_that_is_gone(core: Core) -> None:
    well(core.cancel(booked(core)))
    assert len(time_passes(core, "14:59", FRIDAY)) == 1
    assert waits(core) == []


def test_a_visit_that_is_back_is_reminded_of_again(core: Core) -> None:
    gone = well(core.cancel(booked(core)))
    core.does_what_is_due()
    well(decide(core, gone, "undo"))
    core.does_what_is_due()
    assert len(waits(core)) == 2


def test_a_request_is_reminded_of_once_it_is_confirmed(a_core: CoreMaker) -> None:
    core = a_core(policy={"approval_needed": True})
    visit = booked(core)
    assert waits(core) == []
    well(decide(core, visit, "confirm"))
    core.does_what_is_due()
    assert len(waits(core)) == 2


def test_who_has_just_booked_is_left_alone(core: Core) -> None:
    clock_at(core, "09:00", 4)
    booked(core)
    assert waits(core) == [("2h", waits(core)[0][1])]
    clock_at(core, "09:00", FRIDAY)
    booked(core, "12:00")
    assert len(waits(core)) == 1


def test_a_business_has_its_own_wishes_and_a_service_others(a_core: CoreMaker) -> None:
    own = {"policy": {"reminders": [{"days_before": 3, "at": "17:30"}]}}
    core = a_core(policy={"reminders": [{"hours_before": 5}]}, service=own)
    booked(core, day=10)
    assert waits(core) == [("3d17:30", "07 17:")]


def test_wishes_that_change_hold_for_visits_already_booked(core: Core) -> None:
    booked(core)
    wishes = {"policy": {"reminders": [{"days_before": 2, "at": "12:00"}]}}
    url = f"/v1/businesses/{core.salon.id}"
    well(core.http.patch(url, json=wishes))
    core.does_what_is_due()
    assert len(time_passes(core, "12:00", 3)) == 1
    assert len(time_passes(core, "14:59", FRIDAY)) == 1


def test_visits_of_an_older_house_are_caught_up_with(core: Core) -> None:
    booked(core)
    core.write(lambda s: s.query(Job).delete())
    core.does_what_is_due()
    assert len(waits(core)) == 2
    core.clock.move(days=1)
    core.does_what_is_due()
    assert len(waits(core)) == 2


def test_a_worker_that_was_away_asks_once_and_not_at_night(core: Core) -> None:
    booked(core, "10:00", day=FRIDAY)
    assert time_passes(core, "06:00", FRIDAY) == []
    assert len(time_passes(core, "08:00", FRIDAY)) == 1
    assert len(time_passes(core, "09:59", FRIDAY)) == 1


def test_while_a_person_speaks_the_reminder_waits(core: Core) -> None:
    booked(core)
    clock_at(core, "09:30", 4)
    core.ask("POST", f"conversations/{core.salon.conversation}/take-over", key="take")
    assert time_passes(core, "10:00", 4) == []
    assert len(time_passes(core, "12:00", 4)) == 1


@pytest.mark.parametrize("began", [False, True], ids=["waits", "a sender died with it"])
def test_a_reminder_of_a_visit_that_changed_is_not_sent_though_it_was_worded(core: Core, began: bool) -> None:
    def next_to_send() -> str | None:
        sending = core.write(lambda s: claim_sending(s, core.salon.id, core.clock()))
        return sending.plan.text if sending else None

    visit = booked(core)
    assert len(time_passes(core, "10:00", 4)) == 1
    if began:
        assert "Are you coming?" in (next_to_send() or "")
    well(core.cancel(visit))
    core.clock.now += LEASE
    assert "had to cancel" in (next_to_send() or "")
    assert next_to_send() is None


def test_the_answer_is_seen_with_the_visit(core: Core) -> None:
    visit = booked(core)
    assert seen(core, visit)["asked"] is None
    time_passes(core, "10:00", 4)
    assert seen(core, visit)["asked"] == {"at": at("10:00", 4), "answer": None, "answered_at": None}
    assert answer(core, notices_of(core)[0], "keep").is_success
    assert seen(core, visit)["asked"]["answer"] == "keep"
    well(core.move(visit, at("16:00", FRIDAY)))
    assert seen(core, visit)["asked"]["answer"] is None


@pytest.mark.parametrize(("says", "told"), [(None, ["staff_unanswered_reminder"]), ("keep", [])])
def test_staff_who_wish_it_are_told_of_who_does_not_answer(
    a_core: CoreMaker, says: str | None, told: list[str]
) -> None:
    core = a_core(policy={"escalate_hours_before": 3})
    booked(core)
    time_passes(core, "10:00", 4)
    if says:
        assert answer(core, notices_of(core)[0], says).is_success
    before = len(notices(core))
    clock_at(core, "12:00", FRIDAY)
    core.does_what_is_due()
    assert [kind for kind, _ in notices(core)[before:]] == told
    if told:
        assert notices(core)[-1][1] == (
            "No answer to the reminder: Maria, Haircut with Ana, Fri 5 Mar, 15:00 at Main. Perhaps call them."
        )


def test_staff_may_ask_by_themselves_and_the_house_does_not_ask_again_at_once(core: Core) -> None:
    visit = booked(core)
    clock_at(core, "09:30", 4)
    well(take(core, visit, "remind"))
    assert len(time_passes(core, "10:00", 4)) == 1

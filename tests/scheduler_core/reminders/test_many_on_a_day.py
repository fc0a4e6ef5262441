"""Who has several visits on a day is asked about them in one message, and answers for all."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session

from scheduler_core.outbox.outgoing import claim_sending
from scheduler_core.outbox.receipts import finish_sending
from scheduler_core.outbox.records import Receipt, Sending
from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import at, seen, well
from tests.scheduler_core.appointments.test_customer_notices import answer, heard_of, notices_of
from tests.scheduler_core.reminders.test_reminders import FRIDAY, booked, time_passes

BOTH = (
    "Hi Maria, it's Salon: on Friday 5 March you have Haircut with Ana at 2:00 PM and "
    "Haircut with Ana at 3:00 PM. Are you coming?"
)


def answers_of(core: Core, *visits: Any) -> list[str | None]:
    return [(seen(core, visit)["asked"] or {}).get("answer") for visit in visits]


def test_two_visits_of_a_day_are_one_question_with_one_answer(core: Core) -> None:
    later, first = booked(core, "15:00"), booked(core, "14:00")
    assert time_passes(core, "10:00", 4) == [BOTH]
    assert answer(core, notices_of(core)[0], "keep").is_success
    assert answers_of(core, first, later) == ["keep", "keep"]


def test_a_visit_of_another_day_is_another_question(core: Core) -> None:
    booked(core, "15:00"), booked(core, "15:00", 10)
    assert len(time_passes(core, "10:00", 4)) == 1
    assert "Wednesday 10 March" in time_passes(core, "10:00", 9)[-1]


def test_hours_before_they_are_one_question_only_when_they_are_close(core: Core) -> None:
    booked(core, "14:00"), booked(core, "15:00"), booked(core, "17:00")
    assert len(time_passes(core, "10:00", 4)) == 1
    assert len(time_passes(core, "12:00", FRIDAY)) == 2
    assert len(time_passes(core, "14:30", FRIDAY)) == 2
    last = time_passes(core, "15:00", FRIDAY)
    assert len(last) == 3
    assert "5:00" in last[-1]


def test_of_two_the_one_that_was_moved_since_is_not_answered_for(core: Core) -> None:
    first, later = booked(core, "14:00"), booked(core, "15:00")
    time_passes(core, "10:00", 4)
    all_that_is_sent(core)
    moved = well(core.move(first, at("16:00", FRIDAY)))
    (shown, *_) = [each for each in notices_of(core) if each["kind"] == "reminder_many"]
    assert shown["appointment"]["id"] == later["id"]
    assert shown["beside"] == []
    assert answer(core, shown, "keep").is_success
    assert answers_of(core, moved, later) == [None, "keep"]
    assert len(heard_of(core)) == 2


@pytest.mark.parametrize("nth", [0, 1], ids=["the first", "the other"])
def test_when_one_is_cancelled_before_it_is_said_the_other_is_asked_about_alone(core: Core, nth: int) -> None:
    visits = booked(core, "14:00"), booked(core, "15:00")
    time_passes(core, "10:00", 4)
    well(core.cancel(visits[nth]))
    assert not [each for each in all_that_is_sent(core) if "Are you coming?" in each]
    core.does_what_is_due()
    said = all_that_is_sent(core)
    other = ("3:00", "2:00")[nth]
    (asked,) = [each for each in said if "Are you coming?" in each]
    assert asked.startswith("Hi Maria, it's Salon: your Haircut with Ana is on Friday 5 March at " + other)


def all_that_is_sent(core: Core) -> list[str]:
    """In order."""

    def next_to_send(session: Session) -> Sending | None:
        return claim_sending(session, core.salon.id, core.clock())

    said = []
    while sending := core.write(next_to_send):
        said.append(sending.plan.text)
        core.write(partial(_sent, core, sending))
    return said


def _sent(core: Core, sending: Sending, session: Session) -> None:
    finish_sending(session, core.salon.id, sending, Receipt("sent"), core.clock())

"""When the next visit is due, who asked for such offers is offered a time like the last one; once."""

from typing import Any

import pytest

from tests.builders.core import Core
from tests.builders.salon import a_customer
from tests.scheduler_core.appointments.steps import at, clock_at
from tests.scheduler_core.feedback.afterwards import (
    a_visit_over,
    agrees_to_offers,
    heard,
    notice,
    set_policy,
    set_service,
)

#: A Tuesday at ten comes round a fortnight later on the 16th, when clocks have changed; the offer is a week on.
OFFER = (
    "Hi Maria, it's Salon: it is time for your next Haircut. "
    "Shall I book you in with Ana again, on Tuesday 23 March at 10:00 AM?"
)


@pytest.fixture
def due_in_a_fortnight(core: Core) -> Core:
    set_policy(core, feedback_asks=False)
    set_service(core, rebook_after_days=14)
    return core


def a_fortnight_later(core: Core) -> None:
    core.clock.now = core.clock.now.replace(day=16, hour=15, minute=0)
    core.does_what_is_due()


def test_a_time_like_the_last_is_offered_once(due_in_a_fortnight: Core) -> None:
    core = due_in_a_fortnight
    agrees_to_offers(core)
    a_visit_over(core)
    a_fortnight_later(core)
    assert heard(core) == [OFFER]
    told = notice(core)
    assert (told["kind"], [each["answer"] for each in told["choices"]]) == (
        "rebook",
        ["slot", "other", "later"],
    )
    core.clock.move(days=30)
    core.does_what_is_due()
    assert heard(core) == [OFFER]


def test_without_consent_nobody_is_asked_back(due_in_a_fortnight: Core) -> None:
    a_visit_over(due_in_a_fortnight)
    a_fortnight_later(due_in_a_fortnight)
    assert heard(due_in_a_fortnight) == []


def test_consent_that_was_taken_back_is_none(due_in_a_fortnight: Core) -> None:
    core = due_in_a_fortnight
    agrees_to_offers(core)
    a_visit_over(core)
    agrees_to_offers(core, granted=False)
    a_fortnight_later(core)
    assert heard(core) == []


def _has_booked(core: Core) -> None:
    core.booked(at("11:00", day=25))


def _has_been_since(core: Core) -> None:
    a_visit_over(core, day=10)


def _service_is_given_up(core: Core) -> None:
    assert core.ask("DELETE", f"services/{core.salon.service}").is_success


def _has_no_interval_any_more(core: Core) -> None:
    set_service(core, rebook_after_days=None)


@pytest.mark.parametrize(
    "meanwhile", [_has_booked, _has_been_since, _service_is_given_up, _has_no_interval_any_more]
)
def test_nobody_is_asked_back_in_vain(due_in_a_fortnight: Core, meanwhile: Any) -> None:
    core = due_in_a_fortnight
    agrees_to_offers(core)
    a_visit_over(core)
    meanwhile(core)
    a_fortnight_later(core)
    assert heard(core) == []


def test_a_longer_interval_holds_for_visits_that_have_been(due_in_a_fortnight: Core) -> None:
    core = due_in_a_fortnight
    agrees_to_offers(core)
    a_visit_over(core)
    set_service(core, rebook_after_days=21)
    a_fortnight_later(core)
    assert heard(core) == []
    core.clock.move(days=7)
    core.does_what_is_due()
    assert len(heard(core)) == 1


def test_when_that_time_is_taken_the_nearest_is_offered(due_in_a_fortnight: Core) -> None:
    core = due_in_a_fortnight
    agrees_to_offers(core)
    a_visit_over(core)
    clock_at(core, "12:00", day=15)
    noor, _ = core.write(lambda session: a_customer(session, core.salon.id, core.clock(), "noor"))
    core.booked("2027-03-23T14:00:00Z", customer_id=noor)
    a_fortnight_later(core)
    (said,) = heard(core)
    assert "on Tuesday 23 March at 9:00 AM?" in said or "on Tuesday 23 March at 11:00 AM?" in said

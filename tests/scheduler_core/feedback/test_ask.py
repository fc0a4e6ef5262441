"""After a visit a customer is asked once how it was, when they are awake and may be asked."""

from typing import Any

import pytest

from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import at, clock_at, take, well
from tests.scheduler_core.feedback.afterwards import (
    a_visit_over,
    given,
    heard,
    notice,
    set_policy,
    set_service,
)

THANKS = "Hi Maria, thank you for coming to Salon!"
ASKED = f"{THANKS}\nHow was your Haircut with Ana, from 1 (poor) to 5 (great)?"
TIPS = {"en": "No washing for two days.", "es": "No lo lave en dos días."}


def test_who_has_been_is_thanked_and_asked_in_one_message(core: Core) -> None:
    a_visit_over(core)
    assert heard(core) == [ASKED]
    told = notice(core)
    assert (told["kind"], [each["label"] for each in told["choices"]]) == ("feedback", list("12345"))
    core.clock.move(days=2)
    core.does_what_is_due()
    assert heard(core) == [ASKED]


def test_tips_for_afterwards_go_with_it_in_their_language(core: Core) -> None:
    set_service(core, aftercare=TIPS)
    well(core.ask("PATCH", f"customers/{core.salon.customer}", {"language": "es"}))
    a_visit_over(core)
    (said,) = heard(core)
    assert said.splitlines()[1:] == [
        "Para después: No lo lave en dos días.",
        "¿Qué tal su Haircut con Ana, de 1 (mal) a 5 (genial)?",
    ]


def test_who_was_asked_lately_hears_only_the_tips(core: Core) -> None:
    set_service(core, aftercare=TIPS)
    a_visit_over(core)
    a_visit_over(core, day=9)
    assert heard(core)[1:] == [f"{THANKS}\nFor afterwards: No washing for two days."]


def test_who_was_asked_lately_and_has_nothing_to_mind_hears_nothing(core: Core) -> None:
    a_visit_over(core)
    a_visit_over(core, day=9)
    assert heard(core) == [ASKED]
    set_policy(core, feedback_every_days=14)
    a_visit_over(core, day=23)
    assert heard(core) == [ASKED, ASKED]


def test_who_comes_twice_in_a_day_hears_of_it_once_after_the_second(core: Core) -> None:
    later = core.booked(at("15:00"))
    a_visit_over(core, begins="10:00")
    assert ASKED not in heard(core)
    clock_at(core, "15:10")
    well(take(core, later, "start"))
    clock_at(core, "16:00")
    well(take(core, later, "finish"))
    core.does_what_is_due()
    clock_at(core, "18:00")
    core.does_what_is_due()
    assert heard(core).count(ASKED) == 1


def test_at_night_it_waits_for_the_morning(core: Core) -> None:
    set_policy(core, quiet_from_hour=12)
    a_visit_over(core)
    assert heard(core) == []
    clock_at(core, "08:00", day=3)
    core.does_what_is_due()
    assert heard(core) == [ASKED]


@pytest.mark.parametrize("asks", [True, False], ids=["by policy", "not by policy"])
def test_a_visit_that_nobody_marked_is_asked_about_if_the_business_likes(core: Core, asks: bool) -> None:
    set_policy(core, feedback_of_unmarked=asks)
    a_visit_over(core, step=None)
    assert heard(core) == ([ASKED] if asks else [])


def test_a_visit_marked_done_after_the_question_is_not_asked_about_again(core: Core) -> None:
    visit = a_visit_over(core, step=None)
    well(take(core, visit, "start"))
    well(take(core, visit, "finish"))
    core.does_what_is_due()
    core.clock.move(hours=3)
    core.does_what_is_due()
    assert heard(core) == [ASKED]


def _cancels(core: Core, visit: Any) -> None:
    core.http.headers["X-Caused-By"] = "1:turn"
    well(core.cancel(visit))


def _opts_out(core: Core, _visit: Any) -> None:
    body = {"channel": "terminal", "address": "maria", "granted": False, "evidence": "STOP"}
    assert core.ask("POST", f"customers/{core.salon.customer}/consent", body).is_success


def _asks_for_a_person(core: Core, _visit: Any) -> None:
    path = f"conversations/{core.salon.conversation}/handoff"
    well(core.ask("POST", path, {"reason": "is not happy", "about": "complaint"}, "handoff"))


def _says_how_it_was(core: Core, visit: Any) -> None:
    clock_at(core, "11:00")
    given(core, visit, score=4)


def _is_asked_nothing(core: Core, _visit: Any) -> None:
    set_policy(core, feedback_asks=False)


@pytest.mark.parametrize(
    "first", [_cancels, _opts_out, _asks_for_a_person, _says_how_it_was, _is_asked_nothing]
)
def test_nobody_is_asked_who(core: Core, first: Any) -> None:
    visit = core.booked(at("10:00"))
    core.does_what_is_due()
    first(core, visit)
    clock_at(core, "13:01")
    core.does_what_is_due()
    assert heard(core) == []


def test_while_a_person_speaks_with_them_it_waits(core: Core) -> None:
    core.booked(at("10:00"))
    core.does_what_is_due()
    clock_at(core, "12:30")
    assert core.ask("POST", f"conversations/{core.salon.conversation}/take-over", key="takes over").is_success
    clock_at(core, "13:01")
    core.does_what_is_due()
    assert heard(core) == []
    clock_at(core, "16:02")
    core.does_what_is_due()
    assert heard(core) == [ASKED]


def test_nobody_is_asked_while_a_complaint_of_theirs_is_open(core: Core) -> None:
    set_policy(core, feedback_every_days=1)
    visit = a_visit_over(core)
    given(core, visit, score=1)
    a_visit_over(core, day=4)
    assert heard(core) == [ASKED]

"""What customers say of a visit is kept with it; the newest word holds, and nobody speaks for another."""

from typing import Any

import pytest
from sqlalchemy import select

from scheduler_core.permissions.models import AuditEntry
from tests.builders.core import Core
from tests.builders.salon import a_customer, a_salon
from tests.scheduler_core.appointments.steps import at, clock_at, well
from tests.scheduler_core.feedback.afterwards import (
    a_visit_over,
    agrees_to_offers,
    given,
    gives,
    notice,
    set_policy,
    set_service,
)
from tests.scheduler_core.permissions.holders import a_key

REVIEWS = "https://reviews.example/salon"


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def listed(core: Core, query: str = "") -> list[Any]:
    found: list[Any] = well(core.ask("GET", f"feedback?{query}"))["items"]
    return found


def test_a_score_is_kept_with_the_visit_the_service_and_the_person(core: Core) -> None:
    visit = a_visit_over(core)
    said = given(core, visit, score=5, words="lovely", notice_id=notice(core)["id"])
    assert (said["score"], said["scale"], said["words"], said["asked"]) == (5, 5, "lovely", True)
    assert (said["service_name"], said["staff_name"], said["customer_name"]) == ("Haircut", "Ana", "Maria")
    assert notice(core)["answer"] == "5"
    assert listed(core) == [{key: said[key] for key in listed(core)[0]}]


def test_a_better_score_after_all_holds_and_the_change_is_on_record(core: Core) -> None:
    visit = a_visit_over(core)
    given(core, visit, score=2)
    said = given(core, visit, score=5, words="sorry, I meant 5")
    assert (said["was"], said["score"], said["state"]) == (2, 5, "withdrawn")
    assert len(listed(core)) == 1
    with core.database.read() as session:
        of_feedback = select(AuditEntry).where(AuditEntry.subject_kind == "feedback")
        kept = session.scalars(of_feedback.order_by(AuditEntry.id)).all()
    assert [(each.action, each.facts["score"]) for each in kept] == [
        ("feedback_given", 2),
        ("feedback_changed", 5),
    ]


def test_who_speaks_unasked_means_the_last_visit(core: Core) -> None:
    visit = a_visit_over(core)
    assert given(core, words="loved it", score=5)["appointment_id"] == visit["id"]
    core.clock.move(days=15)
    assert refusal(gives(core, words="loved it")) == (404, "not_found")


def test_nobody_speaks_for_another(core: Core) -> None:
    visit = a_visit_over(core)
    noor, _ = core.write(lambda session: a_customer(session, core.salon.id, core.clock(), "noor"))
    assert refusal(gives(core, visit, score=1, customer_id=noor)) == (404, "not_found")
    own = core.salon
    core.salon = core.write(lambda session: a_salon(session, core.clock()))
    assert refusal(gives(core, visit, score=1)) == (404, "not_found")
    core.salon = own
    assert listed(core) == []


def test_only_a_visit_that_took_place_can_be_judged(core: Core) -> None:
    visit = core.booked(at("10:00"))
    assert refusal(gives(core, visit, score=5)) == (409, "wrong_state")
    missed = a_visit_over(core, begins="11:00", step="noshow")
    assert refusal(gives(core, missed, score=5)) == (409, "wrong_state")


@pytest.mark.parametrize("said", [{}, {"score": 6}, {"score": 0}, {"kind": "nps", "score": 11}])
def test_what_says_nothing_is_malformed(core: Core, said: Any) -> None:
    assert refusal(gives(core, a_visit_over(core), **said)) == (422, "malformed")


def test_the_way_to_the_reviews_is_shown_once(core: Core) -> None:
    well(core.ask("PATCH", f"/v1/businesses/{core.salon.id}", {"review_url": REVIEWS}))
    set_policy(core, nps_every_days=None, feedback_every_days=1)
    first = given(core, a_visit_over(core), score=5)
    assert (first["next"], first["review_url"]) == ("review", REVIEWS)
    second = given(core, a_visit_over(core, day=9), score=5)
    assert (second["next"], second["review_url"]) == (None, None)


def test_who_is_not_happy_is_asked_nothing_more(core: Core) -> None:
    well(core.ask("PATCH", f"/v1/businesses/{core.salon.id}", {"review_url": REVIEWS}))
    assert given(core, a_visit_over(core), score=3)["next"] is None


def test_without_a_page_for_reviews_they_are_asked_whether_they_would_recommend_us_but_rarely(
    core: Core,
) -> None:
    set_policy(core, feedback_every_days=1, nps_every_days=7)
    visit = a_visit_over(core)
    assert given(core, visit, score=5)["next"] == "nps"
    assert given(core, visit, kind="nps", score=9)["score"] == 9
    assert given(core, a_visit_over(core, day=4), score=5)["next"] is None
    assert given(core, a_visit_over(core, day=16), score=5)["next"] == "nps"


def test_who_has_not_said_is_asked_once_whether_they_would_like_to_be_asked_back(core: Core) -> None:
    set_service(core, rebook_after_days=42)
    set_policy(core, feedback_every_days=1, nps_every_days=None)
    assert given(core, a_visit_over(core), score=5)["next"] == "offers"
    assert given(core, a_visit_over(core, day=4), score=5)["next"] is None


def test_who_has_said_what_they_want_is_not_asked_about_offers(core: Core) -> None:
    set_service(core, rebook_after_days=42)
    set_policy(core, nps_every_days=None)
    agrees_to_offers(core, granted=False)
    assert given(core, a_visit_over(core), score=5)["next"] is None


@pytest.mark.parametrize(("role", "may"), [("receptionist", 200), ("staff", 403)])
def test_words_of_customers_are_for_who_speaks_with_them(core: Core, role: str, may: int) -> None:
    clock_at(core, "10:00")
    core.http.headers.update(a_key(core, role).headers)
    assert core.ask("GET", "feedback").status_code == may
    assert core.ask("GET", "feedback/summary").status_code == may

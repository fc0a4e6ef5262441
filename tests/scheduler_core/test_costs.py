"""What messages are billed for is counted by month and by visit."""

from typing import Any

import pytest

from scheduler_core.outbox import Plan
from tests.builders.core import Core
from tests.builders.post import Post
from tests.scheduler_core.appointments.steps import at, well

NUMBER = "+15550001"


@pytest.fixture
def post(core: Core) -> Post:
    return Post(core)


def answered(post: Post, parts: int | None) -> int:
    """Somebody writes and is answered: who."""
    person = post.opens("sms", NUMBER)
    turn = post.store.claim_turn("one")
    assert turn
    post.store.finish_turn(turn, [Plan("Here you are.")])
    post.sends(parts=parts)
    return person


def of_month(post: Post, month: int = 3) -> Any:
    return post.core.ask("GET", f"costs?year=2027&month={month}").json()


def of_visit(post: Post, visit: Any) -> Any:
    return post.core.ask("GET", f"appointments/{visit['id']}/costs").json()


def desk(core: Core) -> str:
    """As a receptionist sees it."""
    made = core.ask("POST", "keys", {"label": "Front desk", "role": "receptionist"}, key="key").json()
    key = {"X-API-Key": made["secret"]}
    return core.http.get("/desk", headers=key).text


def test_a_month_counts_what_was_billed_by_channel(post: Post) -> None:
    for parts in (1, 3, None):
        answered(post, parts)
    counted = of_month(post)
    assert (counted["messages"], counted["parts"]) == (2, 4)
    assert counted["channels"] == [{"channel": "sms", "messages": 2, "parts": 4}]
    assert of_month(post, 4)["messages"] == 0
    assert "2 paid messages, 4 parts" in desk(post.core)


def test_a_visit_counts_the_talk_that_led_to_it_and_what_was_said_about_it(post: Post) -> None:
    answered(post, 1)
    post.core.clock.move(minutes=30 * 60)
    person = answered(post, 2)
    visit = post.core.booked(at("10:00", day=5), customer_id=person)
    post.core.clock.move(minutes=5)
    answered(post, 1)
    assert of_visit(post, visit)["parts"] == 2
    well(post.core.move(visit, at("11:00", day=5)))
    post.sends(parts=1)
    assert (of_visit(post, visit)["messages"], of_visit(post, visit)["parts"]) == (3, 4)


def test_a_visit_of_another_business_is_unknown(post: Post) -> None:
    assert post.core.ask("GET", "appointments/999999/costs").status_code == 404

"""What did not arrive is listed with its reason until somebody tries it again or is done with it."""

from typing import Any

import pytest

from scheduler_core.outbox import Receipt, Shutting, due
from scheduler_core.outbox.jobs import claim_many, finish
from scheduler_core.outbox.models import DEAD
from tests.builders.core import Core
from tests.builders.post import Post
from tests.scheduler_core.appointments.steps import at, said, well

NUMBER = "+15550001"


@pytest.fixture
def post(core: Core) -> Post:
    return Post(core)


def failed(post: Post, error: str = "30005", **more: Any) -> Any:
    """A visit whose customer did not get the notice of its move."""
    person = post.opens("sms", NUMBER)
    visit = post.core.booked(at("10:00", day=5), customer_id=person)
    visit = well(post.core.move(visit, at("11:00", day=5)))
    post.sends("failed", error=error, **more)
    return visit


def listed(post: Post) -> list[Any]:
    return list(post.core.ask("GET", "undelivered").json()["items"])


def sees_to(post: Post, message: Any, step: str) -> Any:
    return post.core.ask("POST", f"undelivered/{message['id']}/{step}")


def test_it_is_listed_when_nothing_more_is_tried_by_itself(post: Post) -> None:
    visit = failed(post)
    assert listed(post) == []
    post.core.does_what_is_due()
    (message,) = listed(post)
    assert (message["reason"], message["channel"]) == ("the number does not exist", "sms")
    assert message["appointment_id"] == visit["id"]


def test_staff_read_the_reason_in_their_language(post: Post) -> None:
    post.core.ask("PATCH", f"/v1/businesses/{post.core.salon.id}", {"locale": "es"})
    failed(post)
    post.core.does_what_is_due()
    assert listed(post)[0]["reason"] == "el número no existe"


def test_try_again_says_it_once_more_however_often_it_is_pressed(post: Post) -> None:
    failed(post, "30006", shuts=Shutting(NUMBER))
    post.core.does_what_is_due()
    (message,) = listed(post)
    for _ in range(2):
        assert sees_to(post, message, "again").status_code == 204
    assert listed(post) == []
    (sent,) = post.sends()
    assert (sent.plan.text, sent.shut) == (message["text"], None)


def test_what_failed_again_is_listed_again(post: Post) -> None:
    failed(post)
    post.core.does_what_is_due()
    sees_to(post, listed(post)[0], "again")
    post.sends("failed", error="30007")
    post.core.does_what_is_due()
    assert [each["reason"] for each in listed(post)] == ["the network took it for spam"]


def test_what_is_out_of_date_is_not_tried_again(post: Post) -> None:
    visit = failed(post)
    post.core.does_what_is_due()
    (message,) = listed(post)
    well(post.core.move(visit, at("12:00", day=5)))
    assert said(sees_to(post, message, "again")) == (409, "version_moved_on")


def test_nobody_is_written_to_who_wants_nothing(post: Post) -> None:
    failed(post)
    post.core.does_what_is_due()
    (message,) = listed(post)
    word = {"channel": "sms", "address": NUMBER, "granted": False, "evidence": "stop"}
    post.core.ask("POST", f"customers/{message['customer_id']}/consent", word)
    assert said(sees_to(post, message, "again")) == (409, "opted_out")


def test_who_is_done_with_it_sees_it_no_more(post: Post) -> None:
    failed(post)
    post.core.does_what_is_due()
    (message,) = listed(post)
    for _ in range(2):
        assert sees_to(post, message, "done").status_code == 204
    assert (listed(post), post.sends()) == ([], [])


def test_what_arrives_after_all_leaves_the_list(post: Post) -> None:
    failed(post)
    post.core.does_what_is_due()
    (message,) = listed(post)
    post.store.receive("sms", Receipt("delivered", f"name-{message['id']}"), message["id"])
    assert listed(post) == []


def test_the_desk_shows_it_and_has_the_two_buttons(post: Post) -> None:
    failed(post)
    post.core.does_what_is_due()
    (message,) = listed(post)
    made = post.core.ask("POST", "keys", {"label": "Desk", "role": "receptionist"}, key="key").json()
    post.core.http.headers["X-API-Key"] = made["secret"]
    assert "Not delivered" in post.core.http.get("/desk").text
    answer = post.core.ask("POST", f"/desk/undelivered/{message['id']}/again")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert "Not delivered" not in post.core.http.get("/desk").text
    assert len(post.sends()) == 1


def given_up(core: Core) -> Any:
    def plan(session: Any) -> None:
        due.plan(
            session, business_id=core.salon.id, kind="remind", subject="x", due_at=core.clock(), idem_key="x"
        )
        (job,) = claim_many(session, queue=due.QUEUE, now=core.clock(), most=1)
        finish(session, [job.id], job.attempts, state=DEAD, last_error="KeyError: secret")

    core.write(plan)
    (work,) = core.ask("GET", "given-up").json()["items"]
    return work


def test_due_work_that_was_given_up_is_listed_and_tried_anew_or_left(core: Core) -> None:
    work = given_up(core)
    assert (work["what"], work["fault"]) == ("Remind a customer of their visit", "KeyError")
    for _ in range(2):
        assert core.ask("POST", f"given-up/{work['id']}/again").status_code == 204
    assert core.ask("GET", "given-up").json()["items"] == []
    assert core.write(lambda s: claim_many(s, queue=due.QUEUE, now=core.clock(), most=1))
    assert core.ask("POST", "given-up/999999/again").status_code == 404

"""Who was not reached is tried again, then told elsewhere, then the team is: once each, however often we hear of it."""

from typing import Any

import pytest
from sqlalchemy import select

from scheduler_core.outbox import Plan, Sending, Shutting
from scheduler_core.outbox.models import OutboundMessage
from tests.builders.core import Core
from tests.builders.post import Post
from tests.scheduler_core.appointments.steps import at, clock_at, well

NUMBER = "+15550001"


@pytest.fixture
def post(core: Core) -> Post:
    return Post(core)


def told(post: Post, *channels: str) -> tuple[Any, Sending]:
    """A visit that staff have moved, and the notice of it as it went out on the last of the channels."""
    for channel in channels:
        person = post.opens(channel, NUMBER)
    visit = post.core.booked(at("10:00", day=5), customer_id=person)
    visit = well(post.core.move(visit, at("11:00", day=5)))
    (sent,) = post.sends()
    assert (sent.channel, sent.kind) == (channels[-1], "visit_moved")
    return visit, sent


def where(sent: list[Sending]) -> list[str]:
    return [each.channel for each in sent]


def told_to_staff(post: Post, kind: str = "staff_unsent") -> list[str]:
    with post.core.database.read() as session:
        return list(session.scalars(select(OutboundMessage.text).where(OutboundMessage.kind == kind)))


def notices_on(post: Post, channel: str) -> list[Any]:
    found = post.core.ask("POST", "conversations/open", {"channel": channel, "address": NUMBER}).json()
    return list(found["notices"])


def unreachable(post: Post, sent: Sending) -> None:
    """Told late, twice, and with an older word after it."""
    for state, later in (("failed", True), ("failed", True), ("sent", False)):
        post.hears_of(sent, state, later=later, error="30003" if later else None)


def test_three_tries_with_growing_gaps_then_the_next_channel_then_the_team(post: Post) -> None:
    _, sent = told(post, "whatsapp", "sms")
    for wait, minutes in ((9, 2), (59, 2), (239, 2)):
        unreachable(post, sent)
        assert post.later(minutes=wait) == []
        (sent,) = post.later(minutes=minutes)
        assert sent.channel == "sms"
    unreachable(post, sent)
    (elsewhere,) = post.later(minutes=1)
    assert elsewhere.channel == "whatsapp"
    assert elsewhere.plan.choices == sent.plan.choices
    assert told_to_staff(post) == []
    post.hears_of(elsewhere, "failed", error="63003")
    assert post.later(minutes=1) == []
    (words,) = told_to_staff(post)
    assert "was not reached (whatsapp: that number is not on WhatsApp)." in words


def test_what_went_elsewhere_is_the_same_notice_and_answered_there(post: Post) -> None:
    visit, sent = told(post, "whatsapp", "sms")
    post.hears_of(sent, "failed", error="30005")
    assert where(post.later(minutes=1)) == ["whatsapp"]
    (notice,) = notices_on(post, "whatsapp")
    assert notice["appointment"]["id"] == visit["id"]
    thread = post.core.ask("GET", "conversations").json()["items"]
    other = next(each["id"] for each in thread if each["channel"] == "whatsapp")
    kept = post.core.ask("PUT", f"conversations/{other}/notices/{notice['id']}/answer", {"answer": "keep"})
    assert kept.status_code == 204
    assert notices_on(post, "sms")[0]["answer"] == "keep"


def test_staff_read_on_both_sides_where_it_was_said(post: Post) -> None:
    _, sent = told(post, "whatsapp", "sms")
    post.hears_of(sent, "failed", error="30005")
    post.later(minutes=1)
    lines = {}
    for each in post.core.ask("GET", "conversations").json()["items"]:
        said = post.core.ask("GET", f"conversations/{each['id']}").json()["said"]
        lines[each["channel"]] = [line for line in said if line["who"] == "assistant"]
    (here,), (there,) = lines["sms"], lines["whatsapp"]
    assert (here["state"], here["said_on"], here["not_reached_on"]) == ("failed", "whatsapp", None)
    assert (there["state"], there["said_on"], there["not_reached_on"]) == ("sent", None, "sms")


def test_what_was_delivered_after_all_is_not_said_again(post: Post) -> None:
    _, sent = told(post, "whatsapp", "sms")
    unreachable(post, sent)
    post.hears_of(sent, "delivered")
    assert post.later(minutes=300) == []
    assert told_to_staff(post) == []


def test_what_is_out_of_date_is_not_said_again(post: Post) -> None:
    visit, sent = told(post, "whatsapp", "sms")
    unreachable(post, sent)
    well(post.core.move(visit, at("12:00", day=5)))
    (newer,) = post.sends()
    assert newer.kind == "visit_moved"
    assert post.later(minutes=300) == []


def test_who_wants_nothing_there_is_not_written_to_and_the_team_is_told(post: Post) -> None:
    _, sent = told(post, "whatsapp", "sms")
    post.hears_of(sent, "failed", error="21610", refused=True)
    assert post.later(minutes=1) == []
    assert "they want no messages from us there" in told_to_staff(post)[0]


def test_nobody_is_told_where_they_want_nothing(post: Post) -> None:
    _, sent = told(post, "whatsapp", "sms")
    person = post.core.ask("POST", "conversations/open", {"channel": "sms", "address": NUMBER}).json()
    word = {"channel": "whatsapp", "address": NUMBER, "granted": False, "evidence": "stop"}
    post.core.ask("POST", f"customers/{person['customer']['id']}/consent", word)
    post.hears_of(sent, "failed", error="30005")
    assert post.later(minutes=1) == []
    assert len(told_to_staff(post)) == 1


def test_nobody_is_tried_again_at_night(post: Post) -> None:
    post.core.ask("PATCH", f"/v1/businesses/{post.core.salon.id}", {"policy": {"quiet_from_hour": 19}})
    clock_at(post.core, "18:55", day=1)
    _, sent = told(post, "sms")
    unreachable(post, sent)
    assert post.later(minutes=10) == []
    assert where(post.later(minutes=13 * 60)) == ["sms"]


def test_what_a_person_wrote_and_what_was_asked_for_are_tried_again_at_any_hour(post: Post) -> None:
    clock_at(post.core, "22:26", day=1)
    post.opens("sms", NUMBER)
    turn = post.store.claim_turn("one")
    assert turn
    post.store.finish_turn(turn, [Plan("When?")])
    (thread,) = [each["id"] for each in listed(post) if each["channel"] == "sms"]
    well(post.core.ask("POST", f"conversations/{thread}/say", {"text": "Ana here"}, "say"))
    sent = post.sends()
    assert [each.plan.text for each in sent] == ["When?", "Ana here"]
    for each in sent:
        unreachable(post, each)
    assert [each.plan.text for each in post.later(minutes=11)] == ["When?", "Ana here"]


def listed(post: Post) -> list[Any]:
    return list(post.core.ask("GET", "conversations").json()["items"])


def test_a_landline_is_told_elsewhere_at_once_the_next_time(post: Post) -> None:
    visit, sent = told(post, "whatsapp", "sms")
    post.hears_of(sent, "failed", error="30006", shuts=Shutting(NUMBER))
    assert where(post.later(minutes=1)) == ["whatsapp"]
    well(post.core.move(visit, at("12:00", day=5)))
    assert where(post.sends()) == ["whatsapp"]


def test_that_nobody_in_a_country_is_reached_is_told_to_staff_once(post: Post) -> None:
    _, sent = told(post, "sms")
    for _ in range(2):
        post.hears_of(sent, "failed", error="30034", shuts=Shutting("+1*"))
        post.later(minutes=1)
    (words,) = told_to_staff(post, "staff_stopped")
    assert "our number is not registered" in words


def test_an_answer_is_not_repeated_to_who_has_written_since(post: Post) -> None:
    post.opens("sms", NUMBER)
    turn = post.store.claim_turn("one")
    assert turn
    post.store.finish_turn(turn, [Plan("When?")])
    (sent,) = post.sends()
    unreachable(post, sent)
    post.core.clock.move(minutes=5)
    post.opens("sms", NUMBER)
    assert post.later(minutes=300) == []
    assert told_to_staff(post) == []

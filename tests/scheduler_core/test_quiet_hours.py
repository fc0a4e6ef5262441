"""What nobody has asked for waits for the morning, unless the visit is near; what was written is answered at once."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from scheduler_core.businesses.policy import Policy
from scheduler_core.conversations.quiet import when_to_say
from scheduler_core.outbox import Plan, Receipt, outgoing
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.outbox.outgoing import ToSay, claim_sending
from tests.builders.core import Core
from tests.builders.post import Post
from tests.scheduler_core.appointments.steps import at, clock_at, decide, well
from tests.scheduler_core.appointments.test_confirm import CoreMaker

NEW_YORK = ZoneInfo("America/New_York")
FAR = timedelta(days=3)


def told_at(wall: str, policy: Policy | None = None, ahead: timedelta = FAR) -> str:
    now = datetime.fromisoformat(wall).replace(tzinfo=NEW_YORK)
    told = when_to_say(now.astimezone(UTC), NEW_YORK, policy or Policy(), now + ahead)
    return told.astimezone(NEW_YORK).isoformat(timespec="minutes")[:16]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        pytest.param("2027-03-02T20:59", "2027-03-02T20:59", id="in the evening"),
        pytest.param("2027-03-02T21:00", "2027-03-03T08:00", id="when the night begins"),
        pytest.param("2027-03-03T00:30", "2027-03-03T08:00", id="after midnight"),
        pytest.param("2027-03-03T07:59", "2027-03-03T08:00", id="a minute too early"),
        pytest.param("2027-03-03T08:00", "2027-03-03T08:00", id="in the morning"),
        pytest.param("2027-03-13T23:00", "2027-03-14T08:00", id="the night in which the clocks go forward"),
        pytest.param("2027-11-06T23:00", "2027-11-07T08:00", id="the night in which they go back"),
    ],
)
def test_the_night_is_that_of_the_business(now: str, told: str) -> None:
    assert told_at(now) == told


def test_a_visit_within_hours_is_told_of_at_any_time() -> None:
    assert told_at("2027-03-02T23:00", ahead=timedelta(hours=12)) == "2027-03-02T23:00"
    assert told_at("2027-03-02T23:00", ahead=timedelta(hours=12, minutes=1)) == "2027-03-03T08:00"


def test_a_business_sets_its_own_night_or_none() -> None:
    siesta = Policy(quiet_from_hour=14, quiet_until_hour=16)
    assert told_at("2027-03-02T15:00", siesta) == "2027-03-02T16:00"
    assert told_at("2027-03-02T23:00", siesta) == "2027-03-02T23:00"
    assert told_at("2027-03-02T23:00", Policy(quiet_from_hour=8, quiet_until_hour=8)) == "2027-03-02T23:00"


@given(
    st.integers(0, 366 * 24 * 60),
    st.integers(0, 23),
    st.integers(0, 23),
)
def test_nothing_is_ever_told_at_night_or_more_than_a_day_late(minute: int, begins: int, ends: int) -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    policy = Policy(quiet_from_hour=begins, quiet_until_hour=ends)
    told = when_to_say(now, NEW_YORK, policy, now + FAR)
    assert now <= told <= now + timedelta(hours=25)
    assert when_to_say(told, NEW_YORK, policy, told + FAR) == told


@pytest.fixture
def asks(a_core: CoreMaker) -> Core:
    return a_core(policy={"approval_needed": True})


def decided_at_night(core: Core) -> None:
    """The visit is on Friday; somebody looks at the requests before Wednesday's sun is up."""
    visit = core.booked(at("10:00", day=5))
    clock_at(core, "06:30", day=3)
    well(decide(core, visit, "confirm"))


def next_to_send(core: Core) -> str | None:
    sending: Any = core.database.transact(lambda s: claim_sending(s, core.salon.id, core.clock()))
    return sending.plan.text if sending else None


def notices(core: Core) -> list[Any]:
    body = {"channel": "terminal", "address": "maria"}
    return list(well(core.ask("POST", "conversations/open", body))["notices"])


def test_a_notice_of_the_night_is_sent_and_can_be_replied_to_in_the_morning(asks: Core) -> None:
    decided_at_night(asks)
    assert (next_to_send(asks), notices(asks)) == (None, [])
    clock_at(asks, "08:00", day=3)
    asks.does_what_is_due()
    assert "is confirmed" in (next_to_send(asks) or "")
    assert [each["kind"] for each in notices(asks)] == ["visit_confirmed"]


def test_an_answer_does_not_wait_for_the_notice_that_waits(asks: Core) -> None:
    decided_at_night(asks)
    reply = ToSay(asks.salon.id, "terminal", "maria", Plan("Good night!"), "reply", "reply:1")
    asks.write(lambda session: outgoing.say(session, reply, asks.clock()))
    assert next_to_send(asks) == "Good night!"


@pytest.mark.parametrize(("minutes", "hears_now"), [(14, True), (16, False)])
def test_what_follows_from_what_they_have_just_written_wakes_nobody(
    asks: Core, minutes: int, hears_now: bool
) -> None:
    visit = asks.booked(at("10:00", day=5))
    clock_at(asks, "22:26")
    Post(asks).opens("terminal", "maria")
    asks.clock.move(minutes=minutes)
    well(decide(asks, visit, "confirm"))
    assert ("is confirmed" in (next_to_send(asks) or "")) is hears_now
    assert len(notices(asks)) == int(hears_now)


def test_who_opts_out_at_night_hears_nothing_in_the_morning(asks: Core) -> None:
    decided_at_night(asks)
    word = {"channel": "terminal", "address": "maria", "granted": False, "evidence": "stop"}
    well(asks.ask("POST", f"customers/{asks.salon.customer}/consent", word))
    clock_at(asks, "08:00", day=3)
    asks.does_what_is_due()
    assert next_to_send(asks) is None


def test_what_is_told_in_the_morning_is_as_it_stands_then(asks: Core) -> None:
    visit = asks.booked(at("10:00", day=5))
    clock_at(asks, "06:30", day=3)
    confirmed = well(decide(asks, visit, "confirm"))
    asks.ask("PATCH", f"staff/{asks.salon.ana}", {"name": "Anna"})
    moved = well(asks.move(confirmed, at("11:00", day=5)))
    clock_at(asks, "08:00", day=3)
    asks.does_what_is_due()
    told = next_to_send(asks) or ""
    assert ("with Anna" in told, next_to_send(asks)) == (True, None)
    assert [(each["kind"], each["appointment_version"]) for each in notices(asks)] == [
        ("visit_moved", moved["version"])
    ]


def told_of_a_move(core: Core) -> Any:
    """A visit whose new time is on its way to its customer."""
    clock_at(core, "10:00", day=1)
    visit = core.booked(at("10:00", day=5))
    return well(core.move(visit, at("11:00", day=5)))


def states(core: Core) -> list[str]:
    with core.database.read() as session:
        wanted = select(OutboundMessage.state).where(OutboundMessage.channel == "terminal")
        return list(session.scalars(wanted.order_by(OutboundMessage.id)))


def test_what_waits_for_a_limit_is_withdrawn_when_the_visit_changes(core: Core) -> None:
    post = Post(core)
    visit = told_of_a_move(core)
    sending = post.store.claim_sending("one")
    assert sending
    post.store.put_off_sending(sending, timedelta(seconds=30), "429")
    well(core.cancel(visit))
    core.clock.move(minutes=1)
    assert [each.kind for each in post.sends()] == ["visit_cancelled"]
    assert states(core) == ["withdrawn", "sent"]
    assert [each["kind"] for each in notices(core)] == ["visit_cancelled"]


def test_what_a_worker_holds_is_asked_about_once_more_before_it_is_said(core: Core) -> None:
    post = Post(core)
    visit = told_of_a_move(core)
    sending = post.store.claim_sending("one")
    assert sending
    assert post.store.mine(sending)
    well(core.cancel(visit))
    assert not post.store.mine(sending)
    core.clock.move(minutes=2)
    assert [each.kind for each in post.sends()] == ["visit_cancelled"]


def test_what_was_underway_already_is_known_to_be_sent(core: Core) -> None:
    post = Post(core)
    visit = told_of_a_move(core)
    sending = post.store.claim_sending("one")
    assert sending
    well(core.cancel(visit))
    assert post.store.finish_sending(sending, Receipt("sent", "name"))
    post.sends()
    assert states(core) == ["sent", "sent"]

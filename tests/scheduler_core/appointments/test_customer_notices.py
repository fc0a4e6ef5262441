"""A customer is told what was not their own doing: once, where they last spoke, with what they can answer."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from scheduler_core.conversations.models import Notice
from scheduler_core.outbox import InboundRecord
from scheduler_core.outbox.inbox import hear
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.permissions.models import AuditEntry
from tests.builders.core import Core
from tests.builders.post import Post
from tests.scheduler_core.appointments.steps import at, clock_at, decide, said, take, well
from tests.scheduler_core.appointments.test_confirm import CoreMaker
from tests.scheduler_core.permissions.holders import a_key

IN_THE_CONVERSATION = {"X-Caused-By": "7:t3"}


@pytest.fixture
def asks(a_core: CoreMaker) -> Core:
    return a_core(policy={"approval_needed": True})


def heard_of(core: Core, address: str = "maria") -> list[str]:
    """What the customer was told by itself, in order."""
    with core.database.read() as session:
        wanted = select(OutboundMessage.text).where(
            OutboundMessage.channel == "terminal", OutboundMessage.address == address
        )
        return [_plain(text) for text in session.scalars(wanted.order_by(OutboundMessage.id))]


def _plain(text: str) -> str:
    """English writes "10:00 AM" with a narrow space that does not break."""
    return text.replace("\u202f", " ")


def writes(core: Core, address: str) -> None:
    message = InboundRecord("terminal", f"from {address}", address, "text", "hello")
    core.write(lambda session: hear(session, core.salon.id, message, core.clock()))


def notices_of(core: Core) -> list[Any]:
    """What the conversation is told of them, newest first."""
    body = {"channel": "terminal", "address": "maria"}
    found: list[Any] = well(core.ask("POST", "conversations/open", body))["notices"]
    return found


def answer(core: Core, notice: Any, what: str) -> httpx.Response:
    path = f"conversations/{core.salon.conversation}/notices/{notice['id']}/answer"
    return core.ask("PUT", path, {"answer": what})


def labels(notice: Any) -> list[str]:
    return [_plain(each["label"]) for each in notice["choices"]]


def test_a_request_that_is_confirmed_is_good_news(asks: Core) -> None:
    visit = well(decide(asks, asks.booked(at("10:00")), "confirm"))
    assert heard_of(asks) == [
        "Good news from Salon: your Haircut with Ana on Tuesday 2 March at 10:00 AM is confirmed. See you then!"
    ]
    (notice,) = notices_of(asks)
    assert (notice["kind"], notice["appointment"]["id"]) == ("visit_confirmed", visit["id"])
    assert (notice["appointment_version"], notice["answer"]) == (visit["version"], None)


def test_a_notice_keeps_what_it_says_for_channels_with_wordings_of_their_own(asks: Core) -> None:
    well(decide(asks, asks.booked(at("10:00")), "confirm"))
    with asks.database.read() as session:
        facts = session.scalars(
            select(OutboundMessage.facts).where(OutboundMessage.kind == "visit_confirmed")
        ).one()
    assert (facts["business"], facts["service"], facts["staff"]) == ("Salon", "Haircut", "Ana")
    assert _plain(facts["moment"]) == "Tuesday 2 March at 10:00 AM"


def test_a_declined_request_comes_with_the_nearest_other_times(asks: Core) -> None:
    well(decide(asks, asks.booked(at("10:00")), "decline"))
    (text,) = heard_of(asks)
    assert "can't take you" in text
    assert text.endswith("Would one of these times suit you instead?")
    (notice,) = notices_of(asks)
    assert labels(notice) == [
        "Tue 2 Mar, 9:00 AM · Ana",
        "Tue 2 Mar, 11:00 AM · Ana",
        "Wed 3 Mar, 10:00 AM · Ana",
        "Other times",
    ]
    assert notice["choices"][0]["slot"]["start"] == at("09:00")


def test_a_visit_that_the_business_moves_says_from_when_to_when(core: Core) -> None:
    visit = core.booked(at("10:00"))
    well(core.move(visit, at("14:00")))
    (text,) = heard_of(core)
    assert "now on Tuesday 2 March at 2:00 PM instead of Tuesday 2 March at 10:00 AM" in text
    (notice,) = notices_of(core)
    assert [each["answer"] for each in notice["choices"]] == ["keep", "move", "drop"]


def test_what_was_done_in_the_conversation_is_not_told_again(core: Core) -> None:
    visit = core.booked(at("10:00"))
    path, body = f"appointments/{visit['id']}/cancel", {"expected_version": 1}
    headers = {"Idempotency-Key": "k1", **IN_THE_CONVERSATION}
    url = f"/v1/businesses/{core.salon.id}/{path}"
    well(core.http.request("POST", url, json=body, headers=headers))
    assert heard_of(core) == []


def test_what_a_customer_does_with_a_session_of_their_own_is_not_told_them(core: Core) -> None:
    visit = core.booked(at("10:00"))
    body, path = {"expected_version": 1}, f"appointments/{visit['id']}/cancel"
    well(a_key(core, "customer").ask("POST", path, body, **{"Idempotency-Key": "own"}))
    assert heard_of(core) == []


def test_the_same_change_is_told_once(core: Core) -> None:
    visit = core.booked(at("10:00"))
    for _ in range(2):
        well(core.cancel(visit, key="same"))
    assert len(heard_of(core)) == 1


def test_who_wants_no_messages_gets_none(core: Core) -> None:
    consent = {"channel": "terminal", "address": "maria", "granted": False, "evidence": "stop"}
    core.ask("POST", f"customers/{core.salon.customer}/consent", consent)
    visit = core.booked(at("10:00"))
    assert said(take(core, visit, "remind")) == (409, "opted_out")
    well(core.cancel(visit))
    assert heard_of(core) == []


def test_while_a_person_speaks_the_assistant_says_nothing(core: Core) -> None:
    visit = core.booked(at("10:00"))
    core.ask("POST", f"conversations/{core.salon.conversation}/take-over", key="take")
    refused = take(core, visit, "remind")
    assert said(refused) == (409, "unreachable")
    assert refused.json()["facts"] == {"because": "taken_over"}
    well(core.cancel(visit))
    assert heard_of(core) == []


def test_it_is_said_where_the_customer_spoke_last(core: Core) -> None:
    core.ask(
        "POST", f"customers/{core.salon.customer}/contact-points", {"channel": "terminal", "address": "m2"}
    )
    core.ask("POST", "conversations/open", {"channel": "terminal", "address": "m2"})
    writes(core, "m2")
    writes(core, "maria")
    well(core.cancel(core.booked(at("10:00"))))
    assert len(heard_of(core)) == 1
    assert heard_of(core, "m2") == []


def test_it_is_said_in_the_customers_language(core: Core) -> None:
    core.ask("PATCH", f"customers/{core.salon.customer}", {"language": "es"})
    well(take(core, core.booked(at("10:00")), "remind"))
    assert heard_of(core) == [
        "Hola Maria, le escribe Salon: su cita de Haircut con Ana es el martes 2 de marzo a las 10:00. ¿Vendrá?"
    ]


def test_staff_ask_whether_somebody_comes_once_for_a_key(core: Core) -> None:
    visit = core.booked(at("10:00"))
    for _ in range(2):
        well(core.ask("POST", f"appointments/{visit['id']}/remind", key="same"))
    assert heard_of(core) == [
        "Hi Maria, it's Salon: your Haircut with Ana is on Tuesday 2 March at 10:00 AM. Are you coming?"
    ]
    with core.database.read() as session:
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[-1] == "reminded"


def test_nobody_is_reminded_of_what_is_over_or_cancelled(core: Core) -> None:
    visit = core.booked(at("10:00"))
    well(core.cancel(visit))
    assert said(take(core, visit, "remind")) == (409, "wrong_state")
    late = core.booked(at("11:00"))
    clock_at(core, "11:00")
    assert said(take(core, late, "remind")) == (409, "already_started")


def test_staff_remind_of_their_own_visits_only_and_customers_of_none(core: Core) -> None:
    visit = core.booked(at("10:00"), staff_id=core.salon.ben)
    path = f"appointments/{visit['id']}/remind"
    for role, refused in (("customer", (403, "forbidden")), ("staff", (404, "not_found"))):
        assert a_key(core, role).told("POST", path, None, **{"Idempotency-Key": role}) == refused


def test_an_answer_is_kept_as_long_as_the_visit_is_what_was_asked_about(core: Core) -> None:
    visit = core.booked(at("10:00"))
    well(take(core, visit, "remind"))
    Post(core).sends()
    (asked,) = notices_of(core)
    assert answer(core, asked, "keep").status_code == 204
    assert notices_of(core)[0]["answer"] == "keep"

    well(core.move(visit, at("14:00")))
    assert said(answer(core, asked, "keep")) == (409, "version_moved_on")
    moved, before = notices_of(core)
    assert (before["id"], before["appointment"]["start"]) == (asked["id"], at("14:00"))
    assert moved["kind"] == "visit_moved"


def test_what_staff_take_back_is_told_too(asks: Core) -> None:
    declined = well(decide(asks, asks.booked(at("10:00")), "decline"))
    well(decide(asks, declined, "undo"))
    assert "takes place after all" in heard_of(asks)[-1]
    confirmed = well(decide(asks, asks.booked(at("12:00")), "confirm"))
    well(decide(asks, confirmed, "undo"))
    assert "once more" in heard_of(asks)[-1]


def test_whose_class_is_called_off_is_told_with_other_meetings(a_core: CoreMaker) -> None:
    yoga = a_core(service={"capacity": 3})
    visit = yoga.booked(at("10:00"))
    well(yoga.ask("DELETE", f"classes/{visit['class_id']}?cancel_visits=true"))
    (notice,) = notices_of(yoga)
    assert "has been called off" in heard_of(yoga)[0]
    assert notice["kind"] == "class_cancelled"
    assert [each["answer"] for each in notice["choices"]] == ["slot", "slot", "slot", "other"]


def test_who_is_forgotten_is_told_nothing_more(core: Core) -> None:
    visit = core.booked(at("10:00"))
    well(take(core, visit, "remind"))
    erased = core.ask("POST", f"customers/{core.salon.customer}/erase", {}, key="erase")
    assert erased.is_success, erased.text
    assert heard_of(core) == []
    with core.database.read() as session:
        assert session.scalars(select(Notice)).all() == []

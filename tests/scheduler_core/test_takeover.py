"""Staff speak instead of the assistant, which is silent until they hand back or have said nothing for a while."""

from itertools import count
from typing import Any

from sqlalchemy import select

from scheduler_core.outbox import InboundRecord, Plan
from scheduler_core.outbox.enqueue import tell_customer
from scheduler_core.outbox.inbox import hear
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.permissions.models import AuditEntry
from tests.builders.core import Core

_KEYS = count(1)


def opened(core: Core, address: str = "maria") -> Any:
    answer = core.ask("POST", "conversations/open", {"channel": "terminal", "address": address})
    return answer.json()["conversation"]


def step(core: Core, what: str, body: Any = None, key: str | None = None) -> Any:
    path = f"conversations/{core.salon.conversation}/{what}"
    answer = core.ask("POST", path, body, key or f"step-{next(_KEYS)}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def heard(core: Core, text: str) -> None:
    message = InboundRecord("terminal", f"m{next(_KEYS)}", "maria", "text", text)
    core.write(lambda session: hear(session, core.salon.id, message, core.clock()))


def answered(core: Core, text: str) -> None:
    key = f"reply-{next(_KEYS)}"
    core.write(
        lambda session: tell_customer(
            session, business_id=core.salon.id, channel="terminal", address="maria", plan=Plan(text),
            kind="reply", idem_key=key, now=core.clock(),
        )
    )  # fmt: skip


def outgoing(core: Core, kind: str) -> list[str]:
    with core.database.read() as session:
        wanted = select(OutboundMessage.text).where(OutboundMessage.kind == kind)
        return list(session.scalars(wanted.order_by(OutboundMessage.id)))


def test_the_assistant_is_silent_from_the_take_over_until_the_hand_back(core: Core) -> None:
    assert not opened(core)["handed_over"]
    assert step(core, "take-over")["silent_until"] == "2027-03-01T16:00:00Z"
    assert opened(core)["handed_over"]
    assert step(core, "hand-back")["silent_until"] is None
    assert not opened(core)["handed_over"]


def test_each_word_of_staff_begins_the_silence_anew_and_it_ends_by_itself(core: Core) -> None:
    core.ask("PATCH", f"/v1/businesses/{core.salon.id}", {"policy": {"takeover_silence_minutes": 30}})
    step(core, "take-over")
    core.clock.move(minutes=29)
    step(core, "say", {"text": "Hello Maria, Ana here."})
    core.clock.move(minutes=29)
    assert opened(core)["handed_over"]
    core.clock.move(minutes=1)
    assert not opened(core)["handed_over"]


def test_staff_write_to_the_customer_on_their_channel_and_once_for_a_key(core: Core) -> None:
    for _ in range(2):
        step(core, "say", {"text": "Ana here."}, key="same")
    assert outgoing(core, "staff_says") == ["Ana here."]
    assert opened(core)["handed_over"]


def test_nobody_writes_to_who_wants_no_messages(core: Core) -> None:
    consent = {"channel": "terminal", "address": "maria", "granted": False, "evidence": "stop"}
    core.ask("POST", f"customers/{core.salon.customer}/consent", consent)
    path = f"conversations/{core.salon.conversation}/say"
    answer = core.ask("POST", path, {"text": "Hello?"}, key="k")
    assert (answer.status_code, answer.json()["code"]) == (409, "opted_out")
    assert outgoing(core, "staff_says") == []
    assert not opened(core)["handed_over"]


def test_who_asks_twice_for_a_person_is_told_of_once_until_somebody_answers(core: Core) -> None:
    for reason in ("asks for a person: help", "asks for a person: hello?"):
        step(core, "handoff", {"reason": reason})
    assert opened(core)["waiting"]
    assert len(outgoing(core, "staff_handoff")) == 1
    step(core, "handoff", {"reason": "is not happy", "about": "complaint"})
    assert len(outgoing(core, "staff_handoff")) == 2

    step(core, "say", {"text": "Ana here."})
    assert not opened(core)["waiting"]
    core.clock.move(minutes=1)
    step(core, "handoff", {"reason": "asks for a person again"})
    assert len(outgoing(core, "staff_handoff")) == 3


def test_a_request_that_nobody_answered_for_long_is_told_anew(core: Core) -> None:
    step(core, "handoff", {"reason": "asks for a person"})
    core.clock.move(minutes=121)
    step(core, "handoff", {"reason": "asks for a person"})
    assert len(outgoing(core, "staff_handoff")) == 2


def test_the_notice_carries_what_was_said_and_what_is_being_arranged(core: Core) -> None:
    draft = {"expected_version": 0, "state": {"goal": "book"}, "summary": "book Haircut with Ana"}
    core.ask("PUT", f"conversations/{core.salon.conversation}/draft", draft)
    heard(core, "a haircut please")
    answered(core, "These times are free:")
    heard(core, "can I talk to someone")
    step(core, "handoff", {"reason": "asks for a person"})
    (notice,) = outgoing(core, "staff_handoff")
    assert notice.splitlines() == [
        "Maria (terminal) asks for a person",
        "Being arranged: book Haircut with Ana",
        "Customer: a haircut please",
        "Customer: can I talk to someone",
        "Assistant: These times are free:",
    ]


def test_staff_who_took_over_are_told_once_that_the_customer_wrote(core: Core) -> None:
    path = f"conversations/{core.salon.conversation}/wrote"
    core.ask("POST", path, {"text": "anybody?"})
    assert outgoing(core, "staff_wrote") == []

    step(core, "take-over")
    for text in ("are you there?", "hello?"):
        core.ask("POST", path, {"text": text})
    assert outgoing(core, "staff_wrote") == ["Maria (terminal) wrote: are you there?"]

    core.clock.move(minutes=1)
    step(core, "say", {"text": "Yes."})
    core.ask("POST", path, {"text": "great"})
    assert outgoing(core, "staff_wrote")[1:] == ["Maria (terminal) wrote: great"]


def test_a_transcript_is_what_both_sides_said_and_who_speaks(core: Core) -> None:
    heard(core, "hi")
    step(core, "say", {"text": "Ana here."})
    found = core.ask("GET", f"conversations/{core.salon.conversation}").json()
    assert [(each["who"], each["text"], each["state"]) for each in found["said"]] == [
        ("customer", "hi", "heard"),
        ("staff", "Ana here.", "queued"),
    ]
    assert found["conversation"]["customer_name"] == "Maria"
    assert found["conversation"]["silent_until"] is not None


def test_who_asked_for_a_person_stands_first_and_pages_miss_nobody(core: Core) -> None:
    threads = [opened(core, f"person-{n}")["id"] for n in range(4)]
    for n in (2, 1):
        core.clock.move(minutes=1)
        core.ask("POST", f"conversations/{threads[n]}/handoff", {}, key=f"h{n}")
    heard(core, "hi")
    wanted = [threads[2], threads[1], core.salon.conversation, threads[3], threads[0]]
    seen: list[int] = []
    after = ""
    while True:
        page = core.ask("GET", f"conversations?limit=1{after}").json()
        seen += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert seen == wanted


def test_the_front_door_may_ask_whether_a_person_speaks(core: Core) -> None:
    def silent(address: str) -> bool:
        answer = core.ask("GET", f"conversations/silence?channel=terminal&address={address}")
        return bool(answer.json()["silent"])

    assert not silent("maria")
    step(core, "take-over")
    assert silent("maria")
    assert not silent("nobody")


def test_the_front_door_may_ask_whether_they_want_messages(core: Core) -> None:
    maria = {"channel": "terminal", "address": "maria"}
    asked = "conversations/silence?channel=terminal&address=maria"
    assert core.ask("GET", asked).json()["opted_out"] is False
    person = core.ask("POST", "conversations/open", maria).json()["customer"]["id"]
    word = maria | {"granted": False, "evidence": "stop"}
    core.ask("POST", f"customers/{person}/consent", word)
    assert core.ask("GET", asked).json()["opted_out"] is True


def test_what_staff_did_is_on_record(core: Core) -> None:
    step(core, "take-over")
    step(core, "say", {"text": "Ana here."})
    step(core, "hand-back")
    with core.database.read() as session:
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[-3:] == ["taken_over", "replied", "handed_back"]


def test_a_turn_that_the_assistant_gave_up_is_told_to_staff_once(core: Core) -> None:
    opened(core)
    for turn in ("t1-1", "t1-1", "t2-2"):
        step(core, "unanswered", {"turn_id": turn, "text": "gibberish"})
    told = "Maria (terminal) got no answer from the assistant. They wrote: gibberish"
    assert outgoing(core, "staff_unanswered") == [told, told]

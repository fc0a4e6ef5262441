"""A conversation that is taken over in a chat of staff: one person speaks, in one chat, and everybody knows who."""

from itertools import count
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.permissions.models import AuditEntry
from tests.builders.core import Core
from tests.builders.salon import a_salon

_KEYS = count(1)


def a_chat(core: Core, staff_id: int, role: str = "receptionist") -> int:
    address = f"+1555{staff_id}{next(_KEYS):04}"
    code = core.ask("POST", f"staff/{staff_id}/chat-codes", {"role": role}).json()["code"]
    core.ask("POST", "staff-chats/claim", {"channel": "sms", "address": address, "code": code})
    chat: int = core.ask("GET", f"staff/{staff_id}/chats").json()["items"][-1]["id"]
    return chat


def speak(core: Core, chat: int, what: str, body: Any = None, key: str | None = None) -> httpx.Response:
    url = f"/v1/businesses/{core.salon.id}/conversations/{core.salon.conversation}/{what}"
    headers = {"X-Staff-Chat": str(chat), "Idempotency-Key": key or f"speak-{next(_KEYS)}"}
    return core.http.post(url, json=body or {}, headers=headers)


def mine(core: Core, chat: int) -> list[int]:
    url = f"/v1/businesses/{core.salon.id}/conversations/mine"
    return [each["id"] for each in core.http.get(url, headers={"X-Staff-Chat": str(chat)}).json()]


def told(core: Core, kind: str, channel: str = "sms") -> list[str]:
    with core.database.read() as session:
        wanted = select(OutboundMessage.text).where(
            OutboundMessage.kind == kind, OutboundMessage.channel == channel
        )
        return list(session.scalars(wanted.order_by(OutboundMessage.id)))


def wrote(core: Core, text: str, turn: str) -> None:
    path = f"conversations/{core.salon.conversation}/wrote"
    core.ask("POST", path, {"text": text, "turn_id": turn})


def test_what_the_customer_writes_is_brought_to_that_chat_each_word_once(core: Core) -> None:
    chat = a_chat(core, core.salon.ana)
    assert speak(core, chat, "take-over").status_code == 200
    for turn in ("t1", "t1", "t2"):
        wrote(core, "hello?", turn)
    assert told(core, "staff_customer_says") == ["Maria: hello?", "Maria: hello?"]
    assert told(core, "staff_wrote", "desk") == []


def test_a_colleague_is_refused_until_they_say_that_they_mean_it(core: Core) -> None:
    anas, bens = a_chat(core, core.salon.ana), a_chat(core, core.salon.ben)
    speak(core, anas, "take-over")
    for what, body in (("take-over", {}), ("say", {"text": "Ben here"}), ("hand-back", {})):
        no = speak(core, bens, what, body)
        assert (no.status_code, no.json()["code"], no.json()["facts"]) == (
            409,
            "taken_by_another",
            {"staff": "Ana"},
        )
    assert speak(core, bens, "take-over", {"even_if_taken": True}).json()["taken_by"] == "Ben"
    assert (mine(core, anas), mine(core, bens)) == ([], [core.salon.conversation])
    assert told(core, "staff_taken_from_you") == [
        "Ben now speaks with Maria. What you write here doesn't go to them any more."
    ]


def test_the_desk_may_always_speak_and_the_chat_is_told(core: Core) -> None:
    chat = a_chat(core, core.salon.ana)
    speak(core, chat, "take-over")
    core.ask("POST", f"conversations/{core.salon.conversation}/say", {"text": "The desk here"}, key="desk")
    assert mine(core, chat) == []
    assert told(core, "staff_taken_from_you")[0].startswith("The desk now speaks with Maria.")


@pytest.mark.parametrize("what", ["take-over", "say", "hand-back"])
def test_a_chat_of_plain_staff_may_not(core: Core, what: str) -> None:
    chat = a_chat(core, core.salon.ana, role="staff")
    assert speak(core, chat, what, {"text": "hello"}).status_code == 403


def test_a_chat_speaks_with_no_other_business_s_customers(core: Core) -> None:
    other = core.write(lambda session: a_salon(session, core.clock()))
    chat = a_chat(core, core.salon.ana)
    url = f"/v1/businesses/{core.salon.id}/conversations/{other.conversation}/say"
    headers = {"X-Staff-Chat": str(chat), "Idempotency-Key": "theirs"}
    assert core.http.post(url, json={"text": "hello"}, headers=headers).status_code == 404
    url = f"/v1/businesses/{other.id}/conversations/{other.conversation}/say"
    assert core.http.post(url, json={"text": "hello"}, headers=headers).status_code == 404


def test_the_record_says_in_which_chat_it_was_done(core: Core) -> None:
    chat = a_chat(core, core.salon.ana)
    speak(core, chat, "say", {"text": "Ana here"}, key="same")
    speak(core, chat, "say", {"text": "Ana here"}, key="same")
    speak(core, chat, "hand-back")
    with core.database.read() as session:
        rows = session.execute(select(AuditEntry.action, AuditEntry.actor).order_by(AuditEntry.id)).all()
    actor = f"receptionist, staff member {core.salon.ana}, chat {chat}"
    assert rows[-3:] == [("taken_over", actor), ("replied", actor), ("handed_back", actor)]


def test_the_end_of_the_silence_is_planned_anew_with_each_word_and_not_at_all_after_a_hand_back(
    core: Core,
) -> None:
    def planned() -> int:
        with core.database.read() as session:
            wanted = select(OutboundMessage.id).where(
                OutboundMessage.kind == "staff_silence_over", OutboundMessage.state == "queued"
            )
            return len(session.scalars(wanted).all())

    chat = a_chat(core, core.salon.ana)
    speak(core, chat, "take-over")
    core.clock.move(minutes=5)
    speak(core, chat, "say", {"text": "Ana here"})
    assert planned() == 1
    speak(core, chat, "hand-back")
    assert planned() == 0


def test_after_the_chat_is_unlinked_the_team_is_told_as_before(core: Core) -> None:
    chat = a_chat(core, core.salon.ana)
    speak(core, chat, "take-over")
    core.ask("DELETE", f"staff/{core.salon.ana}/chats/{chat}")
    wrote(core, "hello?", "t1")
    assert told(core, "staff_customer_says") == []
    assert told(core, "staff_wrote", "desk") == ["Maria (terminal) wrote: hello?"]


def test_a_customer_who_is_forgotten_is_nobodys_to_speak_with(core: Core) -> None:
    chat = a_chat(core, core.salon.ana)
    speak(core, chat, "take-over")
    wrote(core, "it's Maria Lopez", "t1")
    core.ask("POST", f"customers/{core.salon.customer}/erase", key="forget")
    assert mine(core, chat) == []
    assert not any("Maria" in each for each in told(core, "staff_customer_says"))

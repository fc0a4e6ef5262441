"""Staff send files to a customer: each is one message, said once, and to nobody who wants none."""

from typing import Any

import httpx
from sqlalchemy import select

from scheduler_core.outbox.models import OutboundMessage
from tests.builders.core import Core
from tests.builders.files import JPEG, PDF, brings


def says(core: Core, text: str, *files: Any, key: str = "say") -> httpx.Response:
    asked = {"text": text, "attachment_ids": [each["id"] for each in files]}
    return core.ask("POST", f"conversations/{core.salon.conversation}/say", asked, key=key)


def sent(core: Core) -> list[tuple[str, list[str]]]:
    with core.database.read() as session:
        wanted = select(OutboundMessage).where(OutboundMessage.kind == "staff_says")
        found = session.scalars(wanted.order_by(OutboundMessage.id))
        return [(each.text, [file["name"] for file in each.files]) for each in found]


def test_a_note_goes_with_the_first_file_and_each_other_is_a_message_of_its_own(core: Core) -> None:
    files = [brings(core, PDF, name="care.pdf"), brings(core, JPEG, name="before.jpg")]
    for _ in range(2):
        assert says(core, "Please read this first.", *files).status_code == 200
    assert sent(core) == [("Please read this first.", ["care.pdf"]), ("", ["before.jpg"])]


def test_a_note_too_long_to_stand_below_a_file_goes_before_it(core: Core) -> None:
    says(core, "long " * 250, brings(core, PDF, name="care.pdf"))
    assert [files for _, files in sent(core)] == [[], ["care.pdf"]]


def test_a_file_needs_no_words_and_words_need_no_file_but_something_must_be_said(core: Core) -> None:
    assert says(core, "", brings(core, JPEG)).status_code == 200
    assert says(core, "", key="nothing").status_code == 422


def test_who_wants_no_messages_gets_no_files(core: Core) -> None:
    consent = {"channel": "terminal", "address": "maria", "granted": False, "evidence": "stop"}
    core.ask("POST", f"customers/{core.salon.customer}/consent", consent)
    answer = says(core, "", brings(core, JPEG))
    assert (answer.status_code, answer.json()["code"]) == (409, "opted_out")
    assert sent(core) == []


def test_another_customer_s_file_is_not_sent(core: Core) -> None:
    opened = core.ask("POST", "conversations/open", {"channel": "web", "address": "noor"}).json()
    theirs = brings(core, JPEG, conversation_id=opened["conversation"]["id"])
    assert says(core, "Look", theirs).status_code == 404
    assert sent(core) == []

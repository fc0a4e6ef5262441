"""On the page of a conversation staff read along, speak in the assistant's place and hand back, with plain forms."""

import re
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from scheduler_core.customers.models import ContactLink
from scheduler_core.outbox import InboundRecord
from scheduler_core.outbox.inbox import hear
from scheduler_core.outbox.models import OutboundMessage
from tests.builders.core import Core
from tests.builders.files import JPEG, PAGE, PDF, brings


@pytest.fixture(autouse=True)
def _with_a_receptionists_key(core: Core) -> None:
    made = core.ask("POST", "keys", {"label": "Front desk", "role": "receptionist"}, key="key").json()
    core.http.headers["X-API-Key"] = made["secret"]


def path(core: Core) -> str:
    return f"/desk/conversations/{core.salon.conversation}"


def page(core: Core) -> str:
    answer = core.http.get(path(core))
    assert answer.status_code == 200, answer.text
    return answer.text


def sends(core: Core, step: str, shown: str, **fields: str) -> httpx.Response:
    """The form as a browser would send it from that page."""
    key = re.search(rf'/{step}"[^>]*>\s*<input type="hidden" name="key" value="([^"]+)"', shown)
    assert key, shown
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return core.http.post(
        f"{path(core)}/{step}", content=urlencode({"key": key[1], **fields}), headers=headers
    )


def said(core: Core) -> list[str]:
    with core.database.read() as session:
        return list(session.scalars(select(OutboundMessage.text).where(OutboundMessage.channel != "desk")))


def handed_over(core: Core) -> Any:
    opened = core.ask("POST", "conversations/open", {"channel": "terminal", "address": "maria"}).json()
    return opened["conversation"]["handed_over"]


def test_the_page_shows_what_was_said_and_what_is_being_arranged(core: Core) -> None:
    draft = {"expected_version": 0, "state": {"goal": "book"}, "summary": "book Haircut with Ana"}
    core.ask("PUT", f"conversations/{core.salon.conversation}/draft", draft)
    heard = InboundRecord("terminal", "m1", "maria", "text", "<b>a haircut</b>")
    core.write(lambda session: hear(session, core.salon.id, heard, core.clock()))
    shown = page(core)
    assert "Maria" in shown
    assert "&lt;b&gt;a haircut" in shown
    assert "book Haircut with Ana" in shown
    assert "The assistant answers" in shown


def test_a_take_over_a_word_and_a_hand_back(core: Core) -> None:
    answer = sends(core, "take-over", page(core))
    assert (answer.status_code, answer.headers["location"]) == (303, path(core))
    assert handed_over(core)

    sends(core, "say", page(core), text="Hello Maria,\nAna here.")
    assert said(core) == ["Hello Maria,\nAna here."]
    assert "on its way" in page(core)

    sends(core, "hand-back", page(core))
    assert not handed_over(core)


def test_a_form_that_is_sent_twice_counts_once(core: Core) -> None:
    shown = page(core)
    for _ in range(2):
        assert sends(core, "say", shown, text="Ana here.").status_code == 303
    assert said(core) == ["Ana here."]


def test_what_cannot_be_sent_is_said_on_the_page(core: Core) -> None:
    assert "Write something or choose a file" in sends(core, "say", page(core), text="  ").text
    shown = page(core)
    consent = {"channel": "terminal", "address": "maria", "granted": False, "evidence": "stop"}
    core.ask("POST", f"customers/{core.salon.customer}/consent", consent)
    answer = sends(core, "say", shown, text="Hello?")
    assert (answer.status_code, said(core)) == (200, [])
    assert "wants no more messages" in answer.text


def test_where_nothing_can_be_sent_the_page_says_so_instead_of_asking_for_words(core: Core) -> None:
    consent = {"channel": "terminal", "address": "maria", "granted": False, "evidence": "stop"}
    core.ask("POST", f"customers/{core.salon.customer}/consent", consent)
    shown = page(core)
    assert "nothing can be sent" in shown
    assert "/say" not in shown
    assert "Take over" in shown
    assert core.ask("GET", f"conversations/{core.salon.conversation}").json()["conversation"]["opted_out"]


def test_the_desk_leads_to_who_asked_for_a_person(core: Core) -> None:
    core.ask("POST", f"conversations/{core.salon.conversation}/handoff", {"reason": "asks"}, key="h1")
    shown = core.http.get("/desk").text
    assert "asked for a person" in shown
    assert shown.count(f'href="{path(core)}"') == 2


def test_a_form_of_another_make_and_an_unknown_conversation_are_refused(core: Core) -> None:
    assert core.http.post(f"{path(core)}/say", content="text=hi").json()["code"] == "malformed"
    assert core.http.get("/desk/conversations/999").status_code == 404


def test_nobody_speaks_without_a_key(core: Core) -> None:
    core.http.headers["X-API-Key"] = "wrong"
    assert core.http.post(f"{path(core)}/say", content="key=12345678&text=hi").status_code == 401
    assert core.http.get(path(core)).status_code == 401


def sends_file(core: Core, content: bytes, text: str = "") -> httpx.Response:
    key = re.search(r'/say"[^>]*>\s*<input type="hidden" name="key" value="([^"]+)"', page(core))
    assert key
    files = {"file": ("care.pdf", content, "text/html")}
    return core.http.post(f"{path(core)}/say", data={"key": key[1], "text": text}, files=files)


def test_a_file_is_sent_with_a_note_and_shown_to_who_reads_along(core: Core) -> None:
    assert sends_file(core, PDF, "Please read.").status_code == 303
    assert said(core) == ["Please read."]
    (link,) = re.findall(r'href="(/desk/files/\d+)"', page(core))
    assert core.http.get(link).content == PDF


def test_a_customer_s_photo_is_shown_and_linked_on_the_page_and_beside_the_visit(core: Core) -> None:
    record = InboundRecord("terminal", "m1", "maria", "photo", "like this")
    heard = core.write(lambda session: hear(session, core.salon.id, record, core.clock()))
    photo = brings(core, JPEG, name="fringe.jpg", sent_by="customer", inbound_id=heard.inbound_id)
    core.booked("2027-03-02T15:00:00Z")
    assert f'<img src="/desk/files/{photo["id"]}"' in page(core)
    assert "img-src 'self'" in core.http.get(path(core)).headers["content-security-policy"]
    assert f'href="/desk/files/{photo["id"]}">fringe.jpg' in core.http.get("/desk").text


def test_what_is_no_file_for_customers_is_not_sent_and_the_page_says_so(core: Core) -> None:
    assert "cannot be sent" in sends_file(core, PAGE, "Look").text
    assert said(core) == []


@pytest.fixture
def on_telegram(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core.settings, "telegram_token", SecretStr("4242:token"))


@pytest.mark.usefixtures("on_telegram")
def test_a_link_to_go_on_elsewhere_is_sent_by_the_team_once_for_each_form(core: Core) -> None:
    shown = page(core)
    for _ in range(2):
        answer = sends(core, "send-link", shown, channel="telegram")
        assert (answer.status_code, answer.headers["location"]) == (303, path(core))
    (text,) = said(core)
    assert "on Telegram" in text
    token = text.rpartition(f"{core.settings.public_url}/go/telegram/")[2]
    there = core.write(lambda session: session.scalars(select(ContactLink)).one())
    assert (there.customer_id, there.channel) == (core.salon.customer, "telegram")
    assert re.fullmatch(r"go_[\w-]{32}", token)
    assert handed_over(core)


@pytest.mark.usefixtures("on_telegram")
def test_nobody_is_sent_to_where_the_business_is_not(core: Core) -> None:
    shown = page(core)
    assert re.findall(r'<option value="(\w+)">', shown) == ["telegram"]
    for channel in ("whatsapp", "terminal", "carrier pigeon"):
        assert "Choose one of" in sends(core, "send-link", page(core), channel=channel).text
    assert said(core) == []


def test_where_there_is_no_other_channel_no_link_is_offered(core: Core) -> None:
    assert "/send-link" not in page(core)


@pytest.mark.usefixtures("on_telegram")
def test_who_wants_no_messages_is_sent_no_link_and_none_is_made(core: Core) -> None:
    shown = page(core)
    consent = {"channel": "terminal", "address": "maria", "granted": False, "evidence": "stop"}
    core.ask("POST", f"customers/{core.salon.customer}/consent", consent)
    assert "wants no more messages" in sends(core, "send-link", shown, channel="telegram").text
    assert "/send-link" not in page(core)
    assert core.write(lambda session: session.scalars(select(ContactLink)).all()) == []

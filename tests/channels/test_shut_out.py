"""Who shuts us out, lets us in or opens the door is heard like any message; the core keeps what they want."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Response

from channels.interface import InboundMessage, Kind, OutboundMessage, Receipt
from channels.web.channel import WebChannel
from scheduler_core import outbox
from tests.builders.clock import HandClock
from tests.builders.serving import served
from tests.channels.builders import Line, settings_for
from tests.fakes.bot import FakeBot


class Core:
    """Knows one customer, and what was said about writing to them."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, bool, str]] = []
        self.phones: list[str] = []
        self.is_away = False
        self.app = FastAPI()
        self.app.post("/v1/businesses/1/conversations/open")(self.open)
        self.app.post("/v1/businesses/1/customers/7/consent")(self.consent)
        self.app.post("/v1/businesses/1/customers/7/phone")(self.phone)

    def open(self, asked: dict[str, Any], response: Response) -> dict[str, Any]:
        response.status_code = 503 if self.is_away else 200
        return {"customer": {"id": 7, "name": asked["display_name"]}}

    def consent(self, asked: dict[str, Any]) -> dict[str, str]:
        self.kept.append((asked["address"], asked["granted"], asked["evidence"]))
        return {}

    def phone(self, asked: dict[str, Any]) -> dict[str, str]:
        self.phones.append(asked["phone"])
        return {}


class ShutOut(WebChannel):
    """A provider that says that its user wants nothing from us."""

    def send(self, message: OutboundMessage) -> Receipt:
        return Receipt("never", error="blocked", opted_out=True)


@pytest.fixture
def core() -> Core:
    return Core()


@pytest.fixture
def line(tmp_path: Path, bot: FakeBot, clock: HandClock, core: Core) -> Iterator[Line]:
    with served(core.app) as url:
        made = Line(settings_for(tmp_path, bot.port, core_port=int(url.rpartition(":")[2])), clock)
        yield made
        made.close()


def heard(line: Line, kind: Kind, text: str = "") -> None:
    line.door.hear("web", InboundMessage(f"maria-{kind}", "maria", text, kind=kind))


@pytest.mark.parametrize(("kind", "granted"), [("blocked", False), ("unblocked", True)])
def test_what_they_want_is_kept_without_a_word_from_us(
    line: Line, core: Core, kind: Kind, granted: bool
) -> None:
    heard(line, kind)
    line.works()
    assert core.kept == [("maria", granted, kind)]
    assert line.said() == []


@pytest.mark.parametrize("kind", ["start", "deep_link"])
def test_who_opens_the_door_is_greeted_and_it_is_kept_that_they_did(
    line: Line, core: Core, bot: FakeBot, kind: Kind
) -> None:
    heard(line, kind, "2")
    line.works()
    assert core.kept == [("maria", True, kind)]
    assert [asked.message for asked in bot.asked] == ["/greet"]
    assert len(line.said()) == 1


def test_who_starts_is_greeted_in_the_language_of_their_phone_until_we_have_spoken(
    line: Line, bot: FakeBot
) -> None:
    bot.answer = lambda _asked: [{"custom": {"text": "¡Hola!", "language": "es"}}]
    for number in range(2):
        line.door.hear("web", InboundMessage(f"start-{number}", "maria", "/start es", kind="start"))
        line.works()
    assert [asked.message for asked in bot.asked] == ['/greet{"language": "es"}', "/greet"]


def test_a_core_that_is_away_is_told_when_it_is_back_and_nobody_is_bothered(
    line: Line, core: Core, clock: HandClock
) -> None:
    core.is_away = True
    heard(line, "blocked")
    line.works()
    core.is_away = False
    clock.move(seconds=40)
    line.works()
    assert core.kept == [("maria", False, "blocked")]
    assert line.said() == []


def test_a_provider_that_says_they_want_nothing_is_believed(line: Line, core: Core) -> None:
    line.hears("hello")
    line.works({"web": ShutOut()})
    line.works()
    assert core.kept == [("maria", False, "blocked")]
    assert line.said() == []


def test_a_sender_that_died_before_the_end_is_told_again_and_it_is_kept_once(
    line: Line, core: Core, clock: HandClock
) -> None:
    line.hears("hello")
    turn = line.store.claim_turn("one")
    assert turn
    line.store.finish_turn(turn, [outbox.Plan("Hi!")])
    died = line.store.claim_sending("one")
    assert died
    line.store.hear(outbox.InboundRecord("web", f"refused:{died.message_id}", "maria", "blocked", ""))
    clock.move(seconds=61)
    line.works({"web": ShutOut()})
    line.works()
    assert core.kept == [("maria", False, "blocked")]


@pytest.mark.parametrize(("text", "words"), [("+447700900123", "contact_kept"), ("", "contact_of_other")])
def test_a_number_is_kept_and_thanked_for_only_when_it_is_their_own(
    line: Line, core: Core, text: str, words: str
) -> None:
    heard(line, "contact", text)
    line.works()
    assert line.said() == [outbox.words("en", words)]
    assert core.phones == ([text] if text else [])


def test_a_number_waits_for_a_core_that_is_away(line: Line, core: Core, clock: HandClock) -> None:
    core.is_away = True
    heard(line, "contact", "+447700900123")
    line.works()
    core.is_away = False
    clock.move(seconds=40)
    line.works()
    assert core.phones == ["+447700900123"]

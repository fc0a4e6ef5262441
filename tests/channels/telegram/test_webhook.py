"""The webhook hears Telegram and nobody else, keeps what it hears before it says so, and is quick about it."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from channels.app import create_app
from channels.telegram import listening
from channels.telegram.listening import WEBHOOK
from scheduler_core.outbox import Store
from tests.builders.clock import HandClock
from tests.builders.serving import served
from tests.channels.telegram.builders import PUBLIC, buttons, settings_with
from tests.fakes.bot import FakeBot, says
from tests.fakes.telegram import HELD, TOKEN, FakeTelegram
from tests.fakes.telegram_people import Person

FORGED = ["", "wrong", "\u00e9", "x" * 9000]


@pytest.fixture
def front(tmp_path: Path, bot: FakeBot, clock: HandClock, twin: FakeTelegram) -> Iterator[str]:
    """A front door behind a public address, which the twin knows by now."""
    with served(create_app(settings_with(twin, tmp_path, bot.port, public_url=PUBLIC), clock)) as url:
        twin.network[PUBLIC] = url
        twin.waits_until(lambda: twin.webhook)
        yield url


def knocks(front: str, body: Any, **headers: str) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    known = {name.encode(): value.encode() for name, value in headers.items()}
    return httpx.post(f"{front}{WEBHOOK}", content=content, headers=known, trust_env=False)


def secret_of(twin: FakeTelegram) -> dict[str, str]:
    return {"X-Telegram-Bot-Api-Secret-Token": twin.webhook["secret_token"]}


def test_telegram_is_told_where_we_are_and_shows_a_secret_that_is_not_the_token(
    front: str, twin: FakeTelegram, maria: Person
) -> None:
    assert twin.webhook["url"] == f"{PUBLIC}{WEBHOOK}"
    assert TOKEN not in json.dumps(twin.webhook)
    assert len(twin.webhook["secret_token"]) >= 32
    maria.says("hello")
    twin.waits_until(maria.reads)
    assert maria.reads() == ["You said: hello"]


@pytest.mark.parametrize("secret", FORGED, ids=["none", "wrong", "not ASCII", "long"])
def test_a_forgery_is_refused_without_a_reason_and_not_heard(
    front: str, twin: FakeTelegram, maria: Person, bot: FakeBot, secret: str
) -> None:
    told = {"update_id": 1, "message": maria.sends(text="free haircuts")["message"]}
    bot.asked.clear()
    refused = knocks(front, told, **({"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}))
    assert (refused.status_code, refused.json()) == (403, {"detail": "Forbidden"})
    assert knocks(front, b"{" * 100_000).status_code == 403


def test_a_secret_in_another_case_is_a_forgery(front: str, twin: FakeTelegram) -> None:
    (name, secret), *_ = secret_of(twin).items()
    assert knocks(front, {"update_id": 1}, **{name: secret.upper()}).status_code == 403
    assert knocks(front, {"update_id": 1}, **{name: secret[:-1]}).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"update_id": 3}, id="an update of a new kind"),
        pytest.param({"update_id": 4, "message": {"message_id": 1}}, id="a message without a chat"),
        pytest.param({"update_id": 5, "callback_query": {"id": 7}}, id="a tap by nobody"),
        pytest.param({}, id="nothing"),
        pytest.param([1, 2], id="a list"),
        pytest.param(b"no json", id="no JSON"),
        pytest.param(b"[" * 90_000, id="very deep"),
    ],
)
def test_what_is_not_understood_is_taken_so_that_it_does_not_come_again(
    front: str, twin: FakeTelegram, body: Any
) -> None:
    assert knocks(front, body, **secret_of(twin)).status_code == 200


def test_the_longest_message_in_any_letters_is_taken_and_no_more(
    front: str, twin: FakeTelegram, maria: Person
) -> None:
    quoted = maria.sends(text="😀" * 4096)["message"]
    twin.waits_until(maria.reads)
    update = {"update_id": 99, "message": {**quoted, "message_id": 50, "reply_to_message": quoted}}
    assert len(json.dumps(update)) > 64 * 1024
    assert knocks(front, update, **secret_of(twin)).status_code == 200
    assert knocks(front, b" " * (1024 * 1024 + 1), **secret_of(twin)).status_code == 413


def test_an_update_that_comes_again_is_answered_once(
    front: str, twin: FakeTelegram, maria: Person, bot: FakeBot
) -> None:
    update = maria.says("hello")
    assert [twin.brings(update) for _ in range(3)] == [200] * 3
    maria.says("bye")
    twin.waits_until(lambda: len(maria.reads()) >= 2)
    assert maria.reads() == ["You said: hello", "You said: bye"]


def test_updates_out_of_order_are_all_heard(front: str, twin: FakeTelegram, maria: Person) -> None:
    address, twin.webhook["url"] = twin.webhook["url"], ""
    updates = [maria.says(f"number {n}") for n in range(3)]
    twin.webhook["url"] = address
    for update in (updates[2], updates[0], updates[1], updates[0]):
        assert twin.brings(update) == 200
    twin.waits_until(lambda: all(any(f"number {n}" in text for text in maria.reads()) for n in range(3)))
    assert sum(text.count("number") for text in maria.reads()) == 3


def test_a_tap_is_taken_at_once_though_telegram_is_slow_to_take_our_answers(
    front: str, twin: FakeTelegram, maria: Person, bot: FakeBot
) -> None:
    bot.answer = lambda _asked: says("When?", *buttons("Tue 9:00"))
    maria.says("a trim")
    twin.waits_until(maria.reads)
    twin.faults |= {"answercallbackquery": [HELD], "editmessagetext": [HELD]}
    began = time.perf_counter()
    maria.taps("Tue 9:00")
    assert time.perf_counter() - began < 5, "the twin holds its own answers for ten seconds"
    twin.waits_until(lambda: len(maria.reads()) == 2)


def test_what_cannot_be_kept_is_not_taken_and_comes_again(
    front: str, twin: FakeTelegram, maria: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Store, "hear", lambda *_: 1 / 0)
        update = maria.says("hello")
        assert twin.pending == [update]
    maria.says("are you there?")
    twin.waits_until(lambda: sum(text.count("hello") for text in maria.reads()))
    assert twin.pending == []


def test_an_address_that_was_taken_away_is_given_again(
    tmp_path: Path, bot: FakeBot, clock: HandClock, twin: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_SAY_AGAIN_SECONDS", 0.01)
    with served(create_app(settings_with(twin, tmp_path, bot.port, public_url=PUBLIC), clock)):
        for _ in range(2):
            twin.waits_until(lambda: twin.webhook)
            twin.webhook = {}
        twin.waits_until(lambda: twin.webhook)

"""Where Telegram cannot reach us we ask it; what we have not stored is told again."""

import logging
from threading import Event, Thread
from typing import Any

import pytest

from channels.telegram import listening
from tests.builders.killed import Killed
from tests.channels.telegram.builders import TelegramLine
from tests.fakes.bot import FakeBot
from tests.fakes.telegram import CUT_AFTER, CUT_BEFORE, TOKEN, Fault, No, slow_down
from tests.fakes.telegram_people import Person


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_PAUSE_SECONDS", "_PAUSE_FOR_ANOTHER_SECONDS", "_PAUSE_FOR_A_TOKEN_SECONDS"):
        monkeypatch.setattr(listening, name, 0.01)


def dying(line: TelegramLine, monkeypatch: pytest.MonkeyPatch, heard: int) -> None:
    """The process ends when so many updates have been stored, before Telegram is told."""
    hear, left = line.channel.hear, [heard]

    def hear_and_die(*given: Any) -> None:
        hear(*given)
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    monkeypatch.setattr(line.channel, "hear", hear_and_die)


@pytest.mark.parametrize("heard", [1, 2, 3])
def test_a_process_that_dies_before_telegram_is_told_loses_nothing_and_hears_nothing_twice(
    line: TelegramLine, bot: FakeBot, maria: Person, monkeypatch: pytest.MonkeyPatch, heard: int
) -> None:
    for n in range(3):
        maria.says(f"number {n}")
    with monkeypatch.context() as short_lived:
        dying(line, short_lived, heard)
        with pytest.raises(Killed):
            line.channel.listen(line.door, Event())
    assert len(line.twin.pending) == 3
    line.works()
    line.goes_on()
    assert line.twin.pending == []
    assert [item.text for item in line.heard(maria.id)] == ["number 0", "number 1", "number 2"]
    assert " ".join(asked.message for asked in bot.asked).count("number") == 3


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(No(409, "Conflict: terminated by other getUpdates request"), id="another process"),
        pytest.param(No(401, "Unauthorized"), id="a refused token"),
        pytest.param(No(502, "Bad Gateway"), id="trouble at their side"),
        pytest.param(slow_down(0), id="too fast"),
        pytest.param(CUT_BEFORE, id="cut off before"),
        pytest.param(CUT_AFTER, id="cut off after"),
    ],
)
def test_whatever_befalls_a_question_it_is_asked_again(
    line: TelegramLine, maria: Person, fault: No | Fault
) -> None:
    line.twin.faults["getupdates"] = [fault, fault]
    line.twin.faults["deletewebhook"] = [fault]
    maria.says("hello")
    line.goes_on()
    assert maria.reads() == ["You said: hello"]


def test_a_webhook_left_from_before_is_taken_down(line: TelegramLine, maria: Person) -> None:
    maria.says("hello")
    line.twin.webhook = {"url": "https://old.example/telegram/webhook", "secret_token": "x"}
    line.goes_on()
    assert line.twin.webhook == {}
    assert maria.reads() == ["You said: hello"]


def test_an_update_that_cannot_be_read_does_not_stop_the_others(line: TelegramLine, maria: Person) -> None:
    line.twin.tells(message={"message_id": "?"})
    line.twin.tells(brand_new={"kind": 1})
    line.twin.tells(callback_query={"id": "1", "from": maria.profile, "chat_instance": "1", "data": "d:1:0"})
    maria.says("hello")
    line.goes_on()
    assert maria.reads() == ["You said: hello"]


def test_the_menu_says_in_each_language_how_to_begin_and_to_be_left_alone(line: TelegramLine) -> None:
    line.fetches()
    assert set(line.twin.menus) == {"", "en", "es"}
    assert all(list(menu) == ["start", "help", "stop"] for menu in line.twin.menus.values())


def test_a_menu_that_is_not_taken_keeps_nobody_waiting(line: TelegramLine, maria: Person) -> None:
    line.twin.faults["setmycommands"] = [No(400, "Bad Request: BOT_COMMAND_INVALID")]
    maria.says("hello")
    line.goes_on()
    assert maria.reads() == ["You said: hello"]


def test_listening_ends_when_the_house_closes(line: TelegramLine) -> None:
    ended = Event()

    def listen() -> None:
        line.channel.listen(line.door, Event())
        ended.set()

    Thread(target=listen, daemon=True).start()
    line.twin.waits_until(lambda: any(method == "getupdates" for method, _ in line.twin.called))
    line.channel.close()
    assert ended.wait(5)


def test_no_log_names_the_token(line: TelegramLine, maria: Person, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    line.twin.faults["getupdates"] = [No(401, "Unauthorized"), CUT_BEFORE, No(409, "Conflict")]
    line.twin.faults["sendmessage"] = [No(401, "Unauthorized"), CUT_BEFORE, No(400, "Bad Request: what")]
    for n in range(4):
        maria.says(f"hello {n}")
        line.goes_on()
        line.clock.move(minutes=10)
    assert TOKEN not in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text
    assert "hello" not in caplog.text

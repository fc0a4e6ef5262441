"""What Telegram answers decides what becomes of a message; what nobody knows is said so."""

import pytest

from channels.interface import OutboundMessage, Receipt
from channels.telegram import api
from tests.builders.clock import HandClock
from tests.channels.telegram.builders import TelegramLine
from tests.fakes.bot import FakeBot, says
from tests.fakes.telegram import BLOCKED, CUT_AFTER, CUT_BEFORE, HELD, Fault, No, slow_down
from tests.fakes.telegram_people import Person


def sent(line: TelegramLine, person: Person, fault: No | Fault | None = None, text: str = "Hi!") -> Receipt:
    line.twin.faults["sendmessage"] = [fault] if fault else []
    return line.channel.send(OutboundMessage(5, person.address, text))


def test_what_is_taken_is_sent_and_named_by_chat_and_message(line: TelegramLine, maria: Person) -> None:
    assert sent(line, maria) == Receipt("sent", f"{maria.id}:1")


@pytest.mark.parametrize(
    ("fault", "state", "error"),
    [
        pytest.param(slow_down(7), "try_again", "429", id="too fast"),
        pytest.param(BLOCKED, "never", "blocked", id="blocked"),
        pytest.param(No(403, "Forbidden: user is deactivated"), "never", "deactivated", id="gone"),
        pytest.param(
            No(403, "Forbidden: bot can't initiate conversation with a user"),
            "never", "not_started", id="never wrote to us",
        ),
        pytest.param(No(403, "Forbidden: something new"), "never", "forbidden", id="forbidden in new words"),
        pytest.param(No(400, "Bad Request: chat not found"), "never", "chat_not_found", id="no such chat"),
        pytest.param(No(400, "Bad Request: BUTTON_DATA_INVALID"), "needs_a_person", "button_refused", id="button"),
        pytest.param(No(400, "Bad Request: what"), "needs_a_person", "bad_request", id="another refusal"),
        pytest.param(No(401, "Unauthorized"), "try_again", "token_refused", id="the token"),
        pytest.param(No(502, "Bad Gateway"), "unknown", "NetworkError", id="trouble at their side"),
        pytest.param(CUT_BEFORE, "unknown", "NetworkError", id="cut off before"),
        pytest.param(CUT_AFTER, "unknown", "NetworkError", id="cut off after"),
    ],
)  # fmt: skip
def test_each_refusal_is_what_it_is(
    line: TelegramLine, maria: Person, fault: No | Fault, state: str, error: str
) -> None:
    receipt = sent(line, maria, fault)
    assert (receipt.state, receipt.error) == (state, error)
    assert receipt.opted_out == (error in ("blocked", "deactivated"))
    assert (receipt.after is not None) == (error == "429")


def test_an_answer_that_does_not_come_leaves_a_doubt(
    line: TelegramLine, maria: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "_CALL_SECONDS", 0.1)
    assert sent(line, maria, HELD) == Receipt("unknown", error="timeout")
    assert maria.reads() == ["Hi!"]


def test_a_telegram_that_is_not_reached_has_not_got_it(line: TelegramLine, maria: Person) -> None:
    line.twin.__exit__()
    assert sent(line, maria) == Receipt("try_again", error="not_reached")


def test_a_pause_that_is_asked_for_is_kept_and_the_message_said_once(
    line: TelegramLine, maria: Person, clock: HandClock
) -> None:
    line.twin.faults["sendmessage"] = [slow_down(30)]
    maria.says("hello")
    line.goes_on()
    clock.move(seconds=29)
    line.works()
    assert maria.reads() == []
    clock.move(seconds=3)
    line.works()
    assert maria.reads() == ["You said: hello"]


def test_a_chat_is_not_flooded_and_others_do_not_wait_for_it(
    line: TelegramLine, bot: FakeBot, maria: Person, clock: HandClock
) -> None:
    otto = Person(line.twin, "Otto")
    bot.answer = lambda _asked: [message for n in range(5) for message in says(f"Line {n}")]
    maria.says("tell me all")
    otto.says("me too")
    line.goes_on()
    assert (len(maria.reads()), len(otto.reads())) == (3, 2)
    for _ in range(4):
        clock.move(seconds=1)
        line.works()
    assert maria.reads() == otto.reads() == [f"Line {n}" for n in range(5)]


def test_an_answer_in_doubt_is_rather_said_twice(line: TelegramLine, maria: Person, clock: HandClock) -> None:
    line.twin.faults["sendmessage"] = [CUT_AFTER]
    maria.says("hello")
    line.goes_on()
    clock.move(seconds=5)
    line.works()
    assert maria.reads() == ["You said: hello"] * 2


def test_one_chat_that_is_told_to_wait_keeps_no_other_waiting(
    line: TelegramLine, maria: Person, clock: HandClock
) -> None:
    otto = Person(line.twin, "Otto")
    line.twin.faults["sendmessage"] = [slow_down(30)]
    maria.says("hello")
    line.goes_on()
    otto.says("hello too")
    line.goes_on()
    assert (maria.reads(), otto.reads()) == ([], ["You said: hello too"])
    clock.move(seconds=30)
    line.works()
    assert maria.reads() == ["You said: hello"]

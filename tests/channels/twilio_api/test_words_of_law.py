"""Words that carry law on SMS: who we are, how to stop, and a bare CANCEL, after which nothing more can be sent."""

import pytest

from scheduler_core.outbox import Plan
from tests.builders.clock import HandClock
from tests.channels.builders import Line
from tests.channels.twilio_api.conftest import INTRODUCTION, Core
from tests.fakes.bot import FakeBot, says
from tests.fakes.twilio import FakeTwilio

ANNA, BELA = "+15550001", "+15550002"


def texts(line: Line, text: str, who: str = ANNA) -> None:
    line.hears(text, who=who, channel="sms")
    line.works()


def sent(twilio: FakeTwilio) -> list[str]:
    return [each.body for each in twilio.taken]


def test_the_first_answer_to_an_address_says_who_writes_and_only_the_first(
    line: Line, twilio: FakeTwilio, clock: HandClock
) -> None:
    for text, who in (("hello", ANNA), ("a haircut", ANNA), ("hi", BELA)):
        texts(line, text, who)
        clock.move(minutes=1)
        line.works()
    assert sent(twilio) == [
        f"{INTRODUCTION}\nYou said: hello",
        "You said: a haircut",
        f"{INTRODUCTION}\nYou said: hi",
    ]


def test_a_worker_that_dies_before_the_first_answer_leaves_the_introduction_to_the_next(
    line: Line, twilio: FakeTwilio, clock: HandClock
) -> None:
    line.hears("hello", who=ANNA, channel="sms")
    assert line.store.claim_turn("dies here")
    clock.move(minutes=2)
    line.works()
    assert sent(twilio) == [f"{INTRODUCTION}\nYou said: hello"]


def test_nothing_is_said_before_we_have_said_who_we_are(
    line: Line, twilio: FakeTwilio, bot: FakeBot, clock: HandClock
) -> None:
    bot.stop()
    texts(line, "hello")
    assert sent(twilio) == []


def test_who_wants_nothing_with_their_first_words_is_told_that_alone(
    line: Line, twilio: FakeTwilio, core: Core, bot: FakeBot
) -> None:
    bot.answer = lambda _asked: says("You will get no more messages.")
    core.opted_out = True  # as it is once the bot has understood
    texts(line, "please leave me alone")
    assert sent(twilio) == ["You will get no more messages."]


@pytest.mark.parametrize("word", ["HELP", "info", "Ayuda"])
def test_help_says_who_we_are_how_to_reach_a_person_and_how_to_stop(
    line: Line, twilio: FakeTwilio, bot: FakeBot, word: str
) -> None:
    texts(line, word)
    (answer,) = sent(twilio)
    assert answer.startswith("Studio Nord: I'm an automated assistant")
    assert "PERSON" in answer
    assert "STOP" in answer
    assert bot.asked == []


def test_after_a_bare_cancel_nothing_is_said_and_the_visits_are_pointed_out_once(
    line: Line, twilio: FakeTwilio, core: Core, bot: FakeBot
) -> None:
    again = line.hears("CANCEL", who=ANNA, channel="sms")
    line.works()
    line.hears("CANCEL", who=ANNA, channel="sms", again=again.inbound_id)
    line.works()
    assert list(core.may_drop.values()) == ["CANCEL"]
    assert [asked.message for asked in bot.asked] == ['/stop{"said": "CANCEL"}']
    assert sent(twilio) == []


def test_to_cancel_in_more_words_is_a_request_like_any_other(line: Line, core: Core, bot: FakeBot) -> None:
    texts(line, "cancel my appointment")
    assert [asked.message for asked in bot.asked] == ["cancel my appointment"]
    assert core.may_drop == {}


def test_yes_brings_back_who_has_opted_out_but_not_while_something_is_asked(
    line: Line, core: Core, bot: FakeBot
) -> None:
    core.opted_out = True
    bot.answer = lambda _asked: [{"custom": Plan("Shall I?").to_json() | {"choices": [_YES]}}]
    for text in ("yes", "YES", "START"):
        texts(line, text)
    assert [asked.message for asked in bot.asked] == [
        '/resume_messages{"said": "yes"}',
        "YES",
        '/resume_messages{"said": "START"}',
    ]


_YES = {"label": "Yes please", "payload": "/affirm"}

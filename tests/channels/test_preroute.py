"""What needs no understanding is settled before the bot is asked."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.preroute import (
    LONGEST_MESSAGE,
    ForBot,
    GoOn,
    MayReturn,
    Picture,
    Route,
    Say,
    one_turn,
    picked,
    route,
)
from channels.sms.channel import SmsChannel
from channels.web.channel import WebChannel
from scheduler_core.outbox import Choice

WEB, SMS = WebChannel.capabilities, SmsChannel.capabilities
OFFER = (
    Choice("Tue 9:00 with Ana", '/choose_alternative{"version":1,"n":0}'),
    Choice("Wed 14:00 with Ben", '/choose_alternative{"version":1,"n":1}'),
    Choice("Yes", "/affirm"),
)


@pytest.mark.parametrize(
    ("text", "goes"),
    [
        pytest.param("I need a trim", ForBot("I need a trim"), id="words go to the bot"),
        pytest.param("  a trim \n", ForBot("a trim"), id="white space around is dropped"),
        pytest.param("", Say("empty"), id="nothing"),
        pytest.param(" \t\n ", Say("empty"), id="only white space"),
        pytest.param("\u200b\u2060", Say("empty"), id="only invisible characters"),
        pytest.param("\x00\x07", Say("empty"), id="only control characters"),
        pytest.param("a" * LONGEST_MESSAGE, ForBot("a" * LONGEST_MESSAGE), id="the longest message"),
        pytest.param("a" * (LONGEST_MESSAGE + 1), Say("too_long"), id="one character more"),
        pytest.param("😀", Picture("😀"), id="a face"),
        pytest.param("🎉 🎉🥳", Picture("🎉 🎉🥳"), id="several pictures"),
        pytest.param("👨‍👩‍👧", Picture("👨‍👩‍👧"), id="a joined picture"),
        pytest.param("🇦🇹", Picture("🇦🇹"), id="a flag"),
        pytest.param("❤️", Picture("❤️"), id="a picture with a variation selector"),
        pytest.param("👍", Picture("👍"), id="thumb up"),
        pytest.param("👍🏽👍🏽", Picture("👍"), id="thumbs up in any skin tone"),
        pytest.param("👎", Picture("👎"), id="thumb down"),
        pytest.param("👍👎", Picture("👍👎"), id="both thumbs say nothing"),
        pytest.param("thanks 👍", ForBot("thanks 👍"), id="words with a picture are words"),
        pytest.param("???", ForBot("???"), id="punctuation is no picture"),
        pytest.param("2️⃣", ForBot("2"), id="a keycap is its digit"),
        pytest.param("STOP", ForBot('/stop{"said": "STOP"}'), id="bare stop"),
        pytest.param(" Stop! ", ForBot('/stop{"said": "Stop!"}'), id="bare stop with a mark"),
        pytest.param("unsubscribe", ForBot('/stop{"said": "unsubscribe"}'), id="bare unsubscribe"),
        pytest.param("stop by tomorrow?", ForBot("stop by tomorrow?"), id="stop within a sentence"),
        pytest.param("cancel", ForBot("cancel"), id="a bare cancel is no opt-out here"),
        pytest.param("START", MayReturn("START", is_answer=False), id="bare start"),
        pytest.param("start over", ForBot("start over"), id="start within a sentence"),
        pytest.param("yes", ForBot("yes"), id="a bare yes is no opt-in here"),
        pytest.param("/stop", ForBot('/stop{"said": "stop"}'), id="a typed /stop is the word stop"),
        pytest.param("/affirm", ForBot("affirm"), id="a typed payload is words"),
        pytest.param(" / //restart", ForBot("restart"), id="slashes in any number"),
        pytest.param("\x00/restart", ForBot("restart"), id="a slash behind a control character"),
        pytest.param("/", Say("empty"), id="only a slash"),
        pytest.param(f" go_{'a' * 32}\n", GoOn(f"go_{'a' * 32}"), id="the token of a link"),
        pytest.param(f"go_{'a' * 31}", ForBot(f"go_{'a' * 31}"), id="no token of a link"),
        pytest.param("at 3/4", ForBot("at 3/4"), id="a slash inside stays"),
    ],
)
def test_typed_text_goes_where_it_should(text: str, goes: Route) -> None:
    assert route(text, None, WEB) == goes


def test_a_picked_choice_sends_its_payload_whatever_the_words() -> None:
    assert route("stop", "/affirm", WEB) == ForBot("/affirm")


@given(st.text())
def test_no_typed_text_ever_passes_for_a_payload(text: str) -> None:
    goes = route(text, None, WEB)
    assert not isinstance(goes, ForBot) or goes.is_opt_out or not goes.is_payload


@pytest.mark.parametrize(
    ("opted_out", "asked", "text", "returns"),
    [
        pytest.param(True, False, "yes", True, id="yes after an opt-out"),
        pytest.param(True, True, "yes", False, id="yes to a question"),
        pytest.param(False, False, "yes", False, id="yes from who has not opted out"),
        pytest.param(True, True, "UNSTOP", True, id="unstop whatever is asked"),
        pytest.param(False, False, "start", False, id="start from who has not opted out"),
    ],
)
def test_on_sms_a_yes_is_consent_only_as_twilio_takes_it_and_nothing_is_asked(
    opted_out: bool, asked: bool, text: str, returns: bool
) -> None:
    step = route(text, None, SMS)
    assert isinstance(step, MayReturn)
    back = ForBot(json.dumps({"said": text}).join(["/resume_messages", ""]))
    assert step.settled(opted_out=opted_out, asked=asked) == (back if returns else ForBot(text))


@pytest.mark.parametrize(
    ("text", "n"),
    [
        pytest.param("1", 0, id="a digit"),
        pytest.param(" 2. ", 1, id="a digit with a full stop"),
        pytest.param("2)", 1, id="a digit with a bracket"),
        pytest.param("#3", 2, id="a digit with a hash"),
        pytest.param("option 2", 1, id="option and a digit"),
        pytest.param("Number 1!", 0, id="number and a digit"),
        pytest.param("2️⃣", 1, id="a keycap"),
        pytest.param("wed  14:00 with ben", 1, id="the label in another case"),
        pytest.param("yes.", 2, id="a label with a full stop"),
        pytest.param("4", None, id="a digit that was not offered"),
        pytest.param("0", None, id="zero"),
        pytest.param("at 2", None, id="a time of day is no pick"),
        pytest.param("2 pm", None, id="a time with pm is no pick"),
        pytest.param("no 2", None, id="no is not number"),
        pytest.param("Wed", None, id="half a label"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_digits_and_labels_pick_from_an_open_offer(text: str, n: int | None) -> None:
    assert picked(text, OFFER) == n


@pytest.mark.parametrize(
    ("routes", "turn"),
    [
        pytest.param([ForBot("hi"), ForBot("a trim")], [ForBot("hi, a trim")], id="texts become one"),
        pytest.param([ForBot("Hi!"), ForBot("a trim")], [ForBot("Hi! a trim")], id="no comma after a mark"),
        pytest.param(
            [ForBot("hi"), ForBot("/affirm")], [ForBot("hi"), ForBot("/affirm")], id="a payload is alone"
        ),
        pytest.param(
            [ForBot("/affirm"), ForBot("/affirm")], [ForBot("/affirm")] * 2, id="payloads stay apart"
        ),
        pytest.param([Say("empty"), Say("empty")], [Say("empty")], id="a sentence is said once"),
        pytest.param(
            [Picture("😊")],
            [ForBot(f"/react{json.dumps({'said': '😊'})}")],
            id="a picture alone travels as one",
        ),
        pytest.param(
            [Picture("👍"), ForBot("see you!")], [ForBot("yes, see you!")], id="a thumb beside words is one"
        ),
        pytest.param([Say("empty"), ForBot("hi")], [Say("empty"), ForBot("hi")], id="order is kept"),
    ],
)
def test_messages_that_waited_together_are_one_turn(routes: list[Route], turn: list[Route]) -> None:
    assert one_turn(routes) == turn

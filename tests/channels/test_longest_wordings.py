"""Whatever the house says fits where it is said, however long the names and the days in it are.

An SMS is billed by the part of 160 characters (153 when there are several): a notice that nobody asked for aims at one
part for what it says, and has two with the digits of its answers.
"""

import string
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from channels.interface import OutboundMessage
from channels.shape import shaped
from channels.sms.channel import SmsChannel
from channels.sms.wording import parts, plain
from channels.telegram.channel import TelegramChannel
from channels.whatsapp.channel import WhatsAppChannel
from scheduler_core.appointments.customer_notices import CHOICES
from scheduler_core.outbox import Choice
from tests.house.checkout import ROOT

_LONG: dict[str, dict[str, str]] = {
    "en": {"moment": "Wednesday 30 September at 10:30 AM", "slot": "Wed 30 Sep, 10:30 AM · Alexandra"},
    "es": {"moment": "miércoles 30 de septiembre a las 10:30", "slot": "mié 30 sept, 10:30 · Alexandra"},
}
_FACTS = {
    "name": " Alexandra", "business": "Linden Hair and Beauty", "service": "Highlights with toner",
    "staff": "Alexandra",
    "clock": "10:30 AM", "expected_clock": "10:30 AM", "fee": "£25.00", "example": "a haircut with Ana tomorrow at 3",
    "url": "https://desk.linden-hair-and-beauty.example/calendar/" + "x" * 43 + ".ics",
    "text": "x" * 160, "words": "x" * 160, "summary": "x" * 160, "visits": "x" * 320, "details": "x" * 320,
}  # fmt: skip
_ANY_OTHER = "x" * 40
_TWO_VISITS = "Highlights with toner with Alexandra at 10:30 AM and Fringe trim with Ana at 1:30 PM"
LANGUAGES = sorted(_LONG)
#: What says two moments, or why something is off and what is free instead, does not fit one part: as measured.
LONGER_THAN_A_PART = {
    "visit_moved": 205, "visit_unconfirmed": 180, "visit_must_move": 230, "visit_declined": 180,
    "visit_cancelled": 190, "visit_confirmed": 170, "visit_missed": 255, "visit_proposed": 205, "reminder_many": 200,
}  # fmt: skip
#: With three times to choose from below it.
MOST_PARTS = {"visit_missed": 3, "visit_must_move": 3}


class Facts(dict[str, Any]):
    """A long word for every fact that has no other."""

    def __missing__(self, name: str) -> str:
        return _ANY_OTHER


def filled(sentence: str, language: str, **facts: str) -> str:
    moment = _LONG[language]["moment"]
    known = Facts(_FACTS, moment=moment, was=moment, when=moment, day=moment, **facts)
    return string.Formatter().vformat(sentence, (), known)


def wordings(language: str) -> Mapping[str, str]:
    found: dict[str, str] = yaml.safe_load(
        (ROOT / "scheduler_core/outbox/wording" / f"{language}.yml").read_text()
    )
    return found


def replies(language: str) -> Iterator[tuple[str, str]]:
    for key, variants in yaml.safe_load((ROOT / "domain.yml").read_text())["responses"].items():
        for each in variants:
            if each.get("metadata", {}).get("language", "en") == language:
                yield key, each["text"]


def notice(kind: str, language: str) -> OutboundMessage:
    said, labels = wordings(language), list[str]()
    text = filled(said[f"notice_{kind}"], language, visits=_TWO_VISITS)
    for answer in CHOICES[kind]:
        if answer == "slot":
            text += " " + said["notice_nearest"]
            labels += [_LONG[language]["slot"].replace("10:30", f"1{n}:30") for n in range(3)]
        elif answer == "accept":
            labels.append(_LONG[language]["slot"])
        else:
            labels.append(said[f"notice_button_{answer}"])
    return OutboundMessage(1, "+15550001", text, [Choice(label, f"/{n}") for n, label in enumerate(labels)])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", CHOICES)
def test_a_notice_that_nobody_asked_for_is_one_or_two_parts(kind: str, language: str) -> None:
    told = notice(kind, language)
    assert len(plain(told.text)) <= LONGER_THAN_A_PART.get(kind, 160), plain(told.text)
    body = shaped(told, SmsChannel.capabilities).text
    assert parts(plain(body)).gsm7
    assert parts(plain(body)).count <= MOST_PARTS.get(kind, 2), plain(body)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", CHOICES)
def test_the_answers_of_a_notice_can_be_told_apart_on_whatsapp(kind: str, language: str) -> None:
    can, told = WhatsAppChannel.capabilities, notice(kind, language)
    shape = shaped(told, can)
    longest = can.longest_button if shape.form == "buttons" else can.longest_row
    assert shape.form in ("buttons", "list")
    assert longest
    assert max(map(len, shape.labels)) <= longest
    assert len(set(shape.labels)) == len(told.choices)
    assert len(shape.text) <= (can.longest_with_choices or 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_law_fit_one_part(language: str) -> None:
    assert len(plain(filled(wordings(language)["introduction"], language))) <= 160
    assert parts(plain(filled(wordings(language)["about_us"], language))).count <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_cut_on_any_channel(language: str) -> None:
    said = [*replies(language), *wordings(language).items()]
    long = {key: len(filled(text, language)) for key, text in said}
    shortest = min(
        each.capabilities.longest_text or 0 for each in (SmsChannel, WhatsAppChannel, TelegramChannel)
    )
    assert {key: length for key, length in long.items() if length > shortest} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_of_ours_is_shown_whole_in_a_list(language: str) -> None:
    said = [*replies(language), *wordings(language).items()]
    longest = WhatsAppChannel.capabilities.longest_row or 0
    assert {
        key: text for key, text in said if "button" in key and "{" not in text and len(text) > longest
    } == {}


LABELS = st.lists(st.text("ab 12:·", min_size=1, max_size=40), unique=True, max_size=12)


@given(LABELS)
def test_two_choices_never_become_the_same(labels: list[str]) -> None:
    message = OutboundMessage(1, "x", "Which?", [Choice(label, f"/{n}") for n, label in enumerate(labels)])
    for channel in (WhatsAppChannel, TelegramChannel, SmsChannel):
        can = channel.capabilities
        shape = shaped(message, can)
        if shape.form in ("buttons", "list"):
            assert len(set(shape.labels)) == len(labels)
            assert all(len(each) <= (can.longest_row or 64) for each in shape.labels)

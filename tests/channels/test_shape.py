"""A message shows all its choices on every channel: as buttons, as a list, or written out with digits."""

from dataclasses import replace

import pytest

from channels.interface import Capabilities, OutboundMessage
from channels.preroute import picked
from channels.shape import shaped
from scheduler_core.outbox import Choice, Link

PHONE = Capabilities(opt_out_words=frozenset(), buttons=3, longest_button=20, rows=10, longest_row=24)
SMS = Capabilities(opt_out_words=frozenset())


def message(*labels: str, text: str = "Which one?") -> OutboundMessage:
    choices = tuple(Choice(label, f"/choose{{{n}}}") for n, label in enumerate(labels))
    return OutboundMessage(1, "+15550001", text, choices)


@pytest.mark.parametrize(
    ("labels", "form"),
    [
        ((), "plain"),
        (("Yes", "No"), "buttons"),
        (("1", "2", "3", "4"), "list"),
        (("Yes, please book it now", "No"), "list"),
        (tuple("abcdefghijk"), "digits"),
    ],
)
def test_choices_take_the_best_form_that_shows_them_all(labels: tuple[str, ...], form: str) -> None:
    assert shaped(message(*labels), PHONE).form == form


def test_a_row_too_long_is_cut_and_a_button_never_is() -> None:
    rows = shaped(message("Thursday 12 November, 3:30 pm", "Another day"), PHONE).labels
    assert rows == ("Thursday 12 November, 3…", "Another day")


def test_a_digit_written_out_is_the_digit_that_picks() -> None:
    offer = message("9:00", "10:30")
    assert shaped(offer, SMS).text == "Which one?\n1 9:00\n2 10:30"
    assert picked("2", offer.choices) == 1


def test_a_link_is_written_out_where_there_is_no_button_for_it() -> None:
    booked = replace(message(text="Booked."), links=(Link("Calendar", "https://desk.example/c.ics"),))
    assert shaped(booked, SMS).text == "Booked.\nCalendar: https://desk.example/c.ics"
    assert shaped(booked, replace(SMS, link_buttons=True)).text == "Booked."


def test_what_is_too_long_is_cut_and_says_so() -> None:
    assert shaped(message(text="a" * 30), replace(SMS, longest_text=10)).text == "a" * 9 + "…"

"""The terminal shows replies with numbered choices and sends what is typed."""

import io
from collections.abc import Callable, Iterator

import pytest
from rich.console import Console

from channels.terminal import client
from channels.terminal.client import chat
from tests.fakes.bot import SILENT, Asked, FakeBot, Messages, says


def _types(*texts: str) -> Callable[[], str]:
    left: Iterator[str] = iter(texts)

    def ask() -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return ask


def _screen() -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, width=100, highlight=False), out


def test_a_typed_digit_picks_from_the_choices_shown(front: str, bot: FakeBot) -> None:
    def answer(asked: Asked) -> Messages:
        if asked.message == "/affirm":
            return says("Booked.", links=(("Add to calendar", "http://desk.example/c.ics"),))
        return says("Shall I book [it]?", ("Yes", "/affirm"), ("No", "/deny"))

    bot.answer = answer
    screen, out = _screen()
    chat(front, "Maria Lopez", ask=_types("a trim", "1"), console=screen)

    shown = out.getvalue()
    assert "Shall I book [it]?" in shown
    assert "1  Yes" in shown
    assert "Add to calendar: http://desk.example/c.ics" in shown
    assert bot.asked[-1].sender == "terminal:maria-lopez"
    assert bot.asked[-1].metadata["display_name"] == "Maria Lopez"


def test_what_was_said_in_an_earlier_chat_is_not_printed_again(front: str) -> None:
    chat(front, "Maria", ask=_types("first"), console=_screen()[0])
    screen, out = _screen()
    chat(front, "Maria", ask=_types("second"), console=screen)
    assert "You said: second" in out.getvalue()
    assert "You said: first" not in out.getvalue()


def test_a_house_that_is_not_up_is_said_plainly() -> None:
    screen, out = _screen()
    chat("http://127.0.0.1:1", "Maria", ask=_types("hello"), console=screen)
    assert "./frontdesk up" in out.getvalue()


def test_where_a_person_answers_the_terminal_says_nothing_of_its_own(
    front: str, bot: FakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_PATIENCE_SECONDS", 0.5)
    bot.answer = lambda _: SILENT
    screen, out = _screen()
    chat(front, "Maria", ask=_types("are you there, Ana?"), console=screen)
    assert out.getvalue().strip() == "Type and press Enter. A digit picks a choice. Ctrl-D leaves."

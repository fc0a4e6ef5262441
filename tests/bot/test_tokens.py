"""Days, times, dates and numbers look alike to the classifier, whatever they are."""

import pytest

from bot.components.tokens import by_kind, tokens


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("Friday at 3", "_day at _number"),
        ("tues 11:30", "_day _time"),
        ("at 3 p.m.", "at _time"),
        ("four o'clock", "_time"),
        ("half past two", "_time"),
        ("on March 12th", "on _date"),
        ("12/3 please", "_date please"),
        ("2026-03-12", "_date"),
        ("the 2nd one", "the _nth _number"),
        ("tmrw morning", "_soon _part"),
        ("el viernes a las 3", "el _day a las _time"),
        ("a las cuatro y media de la tarde", "a las _time"),
        ("a las 16:30", "a las _time"),
        ("a la una", "a la _time"),
        ("mañana por la mañana", "_soon _part"),
        ("pasado manana", "_soon"),
        ("miercoles en la tarde", "_day _part"),
        ("el 15 de marzo", "el _date"),
        ("somos dos", "somos _number"),
        ("esta noche", "_part"),
    ],
)
def test_a_time_expression_becomes_its_kind(said: str, seen: str) -> None:
    assert by_kind(said) == seen


@pytest.mark.parametrize(
    "said",
    [
        "may I speak to someone",
        "I don't know",
        "a monkey",
        "once again",
        "más tarde",
        "una cita",
        "la segunda",
    ],
)
def test_other_words_stay(said: str) -> None:
    assert by_kind(said) == said.lower()


def test_a_question_mark_is_a_word_and_a_comma_is_not() -> None:
    assert tokens("no, later?") == ["no", "later", "?"]

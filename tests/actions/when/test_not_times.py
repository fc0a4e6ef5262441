"""Names, numbers and phrases that only look like times stay untouched."""

from __future__ import annotations

import pytest

from tests.actions.when.said import lines, said

NOTHING = [
    "April Jones",
    "my name is June Field",
    "may I book a cut",
    "it may or may not suit",
    "is Dr May in",
    "party of six",
    "for two",
    "2 people",
    "table for 4",
    "my number is 07700 900 456",
    "+44 161 496 0321",
    "212-555-0187",
    "it was £35 last time",
    "I paid $40",
    "is it 20 pounds",
    "12 High Street",
    "I live at 49 Old Mill Road",
    "I live at 12 Park Road, flat 3",
    "flat 3",
    "my postcode is SW1A 1AA",
    "I'm 34",
    "my kids are 4 and 6",
    "she is 12 weeks pregnant",
    "in a second",
    "one moment",
    "just a minute please",
    "the second one",
    "the first option",
    "option 2",
    "I sat in the wrong chair",
    "good morning",
    "Morning! how are you",
    "good evening, are you there",
    "have a nice weekend",
    "I am running 10 minutes late",
    "that was two weeks ago",
    "what are your opening times",
    "move it from one chair to another",
    "half price offer",
    "order 1234",
    "ana@example.com",
    "open 24/7?",
    "I need 3 weeks notice",
    "",
    "🙂🙂",
]


@pytest.mark.parametrize("text", NOTHING, ids=lambda text: text or "empty")
def test_nothing_is_found(text: str) -> None:
    assert said(text).empty


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It's April, can I bring 2 people on Friday at 4?", ["06-11 16:00"]),
        ("Is Dr May free on the 2nd of July?", ["07-02"]),
        ("my daughter is 7, tomorrow at 4", ["06-10 16:00"]),
        ("call me on 07700900456 after 5", ["17:00-"]),
        ("£35 for a cut on Friday?", ["06-11"]),
        ("Morning, can I come tomorrow", ["06-10"]),
        ("I'm at 12 High Street, can you do 3pm", ["15:00"]),
    ],
    ids=str,
)
def test_the_time_beside_them_is_found(text: str, expected: list[str]) -> None:
    assert lines(said(text)) == expected

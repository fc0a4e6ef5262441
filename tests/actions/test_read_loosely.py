"""What somebody needs is recognised in their own words, and what was said already is not asked again."""

from __future__ import annotations

import pytest

from actions.core_types import Service
from actions.mentions import mentions_in
from tests.actions.talk import Talk
from tests.fakes.core import FakeCore

_PLUMBER = {"Blocked drain": ["blocked sink"], "Leak repair": ["leak"], "Boiler service": []}
_SERVICES = [
    Service(id=n, name=name, category="", aliases=aliases, duration_minutes=60, price_minor=1, staff_ids=[])
    for n, (name, aliases) in enumerate(_PLUMBER.items())
]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("my kitchen sink is totally blocked", "Blocked drain"),
        ("water is leaking everywhere", "Leak repair"),
        ("the boiler needs servicing and the sink is fine", None),
        ("my drain is fine but there was a long line of people and the road was blocked", None),
    ],
)
def test_words_apart_and_with_endings_name_a_service(said: str, meant: str | None) -> None:
    wanted = mentions_in(said, _SERVICES, "en").wanted
    assert [each.name for wish in wanted for each in wish] == ([meant] if meant else [])


def test_a_service_named_in_what_seems_not_ours_is_proposed(talk: Talk) -> None:
    talk.says("is a beard trim something for winter people", "out_of_scope")
    assert talk.labels()[0] == "Book Beard trim"


def test_services_whose_price_was_asked_are_those_booked(talk: Talk, core: FakeCore) -> None:
    talk.says("how much for a haircut and a beard trim", "ask_price")
    talk.says("ok, Friday then", "choose_alternative")
    assert core.searches[-1].service_id == 1
    assert core.searches[-1].also == (2,)


def test_one_of_the_services_whose_price_was_asked_is_booked_alone(talk: Talk, core: FakeCore) -> None:
    talk.says("how much for a haircut and a beard trim", "ask_price")
    talk.says("book the haircut for Friday", "book_appointment")
    assert core.searches[-1].also == ()


def test_a_price_is_told_once(talk: Talk) -> None:
    assert talk.says("a haircut on Friday, and how much is it?", "book_appointment").count("£32") == 1


def test_a_time_is_acknowledged_while_the_service_is_not_known(talk: Talk) -> None:
    talk.says("I'd like an appointment", "book_appointment")
    asked = talk.says("Friday around 3", "inform")
    assert asked == "Friday 20 November around 15:00 – what would you like to come in for?"
    assert talk.says("yes", "affirm") == "What would you like to come in for?"


def test_a_refused_time_asked_for_once_more_is_looked_up_once_more(talk: Talk, core: FakeCore) -> None:
    core.taken = {each.start for each in core._slots(1) if each.start.day == 20}
    first = talk.says("a haircut on Friday at 3", "book_appointment")
    assert "once more" not in first
    again = talk.says("Friday at 3 please", "inform")
    assert again.startswith("I've looked once more")

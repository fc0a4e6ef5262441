"""Whatever is typed, in any state and under any intent, there is an answer and nothing is booked by itself."""

from __future__ import annotations

import re
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.intents import APPLY
from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore

_WORDS = st.sampled_from(
    [
        "friday",
        "at 3",
        "the second one",
        "with Ana",
        "trim",
        "beard",
        "no",
        "not",
        "earlier",
        "5",
        "my name is",
        "🙂",
    ]
)
_TEXTS = st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=6).map(" ".join))
_TURNS = st.lists(st.tuples(_TEXTS, st.sampled_from(sorted(set(APPLY) - {"affirm"}))), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(turns=_TURNS, known=st.booleans(), has_visit=st.booleans())
def test_every_turn_is_answered_and_nothing_is_written_without_a_yes(
    turns: list[tuple[str, str]], known: bool, has_visit: bool
) -> None:
    core = FakeCore(customer="Maria" if known else None)
    if has_visit:
        core.visit(FRIDAY_AT_3)
    before = list(core.visits)
    talk = Talk(core)
    for text, intent in turns:
        assert talk.says(text, intent).strip()
        if talk.labels() and talk.labels()[0].startswith("Yes"):
            break
    assert core.visits == before


_SENTENCES = st.sampled_from(
    [
        ("a haircut", "book_appointment"),
        ("a haircut with Ana on friday at 3", "book_appointment"),
        ("a trim on sunday", "book_appointment"),
        ("a colour", "book_appointment"),
        ("a haircut every friday at 3", "book_appointment"),
        ("two haircuts for me and my wife on friday at 3", "book_appointment"),
        ("put me on the waitlist", "join_waitlist"),
        ("take me off the waitlist", "leave_waitlist"),
        ("move my appointment", "reschedule_appointment"),
        ("cancel my appointment", "cancel_appointment"),
        ("cancel both", "cancel_appointment"),
        ("the second one", "choose_alternative"),
        ("anything later", "request_alternatives"),
        ("friday", "inform"),
        ("yesterday", "inform"),
        ("Peter Smith", "inform"),
        ("yes", "affirm"),
        ("no", "deny"),
        ("whatever", "dont_care"),
        ("how much is it, and where are you", "ask_price"),
        ("do you have parking", "ask_location"),
        ("what have I got", "list_appointments"),
        ("I'm ten minutes late", "running_late"),
        ("I'm allergic to latex", "inform"),
        ("delete my data", "delete_data"),
        ("a person please", "human_handoff"),
        ("say again", "repeat"),
        ("hold on", "wait"),
        ("en español", "change_language"),
        ("you useless thing", "abuse"),
        ("blargh", "out_of_scope"),
        ("hello", "greet"),
        ("thanks", "thank"),
        ("bye", "goodbye"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(turns=st.lists(_SENTENCES, min_size=1, max_size=8), known=st.booleans(), visits=st.integers(0, 2))
def test_an_answer_asks_one_thing_at_most_and_shows_what_can_be_tapped(
    turns: list[tuple[str, str]], known: bool, visits: int
) -> None:
    core = FakeCore(customer="Maria" if known else None)
    for n in range(visits):
        core.visit(FRIDAY_AT_3 + timedelta(days=n))
    talk = Talk(core)
    for text, intent in turns:
        _is_well_mannered(talk.says(text, intent), talk, core)


def _is_well_mannered(said: str, talk: Talk, core: FakeCore) -> None:
    open_question = (core.state.get("question") or {}).get("kind")
    assert said.count("?") <= 1, said
    assert not re.search(r"[{}]|\bNone\b|  ", said), said
    assert len(set(talk.labels())) == len(talk.labels()), talk.labels()
    if open_question != "name":
        assert talk.labels() or "?" not in said, said

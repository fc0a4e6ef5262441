"""Whatever is typed, in any state and under any intent, there is an answer and nothing is booked by itself."""

from __future__ import annotations

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

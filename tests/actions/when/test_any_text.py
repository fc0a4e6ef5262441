"""Whatever anybody types, understanding it neither fails nor takes long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.when import TimeConstraint, combine, intervals
from actions.when.lexicon import lexicon_for
from tests.actions.when.said import OPENING, ZONE, said

_WORDS = sorted({" ".join(words) for rows in lexicon_for("en").phrases.values() for words, _ in rows})
_FIGURES = st.sampled_from(
    ["3", "15", "31", "2400", "99", "1000", "9999", "3:30", "25:61", "2.30", "30/2", "31.12.", "2027-02-29"]
)
_TALK = st.lists(st.sampled_from(_WORDS) | _FIGURES, max_size=14).map(" ".join)
_TEXTS = st.text(max_size=200) | _TALK
_MOMENTS = st.integers(946_684_800, 3_786_912_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@settings(max_examples=300, deadline=None)
@given(first=_TEXTS, then=_TEXTS, now=_MOMENTS)
def test_any_two_messages_are_understood_combined_and_searched(first: str, then: str, now: datetime) -> None:
    together = combine(said(first, now=now), said(then, now=now, asked="time", anchor=now))

    assert TimeConstraint.from_json(together.to_json()) == together
    for start, end in intervals(together, ZONE, now, timedelta(days=30), OPENING):
        assert start < end


@settings(max_examples=100, deadline=None)
@given(text=_TALK, weeks=st.integers(1, 3))
def test_a_week_later_everything_is_understood_with_the_same_certainty(text: str, weeks: int) -> None:
    now = datetime(2027, 6, 9, 9, 20, tzinfo=UTC)
    earlier, later = said(text, now=now), said(text, now=now + timedelta(weeks=weeks))

    assert earlier.empty == later.empty
    assert earlier.spans == later.spans


def test_a_thousand_characters_take_no_time() -> None:
    text = ("Friday or Saturday morning, not before 10, or else the 21st at half past two. " * 20)[:1000]
    said(text)

    began = perf_counter()
    said(text)

    assert perf_counter() - began < 0.5

"""Where a message's time went: each instant is counted once, for the innermost step."""

from pathlib import Path

import pytest

from benchmarks.spans import Recorder, Span, read, seconds_by_step

_WINDOW = Span("front door", 0.0, 10.0)
_INNERMOST_FIRST = ("database", "core", "bot", "feed")


def _parts(*spans: Span) -> dict[str, float]:
    return {step: s for step, s in seconds_by_step(_WINDOW, spans, _INNERMOST_FIRST).items() if s}


def test_a_step_within_a_step_takes_its_time_from_it() -> None:
    parts = _parts(Span("bot", 1, 9), Span("core", 2, 6), Span("database", 3, 4))
    assert parts == {"database": 1, "core": 3, "bot": 4, "front door": 2}


def test_what_goes_on_beside_the_way_takes_nothing_from_it() -> None:
    assert _parts(Span("bot", 1, 9), Span("feed", 0.5, 3)) == {"bot": 8, "feed": 0.5, "front door": 1.5}


def test_the_same_step_twice_at_once_is_counted_once() -> None:
    assert _parts(Span("database", 1, 4), Span("database", 2, 5)) == {"database": 4, "front door": 6}


def test_only_what_lies_in_the_window_counts() -> None:
    assert _parts(Span("core", -5, 1), Span("core", 9, 20), Span("core", 11, 12)) == {
        "core": 2,
        "front door": 8,
    }


@pytest.mark.parametrize("raises", [False, True], ids=["that works", "that fails"])
def test_a_noted_call_is_read_back(tmp_path: Path, raises: bool) -> None:
    def work() -> int:
        if raises:
            raise ValueError
        return 7

    timed = Recorder(tmp_path / "spans").around("core", work)
    if raises:
        with pytest.raises(ValueError):  # noqa: PT011
            timed()
    else:
        assert timed() == 7
    (span,) = read([tmp_path / "spans"])
    assert span.step == "core"
    assert span.began <= span.ended

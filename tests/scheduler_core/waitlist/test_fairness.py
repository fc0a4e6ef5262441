"""The order in which those who wait are asked."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler_core.waitlist.fairness import Standing, in_order

NOON = datetime(2027, 3, 2, 12, tzinfo=UTC)


def waits(entry_id: int, minutes: int, named: int = 0, has_visit: bool = False) -> Standing:
    return Standing(entry_id, named, has_visit, NOON + timedelta(minutes=minutes))


def test_the_better_match_then_who_has_nothing_yet_then_who_has_waited_longest() -> None:
    asked = in_order(
        [
            waits(1, 0, has_visit=True),
            waits(2, 50),
            waits(3, 10),
            waits(4, 90, named=1),
            waits(5, 95, named=2, has_visit=True),
            waits(6, 10),
        ]
    )
    assert asked == [5, 4, 3, 6, 2, 1]


STANDINGS = st.lists(
    st.builds(waits, st.integers(1, 99), st.integers(0, 5), st.integers(0, 2), st.booleans()),
    unique_by=lambda each: each.entry_id,
)


@given(STANDINGS, st.randoms())
def test_it_is_the_same_however_they_are_found(standing: list[Standing], dice: object) -> None:
    shuffled = sorted(standing, key=lambda _: dice.random())  # type: ignore[attr-defined]
    assert in_order(shuffled) == in_order(standing)


@given(STANDINGS)
def test_whoever_joins_or_leaves_nobody_else_changes_places(standing: list[Standing]) -> None:
    everybody = in_order(standing)
    for gone in standing:
        rest = [each for each in standing if each is not gone]
        assert in_order(rest) == [key for key in everybody if key != gone.entry_id]

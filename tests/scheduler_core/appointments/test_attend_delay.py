"""Delays go from visit to visit through whom and what they share, as far as nothing absorbs them."""

from datetime import datetime, timedelta

import pytest

from scheduler_core.appointments.attend.delay import Stretch, delays
from scheduler_core.appointments.attend.parts import Done, Reserved, parts_of
from tests.scheduler_core.appointments.steps import TUESDAY

ANA, BEN, ROOM = (1, 0), (2, 0), (3, 0)


def at(minutes: int) -> datetime:
    return TUESDAY + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("stretches", "late_by", "expected"),
    [
        ([(1, ANA, 0, 70), (2, ANA, 60, 120), (3, ANA, 125, 150)], {1: 0}, {2: 10, 3: 5}),
        ([(1, ANA, 0, 60), (2, ANA, 60, 120)], {1: 0}, {}),
        ([(1, ANA, 0, 70), (2, BEN, 60, 120)], {1: 0}, {}),
        ([(1, ROOM, 0, 70), (2, ROOM, 60, 90), (2, BEN, 60, 90), (3, BEN, 90, 99)], {1: 0}, {2: 10, 3: 10}),
        ([(1, ANA, 0, 70), (2, ANA, 60, 120), (3, ANA, 120, 150)], {1: 0, 2: 4}, {2: 4, 3: 4}),
        ([(1, ANA, 0, 200), (2, ANA, 60, 120), (3, ANA, 120, 150)], {1: 0, 2: 0}, {}),
        ([(1, ANA, 0, 20), (2, ANA, 20, 45), (1, ANA, 40, 60), (3, ANA, 60, 80)], {1: 0, 2: 0}, {}),
        ([(1, ANA, 0, 30), (1, BEN, 30, 70), (2, ANA, 30, 50), (3, BEN, 60, 80)], {1: 0}, {3: 10}),
        ([(1, BEN, 0, 40), (2, ANA, 0, 30), (2, BEN, 30, 60), (3, BEN, 60, 80)], {1: 0}, {3: 10}),
    ],
    ids=[
        "carried on and absorbed",
        "touching is on time",
        "another's person",
        "through a room to another person",
        "who began less late carries on less",
        "who began waits for nobody",
        "within another's gap",
        "only the part that lasts longer",
        "a later part waits, and so do those behind it",
    ],
)
def test_who_starts_how_late(
    stretches: list[tuple[int, tuple[int, int], int, int]], late_by: dict[int, int], expected: dict[int, int]
) -> None:
    found = delays([Stretch(*each) for each in stretches], late_by)
    assert {visit: late for visit, late in found.starts.items() if late} == expected


def test_what_starts_late_is_needed_later_by_everything_it_needs() -> None:
    found = delays(
        [Stretch(1, ANA, 0, 70), Stretch(2, ANA, 60, 90), Stretch(2, ROOM, 90, 120), Stretch(3, BEN, 0, 9)],
        {1: 0},
    )
    assert found.moved == [Stretch(2, ANA, 70, 100), Stretch(2, ROOM, 100, 130)]


def test_a_reservation_s_buffers_are_not_its_work() -> None:
    row = Reserved(1, *ANA, at(-5), at(70))
    (part,) = parts_of([row], [Done(at(0), at(60), 1, timedelta(minutes=10))])
    assert (part.begins, part.ends, part.after) == (at(0), at(60), timedelta(minutes=10))
    assert part.last
    assert part.closing


def test_pieces_around_a_gap_end_where_they_are_cut() -> None:
    rows = [Reserved(2, *ANA, at(40), at(70)), Reserved(1, *ANA, at(0), at(20))]
    first, second = parts_of(rows, [Done(at(0), at(60), 1, timedelta(minutes=10))])
    assert (first.reserved.id, first.ends, first.closing) == (1, at(20), False)
    assert (second.begins, second.ends, second.closing) == (at(40), at(60), True)


def test_who_is_done_before_the_end_does_not_close_the_visit() -> None:
    rows = [Reserved(1, *ANA, at(0), at(35)), Reserved(2, *BEN, at(30), at(60))]
    rows.append(Reserved(3, *ROOM, at(0), at(30)))
    done = [Done(at(0), at(30), 1, timedelta(minutes=5)), Done(at(30), at(60), 2)]
    parts = {part.unit: part for part in parts_of(rows, done)}
    assert (parts[ANA].ends, parts[ANA].after, parts[ANA].closing) == (at(30), timedelta(minutes=5), False)
    assert (parts[ROOM].ends, parts[ROOM].after, parts[ROOM].closing) == (at(30), timedelta(), False)
    assert (parts[BEN].ends, parts[BEN].closing) == (at(60), True)

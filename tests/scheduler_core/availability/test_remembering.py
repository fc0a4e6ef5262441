"""What a process has worked out it uses again, but it keeps only so much of it and nothing that was undone."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from scheduler_core.availability import ranking, spoken
from scheduler_core.availability.diary import Late, Spoken, Spot
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.holds import hold
from scheduler_core.availability.listing import listing
from scheduler_core.availability.memory import remembered
from scheduler_core.availability.search import Wanted, search
from scheduler_core.availability.slots import Interval, minute_of
from scheduler_core.db import Database
from tests.builders.core import MONDAY
from tests.builders.parts import ALWAYS
from tests.builders.salon import Plan, Salon, a_salon
from tests.scheduler_core.availability.times import TEN

AT_TEN = datetime.fromisoformat(TEN)
_SHAPES, _SHAPES_KEPT = 60, 32
_A_MONTH = 30 * 24 * 60


@pytest.fixture
def salon(empty_database: Database) -> Salon:
    return empty_database.transact(lambda session: a_salon(session, MONDAY, Plan()))


def found(session: Session, salon: Salon, minutes: int = 60) -> list[Spot]:
    """The soonest times with Ana for a visit that is so long."""
    question = Enquiry(salon.id, (salon.service,), salon.ana, agreed_minutes=(minutes,))
    return search(session, Wanted(question), MONDAY).spots


def test_what_was_listed_before_it_was_undone_is_not_remembered(
    empty_database: Database, salon: Salon
) -> None:
    """The hold that is made instead brings Ana's diary to the very revision that was undone."""
    question = Enquiry(salon.id, (salon.service,), salon.ana)

    def at_ten(session: Session) -> list[Spot]:
        minute = minute_of(AT_TEN)
        return listing(session, question, minute, minute + 1, 9, MONDAY).spots

    def hold_look_and_fail(session: Session) -> None:
        hold(session, question, salon.conversation, AT_TEN, MONDAY)
        assert not at_ten(session)
        raise RuntimeError

    with empty_database.read() as session:
        assert at_ten(session)
    with pytest.raises(RuntimeError):
        empty_database.transact(hold_look_and_fail)
    later = AT_TEN + timedelta(hours=1)
    empty_database.transact(lambda session: hold(session, question, salon.conversation, later, MONDAY))
    with empty_database.read() as session:
        assert at_ten(session)


def test_however_many_kinds_of_visit_are_asked_for_only_some_are_kept(
    empty_database: Database, salon: Salon
) -> None:
    with empty_database.read() as session:
        for minutes in range(30, 30 + _SHAPES):
            assert found(session, salon, minutes)
        known, _ = remembered(session, salon.id, MONDAY)
    kept = [len(each.fitting) for _, _, each in known.spoken.values()]
    assert 0 < max(kept) <= _SHAPES_KEPT


def test_what_another_thread_forgets_at_that_moment_is_no_matter(
    empty_database: Database, salon: Salon, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Forgotten(dict[object, tuple[int, ...]]):
        def __setitem__(self, key: object, value: tuple[int, ...]) -> None:
            """Gone as soon as it is kept."""

    def diary(
        units: tuple[tuple[Interval, ...], ...],
        capacity: int,
        blocks: tuple[Interval, ...],
        late: tuple[Late, ...],
    ) -> Spoken:
        return Spoken(units, capacity, blocks, late, Forgotten())

    monkeypatch.setattr(spoken, "Spoken", diary)
    with empty_database.read() as session:
        assert found(session, salon) == found(session, salon) != []


def test_where_there_is_enough_near_by_nobody_looks_to_a_horizon_of_two_years(
    empty_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = Plan(grid=1, hours=ALWAYS, horizon_days=730)
    salon = empty_database.transact(lambda session: a_salon(session, MONDAY, plan))
    looked_at: list[int] = []

    def counting(rank: Callable[..., list[int]]) -> Callable[..., list[int]]:
        def ranked(minutes: list[int], *more: object) -> list[int]:
            looked_at.append(len(minutes))
            return rank(minutes, *more)

        return ranked

    monkeypatch.setattr(ranking, "soonest", counting(ranking.soonest))
    monkeypatch.setattr(ranking, "nearest", counting(ranking.nearest))
    long_ago = minute_of(MONDAY - timedelta(days=365))
    with empty_database.read() as session:
        question = Enquiry(salon.id, (salon.service,))
        assert search(session, Wanted(question), MONDAY).spots
        assert search(session, Wanted(question, [(long_ago, long_ago + 1)]), MONDAY).alternatives
    assert len(looked_at) == 2
    assert max(looked_at) <= _A_MONTH

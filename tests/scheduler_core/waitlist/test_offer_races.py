"""Whatever happens at the same moment, a time is one person's, and nobody is asked twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.scheduler_core.waitlist.offered import Line, tuesday
from tests.scheduler_core.waitlist.wishes import CoreMaker


@pytest.fixture
def line(a_core: CoreMaker) -> Line:
    return Line(a_core(hours={1: ((540, 660),)}, ben_hours={5: ((540, 660),)}))


def at_once(*work: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(len(work)) as pool:
        return [each.result() for each in [pool.submit(each) for each in work]]


def standing(line: Line) -> list[tuple[int, str]]:
    """Whose visits there are, and when."""
    found = line.core.ask("GET", "appointments?limit=50").json()["items"]
    return sorted((each["customer_id"], each["start"]) for each in found if each["status"] == "booked")


def test_yes_and_no_at_the_same_moment_are_one_of_them(line: Line) -> None:
    visit = line.books(9)
    rosa = line.waits("rosa")
    line.cancels(visit)
    yes = [lambda: line.answers(rosa, "accept").status_code] * 4
    answers = at_once(*yes, lambda: line.answers(rosa, "decline").status_code)
    line.later()
    (state,) = [state for customer, _, state in line.history() if customer == rosa]
    if state == "accepted":
        assert sorted(answers[:4]) == [200, 410, 410, 410]
        assert standing(line) == [(rosa, tuesday(9))]
    else:
        assert answers[:4] == [410] * 4
        assert standing(line) == []


def test_at_the_very_end_the_time_is_the_next_one_s_or_another_s(line: Line) -> None:
    visit, _ = line.books(9), line.books(10)
    rosa, tom, zoe = line.waits("rosa"), line.waits("tom"), line.person("zoe")
    line.cancels(visit)
    line.core.clock.move(minutes=30)
    at_once(
        lambda: line.answers(rosa, "accept"),
        lambda: line.core.book(tuesday(9), customer_id=zoe),
        line.core.does_what_is_due,
        line.core.does_what_is_due,
    )
    line.later()
    at_nine = [customer for customer, start in standing(line) if start == tuesday(9)]
    kept_for = [customer for customer, _ in line.open_offers()]
    assert at_nine + kept_for in ([zoe], [tom])


def test_two_workers_ask_each_person_once_and_about_different_times(line: Line) -> None:
    visits = line.books(9), line.books(10)
    people = [line.waits(name) for name in ("rosa", "tom", "priya")]
    for visit in visits:
        line.core.cancel(visit)
    line.core.does_what_is_due()
    line.core.clock.move(minutes=5)
    at_once(line.core.does_what_is_due, line.core.does_what_is_due, line.core.does_what_is_due)
    assert sorted(line.open_offers(), key=lambda each: each[1]) == [(people[0], 9), (people[1], 10)]


def test_a_worker_that_dies_before_its_end_has_done_nothing(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a look is one transaction: the time, the offer, the words and the end of it."""
    visit = line.books(9)
    rosa = line.waits("rosa")
    line.core.cancel(visit)
    line.core.does_what_is_due()
    line.core.clock.move(minutes=5)
    with monkeypatch.context() as broken:
        broken.setattr("scheduler_core.waitlist.offers.OFFER_ENDS", None)
        line.core.does_what_is_due()
    assert (line.history(), line.told("waitlist_offer"), line.free()) == ([], [], [9, 10])
    line.later(minutes=1)
    assert line.open_offers() == [(rosa, 9)]
    assert len(line.told("waitlist_offer")) == 1

"""A limit holds exactly, however many ask at the same moment for times that are all free."""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from tests.builders.business import said
from tests.builders.core import Core
from tests.scheduler_core.availability.meanwhile import at_once

CoreMaker = Callable[..., Core]

HOURS = [f"2027-03-02T{hour}:00:00Z" for hour in (14, 15, 16, 17, 19, 20, 21, 22)]


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ("max_per_day", "day_full"),
        ("max_per_customer_per_day", "too_many_that_day"),
        ("max_upcoming_per_customer", "too_many_visits"),
    ],
)
def test_as_many_as_the_policy_lets_and_no_more(a_core: CoreMaker, limit: str, code: str) -> None:
    core = a_core(policy={limit: 3})
    answers = at_once(*(partial(core.book, start, staff_id=None) for start in HOURS))
    assert Counter(said(answer) for answer in answers) == {(201, ""): 3, (422, code): len(HOURS) - 3}


def test_a_customer_is_at_one_place_at_a_time(a_core: CoreMaker) -> None:
    core = a_core(policy={"customer_may_overlap": False})
    asks = [partial(core.book, HOURS[0], staff_id=person) for person in (core.salon.ana, core.salon.ben)]
    answers = sorted(said(answer) for answer in at_once(*asks))
    assert answers == [(201, ""), (422, "customer_busy")]

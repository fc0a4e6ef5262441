"""Whoever offers freed times, and passes them on, is killed in the middle of it."""

from scheduler_core.db import Database
from tests.builders.offering import Offered, offer_under_fire


def test_each_time_is_kept_for_one_person_and_nobody_is_asked_twice(database: Database) -> None:
    offered, passed_on = offer_under_fire(database, times=18)
    assert offered == Offered(kept=18, ended=0)
    assert passed_on == Offered(kept=18, ended=18)

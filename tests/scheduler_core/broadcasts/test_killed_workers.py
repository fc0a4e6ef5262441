"""Whoever tells those who were to come on a closed day is killed meanwhile: each is told once, the figures add up."""

from pathlib import Path

from scheduler_core.db import Database
from tests.builders.casting import tell_under_fire


def test_killed_in_mid_work_each_customer_is_told_once_and_the_answers_add_up(
    database: Database, tmp_path: Path
) -> None:
    counted = tell_under_fire(database, tmp_path, visits=60, changes=10, kills=3)
    assert (counted.lost, counted.doubled) == (0, 0)
    assert 50 <= counted.sent <= 60
    assert sum(counted.answers.values()) == 60
    assert counted.answers["open"] == 50
    assert counted.answers.keys() <= {"open", "moved", "dropped", "needless"}

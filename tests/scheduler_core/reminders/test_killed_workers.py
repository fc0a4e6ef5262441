"""Whoever works and sends is killed meanwhile; `benchmarks/durable_messages.py` does it with 10,000 reminders."""

from datetime import timedelta
from pathlib import Path

from scheduler_core.db import Database
from tests.builders.reminding import remind_under_fire


def test_killed_in_mid_work_no_reminder_is_lost_doubled_or_about_what_is_gone(
    database: Database, tmp_path: Path
) -> None:
    counted = remind_under_fire(
        database, tmp_path, visits=240, changes=48, kills=3, over=timedelta(seconds=5)
    )
    assert (counted.lost, counted.doubled, counted.of_dead_visits, counted.at_an_old_time) == (0, 0, 0, 0)
    assert counted.sent >= 240 - 24

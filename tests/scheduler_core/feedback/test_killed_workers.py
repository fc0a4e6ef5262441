"""Visits end all at once, and whoever asks how they were is killed meanwhile, with nothing to say goodbye."""

from collections import Counter
from pathlib import Path

from scheduler_core.db import Database
from tests.builders.asking import ask_under_fire


def test_killed_between_any_two_lines_each_is_asked_exactly_once(database: Database, tmp_path: Path) -> None:
    visits, asked = ask_under_fire(database, tmp_path, visits=40, kills=3)
    assert asked.sent == Counter(visits)
    assert asked.kept == Counter(visits)
    assert asked.given_up == []

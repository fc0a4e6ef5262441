"""What was understood survives JSON, so that a draft can keep it."""

from __future__ import annotations

import json

import pytest

from actions.when import TimeConstraint
from tests.actions.when.said import VISIT, said

SAID = [
    "",
    "Friday or Saturday morning, not before 10",
    "next Friday",
    "move Thursday's at 3 to Friday around 11",
    "any day next week except Wednesday, ideally after 5",
    "an hour later",
    "every other Tuesday at 9 for 45 minutes",
    "yesterday",
    "no, weekday mornings",
    "asap",
]


@pytest.mark.parametrize("text", SAID, ids=lambda text: text or "empty")
def test_it_comes_back_from_json_as_it_was(text: str) -> None:
    understood = said(text, anchor=VISIT)

    assert TimeConstraint.from_json(json.loads(json.dumps(understood.to_json()))) == understood


def test_nothing_understood_is_empty_and_small() -> None:
    assert said("hello").empty
    assert said("hello").to_json() == {}
    assert not said("Friday").empty

"""Times are understood in the customer's language and in the business's own, whichever makes more of the sentence."""

from __future__ import annotations

import asyncio

import pytest

from actions.draft import Draft
from actions.turn_types import Caller
from actions.wishes import heard_when
from tests.actions.when.said import lines
from tests.fakes.core import FakeCore


@pytest.mark.parametrize(
    ("locale", "said", "understood"),
    [
        ("de-DE", "morgen um 15 Uhr", ["2026-11-18 15:00"]),
        ("de-DE", "tomorrow 15:30", ["2026-11-18 15:30"]),
        ("de-DE", "Freitag um 11 oder Samstag um 10", ["2026-11-20 11:00", "2026-11-21 10:00"]),
        ("en-GB", "tomorrow at 3", ["2026-11-18 15:00"]),
        ("fr-FR", "vendredi à 15h", ["2026-11-20 15:00"]),
    ],
)
def test_a_business_is_understood_in_its_own_language(locale: str, said: str, understood: list[str]) -> None:
    desk = asyncio.run(FakeCore().open(Caller("web", "x", None)))
    there = desk.model_copy(update={"business": desk.business.model_copy(update={"locale": locale})})
    assert lines(heard_when(said, Draft(), there)) == understood

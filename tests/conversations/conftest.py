"""`quiet_house`: the salon with nothing in its diary but what a story puts there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conversations.stage import empty_salon
from tests.journeys.house import House, Premises, open_house


@pytest.fixture(scope="session")
def quiet_premises(premises: Premises, tmp_path_factory: pytest.TempPathFactory) -> Premises:
    salon = tmp_path_factory.mktemp("quiet") / "salon"
    empty_salon(salon)
    return replace(premises, salon=salon)


@pytest.fixture
def quiet_house(quiet_premises: Premises, tmp_path: Path) -> Iterator[House]:
    with open_house(quiet_premises, tmp_path) as ours:
        yield ours

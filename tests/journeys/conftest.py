"""`house`: a fresh salon for each journey; the bot is started once for all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import frontdesk
from tests.journeys.house import House, Premises, open_house, open_premises


@pytest.fixture(scope="session")
def premises(home_of_checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Premises]:
    with open_premises(
        tmp_path_factory.mktemp("premises"), frontdesk.trained_model(home_of_checkout)
    ) as all_share:
        yield all_share


@pytest.fixture
def house(premises: Premises, tmp_path: Path) -> Iterator[House]:
    with open_house(premises, tmp_path) as ours:
        yield ours

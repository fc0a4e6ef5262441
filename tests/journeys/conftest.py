"""`house`: a fresh salon for each journey; the bot is started once for all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.house import House, Premises, open_house


@pytest.fixture
def house(premises: Premises, tmp_path: Path) -> Iterator[House]:
    with open_house(premises, tmp_path) as ours:
        yield ours

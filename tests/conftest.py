"""No test sees the settings of whoever runs it, and none writes into the checkout's own database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scheduler_core.settings import Settings, get_settings

if TYPE_CHECKING:
    from tests.journeys.house import Premises


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever speaks with the assistant goes to one process, so that it is read in once and not on every core."""
    for item in items:
        if "premises" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("assistant"))


@pytest.fixture(scope="session")
def home_of_checkout() -> Path:
    """Where `./frontdesk` keeps the trained models."""
    return _HOME


_HOME = Settings().home


@pytest.fixture(scope="session", autouse=True)
def _settings_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [each for each in os.environ if each.startswith("FRONTDESK_") or each == "DATABASE_URL"]:
            patch.delenv(name)
        patch.setenv("FRONTDESK_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("FRONTDESK_WORKERS", "0")  # a test says when due work is done
        get_settings.cache_clear()
        yield


@pytest.fixture(scope="session")
def premises(home_of_checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Premises]:
    """One trained assistant for every test that speaks with it; read in only where there is one."""
    import frontdesk
    from tests.journeys.house import open_premises

    model = frontdesk.trained_model(home_of_checkout)
    with open_premises(tmp_path_factory.mktemp("premises"), model) as all_share:
        yield all_share

"""No test sees the settings of whoever runs it, and none writes into the checkout's own database."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler_core.settings import Settings, get_settings


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
        get_settings.cache_clear()
        yield

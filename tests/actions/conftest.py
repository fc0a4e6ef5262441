"""A salon in memory and somebody who talks to its assistant."""

from __future__ import annotations

import pytest

from tests.actions.talk import Talk
from tests.fakes.core import FakeCore


@pytest.fixture
def core() -> FakeCore:
    return FakeCore()


@pytest.fixture
def talk(core: FakeCore) -> Talk:
    return Talk(core)

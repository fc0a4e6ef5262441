"""Fixtures of the front door: a fake bot, a line without threads, a served app."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from channels.app import create_app
from tests.builders.clock import HandClock
from tests.builders.serving import served
from tests.channels.builders import A_TUESDAY, Browser, Line, settings_for
from tests.fakes.bot import FakeBot


@pytest.fixture
def clock() -> HandClock:
    return HandClock(A_TUESDAY)


@pytest.fixture
def bot() -> Iterator[FakeBot]:
    with FakeBot() as fake:
        yield fake


@pytest.fixture
def line(tmp_path: Path, bot: FakeBot, clock: HandClock) -> Iterator[Line]:
    made = Line(settings_for(tmp_path, bot.port), clock)
    yield made
    made.close()


@pytest.fixture
def front(tmp_path: Path, bot: FakeBot, clock: HandClock) -> Iterator[str]:
    """The address of a front door with all its threads."""
    with served(create_app(settings_for(tmp_path, bot.port), clock)) as url:
        yield url


@pytest.fixture
def browser(front: str) -> Browser:
    return Browser(front)

"""Fixtures of Telegram's tests: the twin, a person with a phone, a line without threads."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.clock import HandClock
from tests.channels.telegram.builders import TelegramLine, settings_with
from tests.fakes.bot import FakeBot
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Person


@pytest.fixture
def twin() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def maria(twin: FakeTelegram) -> Person:
    return Person(twin, "Maria Lopez")


@pytest.fixture
def line(tmp_path: Path, bot: FakeBot, clock: HandClock, twin: FakeTelegram) -> Iterator[TelegramLine]:
    made = TelegramLine(settings_with(twin, tmp_path, bot.port), clock, twin)
    yield made
    made.close()

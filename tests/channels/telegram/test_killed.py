"""The process is killed while it takes a tap: another one finishes it, and the tap counts once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.killed import Killed, Moment, dies_at
from tests.channels.telegram.builders import TelegramLine, buttons, settings_with
from tests.fakes.bot import FakeBot, says
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Person

STEPS: list[tuple[str, Moment]] = [
    ("door.store.hear", "before"),
    ("door.store.hear", "after"),
    ("channel._api.answer", "before"),
    ("channel._api.answer", "after"),
    ("channel._api.edit", "before"),
    ("channel._api.edit", "after"),
    ("channel.hear", "after"),
]


@pytest.fixture
def settings(twin: FakeTelegram, tmp_path: Path, bot: FakeBot) -> Settings:
    return settings_with(twin, tmp_path, bot.port)


@pytest.fixture
def line(settings: Settings, clock: HandClock, twin: FakeTelegram) -> Iterator[TelegramLine]:
    made = TelegramLine(settings, clock, twin)
    yield made
    made.close()


def goes_on_after_a_while(settings: Settings, clock: HandClock, twin: FakeTelegram) -> None:
    another = TelegramLine(settings, clock, twin)
    for _ in range(3):
        clock.move(seconds=61)
        another.goes_on()
    another.close()


@pytest.mark.parametrize(("step", "moment"), STEPS, ids=[f"{moment} {step}" for step, moment in STEPS])
def test_a_tap_is_heard_once_and_answered(
    line: TelegramLine,
    settings: Settings,
    clock: HandClock,
    twin: FakeTelegram,
    bot: FakeBot,
    maria: Person,
    step: str,
    moment: Moment,
) -> None:
    bot.answer = lambda _asked: says("When?", *buttons("Tue 9:00", "Wed 14:00"))
    maria.says("a trim")
    line.goes_on()
    bot.answer = lambda _asked: says("Booked.")
    maria.taps("Wed 14:00")

    dies_at(line, step, moment)
    try:
        line.goes_on()
    except Killed:
        pass
    goes_on_after_a_while(settings, clock, twin)

    assert twin.pending == []
    assert maria.reads()[1:] == ["Booked."]
    assert maria.sees()[0].rows == ()
    assert [item.text for item in line.heard(maria.id)] == ["a trim", "Wed 14:00"]
    assert len({asked.metadata["turn_id"] for asked in bot.asked}) == 2
    assert None not in twin.toasts.values()

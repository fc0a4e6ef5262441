"""The process is killed between any two steps of a message's way; another one finishes it: nothing lost, nothing twice.

The one exception is a message that Telegram had taken when the process died before writing that down: Telegram cannot
be asked, and an answer somebody waits for is rather said twice.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.channels.telegram.builders import Killed, TelegramLine, buttons, settings_with
from tests.fakes.bot import FakeBot, says
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Person

Moment = Literal["before", "after"]

STEPS: list[tuple[str, Moment, int]] = [
    ("door.store.hear", "before", 1),
    ("door.store.hear", "after", 1),
    ("channel._api.answer", "before", 1),
    ("channel._api.answer", "after", 1),
    ("channel._api.edit", "before", 1),
    ("channel._api.edit", "after", 1),
    ("channel.hear", "after", 1),
    ("store.claim_turn", "after", 1),
    ("bot.ask", "before", 1),
    ("bot.ask", "after", 1),
    ("store.finish_turn", "before", 1),
    ("store.finish_turn", "after", 1),
    ("store.claim_sending", "after", 1),
    ("store.mine", "after", 1),
    ("store.spend", "after", 1),
    ("channel.send", "before", 1),
    ("channel._api.send", "after", 2),
    ("store.finish_sending", "before", 2),
    ("store.finish_sending", "after", 1),
]


@pytest.fixture
def settings(twin: FakeTelegram, tmp_path: Path, bot: FakeBot) -> Settings:
    return settings_with(twin, tmp_path, bot.port)


@pytest.fixture
def line(settings: Settings, clock: HandClock, twin: FakeTelegram) -> Iterator[TelegramLine]:
    made = TelegramLine(settings, clock, twin)
    yield made
    made.close()


def killed(line: TelegramLine, step: str, moment: Moment, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies at this step, and everything it does after that is not done."""
    owner: Any = line
    *path, name = step.split(".")
    for part in path:
        owner = getattr(owner, part)
    real = getattr(owner, name)

    def die(*given: Any, **named: Any) -> Any:
        if moment == "after":
            real(*given, **named)
        raise Killed

    monkeypatch.setattr(owner, name, die)


def goes_on_after_a_while(settings: Settings, clock: HandClock, twin: FakeTelegram) -> None:
    another = TelegramLine(settings, clock, twin)
    for _ in range(3):
        clock.move(seconds=61)
        another.goes_on()
    another.close()


@pytest.mark.parametrize(
    ("step", "moment", "times"), STEPS, ids=[f"{moment} {step}" for step, moment, _ in STEPS]
)
def test_a_tap_is_heard_once_and_answered(
    line: TelegramLine,
    settings: Settings,
    clock: HandClock,
    twin: FakeTelegram,
    bot: FakeBot,
    maria: Person,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    moment: Moment,
    times: int,
) -> None:
    bot.answer = lambda _asked: says("When?", *buttons("Tue 9:00", "Wed 14:00"))
    maria.says("a trim")
    line.goes_on()
    bot.answer = lambda _asked: says("Booked.")
    maria.taps("Wed 14:00")

    killed(line, step, moment, monkeypatch)
    try:
        line.goes_on()
    except Killed:
        pass
    goes_on_after_a_while(settings, clock, twin)

    assert twin.pending == []
    assert maria.reads()[1:] == ["Booked."] * times
    assert maria.sees()[0].rows == ()
    assert [item.text for item in line.heard(maria.id)] == ["a trim", "Wed 14:00"]
    assert len({asked.metadata["turn_id"] for asked in bot.asked}) == 2
    assert None not in twin.toasts.values()

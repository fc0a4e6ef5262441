"""What Telegram's tests are built from: a line whose bot is the twin's, walked in the test's own thread."""

from collections.abc import Mapping
from pathlib import Path
from threading import Event, Thread
from typing import Any

from pydantic import SecretStr

from channels.telegram.channel import TelegramChannel
from scheduler_core.outbox import FeedItem
from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.killed import Killed
from tests.channels.builders import Line, settings_for
from tests.fakes.telegram import TOKEN, FakeTelegram

_PATIENCE_SECONDS = 10.0
PUBLIC = "https://salon.example"


def settings_with(twin: FakeTelegram, home: Path, bot_port: int, core_port: int = 1, **more: Any) -> Settings:
    changes = {"telegram_token": SecretStr(TOKEN), "telegram_api_url": twin.url, **more}
    return settings_for(home, bot_port, core_port).model_copy(update=changes)


class TelegramLine(Line):
    """Updates are fetched and answered when the test says so."""

    def __init__(self, settings: Settings, clock: HandClock, twin: FakeTelegram) -> None:
        super().__init__(settings, clock)
        self.twin = twin
        channel = self.channels["telegram"]
        assert isinstance(channel, TelegramChannel)
        self.channel = channel

    def hears_update(self, update: Mapping[str, Any]) -> None:
        self.channel.hear(self.door, update)

    def fetches(self) -> None:
        """Everything that waits at Telegram is heard and given up there, by `listen` itself."""
        stopping = Event()
        ear = Thread(target=self._listens, args=(stopping,))
        ear.start()
        self.twin.waits_until(lambda: not self.twin.pending or not ear.is_alive())
        stopping.set()
        self.twin.hangs_up()
        ear.join(_PATIENCE_SECONDS)

    def _listens(self, stopping: Event) -> None:
        try:
            self.channel.listen(self.door, stopping)
        except Killed:
            self.twin.hangs_up()

    def goes_on(self) -> None:
        """Fetch, answer, send."""
        self.fetches()
        self.works()

    def heard(self, person: int) -> list[FeedItem]:
        return [each for each in self.door.feed("telegram", str(person), 0) if each.who == "customer"]

    def close(self) -> None:
        self.channel.close()
        super().close()


def buttons(*labels: str) -> list[tuple[str, str]]:
    return [(label, f'/choose_alternative{{"n":{n}}}') for n, label in enumerate(labels)]

"""A house as its staff know it from their chat: the core, the staff line and Telegram's twin."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from actions.server import create_app as staff_line
from scheduler_core.app import create_app as core_app
from scheduler_core.db import open_database
from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.core import Core
from tests.builders.databases import a_migrated_file
from tests.builders.salon import a_salon
from tests.builders.serving import served
from tests.channels.telegram.builders import TelegramLine
from tests.fakes.bot import FakeBot
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.telegram_people import Person


class StaffHouse:
    """It is Monday, 1 March 2027, 09:00 in New York; ``ana`` has Telegram, and what she is told comes there."""

    def __init__(self, core: Core, line: TelegramLine, twin: FakeTelegram, bot: FakeBot) -> None:
        self.core, self.line, self.bot = core, line, bot
        self.twin = twin
        self.ana = Person(twin, "Ana Silva")
        self._read: dict[int, int] = {}

    def code(self, staff_id: int | None = None, role: str = "staff") -> str:
        path = f"staff/{staff_id or self.core.salon.ana}/chat-codes"
        code: str = self.core.ask("POST", path, {"role": role}).json()["code"]
        return code

    def links(self, role: str = "staff") -> None:
        self.says(self.code(role=role))

    def says(self, text: str, who: Person | None = None) -> list[str]:
        """What they read after that, and have not read before."""
        (who or self.ana).says(text)
        return self.goes_on(who)

    def taps(self, label: str) -> list[str]:
        self.ana.taps(label)
        return self.goes_on()

    def goes_on(self, who: Person | None = None) -> list[str]:
        self.core.clock.move(seconds=2)  # a chat takes a message a second
        self.line.goes_on()
        seen = (who or self.ana).reads()
        before = self._read.get((who or self.ana).id, 0)
        self._read[(who or self.ana).id] = len(seen)
        return seen[before:]

    def booked(self, clock: str, **more: Any) -> Any:
        """Maria's visit with Ana, at a time of today's in UTC."""
        return self.core.booked(f"2027-03-01T{clock}:00Z", **more)


@contextmanager
def open_staff_house(home: Path) -> Iterator[StaffHouse]:
    clock = HandClock()
    with ExitStack() as stack:
        twin, bot = stack.enter_context(FakeTelegram()), stack.enter_context(FakeBot())
        settings = Settings(home=home, bot_port=bot.port).model_copy(
            update={
                "database_url": f"sqlite:///{a_migrated_file(home)}",
                "telegram_token": SecretStr(TOKEN),
                "telegram_api_url": twin.url,
            }
        )
        core_url = stack.enter_context(served(core_app(settings, clock)))
        settings.core_port = int(core_url.rpartition(":")[2])
        settings.actions_port = int(stack.enter_context(served(staff_line(settings))).rpartition(":")[2])
        database = open_database(settings.database_url)
        stack.callback(database.close)
        salon = database.transact(lambda session: a_salon(session, clock()))
        settings.business_id = salon.id
        headers = {"X-API-Key": settings.api_key.get_secret_value()}
        http = stack.enter_context(httpx.Client(base_url=core_url, headers=headers, trust_env=False))
        line = TelegramLine(settings, clock, twin)
        stack.callback(line.close)
        yield StaffHouse(Core(settings, database, clock, http, salon), line, twin, bot)

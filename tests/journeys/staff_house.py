"""A house as its staff know it from their chat: the core, the staff line and Telegram's twin."""

import json
import re
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
from tests.fakes.bot import Asked, FakeBot, Messages
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.telegram_people import Person

_PAYLOAD = re.compile(r"/(\w+)(\{.*\})?")


class StaffHouse:
    """It is Monday, 1 March 2027, 09:00 in New York; ``ana`` has Telegram, and what she is told comes there."""

    def __init__(self, core: Core, line: TelegramLine, twin: FakeTelegram, bot: FakeBot) -> None:
        self.core, self.line, self.bot = core, line, bot
        self._actions = httpx.Client(base_url=core.settings.actions_url, trust_env=False, timeout=20)
        self.twin = twin
        self.ana = Person(twin, "Ana Silva")
        self._read: dict[int, int] = {}

    def close(self) -> None:
        self._actions.close()

    def code(self, staff_id: int | None = None, role: str = "staff") -> str:
        path = f"staff/{staff_id or self.core.salon.ana}/chat-codes"
        code: str = self.core.ask("POST", path, {"role": role}).json()["code"]
        return code

    def links(self, role: str = "staff") -> None:
        self.says(self.code(role=role))

    def ben_links(self, role: str = "receptionist") -> Person:
        ben = Person(self.twin, "Ben Ode")
        self.says(self.code(self.core.salon.ben, role), ben)
        return ben

    def says(self, text: str, who: Person | None = None) -> list[str]:
        """What they read after that, and have not read before."""
        (who or self.ana).says(text)
        return self.goes_on(who)

    def taps(self, label: str, who: Person | None = None) -> list[str]:
        (who or self.ana).taps(label)
        return self.goes_on(who)

    def customers_are_heard(self, **intents: str) -> None:
        """Their words reach the real actions, each with its intent, as if Rasa had classified it."""
        known = {words.replace("_", " "): intent for words, intent in intents.items()}

        def classified(asked: Asked) -> Messages:
            payload = _PAYLOAD.fullmatch(asked.message)
            intent = payload[1] if payload else known.get(asked.message, "out_of_scope")
            entities = json.loads(payload[2] or "{}") if payload else {}
            message = {
                "text": asked.message,
                "intent": {"name": intent, "confidence": 1.0},
                "entities": [{"entity": name, "value": value} for name, value in entities.items()],
                "metadata": asked.metadata,
            }
            tracker = {"sender_id": asked.sender, "slots": {}, "latest_message": message, "events": []}
            body = {"next_action": f"action_{intent}", "sender_id": asked.sender, "tracker": tracker}
            answer = self._actions.post("/webhook", json={**body, "domain": {}}).json()
            return [{"recipient_id": asked.sender, "custom": each["custom"]} for each in answer["responses"]]

        self.bot.answer = classified

    def goes_on(self, who: Person | None = None) -> list[str]:
        self.core.clock.move(seconds=2)  # a chat takes a message a second
        self.line.goes_on()
        while self.core.does_what_is_due():
            self.line.goes_on()
        seen = (who or self.ana).reads()
        before = self._read.get((who or self.ana).id, 0)
        self._read[(who or self.ana).id] = len(seen)
        return seen[before:]

    def booked(self, clock: str, **more: Any) -> Any:
        """Maria's visit with Ana, at a time of today's in UTC."""
        return self.core.booked(f"2027-03-01T{clock}:00Z", **more)


@contextmanager
def open_staff_house(home: Path, **more: Any) -> Iterator[StaffHouse]:
    """`more`: settings beside those of Telegram."""
    clock = HandClock()
    with ExitStack() as stack:
        twin, bot = stack.enter_context(FakeTelegram()), stack.enter_context(FakeBot())
        settings = Settings(home=home, bot_port=bot.port).model_copy(
            update={
                "database_url": f"sqlite:///{a_migrated_file(home)}",
                "telegram_token": SecretStr(TOKEN),
                "telegram_api_url": twin.url,
                **more,
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
        house = StaffHouse(Core(settings, database, clock, http, salon), line, twin, bot)
        yield house
        house.close()

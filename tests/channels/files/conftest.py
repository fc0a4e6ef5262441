"""A front door before the real core with a salon in it, for what becomes of files between the two."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import select

import scheduler_core.app
from scheduler_core.db import Database, open_database
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.databases import a_migrated_file
from tests.builders.salon import Salon, a_salon
from tests.builders.serving import served
from tests.channels.builders import Line
from tests.channels.telegram.builders import TelegramLine
from tests.fakes.bot import FakeBot
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.telegram_people import Person
from tests.fakes.twilio import ACCOUNT, FakeTwilio
from tests.fakes.twilio import TOKEN as TWILIO_TOKEN


@dataclass
class Office:
    """The core as staff see it."""

    settings: Settings
    database: Database
    salon: Salon
    url: str

    def ask(self, method: str, path: str, body: Any = None, key: str = "") -> httpx.Response:
        headers = {"X-API-Key": self.settings.api_key.get_secret_value()}
        url = f"{self.url}/v1/businesses/{self.salon.id}/{path}"
        headers |= {"Idempotency-Key": key} if key else {}
        return httpx.request(method, url, json=body, headers=headers, trust_env=False)

    def files(self) -> list[Any]:
        found: list[Any] = self.ask("GET", "attachments").json()["items"]
        return found

    def content(self, file: Any) -> bytes:
        return self.ask("GET", f"attachments/{file['id']}/content").content

    def told(self) -> list[str]:
        """What staff were told of files on their page."""
        with self.database.read() as session:
            wanted = select(OutboundMessage.text).where(
                OutboundMessage.kind == "staff_file", OutboundMessage.channel == "desk"
            )
            return sorted(set(session.scalars(wanted)))

    def sends(self, channel: str, address: str, content: bytes, text: str, name: str = "care") -> None:
        """Staff send a file to somebody who has written."""
        opened = self.ask("POST", "conversations/open", {"channel": channel, "address": address}).json()
        conversation = opened["conversation"]["id"]
        kept = httpx.post(
            f"{self.url}/v1/businesses/{self.salon.id}/attachments",
            params={"conversation_id": conversation, "name": name},
            content=content,
            headers={"X-API-Key": self.settings.api_key.get_secret_value(), "Idempotency-Key": text + name},
            trust_env=False,
        ).json()
        said = {"text": text, "attachment_ids": [kept["id"]]}
        answer = self.ask("POST", f"conversations/{conversation}/say", said, key=f"say {text}{name}")
        assert answer.status_code == 200, answer.text


@pytest.fixture
def office(tmp_path: Path, clock: HandClock, bot: FakeBot) -> Iterator[Office]:
    url = f"sqlite:///{a_migrated_file(tmp_path)}"
    settings = Settings(home=tmp_path, bot_port=bot.port, workers=0).model_copy(update={"database_url": url})
    database = open_database(url)
    salon = database.transact(lambda session: a_salon(session, clock()))
    with served(scheduler_core.app.create_app(settings, clock)) as address:
        settings = settings.model_copy(update={"core_port": int(address.rpartition(":")[2])})
        yield Office(settings, database, salon, address)
    database.close()


@pytest.fixture
def twin() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def maria(twin: FakeTelegram) -> Person:
    return Person(twin, "Maria Lopez")


@pytest.fixture
def telegram_settings(office: Office, twin: FakeTelegram) -> Settings:
    return office.settings.model_copy(
        update={"telegram_token": SecretStr(TOKEN), "telegram_api_url": twin.url}
    )


@pytest.fixture
def line(telegram_settings: Settings, clock: HandClock, twin: FakeTelegram) -> Iterator[TelegramLine]:
    made = TelegramLine(telegram_settings, clock, twin)
    yield made
    made.close()


@pytest.fixture
def twilio(clock: HandClock) -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        fake.now = clock
        yield fake


@pytest.fixture
def twilio_settings(office: Office, twilio: FakeTwilio) -> Settings:
    known = {
        "public_url": twilio.public_url,
        "twilio_account_sid": ACCOUNT,
        "twilio_auth_token": SecretStr(TWILIO_TOKEN),
        "twilio_api_url": twilio.url,
        "sms_sender": "+15550100",
        "whatsapp_sender": "+15550100",
    }
    return office.settings.model_copy(update=known)


@pytest.fixture
def texts(twilio_settings: Settings, clock: HandClock) -> Iterator[Callable[[dict[str, str], str], None]]:
    """Hears what Twilio tells of a message, and answers it."""
    from starlette.datastructures import FormData

    from channels.sms import channel as sms
    from channels.whatsapp import channel as whatsapp

    line = Line(twilio_settings, clock)
    parse = {"sms": sms._message, "whatsapp": whatsapp._message}

    def hears(form: dict[str, str], channel: str = "sms") -> None:
        line.door.hear(channel, parse[channel](FormData(form)))
        for _ in range(6):
            line.works()
            clock.move(seconds=10)

    yield hears
    line.close()

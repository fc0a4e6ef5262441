"""A house whose SMS and WhatsApp go through the twin of Twilio."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, Header

from channels.app import create_app
from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.serving import served
from tests.channels.builders import Line, prepared
from tests.fakes.bot import FakeBot
from tests.fakes.twilio import ACCOUNT, TOKEN, FakeTwilio, Taken


@pytest.fixture
def twilio(clock: HandClock) -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        fake.now = clock
        yield fake


INTRODUCTION = "This is the automated assistant of Studio Nord. Reply STOP for no messages, HELP for help."


def said(message: Taken) -> str:
    """Without the introduction that the first of all begins with."""
    return message.body.removeprefix(f"{INTRODUCTION}\n")


class Core:
    """Knows whose front desk it is, one customer, and which of their visits may not be wanted."""

    def __init__(self) -> None:
        self.may_drop: dict[str, str] = {}
        self.opted_out = False
        self.app = FastAPI()
        self.app.get("/desk/sign")(lambda: {"name": "Studio Nord"})
        self.app.post("/v1/businesses/1/conversations/open")(lambda: {"customer": {"id": 7}})
        self.app.get("/v1/businesses/1/conversations/silence")(self.silence)
        self.app.post("/v1/businesses/1/appointments/may-drop")(self.say_may_drop)

    def silence(self) -> dict[str, bool]:
        return {"silent": False, "opted_out": self.opted_out}

    def say_may_drop(
        self, asked: dict[str, Any], idempotency_key: Annotated[str, Header()]
    ) -> dict[str, list[int]]:
        self.may_drop[idempotency_key] = asked["words"]
        return {"appointment_ids": [1]}


@pytest.fixture
def core() -> Core:
    return Core()


@pytest.fixture
def core_port(core: Core) -> Iterator[int]:
    with served(core.app) as url:
        yield int(url.rpartition(":")[2])


@pytest.fixture
def settings(tmp_path: Path, bot: FakeBot, twilio: FakeTwilio, core_port: int) -> Settings:
    return prepared(
        Settings(
            home=tmp_path,
            bot_port=bot.port,
            core_port=core_port,
            public_url=twilio.public_url,
            twilio_account_sid=ACCOUNT,
            twilio_auth_token=TOKEN,
            twilio_api_url=twilio.url,
            sms_sender="+15550100",
            whatsapp_sender="+15550100",
        )
    )


@pytest.fixture
def front(settings: Settings, clock: HandClock) -> Iterator[str]:
    """The address of a front door with all its threads."""
    with served(create_app(settings, clock)) as url:
        yield url


@pytest.fixture
def line(settings: Settings, clock: HandClock) -> Iterator[Line]:
    made = Line(settings, clock)
    yield made
    made.close()

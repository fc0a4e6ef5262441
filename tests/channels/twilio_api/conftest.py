"""A house whose SMS and WhatsApp go through the twin of Twilio."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from channels.app import create_app
from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.serving import served
from tests.channels.builders import Line, prepared
from tests.fakes.bot import FakeBot
from tests.fakes.twilio import ACCOUNT, TOKEN, FakeTwilio


@pytest.fixture
def twilio(clock: HandClock) -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        fake.now = clock
        yield fake


@pytest.fixture
def settings(tmp_path: Path, bot: FakeBot, twilio: FakeTwilio) -> Settings:
    return prepared(
        Settings(
            home=tmp_path,
            bot_port=bot.port,
            core_port=1,
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

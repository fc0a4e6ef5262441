"""A link of the house's own leads to where its chat is, and to nothing where there is none."""

import pytest
import requests
from pydantic import SecretStr

from channels.app import create_app
from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.serving import served
from tests.channels.builders import prepared
from tests.fakes.telegram import CUT_BEFORE, TOKEN, FakeTelegram
from tests.fakes.twilio import ACCOUNT
from tests.fakes.twilio import TOKEN as TWILIO_TOKEN

SAID = "go_" + "a" * 32


def led_to(settings: Settings, clock: HandClock, name: str) -> tuple[int, str | None]:
    with served(create_app(prepared(settings), clock)) as front:
        answer = requests.get(f"{front}/go/{name}/{SAID}", allow_redirects=False, timeout=10)
    return answer.status_code, answer.headers.get("location")


def connected(tmp_path: object, twin: FakeTelegram, **more: str) -> Settings:
    return Settings.model_validate(
        {
            "home": tmp_path,
            "telegram_token": SecretStr(TOKEN),
            "telegram_api_url": twin.url,
            "twilio_account_sid": ACCOUNT,
            "twilio_auth_token": SecretStr(TWILIO_TOKEN),
            "sms_sender": "+15550100",
            "whatsapp_sender": "+15550100",
            **more,
        }
    )


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("telegram", f"https://t.me/linden_hair_bot?start={SAID}"),
        ("whatsapp", f"https://wa.me/15550100?text={SAID}"),
        ("sms", f"sms:+15550100?body={SAID}"),
    ],
)
def test_a_link_leads_to_the_chat_with_its_token(
    tmp_path: object, clock: HandClock, name: str, address: str
) -> None:
    with FakeTelegram() as twin:
        assert led_to(connected(tmp_path, twin), clock, name) == (303, address)


@pytest.mark.parametrize("name", ["web", "pigeon"])
def test_a_link_to_nowhere_leads_nowhere(tmp_path: object, clock: HandClock, name: str) -> None:
    with FakeTelegram() as twin:
        assert led_to(connected(tmp_path, twin), clock, name) == (404, None)


def test_a_link_can_be_followed_again_when_telegram_did_not_answer(
    tmp_path: object, clock: HandClock
) -> None:
    with FakeTelegram() as twin:
        twin.faults["getme"] = [CUT_BEFORE]
        assert led_to(connected(tmp_path, twin), clock, "telegram") == (503, None)

"""The doctor finds what is missing to connect each channel, says what to do, and never says a secret."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from channels import public_address
from channels.doctor import Examined, examine, lines
from scheduler_core.settings import Settings
from tests.fakes.http import Answer, Server
from tests.fakes.telegram import CUT_BEFORE, FakeTelegram
from tests.fakes.telegram import TOKEN as BOT_TOKEN
from tests.fakes.twilio import ACCOUNT, FakeTwilio
from tests.fakes.twilio import TOKEN as ACCOUNT_TOKEN
from tests.fakes.twilio_account import (
    NUMBER,
    SERVICE,
    buys_number,
    makes_service,
    makes_template,
    opens_account,
    registers_sender,
)

PUBLIC = "https://desk.example"
OLD = "https://old.example/hook"


@pytest.fixture(autouse=True)
def front_door(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the front door answers wrongly at its public address: nothing, unless a test says so."""
    faults: list[str] = []
    monkeypatch.setattr(public_address, "_fault_at", lambda _url: faults[0] if faults else "")
    return faults


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as twin:
        yield twin


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio(PUBLIC) as twin:
        opens_account(twin)
        yield twin


@pytest.fixture
def laptop(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def with_bot(settings: Settings, twin: FakeTelegram, token: str = BOT_TOKEN, **more: Any) -> Settings:
    changes = {"telegram_token": SecretStr(token), "telegram_api_url": twin.url, **more}
    return settings.model_copy(update=changes)


def with_account(settings: Settings, twin: FakeTwilio, token: str = ACCOUNT_TOKEN, **more: Any) -> Settings:
    changes = {"twilio_account_sid": ACCOUNT, "twilio_auth_token": SecretStr(token), "public_url": PUBLIC}
    return settings.model_copy(update={**changes, "twilio_api_url": twin.url, **more})


def of(channel: str, settings: Settings) -> Examined:
    return next(each for each in examine(settings) if each.channel == channel)


def advised(examined: Examined) -> list[tuple[str, str]]:
    return [(each.step, each.advice) for each in examined.findings or () if each.advice]


def test_with_nothing_connected_nothing_is_wrong_and_each_how_to_is_named(laptop: Settings) -> None:
    found = examine(laptop)
    assert all(each.is_well for each in found)
    said = "\n".join(lines(found, laptop))
    for channel in ("telegram", "sms", "whatsapp"):
        assert f"{channel}: not connected; docs/how-to/connect-{channel}.md says how" in said


def test_a_bot_on_a_laptop_is_well_without_any_webhook(laptop: Settings, telegram: FakeTelegram) -> None:
    found = of("telegram", with_bot(laptop, telegram))
    assert found.is_well
    assert "https://t.me/linden_hair_bot" in "\n".join(lines([found], laptop))


def test_a_bot_on_a_server_is_well_when_its_webhook_is_ours(laptop: Settings, telegram: FakeTelegram) -> None:
    telegram.webhook = {"url": f"{PUBLIC}/telegram/webhook"}
    assert of("telegram", with_bot(laptop, telegram, public_url=PUBLIC)).is_well


@pytest.mark.parametrize("public_url", [PUBLIC, "http://127.0.0.1:8100"], ids=["server", "laptop"])
def test_a_bot_that_serves_another_house_is_found_out(
    laptop: Settings, telegram: FakeTelegram, public_url: str
) -> None:
    telegram.webhook = {"url": f"https://old.example/{BOT_TOKEN}"}
    found = of("telegram", with_bot(laptop, telegram, public_url=public_url))
    [(step, advice)] = advised(found)
    assert step == "Telegram brings updates to another house, at old.example"
    assert "./frontdesk up" in advice


def test_updates_that_wait_are_told_with_telegrams_reason(laptop: Settings, telegram: FakeTelegram) -> None:
    telegram.webhook = {"url": f"{PUBLIC}/telegram/webhook"}
    telegram.pending = [{"update_id": 1}]
    telegram.webhook_fault = {"last_error_date": 1_803_980_000, "last_error_message": "403 Forbidden"}
    [(step, _)] = advised(of("telegram", with_bot(laptop, telegram, public_url=PUBLIC)))
    assert "403 Forbidden" in step


def test_a_number_and_a_sender_whose_webhooks_are_ours_are_well(laptop: Settings, twilio: FakeTwilio) -> None:
    buys_number(twilio, f"{PUBLIC}/sms/messages")
    registers_sender(twilio, f"{PUBLIC}/whatsapp/messages")
    settings = with_account(laptop, twilio, sms_sender=NUMBER, whatsapp_sender=NUMBER)
    assert advised(of("sms", settings)) == []
    assert advised(of("whatsapp", settings)) == []


def test_a_messaging_service_may_send_for_a_number(laptop: Settings, twilio: FakeTwilio) -> None:
    makes_service(twilio, f"{PUBLIC}/sms/messages")
    assert of("sms", with_account(laptop, twilio, sms_sender=SERVICE)).is_well


@pytest.mark.parametrize(
    ("more", "told"),
    [
        pytest.param({"url": OLD}, "to another address, at old.example", id="another address"),
        pytest.param({"url": ""}, "nowhere yet", id="no address"),
        pytest.param({"url": f"{PUBLIC}/sms/messages", "sms_method": "GET"}, "by HTTP GET", id="GET"),
        pytest.param({"url": OLD, "capabilities": {"sms": False}}, "cannot send SMS", id="voice only"),
        pytest.param({"url": OLD, "phone_number": "+15550999"}, "is no number", id="another number"),
    ],
)
def test_a_number_that_does_not_bring_texts_here_is_told_how_to(
    laptop: Settings, twilio: FakeTwilio, more: dict[str, Any], told: str
) -> None:
    buys_number(twilio, **more)
    [(step, advice)] = advised(of("sms", with_account(laptop, twilio, sms_sender=NUMBER)))
    assert told in step
    assert advice


def test_a_service_that_leaves_texts_to_its_numbers_is_not_taken_for_ours(
    laptop: Settings, twilio: FakeTwilio
) -> None:
    makes_service(twilio, f"{PUBLIC}/sms/messages", on_number=True)
    assert not of("sms", with_account(laptop, twilio, sms_sender=SERVICE)).is_well


@pytest.mark.parametrize(
    ("url", "status", "told"),
    [(OLD, "ONLINE", "at old.example"), (f"{PUBLIC}/whatsapp/messages", "OFFLINE", "OFFLINE")],
)
def test_a_whatsapp_sender_that_is_not_ready_is_told(
    laptop: Settings, twilio: FakeTwilio, url: str, status: str, told: str
) -> None:
    registers_sender(twilio, url, status)
    [(step, _)] = advised(of("whatsapp", with_account(laptop, twilio, whatsapp_sender=NUMBER)))
    assert told in step


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param("reminder: {{en: {approved}}}", "", id="approved"),
        pytest.param("reminder: {{en: {pending}}}", "template reminder (en): pending", id="pending"),
        pytest.param("reminder: {{en: {unknown}}}", "is not in this account", id="of another account"),
        pytest.param("reminder: {unknown}", "is not kind: language: HX… at reminder", id="not of this form"),
    ],
)
def test_templates_are_well_once_whatsapp_has_approved_them(
    laptop: Settings, twilio: FakeTwilio, tmp_path: Path, content: str, told: str
) -> None:
    registers_sender(twilio, f"{PUBLIC}/whatsapp/messages")
    sids = {status: makes_template(twilio, "Hello", status) for status in ("approved", "pending")}
    path = tmp_path / "templates.yml"
    path.write_text(content.format(**sids, unknown="HX" + "f" * 32))
    found = of("whatsapp", with_account(laptop, twilio, whatsapp_sender=NUMBER, whatsapp_templates=path))
    steps = [step for step, _ in advised(found)]
    assert (not steps) if not told else (len(steps) == 1 and told in steps[0])


def test_a_sender_without_an_account_is_asked_for_the_account(laptop: Settings) -> None:
    settings = laptop.model_copy(update={"sms_sender": NUMBER, "public_url": PUBLIC})
    [(_, advice)] = advised(of("sms", settings))
    assert "FRONTDESK_TWILIO_ACCOUNT_SID" in advice


def test_a_suspended_account_is_told(laptop: Settings, twilio: FakeTwilio) -> None:
    opens_account(twilio, "suspended")
    [(step, _)] = advised(of("sms", with_account(laptop, twilio, sms_sender=NUMBER)))
    assert "suspended" in step


def test_twilio_needs_a_public_address(laptop: Settings, twilio: FakeTwilio, front_door: list[str]) -> None:
    buys_number(twilio, f"{PUBLIC}/sms/messages")
    for url in ("http://desk.example", "https://127.0.0.1:8100", "https://192.168.1.7", "https://localhost"):
        settings = with_account(laptop, twilio, sms_sender=NUMBER, public_url=url)
        assert "cannot be reached" in advised(of("sms", settings))[0][0]
    laptop_only = with_account(laptop, twilio, sms_sender=NUMBER, public_url=laptop.public_url)
    assert advised(of("sms", laptop_only))[-1][1] == "name the public address first"
    front_door.append("ConnectError")
    [(step, advice)] = advised(of("sms", with_account(laptop, twilio, sms_sender=NUMBER)))
    assert step == f"the front door does not answer at {PUBLIC}: ConnectError"
    assert "./frontdesk up" in advice


@pytest.mark.parametrize("away", [False, True], ids=["refused", "away"])
def test_whatever_a_provider_answers_no_secret_is_said(
    laptop: Settings, telegram: FakeTelegram, twilio: FakeTwilio, away: bool
) -> None:
    wrong_bot, wrong_account = "4242:another-token", "another-account-token"
    telegram.faults["getme"] = [CUT_BEFORE] if away else []
    bot, account = (BOT_TOKEN, ACCOUNT_TOKEN) if away else (wrong_bot, wrong_account)
    settings = with_account(laptop, twilio, account, sms_sender=NUMBER, whatsapp_sender=NUMBER)
    settings = with_bot(settings, telegram, bot)
    if away:
        settings = settings.model_copy(update={"twilio_api_url": "http://127.0.0.1:1"})
    found = examine(settings)
    said = "\n".join(lines(found, settings))
    assert [each.channel for each in found if not each.is_well] == ["sms", "whatsapp", "telegram"]
    assert said.count("does not answer" if away else "refuses") == 3
    for secret in (bot, account, settings.api_key.get_secret_value()):
        assert secret not in said


def test_a_secret_that_a_provider_tells_back_is_hidden(laptop: Settings, telegram: FakeTelegram) -> None:
    telegram.webhook = {"url": f"{PUBLIC}/telegram/webhook"}
    telegram.pending = [{"update_id": 1}]
    telegram.webhook_fault = {"last_error_date": 1, "last_error_message": f"no route to /{BOT_TOKEN}"}
    settings = with_bot(laptop, telegram, public_url=PUBLIC)
    said = "\n".join(lines([of("telegram", settings)], settings))
    assert "no route to /…" in said


@pytest.mark.parametrize(("status", "fault"), [(200, ""), (502, "HTTP 502")])
def test_the_front_door_is_asked_at_its_public_address(
    monkeypatch: pytest.MonkeyPatch, status: int, fault: str
) -> None:
    monkeypatch.undo()
    with Server(lambda _asked: Answer(status)) as server:
        assert public_address._fault_at(f"{server.url}/healthz") == fault
    assert public_address._fault_at(f"{server.url}/healthz") == httpx.ConnectError.__name__

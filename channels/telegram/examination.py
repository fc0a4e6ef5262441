"""What the doctor asks Telegram: is the token good, and do updates come to this house?"""

from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from channels import public_address
from channels.interface import Finding
from channels.telegram.api import TelegramApi
from channels.telegram.listening import WEBHOOK
from scheduler_core.settings import Settings

_PATIENCE_SECONDS = 4.0


def examined(settings: Settings) -> Iterator[Finding]:
    try:
        with closing(TelegramApi(settings, _PATIENCE_SECONDS)) as api:
            yield Finding(f"the token is good: the bot is https://t.me/{api.me().username}")
            yield from _of_webhook(settings, api.webhook())
    except InvalidToken:
        yield Finding(
            "Telegram refuses the token",
            "ask @BotFather for it (/token), and: read -rs FRONTDESK_TELEGRAM_TOKEN; export FRONTDESK_TELEGRAM_TOKEN",
        )
    except (TelegramError, TimeoutError) as fault:
        host = urlsplit(settings.telegram_api_url).netloc
        yield Finding(
            f"Telegram does not answer ({type(fault).__name__})", f"see that this machine reaches {host}"
        )


def _of_webhook(settings: Settings, found: WebhookInfo) -> Iterator[Finding]:
    if not settings.public_url.startswith("https://"):
        yield _left_to_fetch(found)
        return
    yield public_address.examined(settings)
    wanted = f"{settings.public_url}{WEBHOOK}"
    if found.url == wanted:
        yield Finding(f"Telegram brings updates to {wanted}")
    else:
        where = f"to another house, at {_host(found.url)}" if found.url else "nowhere yet"
        yield Finding(f"Telegram brings updates {where}", "./frontdesk up sets the webhook by itself")
    if found.url == wanted and found.pending_update_count and found.last_error_message:
        yield Finding(
            f"{found.pending_update_count} updates wait; Telegram was told: {found.last_error_message}",
            f"pass {WEBHOOK} on to the front door with all its headers",
        )


def _left_to_fetch(found: WebhookInfo) -> Finding:
    """A laptop asks for its updates; where they are brought to another house there are none."""
    if not found.url:
        return Finding("the house asks Telegram for updates itself; no public address is needed")
    return Finding(
        f"Telegram brings updates to another house, at {_host(found.url)}",
        "use a bot of your own to try things out, or take this one over with ./frontdesk up",
    )


def _host(url: str) -> str:
    """Not the whole address: some keep a secret in theirs."""
    return urlsplit(url).hostname or "an unknown address"

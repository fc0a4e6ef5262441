"""How updates come to us: Telegram brings them where the public address is https, else we fetch them.

Fetched updates are given up at Telegram only once they are stored: the next question says so. A process that dies in
between is told them again, and the inbox knows them.
"""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from threading import Event
from typing import Any

from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from channels.telegram.api import TelegramApi
from channels.telegram.verdicts import pause_of
from scheduler_core import outbox
from scheduler_core.settings import Settings

log = logging.getLogger(__name__)

WEBHOOK = "/telegram/webhook"
_COMMANDS = ("start", "help", "stop")
_SAY_AGAIN_SECONDS = 600.0
_PAUSE_SECONDS = 3.0
_PAUSE_FOR_ANOTHER_SECONDS = 10.0
_PAUSE_FOR_A_TOKEN_SECONDS = 60.0

Hear = Callable[[Mapping[str, Any]], None]


def listen(settings: Settings, api: TelegramApi, hear: Hear, stopping: Event) -> None:
    _show_commands(api)
    if settings.public_url.startswith("https://"):
        url = f"{settings.public_url}{WEBHOOK}"
        _have_brought(api, url, settings.telegram_secret.get_secret_value(), stopping)
    elif _until_done(api.delete_webhook, stopping):
        _fetch(api, hear, stopping)


def _show_commands(api: TelegramApi) -> None:
    """So that everybody finds how to begin, get help and be left alone; the house goes on without it."""
    try:
        for language in (None, *outbox.languages()):
            menu = [(each, outbox.words(language or "en", f"command_{each}")) for each in _COMMANDS]
            api.set_commands(menu, language)
    except (TelegramError, TimeoutError, CancelledError) as error:
        log.warning("Telegram does not show the menu: %s", type(error).__name__)


def _have_brought(api: TelegramApi, url: str, secret: str, stopping: Event) -> None:
    """Said again from time to time: a house on a laptop with the same bot takes the address away."""
    while _until_done(lambda: api.set_webhook(url, secret), stopping):
        log.info("Telegram brings its updates to %s", url)
        stopping.wait(_SAY_AGAIN_SECONDS)


def _fetch(api: TelegramApi, hear: Hear, stopping: Event) -> None:
    offset: int | None = None

    def fetch() -> None:
        nonlocal offset
        for update in api.updates(offset):
            hear(update)
            offset = int(update["update_id"]) + 1

    while _until_done(fetch, stopping):
        continue


def _until_done(step: Callable[[], None], stopping: Event) -> bool:
    """Do it, again and again while Telegram refuses; False: the house closes."""
    while not stopping.is_set():
        try:
            step()
            return True
        except CancelledError:
            return False
        except (TelegramError, TimeoutError) as error:
            pause = _pause(error)
            log.warning("Telegram: %s, asking again in %.0f s", _reason(error), pause)
            stopping.wait(pause)
    return False


def _reason(error: TelegramError | TimeoutError) -> str:
    """In Telegram's words only where they are about what was asked: others may quote an address with the token."""
    return error.message if isinstance(error, BadRequest | Conflict) else type(error).__name__


def _pause(error: TelegramError | TimeoutError) -> float:
    match error:
        case RetryAfter():
            return pause_of(error).total_seconds()
        case Conflict():
            return _PAUSE_FOR_ANOTHER_SECONDS
        case InvalidToken():
            log.error("Telegram refuses the bot's token")
            return _PAUSE_FOR_A_TOKEN_SECONDS
    return _PAUSE_SECONDS

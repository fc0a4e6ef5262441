"""How updates come to us: Telegram brings them where the public address is https, else we fetch them.

Fetched updates are given up at Telegram only once they are stored: the next question says so. A process that dies in
between is told them again, and the inbox knows them.
"""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from threading import Event
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from channels.telegram.api import TelegramApi
from channels.telegram.verdicts import pause_of
from scheduler_core.settings import Settings

log = logging.getLogger(__name__)

WEBHOOK = "/telegram/webhook"
_PAUSE_SECONDS = 3.0
_PAUSE_FOR_ANOTHER_SECONDS = 10.0
_PAUSE_FOR_A_TOKEN_SECONDS = 60.0

Hear = Callable[[Mapping[str, Any]], None]


def listen(settings: Settings, api: TelegramApi, hear: Hear, stopping: Event) -> None:
    if settings.public_url.startswith("https://"):
        url, secret = f"{settings.public_url}{WEBHOOK}", settings.telegram_secret.get_secret_value()
        if _until_done(lambda: api.set_webhook(url, secret), stopping):
            log.info("Telegram brings its updates to %s", url)
    elif _until_done(api.delete_webhook, stopping):
        _fetch(api, hear, stopping)


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
            log.warning("Telegram: %s, asking again in %.0f s", type(error).__name__, pause)
            stopping.wait(pause)
    return False


def _pause(error: TelegramError | TimeoutError) -> float:
    match error:
        case RetryAfter():
            return pause_of(error).total_seconds()
        case Conflict():
            log.warning("another process fetches this bot's updates")
            return _PAUSE_FOR_ANOTHER_SECONDS
        case InvalidToken():
            log.error("Telegram refuses the bot's token")
            return _PAUSE_FOR_A_TOKEN_SECONDS
    return _PAUSE_SECONDS

"""What an error of Telegram means for the message it met.

Source: https://core.telegram.org/bots/api#making-requests; the descriptions are those of tdlib/telegram-bot-api, which
asks nobody to rely on them: what is not in the table is left to a person.
"""

import logging
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from channels.interface import Receipt

log = logging.getLogger(__name__)

_FORBIDDEN = {
    "blocked by the user": Receipt("never", error="blocked", opted_out=True),
    "user is deactivated": Receipt("never", error="deactivated", opted_out=True),
    "can't initiate conversation": Receipt("never", error="not_started"),
}
_BAD_REQUEST = {
    "chat not found": Receipt("never", error="chat_not_found"),
    "message is too long": Receipt("needs_a_person", error="too_long"),
    "text is empty": Receipt("needs_a_person", error="no_text"),
    "button": Receipt("needs_a_person", error="button_refused"),
}
_NOT_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""Nothing was sent: the message is surely not with them."""


def receipt_of(error: TelegramError | TimeoutError) -> Receipt:
    """Of a 429 Telegram does not say whether this chat or the whole bot was too fast."""
    match error:
        case RetryAfter():
            return Receipt("try_again", error="429", after=pause_of(error), of="either")
        case Forbidden():
            return _found(error, _FORBIDDEN) or Receipt("never", error="forbidden")
        case InvalidToken():
            log.error("Telegram refuses the bot's token")
            return Receipt("try_again", error="token_refused")
        case BadRequest():
            return _found(error, _BAD_REQUEST) or Receipt("needs_a_person", error="bad_request")
        case ChatMigrated():
            return Receipt("never", error="not_private")
        case NetworkError() if isinstance(error.__cause__, _NOT_REACHED):
            return Receipt("try_again", error="not_reached")
        case TimedOut() | TimeoutError():
            return Receipt("unknown", error="timeout")
    return Receipt("unknown", error=type(error).__name__)


def pause_of(error: RetryAfter) -> timedelta:
    """The library is about to change its number of seconds into a timedelta."""
    pause = error.retry_after
    return pause if isinstance(pause, timedelta) else timedelta(seconds=pause)


def _found(error: TelegramError, table: dict[str, Receipt]) -> Receipt | None:
    said = error.message.lower()
    return next((receipt for words, receipt in table.items() if words in said), None)

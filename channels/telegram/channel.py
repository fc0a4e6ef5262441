"""Telegram's door: genuine updates in, messages out."""

import hmac
import json
import logging
from collections.abc import Generator, Iterator, Mapping, Sequence
from threading import Event
from typing import Annotated, Any, Self

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from channels.door import Door
from channels.guards import provider_body
from channels.interface import Away, Capabilities, Channel, Finding, InboundMessage, OutboundMessage, Receipt
from channels.shape import with_file_written_out
from channels.telegram import taps
from channels.telegram.api import TelegramApi
from channels.telegram.examination import examined
from channels.telegram.listening import WEBHOOK, listen
from channels.telegram.updates import heard
from channels.telegram.verdicts import receipt_of
from channels.telegram.wording import LONGEST_CAPTION, LONGEST_TEXT, shown
from scheduler_core.outbox import Media, RateLimit
from scheduler_core.settings import Settings

log = logging.getLogger(__name__)

_BOT_PER_SECOND, _BOT_AT_ONCE = 25.0, 5
_CHAT_PER_SECOND, _CHAT_AT_ONCE = 1.0, 3
"""A little under what Telegram's FAQ names: about 30 a second for a bot, one a second for a chat, short bursts more."""


class TelegramChannel(Channel):
    """One bot; an address is the id of a private chat."""

    name = "telegram"
    capabilities = Capabilities(
        buttons=None,
        link_buttons=True,
        longest_text=LONGEST_TEXT,
        opt_out_words=frozenset(
            {"stop", "stop all", "stopall", "unsubscribe", "opt out", "opt-out", "optout"}
        ),
    )

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._api = TelegramApi(settings)

    @classmethod
    def connect(cls, settings: Settings) -> Self | None:
        return cls(settings) if settings.telegram_token.get_secret_value() else None

    @classmethod
    def examine(cls, settings: Settings) -> Iterator[Finding] | None:
        return examined(settings) if settings.telegram_token.get_secret_value() else None

    def send(self, message: OutboundMessage) -> Receipt:
        """A file goes with the words below it; words that are too long for that leave it to a link."""
        look = shown(message, self.capabilities)
        enclosed = message.file
        if enclosed and len(look.text) > LONGEST_CAPTION:
            look, enclosed = shown(with_file_written_out(message), self.capabilities), None
        content = enclosed.read() if enclosed else b""
        try:
            if enclosed:
                sent = self._api.send_file(message.address, enclosed.file, content, look.text, look.keyboard)
            else:
                sent = self._api.send(message.address, look.text, look.keyboard)
        except (TelegramError, TimeoutError) as error:
            return receipt_of(error)
        return Receipt("sent", provider_id=f"{message.address}:{sent}")

    def invitation(self, token: str) -> str | None:
        try:
            return f"https://t.me/{self._api.username()}?start={token}"
        except (TelegramError, TimeoutError) as error:
            raise Away from error

    def fetch(self, media: Media) -> Generator[bytes, None, None]:
        return self._api.fetch(media.ref)

    def limits(self, message: OutboundMessage) -> Sequence[RateLimit]:
        bot = f"telegram:{self._api.bot_id}"
        return (
            RateLimit(bot, _BOT_PER_SECOND, _BOT_AT_ONCE),
            RateLimit(f"{bot}:{message.address}", _CHAT_PER_SECOND, _CHAT_AT_ONCE, one_reader=True),
        )

    def hear(self, door: Door, raw: Mapping[str, Any]) -> None:
        """One update, which may come again: stored when this returns, if there is anything to store."""
        match _read(raw, self._api.bot_id):
            case CallbackQuery() as tap:
                taps.take(door, self._api, tap)
            case InboundMessage() as message:
                door.hear(self.name, message)

    def routes(self, door: Door) -> APIRouter:
        router = APIRouter()
        secret = self._settings.telegram_secret.get_secret_value()

        def genuine(request: Request) -> None:
            """Raises 403 for a forgery, which is not told why."""
            shown = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
            if not hmac.compare_digest(shown.encode(), secret.encode()):
                raise HTTPException(403)

        @router.post(WEBHOOK, dependencies=[Depends(genuine)])
        async def webhook(body: Annotated[bytes, Depends(provider_body)]) -> Response:
            """200 says that the update is stored or of no use to us; anything else brings it again."""
            raw = _json(body)
            if raw is not None:
                await run_in_threadpool(self.hear, door, raw)
            return Response()

        return router

    def listen(self, door: Door, stopping: Event) -> None:
        listen(self._settings, self._api, lambda raw: self.hear(door, raw), stopping)

    def close(self) -> None:
        self._api.close()


def _json(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _read(raw: Mapping[str, Any], bot_id: str) -> CallbackQuery | InboundMessage | None:
    """None: nothing said to us, or not understood; it would come again for a day, so it only goes into the log."""
    try:
        update = Update.de_json(dict(raw), None)
        return update.callback_query or heard(update, bot_id)
    except Exception as error:
        log.error("update not understood update=%s because=%s", raw.get("update_id"), type(error).__name__)
        return None

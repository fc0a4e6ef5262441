"""The Bot API, spoken to from any thread.

python-telegram-bot is async and its connections belong to one event loop, so that loop runs in a thread of its own and
everybody else waits for it. The token is part of every address: whoever logs addresses is told to be quiet here.
Its AIORateLimiter is not used: it counts in the memory of one process, our limits hold for all workers and restarts.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Generator, Sequence
from concurrent.futures import Future
from threading import Thread
from typing import Any, TypeVar

from telegram import Bot, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, User, WebhookInfo
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from channels.interface import MediaTrouble
from channels.streams import Redirected, open_line, pieces
from scheduler_core.outbox import File
from scheduler_core.settings import Settings

_CONNECT_SECONDS = 3.0
_READ_SECONDS = 8.0
_CALL_SECONDS = 12.0
"""A call ends well before the lease of the message it is made for."""
_POLL_SECONDS = 25
_LONG_READ_SECONDS = _POLL_SECONDS + 10.0
_CLOSE_SECONDS = 3.0

_PHOTOS = ("image/jpeg", "image/png", "image/webp")
_LARGEST_PHOTO_BYTES = 10_000_000
_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_T = TypeVar("_T")


class TelegramApi:
    """One bot. Methods raise what python-telegram-bot raises, and TimeoutError."""

    def __init__(self, settings: Settings, call_seconds: float = _CALL_SECONDS) -> None:
        self._call_seconds = call_seconds
        for chatty in ("httpx", "httpcore", "telegram"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
        token, url = settings.telegram_token.get_secret_value(), settings.telegram_api_url.rstrip("/")
        self.bot_id = token.partition(":")[0]
        line = HTTPXRequest(read_timeout=_READ_SECONDS, connect_timeout=_CONNECT_SECONDS)
        self._bot = Bot(token, f"{url}/bot", f"{url}/file/bot", request=line, get_updates_request=line)
        self._username = ""
        self._files = open_line()
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="telegram-loop", daemon=True)
        self._thread.start()

    def me(self) -> User:
        return self._in_time(self._bot.get_me).result()

    def username(self) -> str:
        """What its links name it by, asked once."""
        self._username = self._username or str(self.me().username)
        return self._username

    def webhook(self) -> WebhookInfo:
        return self._in_time(self._bot.get_webhook_info).result()

    def send(self, chat_id: str, text: str, keyboard: InlineKeyboardMarkup | None) -> int:
        """The id that the message has in its chat."""
        sent = self._in_time(
            lambda: self._bot.send_message(
                chat_id, text, reply_markup=keyboard, link_preview_options=_NO_PREVIEW
            )
        ).result()
        return sent.message_id

    def send_file(
        self, chat_id: str, file: File, content: bytes, caption: str, keyboard: InlineKeyboardMarkup | None
    ) -> int:
        """A photo that Telegram can show, else a document under its name; the id that the message has in its chat."""
        enclosed = InputFile(content, filename=file.name, read_file_handle=False)
        is_photo = file.media_type in _PHOTOS and len(content) <= _LARGEST_PHOTO_BYTES
        send = self._bot.send_photo if is_photo else self._bot.send_document
        return (
            self._in_time(lambda: send(chat_id, enclosed, caption=caption or None, reply_markup=keyboard))
            .result()
            .message_id
        )

    def fetch(self, file_id: str) -> Generator[bytes, None, None]:
        """A file that somebody sent us, in pieces. Its address, which has the token in it, goes nowhere else."""
        try:
            found = self._in_time(lambda: self._bot.get_file(file_id)).result()
        except BadRequest as refusal:
            raise MediaTrouble("too_large" if "too big" in refusal.message.lower() else "gone") from refusal
        except (TelegramError, TimeoutError) as error:
            raise MediaTrouble("away") from error
        try:
            yield from pieces(self._files, found.file_path or "")
        except Redirected:
            raise MediaTrouble("gone") from None

    def answer(self, query_id: str, text: str | None) -> Future[bool]:
        """The button under the customer's finger comes to rest, with a word shown over the chat."""
        return self._in_time(lambda: self._bot.answer_callback_query(query_id, text))

    def edit(
        self, chat_id: int, message_id: int, text: str | None, keyboard: InlineKeyboardMarkup | None
    ) -> Future[Any]:
        """Other buttons under a message of ours, and other words if any are given."""
        if text is None:
            return self._in_time(
                lambda: self._bot.edit_message_reply_markup(chat_id, message_id, reply_markup=keyboard)
            )
        return self._in_time(
            lambda: self._bot.edit_message_text(
                text, chat_id, message_id, reply_markup=keyboard, link_preview_options=_NO_PREVIEW
            )
        )

    def updates(self, offset: int | None) -> list[dict[str, Any]]:
        """Waits for news. `offset` tells Telegram that everything before it is safe with us.

        Raw: the library's own get_updates loses the whole batch when one update cannot be read. Telegram does not mind
        the capital letter; the library would point to its own method.
        """
        asked = {"offset": offset, "timeout": _POLL_SECONDS, "allowed_updates": _UPDATES}
        call = self._bot.do_api_request("GetUpdates", asked, read_timeout=_LONG_READ_SECONDS)
        found: list[dict[str, Any]] = self._start(call).result()
        return found

    def set_webhook(self, url: str, secret: str) -> None:
        self._in_time(
            lambda: self._bot.set_webhook(url, secret_token=secret, allowed_updates=_UPDATES)
        ).result()

    def delete_webhook(self) -> None:
        self._in_time(self._bot.delete_webhook).result()

    def set_commands(self, commands: Sequence[tuple[str, str]], language: str | None) -> None:
        """What the menu beside the text field shows; `None`: to everybody for whose language there is nothing else."""
        self._in_time(lambda: self._bot.set_my_commands(commands, language_code=language)).result()

    def close(self) -> None:
        """Ends calls that still wait with CancelledError."""
        if self._thread.is_alive():
            self._start(self._shut_down()).result(_CLOSE_SECONDS)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(_CLOSE_SECONDS)

    async def _shut_down(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._bot.shutdown()

    def _in_time(self, call: Callable[[], Coroutine[Any, Any, _T]]) -> Future[_T]:
        async def called() -> _T:
            async with asyncio.timeout(self._call_seconds):
                return await call()

        return self._start(called())

    def _start(self, work: Coroutine[Any, Any, _T]) -> Future[_T]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

"""A twin of Telegram's Bot API in a thread, faults included: python-telegram-bot speaks HTTP with it.

It refuses what the documentation says is refused, in the words of tdlib/telegram-bot-api. Its people are in
`telegram_people`. Source: https://core.telegram.org/bots/api
"""

import json
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, urlsplit

import httpx

TOKEN = "4242:twin-AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
_DATE = 1_803_980_000
_BOT = {"id": 4242, "is_bot": True, "first_name": "Linden Hair", "username": "linden_hair_bot"}
_PATIENCE_SECONDS = 10.0
Json = dict[str, Any]


class No(Exception):
    """An answer with `ok: false`."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


@dataclass(frozen=True)
class Fault:
    """What befalls one call.

    `before`: nothing is done; `after`: it is done, but nobody is told; `held`: it is done and nobody is told for long.
    """

    when: Literal["before", "after", "held"]


BLOCKED = No(403, "Forbidden: bot was blocked by the user")
CUT_BEFORE, CUT_AFTER, HELD = Fault("before"), Fault("after"), Fault("held")


def slow_down(seconds: int) -> No:
    return No(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


@dataclass
class FakeTelegram:
    """`faults` by method are used up first; `network` maps public addresses to those of this machine."""

    called: list[tuple[str, Json]] = field(default_factory=list)
    faults: dict[str, list[No | Fault]] = field(default_factory=lambda: defaultdict(list))
    network: dict[str, str] = field(default_factory=dict)
    chats: dict[int, dict[int, Json]] = field(default_factory=lambda: defaultdict(dict))
    """By chat and id, every message of both sides."""
    closed_to_us: set[int] = field(default_factory=set)
    pending: list[Json] = field(default_factory=list)
    webhook: Json = field(default_factory=dict)
    toasts: dict[str, str | None] = field(default_factory=dict)
    """By query, what was shown over the chat when it was answered."""
    closing: threading.Event = field(default_factory=threading.Event)
    _next_update: int = 7_000
    _polls: int = 0
    _news: threading.Condition = field(default_factory=threading.Condition)
    _server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        assert self._server
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._server
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self.hangs_up()

    def hangs_up(self) -> None:
        """Whoever waits for news waits no longer."""
        with self._news:
            self._polls += 1
            self._news.notify_all()

    def waits_until(self, what: Callable[[], object]) -> None:
        """Looks again whenever somebody has called."""
        with self._news:
            assert self._news.wait_for(what, _PATIENCE_SECONDS), "waited in vain"

    # -- what Telegram tells us --------------------------------------------------------------------------------

    def tells(self, **update: Any) -> Json:
        """An update that waits to be fetched, or is brought at once where a webhook is set."""
        with self._news:
            self._next_update += 1
            told = {"update_id": self._next_update, **update}
            self.pending.append(told)
            self._news.notify_all()
        if self.webhook.get("url"):
            while self.pending and self.brings(self.pending[0]) == 200:
                self.pending.pop(0)
        return told

    def brings(self, update: Json, secret: str | None = None) -> int:
        """One delivery to the webhook, with the secret that was set unless another is given."""
        url = urlsplit(self.webhook["url"])
        here = self.network[f"{url.scheme}://{url.netloc}"]
        headers = {
            "X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"] if secret is None else secret
        }
        answer = httpx.post(f"{here}{url.path}", json=update, headers=headers, trust_env=False)
        return answer.status_code

    # -- the methods -------------------------------------------------------------------------------------------

    def answer(self, method: str, asked: Json) -> Any:
        return getattr(self, f"_{method.lower()}", self._unknown)(asked)

    def _unknown(self, _asked: Json) -> None:
        raise No(404, "Not Found")

    def _getme(self, _asked: Json) -> Json:
        return _BOT

    def _getupdates(self, asked: Json) -> list[Json]:
        if self.webhook.get("url"):
            raise No(
                409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
            )
        with self._news:
            self._polls += 1
            mine, offset = self._polls, int(asked.get("offset") or 0)
            self.pending = [each for each in self.pending if each["update_id"] >= offset]
            self._news.notify_all()
            self._news.wait_for(lambda: self.pending or self._polls != mine, min(float(asked["timeout"]), 25))
            if self._polls != mine:
                raise No(
                    409, "Conflict: terminated by other getUpdates request; only one bot instance may run"
                )
            return list(self.pending)

    def _setwebhook(self, asked: Json) -> bool:
        if not asked["url"].startswith("https://"):
            raise No(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = asked
        return True

    def _deletewebhook(self, _asked: Json) -> bool:
        self.webhook = {}
        return True

    def _sendmessage(self, asked: Json) -> Json:
        chat = int(asked["chat_id"])
        if chat in self.closed_to_us:
            raise BLOCKED
        if chat not in self.chats:
            raise No(400, "Bad Request: chat not found")
        _check(asked)
        return self.keeps(chat, {"from": _BOT, **_content(asked)})

    def _editmessagetext(self, asked: Json) -> Json:
        _check(asked)
        return self._edit(asked, _content(asked))

    def _editmessagereplymarkup(self, asked: Json) -> Json:
        message = self._ours(asked)
        return self._edit(asked, _content({**asked, "text": message["text"]}))

    def _answercallbackquery(self, asked: Json) -> bool:
        if asked["callback_query_id"] not in self.toasts:
            raise No(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.toasts[asked["callback_query_id"]] = asked.get("text") or ""
        return True

    def keeps(self, chat: int, message: Json) -> Json:
        number = len(self.chats[chat]) + 1
        place = {"message_id": number, "date": _DATE + number, "chat": {"id": chat, "type": "private"}}
        self.chats[chat][number] = place | message
        return self.chats[chat][number]

    def _ours(self, asked: Json) -> Json:
        message = self.chats[int(asked["chat_id"])].get(int(asked["message_id"]))
        if message is None or not message["from"]["is_bot"]:
            raise No(400, "Bad Request: message to edit not found")
        return message

    def _edit(self, asked: Json, content: Json) -> Json:
        message = self._ours(asked)
        if content == {name: message[name] for name in ("text", "reply_markup") if name in message}:
            raise No(400, "Bad Request: message is not modified")
        message.pop("reply_markup", None)
        message.update(content)
        return message


def _content(asked: Json) -> Json:
    content = {"text": asked["text"].strip()}
    return content | ({"reply_markup": asked["reply_markup"]} if asked.get("reply_markup") else {})


def _check(asked: Json) -> None:
    """Lengths and buttons, as sendMessage and InlineKeyboardButton are documented."""
    if not asked["text"].strip():
        raise No(400, "Bad Request: message text is empty")
    if len(asked["text"]) > 4096:
        raise No(400, "Bad Request: message is too long")
    rows = (asked.get("reply_markup") or {}).get("inline_keyboard", [])
    for button in [button for row in rows for button in row]:
        if not button["text"]:
            raise No(400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed")
        if "url" in button and "." not in (urlsplit(button["url"]).hostname or "").replace("127.0.0.1", ""):
            raise No(
                400, f"Bad Request: inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
            )
        if "url" not in button and not 1 <= len(button["callback_data"].encode()) <= 64:
            raise No(400, "Bad Request: BUTTON_DATA_INVALID")


def _handler(twin: FakeTelegram) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            _, bot, method = self.path.split("/", 2)
            form = parse_qsl(self.rfile.read(int(self.headers["Content-Length"] or 0)).decode())
            asked = {name: _value(name, value) for name, value in form}
            if bot != f"bot{TOKEN}":
                self._reply(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
                return
            try:
                self._answer(method, asked)
            except No as no:
                told = {"ok": False, "error_code": no.status, "description": no.description}
                self._reply(no.status, told | ({"parameters": no.parameters} if no.parameters else {}))

        def _answer(self, method: str, asked: Json) -> None:
            twin.called.append((method, asked))
            faults = twin.faults[method.lower()]
            fault = faults.pop(0) if faults else None
            if isinstance(fault, No):
                raise fault
            result = None if fault == CUT_BEFORE else twin.answer(method, asked)
            with twin._news:
                twin._news.notify_all()
            if fault == HELD:
                twin.closing.wait(_PATIENCE_SECONDS)
            if fault is None:
                self._reply(200, {"ok": True, "result": result})
            else:
                self.close_connection = True

        def _reply(self, status: int, content: Json) -> None:
            data = json.dumps(content).encode()
            with suppress(OSError):  # whoever asked is gone
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    return Handler


def _value(name: str, value: str) -> Any:
    return json.loads(value) if name in ("reply_markup", "allowed_updates") else value

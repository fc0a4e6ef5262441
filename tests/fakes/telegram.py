"""A twin of Telegram's Bot API in a thread, faults included: python-telegram-bot speaks HTTP with it.

It refuses what the documentation says is refused, in the words of tdlib/telegram-bot-api. Its people are in
`telegram_people`. Source: https://core.telegram.org/bots/api
"""

import json
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, urlsplit

import httpx

from tests.fakes.http import BROKEN, Answer, Request, Server

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
    webhook_fault: Json = field(default_factory=dict)
    """What getWebhookInfo tells of the last try that failed: last_error_date, last_error_message."""
    menus: dict[str, dict[str, str]] = field(default_factory=dict)
    """By language, the commands that the menu shows."""
    toasts: dict[str, str | None] = field(default_factory=dict)
    """By query, what was shown over the chat when it was answered."""
    files: dict[str, bytes] = field(default_factory=dict)
    """By file_id, what people have sent and what we have."""
    file_faults: list[int] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    _next_update: int = 7_000
    _polls: int = 0
    _news: threading.Condition = field(default_factory=threading.Condition)
    _server: Server = field(init=False)

    @property
    def url(self) -> str:
        return self._server.url

    def __enter__(self) -> Self:
        self._server = Server(self._serve).__enter__()
        return self

    def __exit__(self, *_error: object) -> None:
        self.closing.set()
        self.hangs_up()
        self._server.__exit__()

    def hangs_up(self) -> None:
        """Whoever waits for news waits no longer."""
        with self._news:
            self._polls += 1
            self._news.notify_all()

    def waits_until(self, what: Callable[[], object], patience_seconds: float = _PATIENCE_SECONDS) -> None:
        """Looks again whenever somebody has called."""
        with self._news:
            assert self._news.wait_for(what, patience_seconds), "waited in vain"

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

    def _serve(self, request: Request) -> Answer:
        if request.url.path.startswith(f"/file/bot{TOKEN}/"):
            return self._file(request.url.path.removeprefix(f"/file/bot{TOKEN}/"))
        _, bot, method = request.url.path.split("/", 2)
        asked = {name: _value(name, value) for name, value in _fields(request)}
        try:
            if bot != f"bot{TOKEN}":
                raise No(401, "Unauthorized")
            return self._called(method.lower(), asked)
        except No as no:
            told = {"ok": False, "error_code": no.status, "description": no.description}
            return _answer(no.status, told | ({"parameters": no.parameters} if no.parameters else {}))

    def _called(self, method: str, asked: Json) -> Answer:
        self.called.append((method, asked))
        fault = self.faults[method].pop(0) if self.faults[method] else None
        if isinstance(fault, No):
            raise fault
        result = None if fault == CUT_BEFORE else getattr(self, f"_{method}", self._unknown)(asked)
        with self._news:
            self._news.notify_all()
        if fault == HELD:
            self.closing.wait(_PATIENCE_SECONDS)
        return Answer(BROKEN) if fault else _answer(200, {"ok": True, "result": result})

    def _file(self, path: str) -> Answer:
        """As it is kept; `file_faults` befall downloads first."""
        if self.file_faults:
            return Answer(self.file_faults.pop(0))
        content = self.files.get(path.partition("/")[2])
        return Answer(404) if content is None else Answer(200, content)

    def _getfile(self, asked: Json) -> Json:
        file_id = asked["file_id"]
        if file_id not in self.files:
            raise No(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(self.files[file_id]) > 20 * 2**20:
            raise No(400, "Bad Request: file is too big")
        unique = {"file_id": file_id, "file_unique_id": file_id, "file_size": len(self.files[file_id])}
        return unique | {"file_path": f"photos/{file_id}"}

    def _sendphoto(self, asked: Json) -> Json:
        return self._sends_file(asked, "photo")

    def _senddocument(self, asked: Json) -> Json:
        return self._sends_file(asked, "document")

    def _sends_file(self, asked: Json, kind: str) -> Json:
        chat = int(asked["chat_id"])
        if chat in self.closed_to_us:
            raise BLOCKED
        if chat not in self.chats:
            raise No(400, "Bad Request: chat not found")
        if len(asked.get("caption", "")) > 1024:
            raise No(400, "Bad Request: message caption is too long")
        name, content = asked[kind]
        if not content or (kind == "photo" and len(content) > 10_000_000):
            raise No(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
        file = {"file_id": f"ours-{len(self.called)}", "file_unique_id": "ours"}
        shown = [file | {"width": 90, "height": 90}] if kind == "photo" else file | {"file_name": name}
        self.files[str(file["file_id"])] = content
        kept = {"from": _BOT, "caption": asked.get("caption", ""), kind: shown}
        buttons = {"reply_markup": asked["reply_markup"]} if asked.get("reply_markup") else {}
        return self.keeps(chat, kept | buttons)

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

    def _getwebhookinfo(self, _asked: Json) -> Json:
        told = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        return told | {"pending_update_count": len(self.pending)} | self.webhook_fault

    def _setmycommands(self, asked: Json) -> bool:
        commands = {each["command"]: each["description"] for each in json.loads(asked["commands"])}
        if not all(1 <= len(told) <= 256 for told in commands.values()):
            raise No(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.menus[asked.get("language_code", "")] = commands
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


def _answer(status: int, content: Json) -> Answer:
    return Answer(status, json.dumps(content).encode(), {"Content-Type": "application/json"})


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


def _fields(request: Request) -> list[tuple[str, Any]]:
    """A form, or the parts of one that carries files, each (name, content)."""
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        return [*parse_qsl(request.body.decode())]
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    parts = message_from_bytes(head + request.body, policy=HTTP).iter_parts()
    return [_part(part) for part in parts]


def _part(part: Any) -> tuple[str, Any]:
    content, name = part.get_payload(decode=True), part.get_param("name", header="content-disposition")
    file = part.get_filename()
    return name, (file, content) if file else content.decode()


def _value(name: str, value: Any) -> Any:
    return json.loads(value) if name in ("reply_markup", "allowed_updates") else value

"""A twin of Rasa's REST webhook that runs in a thread, faults included.

It answers as rasa/core/channels/rest.py of Rasa 3.6 does: GET /webhooks/rest/ says {"status": "ok"};
POST /webhooks/rest/webhook returns the collected messages, an empty list with status 200 when an
action failed or no model is loaded. While Rasa starts, nobody listens on its port: `stop()`.
"""

import json
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Messages = list[dict[str, Any]]


@dataclass(frozen=True)
class Asked:
    """One message that reached the bot."""

    sender: str
    message: str
    metadata: dict[str, Any]


def says(
    text: str, *choices: tuple[str, str], links: tuple[tuple[str, str], ...] = (), retry: bool = False
) -> Messages:
    """The answer with one message plan; a choice is (label, payload), a link is (label, url)."""
    plan = {
        "text": text,
        "choices": [{"label": label, "payload": payload} for label, payload in choices],
        "links": [{"label": label, "url": url} for label, url in links],
        "retry": retry,
    }
    return [{"recipient_id": "someone", "custom": plan}]


NOTHING: Messages = []
CORE_AWAY = says("", retry=True)
SILENT: Messages = [
    {"recipient_id": "someone", "custom": {"text": "", "choices": [], "links": [], "silent": True}}
]


class FakeBot:
    """Answers with `answer`; `faults` are used up first, one a message: a status code or messages."""

    def __init__(self, port: int = 0) -> None:
        self.asked: list[Asked] = []
        self.faults: list[int | Messages] = []
        self.answer: Callable[[Asked], Messages] = lambda asked: says(f"You said: {asked.message}")
        self.connections: set[socket.socket] = set()
        self._port = port
        self._server: ThreadingHTTPServer | None = None

    @property
    def port(self) -> int:
        return self._port

    def start(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), _handler(self))
        self._server.daemon_threads = True
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def hear(self, asked: Asked) -> tuple[int, Messages]:
        self.asked.append(asked)
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, int):
            return fault, []
        return 200, self.answer(asked) if fault is None else fault


def _handler(bot: FakeBot) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            bot.connections.add(self.connection)

        def finish(self) -> None:
            bot.connections.discard(self.connection)
            super().finish()

        def do_GET(self) -> None:
            self._reply(200, {"status": "ok"}) if self.path == "/webhooks/rest/" else self._reply(404, {})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path != "/webhooks/rest/webhook":
                self._reply(404, {})
                return
            asked = Asked(body["sender"], body["message"], body.get("metadata") or {})
            self._reply(*bot.hear(asked))

        def _reply(self, status: int, content: object) -> None:
            data = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    return Handler

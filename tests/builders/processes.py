"""The core as separate processes on one database, and customers who all ask at the same moment."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler_core.settings import Settings

_PATIENCE_SECONDS = 60.0
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Servers:
    """Where the processes listen, and the key they ask for."""

    ports: tuple[int, ...]
    key: str


@dataclass(frozen=True)
class Asked:
    path: str
    body: dict[str, Any]
    key: str


@dataclass(frozen=True)
class Answered:
    """``began``: when it was sent, ``ended``: when the last byte of the answer had come, in seconds."""

    status: int
    body: Any
    began: float
    ended: float

    @property
    def word(self) -> str:
        """The problem's code, or the status of what went well."""
        return str(self.body.get("code", self.status))


@contextmanager
def running_servers(database_url: str, home: Path, number: int = 2) -> Iterator[Servers]:
    """The real app under uvicorn, started as it is in life and ready to answer; its logs stay in ``home``."""
    settings = Settings(home=home, database_url=database_url)
    with ExitStack() as stack:
        ports = tuple(stack.enter_context(_a_server(settings, n)) for n in range(number))
        servers = Servers(ports, settings.api_key.get_secret_value())
        for port in ports:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
            connection.request("GET", "/healthz")
            assert connection.getresponse().status == 200
            connection.close()
        yield servers


@contextmanager
def _a_server(settings: Settings, nth: int) -> Iterator[int]:
    """Its port. The socket listens from the start, so the first request waits in it until the app is there."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    port: int = listening.getsockname()[1]
    environment = {**os.environ, "DATABASE_URL": settings.database_url, "FRONTDESK_HOME": str(settings.home)}
    command = [sys.executable, "-m", "uvicorn", "--factory", "scheduler_core.app:create_app"]
    command += ["--fd", str(listening.fileno()), "--no-access-log", "--log-level", "warning"]
    with (settings.home / f"server-{nth}.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=_ROOT,
            pass_fds=(listening.fileno(),),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    listening.close()
    try:
        yield port
    finally:
        process.terminate()
        process.wait(_PATIENCE_SECONDS)


def all_at_once(servers: Servers, asked: Sequence[Asked]) -> list[Answered]:
    """One connection for each, by turns to each process, all sent at the same moment; answers in order."""
    gate = threading.Barrier(len(asked))

    def ask(nth: int) -> Answered:
        port = servers.ports[nth % len(servers.ports)]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
        connection.connect()
        body = json.dumps(asked[nth].body).encode()
        headers = {
            "X-API-Key": servers.key,
            "Idempotency-Key": asked[nth].key,
            "Content-Type": "application/json",
        }
        gate.wait(_PATIENCE_SECONDS)
        began = time.perf_counter()
        connection.request("POST", asked[nth].path, body, headers)
        response = connection.getresponse()
        found = json.loads(response.read())
        ended = time.perf_counter()
        connection.close()
        return Answered(response.status, found, began, ended)

    with ThreadPoolExecutor(len(asked)) as pool:
        return list(pool.map(ask, range(len(asked))))


def percentile(answers: Sequence[Answered], part: float) -> float:
    """The time in milliseconds within which that part of the answers had come."""
    in_order = sorted(answer.ended - answer.began for answer in answers)
    return 1000 * in_order[min(len(in_order) - 1, int(part * len(in_order)))]


def per_second(answers: Sequence[Answered]) -> float:
    """From the first request to the last answer."""
    took = max(answer.ended for answer in answers) - min(answer.began for answer in answers)
    return len(answers) / took

"""A process that does what is due and sends it, as the house does, and may be killed between any two lines.

    python -m tests.builders.killable DATABASE_URL SECONDS_AHEAD [BUSINESS_ID LEDGER]

What was sent stands in the ledger, a line for each: the message's id and when. It can be looked up there, as at a
provider that keeps what it took.
"""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from fastapi import APIRouter

from channels.delivery import deliver
from channels.door import Door
from channels.interface import Capabilities, Channel, Enclosed, OutboundMessage, Receipt
from scheduler_core.clock import system_clock
from scheduler_core.db import open_database
from scheduler_core.outbox import File, Store
from scheduler_core.settings import Settings
from scheduler_core.worker import working

LEDGER = "ledger"
_ROOT = Path(__file__).resolve().parents[2]
_LOOK_AGAIN_SECONDS = 0.05


class Ledger(Channel):
    """Appends a line, which the kernel does whole or not at all."""

    name = LEDGER
    capabilities = Capabilities(opt_out_words=frozenset(), looks_up=True)

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    @classmethod
    def connect(cls, settings: Settings) -> Self | None:
        return None

    def routes(self, door: Door) -> APIRouter:
        return APIRouter()

    def send(self, message: OutboundMessage) -> Receipt:
        os.write(self._file, f"{message.id} {system_clock().isoformat()}\n".encode())
        return Receipt("sent", provider_id=str(message.id))

    def look_up(self, message: OutboundMessage) -> Receipt | None:
        sent = {line.split()[0] for line in self._path.read_text().splitlines()}
        return Receipt("sent", provider_id=str(message.id)) if str(message.id) in sent else None


def entries(path: Path) -> list[tuple[int, datetime]]:
    """What was sent, in order."""
    lines = [line.split() for line in path.read_text().splitlines()] if path.exists() else []
    return [(int(key), datetime.fromisoformat(at)) for key, at in lines]


@contextmanager
def a_process(
    database_url: str, ahead: timedelta = timedelta(0), *sends: object
) -> Iterator[subprocess.Popen[bytes]]:
    """At work until the end of this; ``ahead``: how far its clock is; ``sends``: whose messages, into which ledger."""
    command = [sys.executable, "-m", "tests.builders.killable", database_url, str(ahead.total_seconds())]
    environment = {**os.environ, "FRONTDESK_WORKERS": "1"}
    process = subprocess.Popen([*command, *map(str, sends)], cwd=_ROOT, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _none_enclosed(_: File) -> Enclosed:
    raise LookupError("a reminder comes without files")


def _send_for_ever(store: Store, ledger: Ledger) -> None:
    rest = threading.Event()
    while True:
        sending = store.claim_sending("sender")
        if sending is None:
            rest.wait(_LOOK_AGAIN_SECONDS)
        else:
            deliver(store, {LEDGER: ledger}, sending, lambda _: None, _none_enclosed)


def main(url: str, ahead: str, business_id: str = "", path: str = "") -> None:
    logging.basicConfig(level=logging.WARNING)
    database, later = open_database(url), timedelta(seconds=float(ahead))

    def clock() -> datetime:
        return system_clock() + later

    with working(database, Settings(database_url=url), clock):
        if path:
            _send_for_ever(Store(database, clock, int(business_id)), Ledger(Path(path)))
        threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A process that sends what is due as the front door does: `python -m tests.builders.sender URL LEDGER BEGAN`.

The ledger is a provider that can be asked: a line for each message it was handed. A minute passes in two seconds, so
that leases end while a test waits. With HOLD as a fourth word it stops right before the call until it is let go.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import scheduler_core.app  # noqa: F401  -- every room's tables
from channels import delivery
from channels.interface import Capabilities, OutboundMessage, Receipt
from channels.web.channel import WebChannel
from scheduler_core.outbox import RateLimit, open_store
from scheduler_core.settings import Settings
from tests.builders.clock import MONDAY

HOLD, HELD, GO = "hold", "held", "go"
PER_SECOND = 2.0
_FASTER = 30


class Ledger(WebChannel):
    """Takes what it is handed, and knows what it has."""

    capabilities = Capabilities(opt_out_words=frozenset(), looks_up=True)

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self._path, self._clock = path, clock

    def send(self, message: OutboundMessage) -> Receipt:
        line = f"{message.id} {message.address} {message.text} {self._clock().timestamp()}\n"
        with self._path.open("ab", buffering=0) as ledger:
            ledger.write(line.encode())
        time.sleep(0.01)
        return Receipt("sent", str(message.id))

    def look_up(self, message: OutboundMessage) -> Receipt | None:
        known = any(int(each[0]) == message.id for each in entries(self._path))
        return Receipt("sent", str(message.id)) if known else None

    def limits(self, message: OutboundMessage) -> Sequence[RateLimit]:
        return (RateLimit("ledger", PER_SECOND),) if message.kind == "limited" else ()


def entries(path: Path) -> list[list[str]]:
    """Of each message that was handed over: its id, reader, text and time, in order."""
    return [line.split(" ") for line in path.read_text().splitlines()] if path.exists() else []


def clock_since(began: float) -> Callable[[], datetime]:
    return lambda: MONDAY + timedelta(seconds=(time.time() - began) * _FASTER)


def main(url: str, path: Path, began: float, *, hold: bool) -> None:
    clock = clock_since(began)
    store = open_store(Settings(home=path.parent, database_url=url), clock)
    ledger = Ledger(path, clock)
    while True:
        sending = store.claim_sending("sender")
        if sending is None:
            time.sleep(0.02)
            continue
        if hold:
            _wait_to_be_let_go(path.parent)
        delivery.deliver(store, {"web": ledger}, sending, lambda _thread: None, _no_file)
        if hold:
            (path.parent / HELD).unlink()
            os._exit(0)


def _no_file(file: object) -> Any:
    raise LookupError(f"nothing here has a file: {file}")


def _wait_to_be_let_go(folder: Path) -> None:
    (folder / HELD).touch()
    while not (folder / GO).exists():
        time.sleep(0.01)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), hold=HOLD in sys.argv[4:])

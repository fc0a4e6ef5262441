"""The threads that answer and send: each does one thing at a time until there is nothing left, then waits.

Of a crew, one keeps watch (claims, or waits for the bell) while the others work or queue for the
watch, so that an idle crew asks the store once, not once a head. A worker survives whatever happens
in one piece of work: the store hands that piece out again when its lease ends.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from time import monotonic
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

Piece = TypeVar("Piece")

_POLL_SECONDS = 0.5
_PAUSE_AFTER_FAILURE_SECONDS = 1.0
_PATIENCE_AT_END_SECONDS = 3.0


@dataclass
class Crew(Generic[Piece]):
    """`size` threads that claim pieces of work and do them; `bell` is set when there may be some."""

    name: str
    size: int
    claim: Callable[[str], Piece | None]
    work: Callable[[Piece], None]
    bell: Event
    _stopping: Event = field(default_factory=Event)
    _watch: Lock = field(default_factory=Lock)
    threads: list[Thread] = field(default_factory=list)

    def start(self) -> None:
        for n in range(1, self.size + 1):
            name = f"{self.name}-{n}"
            thread = Thread(target=self._run, args=(name,), name=name, daemon=True)
            self.threads.append(thread)
            thread.start()

    def ask_to_stop(self) -> None:
        self._stopping.set()
        self.bell.set()

    def _run(self, worker: str) -> None:
        while not self._stopping.is_set():
            try:
                piece = self._keep_watch(worker)
                if piece is not None:
                    self.work(piece)
            except Exception:
                log.exception("%s failed, going on", worker)
                self._stopping.wait(_PAUSE_AFTER_FAILURE_SECONDS)

    def _keep_watch(self, worker: str) -> Piece | None:
        with self._watch:
            if self._stopping.is_set():
                return None
            piece = self.claim(worker)
            if piece is None:
                self.bell.wait(_POLL_SECONDS)
                self.bell.clear()
            return piece


def keep_listening(name: str, listen: Callable[[Event], None], stopping: Event) -> Thread:
    """A thread that listens until it is told to stop, and begins anew when listening fails."""

    def run() -> None:
        while not stopping.is_set():
            try:
                return listen(stopping)
            except Exception:
                log.exception("%s failed, listening again", name)
                stopping.wait(_PAUSE_AFTER_FAILURE_SECONDS)

    thread = Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread


def join(threads: Iterable[Thread]) -> None:
    """Wait for the work in hand; what takes longer is taken up again when its lease ends."""
    end = monotonic() + _PATIENCE_AT_END_SECONDS
    for thread in threads:
        thread.join(max(end - monotonic(), 0))

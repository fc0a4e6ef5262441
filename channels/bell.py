"""Tells open pages of this process at once that a thread has something new.

The pages also look by themselves once a second, so a message sent by another process is only a
little later, never lost.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock


class Bell:
    """Rung from any thread, heard in the event loop."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._listeners: dict[str, set[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = defaultdict(set)
        self.closed = False

    @contextmanager
    def listen(self, thread: str) -> Iterator[asyncio.Event]:
        listener = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._listeners[thread].add(listener)
        if self.closed:
            listener[1].set()
        try:
            yield listener[1]
        finally:
            with self._lock:
                self._listeners[thread].discard(listener)
                if not self._listeners[thread]:
                    del self._listeners[thread]

    def ring(self, thread: str) -> None:
        with self._lock:
            listeners = list(self._listeners.get(thread, ()))
        _wake(listeners)

    def close(self) -> None:
        """Sends every listener home, so that no open page holds up the end of the process."""
        self.closed = True
        with self._lock:
            listeners = [listener for group in self._listeners.values() for listener in group]
        _wake(listeners)


def _wake(listeners: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]]) -> None:
    for loop, event in listeners:
        with suppress(RuntimeError):  # the loop has ended, and its page with it
            loop.call_soon_threadsafe(event.set)

"""Ends open streams as soon as the process is asked to stop, so that Ctrl-C is quick.

Uvicorn first waits for every response to end and only then closes the application; an open stream
of events would hold it for ever. So we hear the signal first and hand it on.
Source: uvicorn/server.py, Server.capture_signals and Server.shutdown.
"""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def told_first(told: Callable[[], None]) -> Iterator[None]:
    """Call `told` before the server's own handler; does nothing outside the main thread (tests)."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    earlier = {number: signal.getsignal(number) for number in _SIGNALS}

    def tell_and_hand_on(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(told)  # not here: a signal may come while any lock is held
        handler = earlier[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in _SIGNALS:
        signal.signal(number, tell_and_hand_on)
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)

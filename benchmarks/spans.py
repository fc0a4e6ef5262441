"""When each step of a message began and ended, noted by several processes and read together afterwards.

Both environments import this, so it needs nothing but Python. Times are seconds of the monotonic clock,
which all processes of a machine share; a note is one short write to a file, a few microseconds.
"""

import inspect
import itertools
import os
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple


class Span(NamedTuple):
    step: str
    began: float
    ended: float


class Recorder:
    """Appends spans to a file. Safe to share between threads and processes: every note is one write."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def note(self, step: str, began: float) -> None:
        """`step` began then and has ended now."""
        os.write(self._file, f"{step}\t{began!r}\t{time.monotonic()!r}\n".encode())

    def around(self, step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """`work`, noted as `step` each time; a coroutine function stays one."""
        if inspect.iscoroutinefunction(work):
            return self._around_coroutine(step, work)

        @wraps(work)
        def timed(*values: Any, **named: Any) -> Any:
            began = time.monotonic()
            try:
                return work(*values, **named)
            finally:
                self.note(step, began)

        return timed

    def _around_coroutine(
        self, step: str, work: Callable[..., Awaitable[Any]]
    ) -> Callable[..., Awaitable[Any]]:
        @wraps(work)
        async def timed(*values: Any, **named: Any) -> Any:
            began = time.monotonic()
            try:
                return await work(*values, **named)
            finally:
                self.note(step, began)

        return timed


def read(paths: Iterable[Path]) -> list[Span]:
    """All spans of these files, in the order in which they began."""
    lines = (line.split("\t") for path in paths for line in path.read_text().splitlines())
    found = (Span(step, float(began), float(ended)) for step, began, ended in lines)
    return sorted(found, key=lambda span: span.began)


def seconds_by_step(window: Span, spans: Sequence[Span], innermost_first: Sequence[str]) -> dict[str, float]:
    """The window's time shared out: an instant belongs to the innermost step under way, or to the window.

    So the parts add up to the whole, and what goes on beside the message's way (the page reading its feed
    while the bot thinks) takes nothing from it.
    """
    rank = {step: n for n, step in enumerate(innermost_first)}
    inside = [s for s in spans if s.step in rank and s.began < window.ended and s.ended > window.began]
    edges = {t for s in inside for t in (s.began, s.ended) if window.began < t < window.ended}
    instants = sorted({window.began, window.ended, *edges})
    parts = dict.fromkeys((*innermost_first, window.step), 0.0)
    for left, right in itertools.pairwise(instants):
        active = [s.step for s in inside if s.began <= left and s.ended >= right]
        parts[min(active, key=rank.__getitem__, default=window.step)] += right - left
    return parts

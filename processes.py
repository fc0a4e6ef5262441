"""The house's processes: started, started again when they die, ended together."""

import ctypes
import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot import launch

_GRACE_SECONDS = 5.0
_LONGEST_PAUSE_SECONDS = 30.0

log = logging.getLogger("frontdesk")
_prctl = getattr(ctypes.CDLL(None), "prctl", None)


def start(
    command: list[str], environment: dict[str, str], output: IO[bytes] | int, gate: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """A child that leaves Ctrl-C to us (its own process group) and does not outlive us."""
    return subprocess.Popen(
        command, cwd=launch.ROOT, env=environment, process_group=0, preexec_fn=_end_with_parent,
        stdin=gate, stdout=output, stderr=subprocess.STDOUT,
    )  # fmt: skip


def _end_with_parent() -> None:
    """Linux ends this process when its parent dies in whatever way: prctl(2), PR_SET_PDEATHSIG = 1."""
    if _prctl:
        _prctl(1, signal.SIGKILL)


@dataclass
class Child:
    """One process of the house, started again when it dies, each time after a longer pause."""

    name: str
    command: list[str]
    environment: dict[str, str]
    output: Path
    gate: int = subprocess.DEVNULL
    process: subprocess.Popen[bytes] | None = None
    due: float = 0.0
    started: float = 0.0
    deaths: int = 0

    def look_after(self) -> None:
        now = time.monotonic()
        if self.process is None and now >= self.due:
            with self.output.open("ab") as file:
                self.process, self.started = start(self.command, self.environment, file, self.gate), now
        elif self.process is not None and self.process.poll() is not None:
            self.deaths = 1 if now - self.started > _LONGEST_PAUSE_SECONDS else self.deaths + 1
            pause = min(2.0 ** (self.deaths - 1), _LONGEST_PAUSE_SECONDS)
            code, self.process, self.due = self.process.returncode, None, now + pause
            log.warning("%s ended with code %s; again in %.0f s (%s)", self.name, code, pause, self.output)

    def send(self, number: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, number)


def look_after(children: list[Child], until: Callable[[], bool]) -> None:
    while not until():
        for child in children:
            child.look_after()
        time.sleep(0.05)


def stop(children: list[Child]) -> None:
    """Ask all to end, then end those that have not within a grace."""
    for child in children:
        child.send(signal.SIGTERM)
    deadline = time.monotonic() + _GRACE_SECONDS
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            if child.process:
                child.process.wait(max(0.0, deadline - time.monotonic()))
        child.send(signal.SIGKILL)

"""Runs one of the house's processes with its steps timed: `python -m benchmarks.measured core SPANS_FILE`.

The product stays as it is: what is timed (requests in, requests out, SQL) is wrapped here, from outside.
"""

import sys
import time
from pathlib import Path
from typing import Any

import fastapi
import httpx
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

import frontdesk
from benchmarks.spans import Recorder

STEPS_IN = {"core": "core", "actions": "action"}
STEPS_OUT = {"actions": "HTTP to the core", "channels": "Rasa"}


def time_requests_in(name: str, recorder: Recorder) -> None:
    """From the request to the end of its answer, as the application sees it."""
    step, call = STEPS_IN[name], fastapi.FastAPI.__call__

    async def timed(self: fastapi.FastAPI, scope: Any, receive: Any, send: Any) -> None:
        began = time.monotonic()
        await call(self, scope, receive, send)
        if scope["type"] == "http":
            recorder.note(step, began)

    fastapi.FastAPI.__call__ = timed  # type: ignore[method-assign]


def time_requests_out(name: str, recorder: Recorder) -> None:
    step = STEPS_OUT[name]
    httpx.Client.send = recorder.around(step, httpx.Client.send)  # type: ignore[method-assign]
    httpx.AsyncClient.send = recorder.around(step, httpx.AsyncClient.send)  # type: ignore[method-assign]


def time_sql(name: str, recorder: Recorder) -> None:
    """Every statement, and every commit with its wait for the disk."""
    step = f"database ({name})"

    @event.listens_for(Engine, "before_cursor_execute")
    def begin(connection: Any, *_: Any) -> None:
        connection.info["statement_began"] = time.monotonic()

    @event.listens_for(Engine, "after_cursor_execute")
    def end(connection: Any, *_: Any) -> None:
        recorder.note(step, connection.info["statement_began"])

    DefaultDialect.do_commit = recorder.around(step, DefaultDialect.do_commit)  # type: ignore[method-assign]


if __name__ == "__main__":
    process, spans = sys.argv[1], Recorder(Path(sys.argv[2]))
    if process in STEPS_IN:
        time_requests_in(process, spans)
    if process in STEPS_OUT:
        time_requests_out(process, spans)
    time_sql(process, spans)
    frontdesk.serve(process)

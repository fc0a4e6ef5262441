"""The least that a webhook of Twilio's can do: see that the signature is right, and keep one row."""

import os
import sqlite3
from urllib.parse import parse_qsl

from fastapi import FastAPI, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from twilio.request_validator import RequestValidator

app = FastAPI(openapi_url=None)
_validator = RequestValidator(os.environ["BARE_TOKEN"])


@app.post("/messages")
async def heard(request: Request) -> Response:
    form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    signature = request.headers.get("x-twilio-signature", "")
    if not _validator.validate(f"{os.environ['BARE_URL']}/messages", form, signature):
        raise HTTPException(403)
    await run_in_threadpool(_keep, form["MessageSid"], form["Body"])
    return Response()


@app.get("/healthz")
async def healthz() -> dict[str, str]:
    return {"status": "ok"}


def _keep(sid: str, text: str) -> None:
    database = sqlite3.connect(os.environ["BARE_FILE"], timeout=30)
    with database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE IF NOT EXISTS heard (sid TEXT PRIMARY KEY, text TEXT)")
        database.execute("INSERT OR IGNORE INTO heard VALUES (?, ?)", (sid, text))
    database.close()

"""The least an action server can do, so that Rasa is measured with an action and without a house."""

from typing import Any

from fastapi import FastAPI

app = FastAPI(openapi_url=None)


@app.post("/webhook")
async def webhook() -> dict[str, Any]:
    return {"events": [], "responses": [{"custom": {"text": "Hello!", "choices": [], "links": []}}]}


@app.get("/healthz")
async def healthz() -> dict[str, str]:
    return {"status": "ok"}

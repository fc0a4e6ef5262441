"""The action endpoint Rasa calls: one action per intent, all of them one turn of the conversation.

rasa-sdk's executor runs behind a FastAPI route, so that this process has the same server, logging and tests as the
other two of the house. The answer is one custom message: the plan (text, choices, links), or `retry` when the core is
away.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions.core_client import CoreAway, CoreClient, Refused
from actions.head_start import words_of_time_read
from actions.intents import APPLY
from actions.staff import line
from actions.turn import take_turn
from actions.turn_types import Caller, Heard
from actions.words import words
from scheduler_core.clock import Clock
from scheduler_core.settings import Settings, get_settings

log = logging.getLogger(__name__)

_NO_DRAFTS = -1
"""The version that a notice's button is of: no draft has it."""


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """`clock` is not used: the core's answer says what time it is."""
    settings = settings or get_settings()
    core = CoreClient(settings.core_url, settings.api_key.get_secret_value(), settings.business_id)
    executor = ActionExecutor()
    for intent in APPLY:
        executor.register_action(_TurnAction(intent, core))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        reading = asyncio.create_task(words_of_time_read(core))
        yield
        reading.cancel()
        await core.close()

    app = FastAPI(title="Frontdesk actions", lifespan=lifespan, openapi_url=None)

    @app.post("/webhook")
    async def webhook(request: Request) -> JSONResponse:
        result = await executor.run(await request.json())
        return JSONResponse(result.model_dump() if result else {})

    @app.post("/staff")
    async def staff(asked: StaffSaid) -> JSONResponse:
        """Somebody of the team says something in their own chat."""
        try:
            return JSONResponse(await line.answer(core, asked.chat, asked.text, asked.turn_id))
        except (CoreAway, Refused) as fault:
            log.warning("staff turn %s put off: %s", asked.turn_id, fault)
            return JSONResponse(_try_again())

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    return app


class StaffSaid(BaseModel):
    """`chat` is a staff member's, as the front door has looked up."""

    chat: int
    text: str
    turn_id: str


class _TurnAction(Action):  # type: ignore[misc]
    """The action of an intent. A failure is answered with `retry`, so that the turn is kept and tried again."""

    def __init__(self, intent: str, core: CoreClient) -> None:
        self._intent, self._core = intent, core

    def name(self) -> str:
        return f"action_{self._intent}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        message = tracker.latest_message
        heard, caller = heard_from(message, self._intent), _caller(message["metadata"])
        try:
            plan = await take_turn(heard, caller, self._core)
        except (CoreAway, Refused) as fault:
            log.warning("turn %s put off: %s", heard.turn_id, fault)
            plan = _try_again()
        except Exception:
            log.exception("turn %s failed", heard.turn_id)
            plan = _try_again()
        dispatcher.utter_message(json_message=plan)
        return []


def heard_from(message: Mapping[str, Any], intent: str) -> Heard:
    """Rasa's `latest_message` as a turn. `intent` is the one whose rule led here (the fallback's is out_of_scope)."""
    entities = {each.get("entity"): each.get("value") for each in message.get("entities") or []}
    version, n, notice = (entities.get(name) for name in ("version", "n", "notice"))
    of_notice = notice if isinstance(notice, int) else None
    version = _NO_DRAFTS if of_notice else version
    tap = (version, n) if isinstance(version, int) and isinstance(n, int) else None
    classified = (message.get("intent") or {}).get("name") or intent
    text = message.get("text") or ""
    ranking = tuple((each["name"], each["confidence"]) for each in message.get("intent_ranking") or [])
    return Heard(
        turn_id=message["metadata"]["turn_id"],
        text="" if tap else entities.get("said") or text.removeprefix("/"),
        intent=classified if classified == "nlu_fallback" else intent,
        confidence=(message.get("intent") or {}).get("confidence") or 0.0,
        ranking=ranking,
        tap=tap,
        of_notice=of_notice if tap else None,
        language=entities.get("language"),
    )


def _caller(metadata: Mapping[str, Any]) -> Caller:
    return Caller(metadata["channel"], metadata["address"], metadata.get("display_name"))


def _try_again() -> dict[str, Any]:
    return {"text": words("utter_core_away"), "choices": [], "links": [], "retry": True}

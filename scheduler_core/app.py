"""The core as an HTTP service: its rooms' routes, and every "no" as application/problem+json."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from scheduler_core.appointments.api import public as calendar
from scheduler_core.appointments.api import router as appointments
from scheduler_core.availability.api import router as availability
from scheduler_core.clock import Clock, system_clock
from scheduler_core.conversations.api import router as conversations
from scheduler_core.customers.api import router as customers
from scheduler_core.db.migrate import check_ready
from scheduler_core.db.session import open_database
from scheduler_core.desk.page import router as desk
from scheduler_core.errors import FrontdeskError
from scheduler_core.settings import Settings, get_settings

log = logging.getLogger(__name__)


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """The app on a prepared database; raises ``NotReady`` when it lacks a migration or a guard."""
    settings = settings or get_settings()
    database = open_database(settings.database_url)
    check_ready(database)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        database.close()

    app = FastAPI(title="Frontdesk scheduling core", version="1", lifespan=lifespan)
    app.state.settings, app.state.database = settings, database
    app.state.clock = clock or system_clock
    for router in (conversations, customers, availability, appointments, calendar, desk):
        app.include_router(router)
    app.add_api_route("/healthz", _healthz, tags=["health"])
    app.add_exception_handler(FrontdeskError, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _broken)
    return app


def _healthz() -> dict[str, str]:
    return {"status": "ok"}


def problem(
    status: int, kind: str, title: str, code: str, detail: str, facts: dict[str, Any]
) -> JSONResponse:
    """An error as RFC 9457 has it, with a stable ``code`` and JSON ``facts`` for who words the answer."""
    body = {"type": f"urn:frontdesk:{kind}", "title": title, "status": status}
    body |= {"code": code, "detail": detail, "facts": facts}
    return JSONResponse(jsonable_encoder(body), status, media_type="application/problem+json")


def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, FrontdeskError)
    log.info("%s %s refused: %s", request.method, request.url.path, error.code)
    return problem(error.status, error.kind, error.title, error.code, str(error), error.facts)


def _malformed(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    wrong = [{"where": list(e["loc"]), "what": e["msg"]} for e in error.errors()]
    return problem(422, "malformed", "The request is malformed", "malformed", "", {"errors": wrong})


def _http_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "http_error")
    return problem(error.status_code, code, str(error.detail), code, str(error.detail), {})


def _broken(request: Request, error: Exception) -> JSONResponse:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(500, "internal", "Something went wrong on our side", "internal", "", {})

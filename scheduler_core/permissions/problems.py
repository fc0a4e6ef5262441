"""Every "no" as application/problem+json (RFC 9457): how it is answered, and how the OpenAPI document announces it."""

import json
import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from scheduler_core.errors import FrontdeskError, NotAllowed

log = logging.getLogger(__name__)

_MEDIA_TYPE = "application/problem+json"
_SCHEMA = {"$ref": "#/components/schemas/Problem"}
_MEANING = {
    401: "No key or session, or one that is unknown, revoked or over",
    403: "The role of the key or session may not do that",
    404: "Unknown, or another business's",
    409: "The time is taken, or what was read has changed since",
    410: "It was there and has run out",
    413: "The file is too large",
    415: "The file is of no kind that is taken",
    422: "The request is malformed, or a rule of the business refuses it",
    503: "Not ready to serve; try again later",
}
#: What no database can hold although JSON can: a NUL or half a character in text, a number beyond its column.
_UNSTORABLE = (DataError, UnicodeEncodeError, OverflowError)


class Problem(BaseModel):
    """``code`` is stable and for programs, ``facts`` are for who words the answer, ``detail`` is for developers."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    facts: dict[str, Any]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route or router that refuses with these statuses; all of the core's by default."""
    content = {_MEDIA_TYPE: {"schema": _SCHEMA}}
    return {status: {"description": _MEANING[status], "content": content} for status in statuses or _MEANING}


def answer_with_problems(app: FastAPI) -> None:
    """Answer every error of the app as a problem, and let its OpenAPI document know the schema."""
    app.add_exception_handler(FrontdeskError, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _broken)
    for error in _UNSTORABLE:
        app.add_exception_handler(error, _unstorable)
    build = app.openapi

    def openapi() -> dict[str, Any]:
        document = build()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema()
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI has it: "Extending OpenAPI"


def _problem(
    status: int,
    kind: str,
    title: str,
    code: str,
    detail: str,
    facts: dict[str, Any],
    headers: Mapping[str, str] | None = None,
) -> Response:
    body = Problem(
        type=f"urn:frontdesk:{kind}", title=title, status=status, code=code, detail=detail, facts=facts
    )
    # ASCII, as facts may repeat what was sent, half characters and all
    return Response(json.dumps(jsonable_encoder(body)), status, headers, _MEDIA_TYPE)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, FrontdeskError)
    log.info("%s %s refused: %s", request.method, request.url.path, error.code)
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, NotAllowed) else None
    return _problem(error.status, error.kind, error.title, error.code, str(error), error.facts, headers)


def _malformed(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _malformed_because([{"where": list(e["loc"]), "what": e["msg"]} for e in error.errors()])


def _unstorable(request: Request, error: Exception) -> Response:
    log.warning("%s %s cannot be stored: %s", request.method, request.url.path, type(error).__name__)
    return _malformed_because([{"where": [], "what": "a text or number that cannot be stored"}])


def _malformed_because(errors: list[dict[str, Any]]) -> Response:
    return _problem(422, "malformed", "The request is malformed", "malformed", "", {"errors": errors})


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.BAD_REQUEST:  # a body that cannot be read at all
        return _malformed_because([{"where": ["body"], "what": error.detail}])
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "http_error")
    headers = error.headers
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers = {"Allow": _served_at(request) or (headers or {}).get("Allow", "")}
    return _problem(error.status_code, code, error.detail, code, error.detail, {}, headers)


def _served_at(request: Request) -> str:
    """All methods of a path; the router on its own names those of one route only."""
    app: FastAPI = request.app
    methods: set[str] = set()
    for template, operations in app.openapi()["paths"].items():
        pattern = "[^/]+".join(re.escape(part) for part in re.split("{.*?}", template))
        if re.fullmatch(pattern, request.url.path):
            methods |= {method.upper() for method in operations}
    return ", ".join(sorted(methods))


def _broken(request: Request, error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _problem(500, "internal", "Something went wrong on our side", "internal", "", {})

"""Every refusal of the front door, as application/problem+json (RFC 9457).

One page, so that a page or a client can rely on the codes; `detail` is a sentence that a customer
may read.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

_SOON = MappingProxyType({"Retry-After": "5"})


class Refused(Exception):
    """Base of the refusals; each has a status and a stable code."""

    status = 400
    code = "refused"
    detail = "That did not work."
    headers: Mapping[str, str] | None = None


class Malformed(Refused):
    status, code = 422, "malformed"
    detail = "The request is not what this door expects."


class TooLarge(Refused):
    status, code = 413, "too_large"
    detail = "That is more than this door takes at once (64 KiB)."


class FileTooLarge(Refused):
    status, code = 413, "file_too_large"
    detail = "That file is too large for this chat."


class FileRefused(Refused):
    status, code = 415, "file_refused"
    detail = "Files of that kind are not taken here. Photos, PDFs, common documents and sound are."


class FileGone(Exception):
    """A file of ours is there no longer: whoever sent it is forgotten."""


class ForeignOrigin(Refused):
    status, code = 403, "foreign_origin"
    detail = "Messages are only taken from this page itself."


class OnlyFromHere(Refused):
    status, code = 403, "only_from_this_machine"
    detail = "This page is only shown on the machine that runs Frontdesk."


class UnknownChoice(Refused):
    status, code = 404, "unknown_choice"
    detail = "That choice is not part of this conversation."


class TooFast(Refused):
    status, code = 429, "too_fast"
    detail = "That was a lot at once. Please wait a few seconds and send it again."
    headers = _SOON


class CoreAway(Refused):
    status, code = 503, "core_away"
    detail = "This is not available for a moment. Please try again shortly."
    headers = _SOON


async def answer_refusal(_request: Request, error: Exception) -> JSONResponse:
    """Exception handler for Refused."""
    assert isinstance(error, Refused)
    return _problem(error.status, error.code, error.detail, error.headers)


async def answer_malformed(_request: Request, error: Exception) -> JSONResponse:
    """Exception handler for requests that do not fit their schema; names the fields, never the values."""
    assert isinstance(error, RequestValidationError)
    fields = sorted({".".join(str(part) for part in fault["loc"]) for fault in error.errors()})
    return _problem(Malformed.status, Malformed.code, Malformed.detail, None, {"fields": fields})


def _problem(
    status: int,
    code: str,
    detail: str,
    headers: Mapping[str, str] | None,
    facts: dict[str, Any] | None = None,
) -> JSONResponse:
    body = {"type": "about:blank", "title": code.replace("_", " "), "status": status, "code": code}
    body |= {"detail": detail, "facts": facts or {}}
    return JSONResponse(body, status, headers, media_type="application/problem+json")

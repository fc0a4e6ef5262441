"""Who a visitor of the web chat is: a random cookie, and an address that cannot be turned back into it.

The address is stored, logged and sent to Rasa; the cookie opens the conversation. So one is a hash
of the other, and a look into a log does not open anyone's chat.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request, Response

_COOKIE = "frontdesk_visitor"
_KEEP = timedelta(days=180)
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Visitor:
    """One browser."""

    secret: str
    is_new: bool

    @property
    def address(self) -> str:
        return hashlib.sha256(self.secret.encode()).hexdigest()[:32]


def visitor_of(request: Request) -> Visitor:
    secret = request.cookies.get(_COOKIE, "")
    if _SECRET.fullmatch(secret):
        return Visitor(secret, is_new=False)
    return Visitor(secrets.token_urlsafe(32), is_new=True)


def remember(response: Response, visitor: Visitor, public_url: str) -> None:
    """Lax, so that a link from elsewhere finds the conversation; Secure where the page is served so."""
    response.set_cookie(
        _COOKIE,
        visitor.secret,
        max_age=int(_KEEP.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=public_url.startswith("https://"),
    )

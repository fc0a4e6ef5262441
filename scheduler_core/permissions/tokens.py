"""A signed session on paper: a JWT that names a role, a person and an end.

It is signed with a secret derived from the installation's own key (RFC 5869's expand step, one block): a second secret
would have to be kept, backed up and rotated beside the first, while this one ends every session when the key changes.
"""

import hmac
from datetime import UTC, datetime

import jwt
from jwt.types import Options
from pydantic import BaseModel, ValidationError

from scheduler_core.errors import NotAllowed
from scheduler_core.permissions.roles import Role
from scheduler_core.settings import Settings

_ALGORITHM, _ISSUER, _AUDIENCE = "HS256", "frontdesk", "frontdesk-core"
_PURPOSE = b"frontdesk signed session\x01"
_LONGEST = 700  # ours have some 350 characters; nobody's nonsense is parsed at length
_NOT_THEIRS: Options = {
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}  # by the machine's clock


class Claims(BaseModel):
    """``key``: the one it was issued with, ``None`` for the installation's; with a revoked key it ends too."""

    iat: int
    exp: int
    role: Role
    business: int
    staff: int | None = None
    customer: int | None = None
    key: int | None = None

    @property
    def ends(self) -> datetime:
        return datetime.fromtimestamp(self.exp, UTC)


def sign(claims: Claims, settings: Settings) -> str:
    payload = {"iss": _ISSUER, "aud": _AUDIENCE, **claims.model_dump(mode="json")}
    return jwt.encode(payload, signing_secret(settings), _ALGORITHM)


def read(token: str, settings: Settings, now: datetime) -> Claims:
    """Raises ``NotAllowed`` unless this installation signed the token and it has not run out."""
    if len(token) > _LONGEST:
        raise NotAllowed("the session is not one of ours")
    try:
        payload = jwt.decode(
            token,
            signing_secret(settings),
            [_ALGORITHM],
            options=_NOT_THEIRS,
            audience=_AUDIENCE,
            issuer=_ISSUER,
        )
        claims = Claims.model_validate(payload)
    except (jwt.PyJWTError, ValidationError) as error:
        raise NotAllowed("the session is not one of ours") from error
    if claims.exp <= now.timestamp():
        raise NotAllowed("the session has ended")
    return claims


def signing_secret(settings: Settings) -> bytes:
    return hmac.digest(settings.api_key.get_secret_value().encode(), _PURPOSE, "sha256")

"""Who a key or a session stands for, asked afresh at every request, so that who leaves is out at once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.errors import NotAllowed
from scheduler_core.permissions import queries, tokens
from scheduler_core.permissions.roles import Role
from scheduler_core.settings import Settings

_ACTOR_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Identity:
    """``business_id`` is ``None`` for the system only; ``key_id`` and ``ends`` (of a session) bound what it issues.

    ``chat_id``: they speak in a chat of theirs.
    """

    role: Role
    actor: str
    business_id: int | None = None
    staff_id: int | None = None
    customer_id: int | None = None
    key_id: int | None = None
    ends: datetime | None = None
    chat_id: int | None = None


SYSTEM = Identity(Role.SYSTEM, "system")


def is_the_installations(secret: str, settings: Settings) -> bool:
    """Compares in the same time for every wrong secret."""
    expected = settings.api_key.get_secret_value()
    return bool(expected) and secrets.compare_digest(secret.encode(), expected.encode())


def digest_of(secret: str) -> str:
    """What is kept of a key and looked up by: nothing that is compared tells anything of the secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def of_key(session: Session, secret: str) -> Identity:
    """Raises ``NotAllowed`` for an unknown or revoked key, and for one of somebody who has left."""
    key = queries.live_key(session, digest_of(secret))
    if key is None:
        raise NotAllowed()
    _must_be_present(session, key.business_id, key.staff_id, key.customer_id)
    role = Role(key.role)
    actor = _actor(role, key.staff_id, key.customer_id, f"key {key.id}", key.label)
    return Identity(role, actor, key.business_id, key.staff_id, key.customer_id, key.id)


def of_session(session: Session, claims: tokens.Claims) -> Identity:
    """Raises ``NotAllowed`` when its key was revoked since, or its person has left."""
    if claims.key is not None and not queries.key_lives(session, claims.business, claims.key):
        raise NotAllowed("the session's key was revoked")
    _must_be_present(session, claims.business, claims.staff, claims.customer)
    issued_with = "session" if claims.key is None else f"session of key {claims.key}"
    actor = _actor(claims.role, claims.staff, claims.customer, issued_with)
    return Identity(
        claims.role, actor, claims.business, claims.staff, claims.customer, claims.key, claims.ends
    )


def of_chat(session: Session, chat_id: int) -> Identity:
    """Raises ``NotAllowed`` when the chat is not linked any more, or its person has left."""
    chat = queries.chat(session, chat_id)
    if chat is None:
        raise NotAllowed("the chat is nobody's")
    _must_be_present(session, chat.business_id, chat.staff_id, None)
    role = Role(chat.role)
    actor = _actor(role, chat.staff_id, None, f"chat {chat.id}")
    return Identity(role, actor, chat.business_id, chat.staff_id, chat_id=chat.id)


def _must_be_present(
    session: Session, business_id: int, staff_id: int | None, customer_id: int | None
) -> None:
    if not queries.present(session, business_id, staff_id, customer_id):
        raise NotAllowed("whose key this is has left")


def _actor(role: Role, staff_id: int | None, customer_id: int | None, by: str, label: str = "") -> str:
    """As the record of changes names them: a person by their number only, as names may have to be forgotten."""
    if customer_id is not None:
        return f"{role} {customer_id}, {by}"
    if staff_id is not None:
        return f"{role}, staff member {staff_id}, {by}"
    return f"{role}, {by} {label}".strip()[:_ACTOR_LENGTH]

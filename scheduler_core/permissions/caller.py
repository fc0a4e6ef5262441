"""Who calls, checked once at the door, with what a use case needs to serve them."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, Request
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from pydantic import Field
from sqlalchemy.orm import Session
from starlette.datastructures import State

from scheduler_core.clock import Clock
from scheduler_core.db.session import Database
from scheduler_core.errors import Forbidden, NotAllowed, NotFound
from scheduler_core.permissions import identity, tokens
from scheduler_core.permissions.identity import Identity
from scheduler_core.permissions.inputs import Id, Words
from scheduler_core.permissions.once import CHAT, PERSON
from scheduler_core.permissions.roles import Permission, Role, allows
from scheduler_core.settings import Settings

Result = TypeVar("Result")
RulesChanged = Callable[[Session, "Caller", int, datetime], object]


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who was let in. ``actor`` and ``caused_by`` (the turn that made them ask) go into the audit.

    ``business_id``: the only business this caller reaches; ``None``: every one. ``staff_id``, ``customer_id``: who
    they are themselves. ``key_id``, ``ends``: the key behind a request, and when the session of it ends.
    ``chat_id``: the chat of theirs they speak in.
    ``rules_changed`` is told of changed rules in the transaction that changes them.
    """

    settings: Settings
    database: Database
    clock: Clock
    actor: str
    caused_by: str | None = None
    role: Role = Role.SYSTEM
    business_id: int | None = None
    staff_id: int | None = None
    customer_id: int | None = None
    key_id: int | None = None
    ends: datetime | None = None
    chat_id: int | None = None
    rules_changed: RulesChanged | None = None

    def ask(self, question: Callable[[Session, datetime], Result]) -> Result:
        """Answer a question in one reading transaction."""
        with self.database.read() as session:
            return question(session, self.clock())

    def change(self, work: Callable[[Session, datetime], Result]) -> Result:
        """Do some work in one writing transaction, which an exception undoes."""

        def as_this_person(session: Session) -> Result:
            session.info[PERSON], session.info[CHAT] = self._person, self.chat_id
            return work(session, self.clock())

        return self.database.transact(as_this_person)

    def change_rules(self, business_id: int, work: Callable[[Session, datetime], Result]) -> Result:
        """Change what a business offers or when; visits that no longer fit are flagged along with it."""

        def both(session: Session, now: datetime) -> Result:
            result = work(session, now)
            if self.rules_changed:
                self.rules_changed(session, self, business_id, now)
            return result

        return self.change(both)

    def can(self, permission: Permission) -> bool:
        return allows(self.role, permission)

    @property
    def acts_for_customer(self) -> bool:
        """The customer themselves, or a turn of their conversation: they see what comes of it there."""
        return self.role is Role.CUSTOMER or self.caused_by is not None

    @property
    def _person(self) -> str | None:
        """Who reaches only what is their own; ``None`` for wider roles."""
        own = {Role.CUSTOMER: self.customer_id, Role.STAFF: self.staff_id}.get(self.role)
        return f"{self.role} {own}" if own else None

    def must_be_own_customer(self, customer_id: int | None) -> None:
        """A customer reaches only what is theirs: raises ``NotFound`` for another's. Wider roles pass."""
        if self.role is Role.CUSTOMER and customer_id != self.customer_id:
            raise NotFound()

    def must_be_own_staff(self, staff_id: int | None) -> None:
        """A staff member reaches only what is theirs: raises ``NotFound`` for another's. Wider roles pass."""
        if self.role is Role.STAFF and staff_id != self.staff_id:
            raise NotFound()


class _Door:
    """Lets in whose role has the permission: 401 who is unknown, 404 another business, 403 a narrower role."""

    def __init__(self, permission: Permission) -> None:
        self._permission = permission

    def __call__(
        self,
        request: Request,
        key: Annotated[str | None, Depends(APIKeyHeader(name="X-API-Key", auto_error=False))],
        bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))],
        x_caused_by: Annotated[Annotated[Words, Field(max_length=120)] | None, Header()] = None,
        x_staff_chat: Annotated[Id | None, Header(include_in_schema=False)] = None,
    ) -> Caller:
        state = request.app.state
        known = _identify(state, key, bearer)
        if x_staff_chat is not None:
            known = _of_chat(state, known, x_staff_chat)
        asked = request.path_params.get("business_id")
        if known.business_id is not None and asked not in (None, str(known.business_id)):
            raise NotFound("unknown business")
        if not allows(known.role, self._permission):
            raise Forbidden(permission=self._permission)
        rules_changed = getattr(state, "rules_changed", None)
        return Caller(
            state.settings,
            state.database,
            state.clock,
            caused_by=x_caused_by,
            rules_changed=rules_changed,
            **asdict(known),
        )


def _identify(state: State, key: str | None, bearer: HTTPAuthorizationCredentials | None) -> Identity:
    settings: Settings = state.settings
    database: Database = state.database
    if key:
        if identity.is_the_installations(key, settings):
            return identity.SYSTEM
        with database.read() as session:
            return identity.of_key(session, key)
    if bearer:
        claims = tokens.read(bearer.credentials, settings, state.clock())
        with database.read() as session:
            return identity.of_session(session, claims)
    raise NotAllowed()


def _of_chat(state: State, asking: Identity, chat_id: int) -> Identity:
    """Whose chat it is, as the installation itself vouches: nobody else may speak for another."""
    if asking != identity.SYSTEM:
        raise NotAllowed("only the installation knows who speaks in a chat")
    database: Database = state.database
    with database.read() as session:
        return identity.of_chat(session, chat_id)


def may(permission: Permission) -> Any:
    """A route's dependency: the ``Caller``, let in with this permission to the business of the path."""
    return Depends(_Door(permission))

"""Who calls, checked once at the door, with what a use case needs to serve them."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, Request
from fastapi.security import APIKeyHeader
from pydantic import AfterValidator
from sqlalchemy.orm import Session

from scheduler_core.clock import Clock
from scheduler_core.db.session import Database
from scheduler_core.db.types import storable
from scheduler_core.errors import Forbidden, NotAllowed, NotFound
from scheduler_core.permissions.roles import Permission, Role, allows
from scheduler_core.settings import Settings

Result = TypeVar("Result")
RulesChanged = Callable[[Session, "Caller", int, datetime], object]


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who was let in. ``actor`` and ``caused_by`` (the turn that made them ask) go into the audit.

    ``business_id``: the only business this caller reaches; ``None``: every one. ``staff_id``, ``customer_id``: who
    they are themselves. ``rules_changed`` is told of changed rules in the transaction that changes them.
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
    rules_changed: RulesChanged | None = None

    def ask(self, question: Callable[[Session, datetime], Result]) -> Result:
        """Answer a question in one reading transaction."""
        with self.database.read() as session:
            return question(session, self.clock())

    def change(self, work: Callable[[Session, datetime], Result]) -> Result:
        """Do some work in one writing transaction, which an exception undoes."""
        return self.database.transact(lambda session: work(session, self.clock()))

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

    def must_be_own_customer(self, customer_id: int | None) -> None:
        """A customer reaches only what is theirs: raises ``NotFound`` for another's. Wider roles pass."""
        if self.role is Role.CUSTOMER and customer_id != self.customer_id:
            raise NotFound()

    def must_be_own_staff(self, staff_id: int | None) -> None:
        """A staff member reaches only what is theirs: raises ``NotFound`` for another's. Wider roles pass."""
        if self.role is Role.STAFF and staff_id != self.staff_id:
            raise NotFound()


def authorised(
    request: Request,
    key: Annotated[str | None, Depends(APIKeyHeader(name="X-API-Key", auto_error=False))],
    x_caused_by: Annotated[str | None, Header(max_length=120), AfterValidator(storable)] = None,
) -> Caller:
    """Let in who knows the installation's key; the comparison takes the same time for every wrong one."""
    state = request.app.state
    settings: Settings = state.settings
    expected = settings.api_key.get_secret_value()
    if not expected or not secrets.compare_digest((key or "").encode(), expected.encode()):
        raise NotAllowed()
    rules_changed = getattr(state, "rules_changed", None)
    return Caller(settings, state.database, state.clock, "system", x_caused_by, rules_changed=rules_changed)


def may(permission: Permission) -> Any:
    """A route's dependency: the caller, if their role has the permission in the business of the path."""

    def let_in(caller: Annotated[Caller, Depends(authorised)]) -> Caller:
        if not caller.can(permission):
            raise Forbidden(permission=permission)
        return caller

    return Depends(let_in)


Authorised = Annotated[Caller, Depends(authorised)]

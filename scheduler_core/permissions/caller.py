"""Who calls, checked once at the door, with what a use case needs to serve them."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request
from sqlalchemy.orm import Session

from scheduler_core.clock import Clock
from scheduler_core.db.session import Database
from scheduler_core.errors import NotAllowed
from scheduler_core.settings import Settings

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Caller:
    """An authorised caller. ``actor`` and ``caused_by`` (the turn that made them ask) go into the audit."""

    settings: Settings
    database: Database
    clock: Clock
    actor: str
    caused_by: str | None = None

    def ask(self, question: Callable[[Session, datetime], Result]) -> Result:
        """Answer a question in one reading transaction."""
        with self.database.read() as session:
            return question(session, self.clock())

    def change(self, work: Callable[[Session, datetime], Result]) -> Result:
        """Do some work in one writing transaction, which an exception undoes."""
        return self.database.transact(lambda session: work(session, self.clock()))


def authorised(
    request: Request,
    x_api_key: Annotated[str, Header()] = "",
    x_caused_by: Annotated[str | None, Header(max_length=120)] = None,
) -> Caller:
    """Let in who knows the installation's key; the comparison takes the same time for every wrong one."""
    settings: Settings = request.app.state.settings
    expected = settings.api_key.get_secret_value()
    if not expected or not secrets.compare_digest(x_api_key.encode(), expected.encode()):
        raise NotAllowed()
    return Caller(settings, request.app.state.database, request.app.state.clock, "conversation", x_caused_by)


Authorised = Annotated[Caller, Depends(authorised)]

"""Alembic's entry: runs on the connection that scheduler_core.db.migrate hands in, in its transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from scheduler_core.appointments import models as appointments
from scheduler_core.availability import models as availability
from scheduler_core.broadcasts import models as broadcasts
from scheduler_core.businesses import hours
from scheduler_core.businesses import models as businesses
from scheduler_core.conversations import models as conversations
from scheduler_core.customers import models as customers
from scheduler_core.db.base import Base
from scheduler_core.db.types import UtcDateTime
from scheduler_core.outbox import models as outbox
from scheduler_core.permissions import models as permissions
from scheduler_core.waitlist import models as waitlist

ROOMS = (
    appointments,
    availability,
    broadcasts,
    businesses,
    conversations,
    customers,
    hours,
    outbox,
    permissions,
    waitlist,
)


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from scheduler_core.db.types import UtcDateTime")
        return "UtcDateTime()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=render_item,
    render_as_batch=True,
)
context.run_migrations()

"""Ask a customer whether they come, when somebody at the business wants to know."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.appointments.customer_notices import tell_of
from scheduler_core.appointments.queries import to_change, view
from scheduler_core.appointments.status import COMING
from scheduler_core.conversations.notices import Told
from scheduler_core.errors import AlreadyStarted, OptedOut, Unreachable, WrongState
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def remind(
    session: Session, caller: Caller, now: datetime, business_id: int, appointment_id: int, key: str
) -> dict[str, Any]:
    """The visit as JSON; ``key`` asks once.

    Raises ``WrongState``, ``AlreadyStarted``, ``OptedOut`` or ``Unreachable``.
    """
    visit = to_change(session, business_id, appointment_id)
    caller.must_be_own_staff(visit.staff_id)
    if visit.status not in COMING:
        raise WrongState(status=visit.status, step="remind")
    if visit.start_at <= now:
        raise AlreadyStarted()
    shown = view(session, business_id, visit.id, now, caller.settings.public_url)
    digest = sha256(f"{business_id}:{key}".encode()).hexdigest()
    told = tell_of(session, "reminder", shown, f"reminder:{visit.id}:{digest}", now)
    if told is Told.OPTED_OUT:
        raise OptedOut()
    if told in (Told.NO_CONVERSATION, Told.TAKEN_OVER):
        raise Unreachable(because=told)
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="reminded",
        subject=("appointment", visit.id),
        customer_id=visit.customer_id,
    )
    return shown.model_dump(mode="json")

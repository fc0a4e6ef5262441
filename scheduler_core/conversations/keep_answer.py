"""What a customer answers to what we told them of their visits."""

from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.appointments.attend.notices import tell_waits
from scheduler_core.appointments.notices import notify
from scheduler_core.appointments.queries import to_change, view
from scheduler_core.conversations.notices import notice_of, standing
from scheduler_core.errors import NotFound, VersionMovedOn
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def keep_answer(
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    conversation_id: int,
    notice_id: int,
    answer: str,
) -> None:
    """The newest answer holds, for each visit that was spoken of and is still as it was.

    Raises ``NotFound``, or ``VersionMovedOn`` when there is none.
    """
    found = notice_of(session, business_id, conversation_id, notice_id)
    if found.appointment_id is None:
        raise NotFound("the notice is about no visit")
    visit = to_change(session, business_id, found.appointment_id)
    as_told = standing(session, [found]).get(found.id)
    if not as_told:
        raise VersionMovedOn(version=visit.version)
    for each in as_told:
        each.answer, each.answered_at = answer, now
    if found.kind == "visit_late" and answer == "keep":
        tell_waits(session, visit, found.id, now)
    if found.kind == "visit_proposed":
        shown = view(session, business_id, visit.id, now, caller.settings.public_url)
        kind = f"staff_proposal_{answer}"
        notify(session, kind, business_id, visit.customer_id, shown, now, reason=f"{kind}:notice {found.id}")
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="answered",
        subject=("appointment", visit.id),
        customer_id=visit.customer_id,
        notice=found.kind,
        answer=answer,
    )

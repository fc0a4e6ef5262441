"""Save what is being arranged, unless somebody else saved first."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler_core.businesses.queries import must_own
from scheduler_core.conversations.models import Draft
from scheduler_core.conversations.schemas import DraftIn
from scheduler_core.errors import DraftMovedOn


def save(session: Session, now: datetime, business_id: int, conversation_id: int, asked: DraftIn) -> int:
    """The draft's new version; raises ``DraftMovedOn`` when ``expected_version`` is not the present one."""
    must_own(session, business_id, conversation=conversation_id)
    values = {**asked.model_dump(exclude={"expected_version"}), "updated_at": now}
    version = asked.expected_version + 1
    saved = session.scalar(
        update(Draft)
        .where(Draft.conversation_id == conversation_id, Draft.version == asked.expected_version)
        .values(version=version, **values)
        .returning(Draft.version)
    )
    if saved is None:
        _first(session, conversation_id, asked, values)
    return version


def _first(session: Session, conversation_id: int, asked: DraftIn, values: dict[str, object]) -> None:
    if asked.expected_version != 0:
        raise DraftMovedOn()
    session.add(Draft(conversation_id=conversation_id, version=1, **values))
    try:
        session.flush()
    except IntegrityError as error:
        raise DraftMovedOn() from error

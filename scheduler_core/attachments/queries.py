"""Questions about files, each from the business; a file counts once its bytes are kept."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Select, column, or_, select, table
from sqlalchemy.orm import Session

from scheduler_core.attachments.models import Attachment
from scheduler_core.errors import NotFound

_CONVERSATION = table("conversation", column("id"), column("business_id"), column("customer_id"))


@dataclass(frozen=True, slots=True)
class Filter:
    """Which files: of a customer, in a conversation, with a visit."""

    customer_id: int | None = None
    conversation_id: int | None = None
    appointment_id: int | None = None


def attachment(session: Session, business_id: int, attachment_id: int) -> Attachment:
    """Raises ``NotFound``, for another business's file too."""
    found = session.scalar(_kept(business_id).where(Attachment.id == attachment_id))
    if found is None:
        raise NotFound("unknown attachment")
    return found


def all_of(session: Session, business_id: int, ids: Sequence[int]) -> list[Attachment]:
    """In the order asked; raises ``NotFound``."""
    return [attachment(session, business_id, each) for each in ids]


def by_key(session: Session, business_id: int, key: str) -> Attachment | None:
    """The file that was kept under this key."""
    idem_key = sha256(f"{business_id}:{key}".encode()).hexdigest()
    return session.scalar(_kept(business_id).where(Attachment.idem_key == idem_key))


def listed(
    session: Session, business_id: int, wanted: Filter, after: int | None, limit: int
) -> Sequence[Attachment]:
    """In the order in which they came."""
    question = _kept(business_id).order_by(Attachment.id).limit(limit)
    if after is not None:
        question = question.where(Attachment.id > after)
    for name in ("customer_id", "conversation_id", "appointment_id"):
        value = getattr(wanted, name)
        if value is not None:
            question = question.where(getattr(Attachment, name) == value)
    return session.scalars(question).all()


def with_visits(
    session: Session, business_id: int, appointment_ids: Collection[int]
) -> dict[int, list[Attachment]]:
    """By visit, the files that are with it."""
    found: dict[int, list[Attachment]] = defaultdict(list)
    wanted = _kept(business_id).where(Attachment.appointment_id.in_(appointment_ids)).order_by(Attachment.id)
    for each in session.scalars(wanted):
        if each.appointment_id is not None:
            found[each.appointment_id].append(each)
    return found


def came_with(
    session: Session, business_id: int, messages: Mapping[int | None, Sequence[int]]
) -> dict[int | None, list[Attachment]]:
    """By the customer's message, its files; ``messages``: those that were kept before each was said."""
    before = {file: message for message, files in messages.items() for file in files}
    found: dict[int | None, list[Attachment]] = defaultdict(list)
    theirs = or_(Attachment.inbound_id.in_([each for each in messages if each]), Attachment.id.in_(before))
    for each in session.scalars(_kept(business_id).where(theirs).order_by(Attachment.id)):
        found[each.inbound_id or before[each.id]].append(each)
    return found


def customer_of(session: Session, business_id: int, conversation_id: int) -> int:
    """Whose conversation it is; raises ``NotFound``."""
    whose = select(_CONVERSATION.c.customer_id).where(
        _CONVERSATION.c.business_id == business_id, _CONVERSATION.c.id == conversation_id
    )
    found: int | None = session.scalar(whose)
    if found is None:
        raise NotFound("unknown conversation")
    return found


def _kept(business_id: int) -> Select[Attachment]:
    return select(Attachment).where(Attachment.business_id == business_id, Attachment.kept_at.is_not(None))

"""Questions about keys and changes, and about who is still with a business.

This room stands below those of businesses and customers, so it asks their tables by name.
"""

from datetime import datetime

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from scheduler_core.errors import NotFound
from scheduler_core.permissions.models import ApiKey, AuditEntry, StaffChat
from scheduler_core.permissions.paging import Page, paged
from scheduler_core.permissions.schemas import AuditOut, KeyOut, StaffChatOut

_BUSINESS = text("SELECT locale FROM business WHERE id = :business")
_STAFF = text("SELECT 1 FROM staff_member WHERE business_id = :business AND id = :id AND archived_at IS NULL")
_CUSTOMER = text("SELECT 1 FROM customer WHERE business_id = :business AND id = :id AND erased_at IS NULL")


def must_exist(session: Session, business_id: int) -> None:
    locale(session, business_id)


def locale(session: Session, business_id: int) -> str:
    """What the business's staff are spoken to in; raises ``NotFound``."""
    found: str | None = session.scalar(_BUSINESS, {"business": business_id})
    if found is None:
        raise NotFound("unknown business")
    return found


def present(session: Session, business_id: int, staff_id: int | None, customer_id: int | None) -> bool:
    """Whether those named are of this business, and neither archived nor erased; ``None`` names nobody."""
    named = ((_STAFF, staff_id), (_CUSTOMER, customer_id))
    return all(
        key is None or session.scalar(statement, {"business": business_id, "id": key})
        for statement, key in named
    )


def live_key(session: Session, digest: str) -> ApiKey | None:
    return session.scalar(select(ApiKey).where(ApiKey.digest == digest, ApiKey.revoked_at.is_(None)))


def key_lives(session: Session, business_id: int, key_id: int) -> bool:
    own = _keys_of(business_id).where(ApiKey.id == key_id, ApiKey.revoked_at.is_(None))
    return session.scalar(own) is not None


def key(session: Session, business_id: int, key_id: int) -> ApiKey:
    found = session.scalar(_keys_of(business_id).where(ApiKey.id == key_id))
    if found is None:
        raise NotFound("unknown key")
    return found


def keys(session: Session, business_id: int, after: int | None, limit: int) -> Page[KeyOut]:
    """All keys a business ever had, oldest first."""
    must_exist(session, business_id)
    rows = session.scalars(
        _keys_of(business_id).where(ApiKey.id > (after or 0)).order_by(ApiKey.id).limit(limit + 1)
    )
    return paged([key_out(row) for row in rows], limit, lambda shown: shown.id)


def key_out(row: ApiKey) -> KeyOut:
    return KeyOut.model_validate(row, from_attributes=True)


def chat_at(session: Session, business_id: int, channel: str, address: str) -> StaffChat | None:
    """Whose chat of staff this address is."""
    return session.scalar(
        select(StaffChat).where(
            StaffChat.business_id == business_id, StaffChat.channel == channel, StaffChat.address == address
        )
    )


def chat(session: Session, chat_id: int) -> StaffChat | None:
    return session.get(StaffChat, chat_id)


def chats_of(session: Session, business_id: int, staff_id: int) -> list[StaffChat]:
    """All of a person's, oldest first; none of who has left."""
    if not present(session, business_id, staff_id, None):
        return []
    theirs = (StaffChat.business_id == business_id) & (StaffChat.staff_id == staff_id)
    return list(session.scalars(select(StaffChat).where(theirs).order_by(StaffChat.id)))


def chats(
    session: Session, business_id: int, staff_id: int, after: int | None, limit: int
) -> Page[StaffChatOut]:
    """A person's chats, oldest first; raises ``NotFound`` for who is not of this business, or no longer."""
    if not present(session, business_id, staff_id, None):
        raise NotFound("unknown staff member")
    rows = session.scalars(
        select(StaffChat)
        .where(
            StaffChat.business_id == business_id, StaffChat.staff_id == staff_id, StaffChat.id > (after or 0)
        )
        .order_by(StaffChat.id)
        .limit(limit + 1)
    )
    shown = [StaffChatOut.model_validate(row, from_attributes=True) for row in rows]
    return paged(shown, limit, lambda chat: chat.id)


def changes(
    session: Session,
    business_id: int,
    after: int | None,
    limit: int,
    *,
    since: datetime | None = None,
    **equal: str | int | None,
) -> Page[AuditOut]:
    """What was changed, newest first; ``equal`` are columns with the value they must have, ``None`` for any."""
    must_exist(session, business_id)
    wanted = select(AuditEntry).where(AuditEntry.business_id == business_id)
    for column, value in equal.items():
        if value is not None:
            wanted = wanted.where(getattr(AuditEntry, column) == value)
    if since is not None:
        wanted = wanted.where(AuditEntry.at >= since)
    if after is not None:
        wanted = wanted.where(AuditEntry.id < after)
    rows = session.scalars(wanted.order_by(AuditEntry.id.desc()).limit(limit + 1))
    shown = [AuditOut.model_validate(row, from_attributes=True) for row in rows]
    return paged(shown, limit, lambda entry: entry.id)


def _keys_of(business_id: int) -> Select[ApiKey]:
    return select(ApiKey).where(ApiKey.business_id == business_id)

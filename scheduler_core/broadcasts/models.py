"""One word to many customers: about whose or what's time, and how far it has come with each visit."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base
from scheduler_core.db.types import UtcDateTime

#: How far it is with a visit: not told yet; told; not to be told, for the visit fits again or is gone; could not be
#: told; told, and told again that it takes place after all.
WAITING, TOLD, NEEDLESS, UNREACHED, RESTORED = "waiting", "told", "needless", "unreached", "restored"


class Broadcast(Base):
    """To the customers whose visits in [start, end) no longer fit because of one person, place or thing.

    ``because``: ill, away, closed or blocked, as they are told it. ``asked_by``: who of the team is told how it went.
    """

    __tablename__ = "broadcast"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id"))
    because: Mapped[str] = mapped_column(String(10))
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class BroadcastVisit(Base):
    """One of its visits, as it was at ``version``; ``because``: why its customer could not be told."""

    __tablename__ = "broadcast_visit"
    __table_args__ = (UniqueConstraint("broadcast_id", "appointment_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcast.id"))
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default=WAITING)
    because: Mapped[str | None] = mapped_column(String(20))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id", ondelete="SET NULL"))
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

"""A business as it presents itself: where it is, what it offers, who does the work and with what."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, false, true
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base
from scheduler_core.db.types import UtcDateTime

STAFF, ROOM, CHAIR, VEHICLE, TOOL, SEATS = "staff", "room", "chair", "vehicle", "tool", "seats"


class Business(Base):
    """The tenant: every other row belongs to exactly one. ``policy`` holds the fields of ``Policy``.

    ``rules_revision`` rises with every change of what it offers and when (db/guards): who has read its rules at this
    revision knows them still.
    """

    __tablename__ = "business"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(60))
    locale: Mapped[str] = mapped_column(String(20))
    currency: Mapped[str] = mapped_column(String(3))
    phone: Mapped[str] = mapped_column(String(40))
    #: Where a happy customer may say so in public; ``None``: nobody is sent anywhere.
    review_url: Mapped[str | None] = mapped_column(String(500))
    policy: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    rules_revision: Mapped[int] = mapped_column(default=0, server_default="0")
    #: The last day filled with invented bookings; ``None`` for every real business.
    demo_until: Mapped[date | None]


class Location(Base):
    __tablename__ = "location"

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(200))
    zone: Mapped[str] = mapped_column(String(60))
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Service(Base):
    """A bookable thing. Buffers are kept free around it and belong to its reservation.

    ``gaps``: [start, length] pairs in minutes of the service, in order, in which the person is free for others while
    the customer stays. ``capacity`` above 1 makes it a class that customers share; ``on_demand``: the first to book
    opens one, otherwise staff schedule them. ``skills``: who has all of them offers it, beside those named.
    ``policy``: the fields in which it differs from the business. An ``is_addon`` service only comes with another.
    ``materials``: what whoever does it needs at hand, in their words.
    ``aftercare``: what to mind afterwards, by language; ``rebook_after_days``: when the next visit is due.
    """

    __tablename__ = "service"

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    category: Mapped[str] = mapped_column(String(60))
    aliases: Mapped[list[Any]]
    duration_minutes: Mapped[int]
    buffer_before_minutes: Mapped[int] = mapped_column(default=0)
    buffer_after_minutes: Mapped[int] = mapped_column(default=0)
    price_minor: Mapped[int]
    gaps: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    capacity: Mapped[int] = mapped_column(default=1, server_default="1")
    on_demand: Mapped[bool] = mapped_column(default=True, server_default=true())
    skills: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    policy: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    is_addon: Mapped[bool] = mapped_column(default=False, server_default=false())
    materials: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    aftercare: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    rebook_after_days: Mapped[int | None]
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ServiceNeed(Base):
    """A service needs one of the resources of each ``position``, and one for every position."""

    __tablename__ = "service_need"

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)


class ServiceAddon(Base):
    """Which add-ons go with which service."""

    __tablename__ = "service_addon"

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    addon_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)


class Resource(Base):
    """What can be in use by one visit at a time, per unit of its capacity: a person, a room, a class's seats.

    ``location_id``: where it stands; ``None``: it goes anywhere. ``revision`` rises with every change of what is
    reserved or blocked of it (db/guards). A booking locks this row before it takes any time.
    """

    __tablename__ = "resource"
    __table_args__ = (CheckConstraint("capacity >= 1", name="capacity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    capacity: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(80), default="", server_default="")
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StaffMember(Base):
    """Who does the work. One person is one resource, at whichever location they are.

    ``zone``: the one their hours are meant in; ``None``: that of the location.
    """

    __tablename__ = "staff_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    name: Mapped[str] = mapped_column(String(80))
    aliases: Mapped[list[Any]]
    gets_notices: Mapped[bool] = mapped_column(default=False)
    zone: Mapped[str | None] = mapped_column(String(60))
    skills: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StaffService(Base):
    """Who offers what, by name."""

    __tablename__ = "staff_service"

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)

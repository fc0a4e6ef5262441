"""What HTTP sees of a business; hours are wall-clock pairs by weekday, "0" = Monday."""

from pydantic import BaseModel

from scheduler_core.businesses.policy import Policy


class BusinessOut(BaseModel):
    id: int
    name: str
    zone: str
    locale: str
    currency: str
    phone: str
    review_url: str | None
    policy: Policy


class LocationOut(BaseModel):
    id: int
    name: str
    address: str
    zone: str
    hours: dict[str, list[list[str]]]


class ServiceOut(BaseModel):
    """``price_minor`` in the currency's smallest unit; ``staff_ids`` are those who do it."""

    id: int
    name: str
    category: str
    aliases: list[str]
    duration_minutes: int
    price_minor: int
    staff_ids: list[int]


class BookableService(ServiceOut):
    """``approval_needed``: a booking is a request until staff confirm it; ``addon_ids``: what can be booked with it."""

    approval_needed: bool
    addon_ids: list[int]


class Addon(ServiceOut):
    """Only comes with another service; with nobody in ``staff_ids``, who does that one does this too."""


class StaffOut(BaseModel):
    id: int
    name: str
    aliases: list[str]
    location_ids: list[int]

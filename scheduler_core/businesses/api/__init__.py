"""HTTP: how a business says what it is, where, with whom, with what and when."""

from fastapi import APIRouter

from scheduler_core.businesses.api import (
    blocks,
    business,
    locations,
    resources,
    services,
    special_days,
    staff,
)

router = APIRouter()
for part in (business, locations, special_days, services, staff, resources, blocks):
    router.include_router(part.router)

"""HTTP: where a business is, and when it is open there in an ordinary week."""

from typing import Annotated

from fastapi import APIRouter, Body

from scheduler_core.businesses import locations
from scheduler_core.businesses.api.callers import Manager, Reader
from scheduler_core.businesses.changing import change, change_once
from scheduler_core.businesses.schemas.fields import WeekHours
from scheduler_core.businesses.schemas.locations import LocationChange, LocationFull, LocationIn
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.once import IdempotencyKey
from scheduler_core.permissions.paging import PAGE, After, Limit, Page

router = APIRouter(prefix="/v1/businesses/{business_id}/locations", tags=["locations"])


@router.post("", status_code=201)
def create_location(
    business_id: PathId, asked: LocationIn, caller: Manager, idempotency_key: IdempotencyKey
) -> LocationFull:
    """A new location; the same key gives the same one."""
    request = {"create_location": asked}
    answer = change_once(
        caller, business_id, idempotency_key, request, lambda made: locations.create(made, asked)
    )
    return LocationFull.model_validate(answer)


@router.get("")
def list_locations(
    business_id: PathId, caller: Reader, after: After = None, limit: Limit = PAGE
) -> Page[LocationFull]:
    """The locations in use."""
    return caller.ask(lambda session, _: locations.page(session, business_id, after, limit))


@router.get("/{location_id}")
def get_location(business_id: PathId, location_id: PathId, caller: Reader) -> LocationFull:
    """A location, archived or not."""
    return caller.ask(lambda session, _: locations.view(session, business_id, location_id))


@router.patch("/{location_id}")
def change_location(
    business_id: PathId, location_id: PathId, asked: LocationChange, caller: Manager
) -> LocationFull:
    """Change what is sent. In another zone its hours are that zone's; visits keep their instant."""
    return change(caller, business_id, lambda made: locations.change(made, location_id, asked))


@router.delete("/{location_id}", status_code=204)
def archive_location(business_id: PathId, location_id: PathId, caller: Manager) -> None:
    """Book nothing there any more; visits that were agreed stay and are flagged."""
    change(caller, business_id, lambda made: locations.archive(made, location_id))


@router.put("/{location_id}/hours")
def set_location_hours(
    business_id: PathId, location_id: PathId, hours: Annotated[WeekHours, Body()], caller: Manager
) -> LocationFull:
    """The whole week, "0" is Monday: {"0": [["09:00", "17:00"]], "4": [["20:00", "26:00"]]}; other days are closed.

    Visits that no longer fit stay and are flagged.
    """
    return change(caller, business_id, lambda made: locations.set_hours(made, location_id, hours))

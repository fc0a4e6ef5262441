"""HTTP: rooms, chairs, vehicles and tools."""

from fastapi import APIRouter

from scheduler_core.businesses import resources
from scheduler_core.businesses.api.callers import Manager, Reader
from scheduler_core.businesses.changing import change, change_once
from scheduler_core.businesses.schemas.resources import ResourceChange, ResourceFull, ResourceIn
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.once import IdempotencyKey
from scheduler_core.permissions.paging import PAGE, After, Limit, Page

router = APIRouter(prefix="/v1/businesses/{business_id}/resources", tags=["resources"])


@router.post("", status_code=201)
def create_resource(
    business_id: PathId, asked: ResourceIn, caller: Manager, idempotency_key: IdempotencyKey
) -> ResourceFull:
    """A new room, chair, vehicle or tool; the same key gives the same one."""
    request = {"create_resource": asked}
    answer = change_once(
        caller, business_id, idempotency_key, request, lambda made: resources.create(made, asked)
    )
    return ResourceFull.model_validate(answer)


@router.get("")
def list_resources(
    business_id: PathId, caller: Reader, after: After = None, limit: Limit = PAGE
) -> Page[ResourceFull]:
    """The rooms, chairs, vehicles and tools in use."""
    return caller.ask(lambda session, _: resources.page(session, business_id, after, limit))


@router.get("/{resource_id}")
def get_resource(business_id: PathId, resource_id: PathId, caller: Reader) -> ResourceFull:
    """One of them, archived or not."""
    return caller.ask(lambda session, _: resources.view(session, business_id, resource_id))


@router.patch("/{resource_id}")
def change_resource(
    business_id: PathId, resource_id: PathId, asked: ResourceChange, caller: Manager
) -> ResourceFull:
    """Change what is sent; visits that were agreed stay."""
    return change(caller, business_id, lambda made: resources.change(made, resource_id, asked))


@router.delete("/{resource_id}", status_code=204)
def archive_resource(business_id: PathId, resource_id: PathId, caller: Manager) -> None:
    """Book it no more; refused while a service needs it and has no other."""
    change(caller, business_id, lambda made: resources.archive(made, resource_id))

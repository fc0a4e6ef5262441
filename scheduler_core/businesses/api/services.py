"""HTTP: what a business offers."""

from fastapi import APIRouter

from scheduler_core.businesses import services
from scheduler_core.businesses.api.callers import Manager, Reader
from scheduler_core.businesses.changing import change, change_once
from scheduler_core.businesses.schemas.services import ServiceChange, ServiceFull, ServiceIn
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.once import IdempotencyKey
from scheduler_core.permissions.paging import PAGE, After, Limit, Page

router = APIRouter(prefix="/v1/businesses/{business_id}/services", tags=["services"])


@router.post("", status_code=201)
def create_service(
    business_id: PathId, asked: ServiceIn, caller: Manager, idempotency_key: IdempotencyKey
) -> ServiceFull:
    """A new service; the same key gives the same one."""
    request = {"create_service": asked}
    answer = change_once(
        caller, business_id, idempotency_key, request, lambda made: services.create(made, asked)
    )
    return ServiceFull.model_validate(answer)


@router.get("")
def list_services(
    business_id: PathId, caller: Reader, after: After = None, limit: Limit = PAGE
) -> Page[ServiceFull]:
    """The services in use, add-ons among them."""
    return caller.ask(lambda session, _: services.page(session, business_id, after, limit))


@router.get("/{service_id}")
def get_service(business_id: PathId, service_id: PathId, caller: Reader) -> ServiceFull:
    """A service, archived or not."""
    return caller.ask(lambda session, _: services.view(session, business_id, service_id))


@router.patch("/{service_id}")
def change_service(
    business_id: PathId, service_id: PathId, asked: ServiceChange, caller: Manager
) -> ServiceFull:
    """Change what is sent; visits keep the length, price and policy that were agreed."""
    return change(caller, business_id, lambda made: services.change(made, service_id, asked))


@router.delete("/{service_id}", status_code=204)
def archive_service(business_id: PathId, service_id: PathId, caller: Manager) -> None:
    """Offer it no more; visits that were agreed take place."""
    change(caller, business_id, lambda made: services.archive(made, service_id))

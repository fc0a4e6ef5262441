"""HTTP: what a customer is called, and whether they want to hear from us."""

from datetime import datetime

from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.customers import queries
from scheduler_core.customers.models import Consent, ContactPoint
from scheduler_core.customers.schemas import ConsentIn, CustomerOut, RenameIn
from scheduler_core.errors import NotFound
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Authorised
from scheduler_core.permissions.inputs import PathId

router = APIRouter(prefix="/v1/businesses/{business_id}/customers/{customer_id}", tags=["customers"])


@router.patch("")
def rename_customer(
    business_id: PathId, customer_id: PathId, asked: RenameIn, caller: Authorised
) -> CustomerOut:
    def work(session: Session, now: datetime) -> CustomerOut:
        customer = queries.customer(session, business_id, customer_id)
        if customer.name != asked.name:
            customer.name = asked.name
            record(
                session,
                caller,
                now,
                business_id=business_id,
                action="renamed",
                subject=("customer", customer_id),
                customer_id=customer_id,
            )
        return CustomerOut(id=customer_id, name=asked.name)

    return caller.change(work)


@router.post("/consent")
def record_consent(
    business_id: PathId, customer_id: PathId, asked: ConsentIn, caller: Authorised
) -> dict[str, str]:
    """Keep what was said about writing to one of the customer's addresses; the newest word holds."""

    def work(session: Session, now: datetime) -> dict[str, str]:
        queries.customer(session, business_id, customer_id)
        own = select(ContactPoint.id).where(
            ContactPoint.customer_id == customer_id,
            ContactPoint.channel == asked.channel,
            ContactPoint.address == asked.address,
        )
        if session.scalar(own) is None:
            raise NotFound("unknown address of this customer")
        session.add(Consent(business_id=business_id, customer_id=customer_id, at=now, **asked.model_dump()))
        record(
            session,
            caller,
            now,
            business_id=business_id,
            action="consent_granted" if asked.granted else "consent_withdrawn",
            subject=("customer", customer_id),
            customer_id=customer_id,
            channel=asked.channel,
        )
        return {}

    return caller.change(work)

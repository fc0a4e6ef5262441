"""Questions about customers, each from the business."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.customers.models import Consent, ContactPoint, Customer
from scheduler_core.errors import NotFound


def customer(session: Session, business_id: int, customer_id: int) -> Customer:
    """Raises ``NotFound``, for another business's customer too."""
    found = session.scalar(
        select(Customer).where(Customer.business_id == business_id, Customer.id == customer_id)
    )
    if found is None:
        raise NotFound("unknown customer")
    return found


def by_address(session: Session, business_id: int, channel: str, address: str) -> Customer | None:
    """The person whom an address names."""
    return session.scalar(
        select(Customer)
        .join(ContactPoint, ContactPoint.customer_id == Customer.id)
        .where(
            ContactPoint.business_id == business_id,
            ContactPoint.channel == channel,
            ContactPoint.address == address,
        )
    )


def opted_out(session: Session, business_id: int, channel: str, address: str) -> bool:
    """Did the newest word about this address withdraw consent? Nothing said is no."""
    newest = session.scalar(
        select(Consent.granted)
        .where(Consent.business_id == business_id, Consent.channel == channel, Consent.address == address)
        .order_by(Consent.id.desc())
        .limit(1)
    )
    return newest is False

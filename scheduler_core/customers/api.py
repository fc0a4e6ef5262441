"""HTTP: who the customers are, how to reach them, and whether they want to hear from us."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from scheduler_core.businesses.queries import business
from scheduler_core.customers import change as changing
from scheduler_core.customers import consent, contact, queries, same_person
from scheduler_core.customers import create as creating
from scheduler_core.customers.models import Customer
from scheduler_core.customers.personal import EveryRoom, gather
from scheduler_core.customers.schemas import (
    ConsentIn,
    ContactPointIn,
    CustomerChangeIn,
    CustomerDetail,
    CustomerIn,
    CustomerOut,
    PhoneIn,
    SamePersonIn,
)
from scheduler_core.errors import Forbidden
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId, Words
from scheduler_core.permissions.once import IdempotencyKey, once
from scheduler_core.permissions.paging import PAGE, After, Limit, Page, paged
from scheduler_core.permissions.roles import Permission, Role

router = APIRouter(prefix="/v1/businesses/{business_id}/customers", tags=["customers"])

Reader = Annotated[Caller, may(Permission.READ_CUSTOMERS)]
Changer = Annotated[Caller, may(Permission.CHANGE_CUSTOMERS)]
Fragment = Annotated[Words, Query(max_length=160)]


@router.post("", status_code=201)
def create_customer(
    business_id: PathId, asked: CustomerIn, caller: Changer, idempotency_key: IdempotencyKey
) -> CustomerOut:
    """Write down a new customer; the same key gives the same customer."""
    if caller.role is Role.CUSTOMER:
        raise Forbidden(permission=Permission.CHANGE_CUSTOMERS)

    def work(session: Session, now: datetime) -> CustomerOut:
        def make() -> dict[str, Any]:
            return {"customer_id": creating.create(session, caller, now, business_id, asked)}

        made = once(session, now, business_id, idempotency_key, {"create": asked.model_dump()}, make)
        return _one(session, business_id, made["customer_id"])

    return caller.change(work)


@router.get("")
def list_customers(
    business_id: PathId,
    caller: Reader,
    name: Fragment = "",
    address: Fragment = "",
    after: After = None,
    limit: Limit = PAGE,
) -> Page[CustomerOut]:
    """Customers whose name and one of whose addresses contain these words, in either case, oldest first."""

    def question(session: Session, _: datetime) -> Page[CustomerOut]:
        business(session, business_id)
        found = queries.found_by(
            session, business_id, name, address, after or 0, limit + 1, only=caller.customer_id
        )
        return paged(queries.shown(session, business_id, found), limit, lambda each: each.id)

    return caller.ask(question)


@router.get("/{customer_id}")
def get_customer(
    business_id: PathId, customer_id: PathId, caller: Reader, rooms: EveryRoom
) -> CustomerDetail:
    """One customer, and how much every room has of them."""
    caller.must_be_own_customer(customer_id)

    def question(session: Session, now: datetime) -> CustomerDetail:
        shown = _one(session, business_id, customer_id)
        person = gather(session, rooms, business_id, customer_id)
        counts = {name: n for room in rooms for name, n in room.counts(session, person, now).items()}
        return CustomerDetail(**shown.model_dump(), counts=counts)

    return caller.ask(question)


@router.patch("/{customer_id}")
def change_customer(
    business_id: PathId, customer_id: PathId, asked: CustomerChangeIn, caller: Changer
) -> CustomerOut:
    """Another name or another language; what is left out stays as it is."""
    caller.must_be_own_customer(customer_id)

    def work(session: Session, now: datetime) -> CustomerOut:
        changing.change(session, caller, now, business_id, customer_id, asked)
        return _one(session, business_id, customer_id)

    return caller.change(work)


@router.post("/{customer_id}/contact-points", status_code=201)
def add_contact_point(
    business_id: PathId, customer_id: PathId, asked: ContactPointIn, caller: Changer
) -> CustomerOut:
    """One more address of a customer; 409 when it is another's. One that is theirs already stays as it is."""
    caller.must_be_own_customer(customer_id)

    def work(session: Session, now: datetime) -> CustomerOut:
        contact.add(session, caller, now, business_id, customer_id, asked)
        return _one(session, business_id, customer_id)

    return caller.change(work)


@router.delete("/{customer_id}/contact-points/{contact_point_id}", status_code=204)
def remove_contact_point(
    business_id: PathId, customer_id: PathId, contact_point_id: PathId, caller: Changer
) -> None:
    caller.must_be_own_customer(customer_id)
    caller.change(
        lambda session, now: contact.remove(session, caller, now, business_id, customer_id, contact_point_id)
    )


@router.post("/{customer_id}/phone")
def show_phone(
    business_id: PathId, customer_id: PathId, asked: PhoneIn, caller: Changer, rooms: EveryRoom
) -> CustomerOut:
    """Their channel has shown that this number is theirs: the person who has it, and all that is known of both."""
    if caller.role is Role.CUSTOMER:
        raise Forbidden(permission=Permission.CHANGE_CUSTOMERS)

    def work(session: Session, now: datetime) -> CustomerOut:
        phone = asked.phone
        person = same_person.show_phone(session, caller, now, rooms, business_id, customer_id, phone)
        return _one(session, business_id, person)

    return caller.change(work)


@router.post("/{customer_id}/same-person")
def join_customers(
    business_id: PathId,
    customer_id: PathId,
    asked: SamePersonIn,
    caller: Annotated[Caller, may(Permission.ERASE_CUSTOMER)],
    rooms: EveryRoom,
) -> CustomerOut:
    """Two records are of one person: the older has everything from now on, the younger is gone."""
    caller.must_be_own_customer(customer_id)
    caller.must_be_own_customer(asked.customer_id)

    def work(session: Session, now: datetime) -> CustomerOut:
        other = asked.customer_id
        person = same_person.join(session, caller, now, rooms, business_id, customer_id, other)
        return _one(session, business_id, person)

    return caller.change(work)


@router.post("/{customer_id}/consent")
def record_consent(
    business_id: PathId, customer_id: PathId, asked: ConsentIn, caller: Changer
) -> dict[str, str]:
    """Keep what was said about writing to one of the customer's addresses; the newest word holds."""
    caller.must_be_own_customer(customer_id)
    caller.change(lambda session, now: consent.keep(session, caller, now, business_id, customer_id, asked))
    return {}


def _one(session: Session, business_id: int, customer_id: int) -> CustomerOut:
    found: Customer = queries.customer(session, business_id, customer_id)
    return queries.shown(session, business_id, [found])[0]

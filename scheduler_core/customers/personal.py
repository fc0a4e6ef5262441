"""A person gathered from the traces that every room has of them, and what this room knows of them itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import delete, exists, select, union
from sqlalchemy.orm import Session

from scheduler_core.businesses.queries import business
from scheduler_core.customers.models import Consent, ContactLink, ContactPoint, Customer
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.person import Address, Person, Room, Subject, Traces, kept

Rooms = tuple[Room, ...]


def _rooms(request: Request) -> Rooms:
    rooms: Rooms = request.app.state.personal_data
    return rooms


EveryRoom = Annotated[Rooms, Depends(_rooms)]


def gather(session: Session, rooms: Sequence[Room], business_id: int, customer_id: int) -> Person:
    """The person with all that any room knows them by."""
    found = [room.traces(session, business_id, customer_id) for room in rooms]
    return Person(
        business_id=business_id,
        customer_id=customer_id,
        language=business(session, business_id).locale,
        subjects=frozenset[Subject]().union(*(each.subjects for each in found)),
        addresses=frozenset[Address]().union(*(each.addresses for each in found)),
    )


def _traces(session: Session, business_id: int, customer_id: int) -> Traces:
    """Their addresses, and those they once spoke about, unless these are another's by now."""
    points = select(ContactPoint.channel, ContactPoint.address).where(
        ContactPoint.business_id == business_id, ContactPoint.customer_id == customer_id
    )
    anothers = exists().where(
        ContactPoint.business_id == business_id,
        ContactPoint.customer_id != customer_id,
        ContactPoint.channel == Consent.channel,
        ContactPoint.address == Consent.address,
    )
    spoken_about = select(Consent.channel, Consent.address).where(
        Consent.business_id == business_id, Consent.customer_id == customer_id, ~anothers
    )
    rows = session.execute(union(points, spoken_about))
    addresses = frozenset((channel, address) for channel, address in rows)
    return Traces(frozenset({("customer", customer_id)}), addresses)


def _export(session: Session, person: Person) -> dict[str, Any]:
    of_business, of_person = person.business_id, person.customer_id
    addresses = select(ContactPoint).where(
        ContactPoint.business_id == of_business, ContactPoint.customer_id == of_person
    )
    links = select(ContactLink).where(
        ContactLink.business_id == of_business, ContactLink.customer_id == of_person
    )
    consents = select(Consent).where(Consent.business_id == of_business, Consent.customer_id == of_person)
    return {
        "customer": kept(session.get_one(Customer, of_person)),
        "addresses": [kept(row) for row in session.scalars(addresses.order_by(ContactPoint.id))],
        "links": [kept(row, "digest") for row in session.scalars(links.order_by(ContactLink.id))],
        "consents": [kept(row) for row in session.scalars(consents.order_by(Consent.id))],
    }


def _erase(session: Session, _caller: Caller, now: datetime, person: Person) -> None:
    for table in (ContactPoint, ContactLink, Consent):
        session.execute(
            delete(table).where(
                table.business_id == person.business_id, table.customer_id == person.customer_id
            )
        )
    found = session.get_one(Customer, person.customer_id)
    found.name, found.language, found.erased_at = None, None, found.erased_at or now


ROOM = Room(export=_export, erase=_erase, tables=(ContactPoint, ContactLink, Consent), traces=_traces)

"""Questions about customers, each from the business."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import islice

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    SQLColumnExpression,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from scheduler_core.customers.models import Consent, ContactPoint, Customer
from scheduler_core.customers.schemas import ContactPointOut, CustomerOut, Purpose, Wish
from scheduler_core.errors import CustomerErased, NotFound

PHONE = "phone"
"""The channel of a number that was shown to us and on which nobody has written yet."""
PHONE_CHANNELS = frozenset({PHONE, "sms", "whatsapp"})
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
"""E.164; on WhatsApp an address may stand for somebody who shows no number."""

_AT_A_TIME = 200
_ESCAPED = {"%": "\\%", "_": "\\_", "\\": "\\\\"}


def customer(session: Session, business_id: int, customer_id: int) -> Customer:
    """Raises ``NotFound``, for another business's customer too."""
    found = session.scalar(
        select(Customer).where(Customer.business_id == business_id, Customer.id == customer_id)
    )
    if found is None:
        raise NotFound("unknown customer")
    return found


def must_be_known(session: Session, business_id: int, customer_id: int) -> None:
    """Raise ``NotFound`` or ``CustomerErased`` unless something may be done for them in this transaction.

    An erasure under way ends first, and one that comes waits until this transaction has ended.
    """
    wanted = select(Customer.erased_at).where(Customer.business_id == business_id, Customer.id == customer_id)
    found = session.execute(wanted.with_for_update(read=True, key_share=True)).first()
    if found is None:
        raise NotFound("unknown customer")
    if found.erased_at is not None:
        raise CustomerErased()


def to_change(session: Session, business_id: int, customer_id: int) -> Customer:
    """The customer, locked for this transaction; raises ``NotFound``, and ``CustomerErased`` of the forgotten."""
    found = locked(session, business_id, customer_id)
    if found.erased_at is not None:
        raise CustomerErased()
    return found


def locked(session: Session, business_id: int, customer_id: int) -> Customer:
    """The customer, erased or not; whoever adds something of theirs waits for this transaction to end."""
    found = session.scalar(
        select(Customer)
        .where(Customer.business_id == business_id, Customer.id == customer_id)
        .with_for_update()
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


def by_phone(session: Session, business_id: int, channel: str, address: str) -> Customer | None:
    """The person who has this number on another channel: who speaks from it holds the phone."""
    if channel not in PHONE_CHANNELS or not _NUMBER.fullmatch(address):
        return None
    return session.scalar(
        select(Customer)
        .join(ContactPoint, ContactPoint.customer_id == Customer.id)
        .where(
            ContactPoint.business_id == business_id,
            ContactPoint.channel.in_(PHONE_CHANNELS),
            ContactPoint.address == address,
        )
        .order_by(Customer.id)
        .limit(1)
    )


def refuses(
    business: SQLColumnExpression[int],
    channel: SQLColumnExpression[str],
    address: SQLColumnExpression[str],
    purpose: Purpose | BindParameter[str] = "service",
) -> ColumnElement[bool]:
    """For a statement about addresses: did the newest word about one withdraw consent? Nothing said is no."""
    newest = (
        select(Consent.granted)
        .where(
            Consent.business_id == business,
            Consent.channel == channel,
            Consent.address == address,
            or_(Consent.purpose.is_(None), Consent.purpose == purpose),
        )
        .order_by(Consent.id.desc())
        .limit(1)
    )
    return func.coalesce(newest.scalar_subquery(), True).is_(False)


_OPTED_OUT = select(
    refuses(bindparam("business"), bindparam("channel"), bindparam("address"), bindparam("purpose"))
)


def opted_out(
    session: Session, business_id: int, channel: str, address: str, purpose: Purpose = "service"
) -> bool:
    """Did the newest word about this address withdraw consent? Nothing said is no."""
    about = {"business": business_id, "channel": channel, "address": address, "purpose": purpose}
    return bool(session.scalar(_OPTED_OUT, about))


def wants_offers(session: Session, business_id: int, channel: str, address: str) -> bool:
    """Did they ask for offers there, and never take it back since? That they may be written to at all is not enough."""
    about = (
        Consent.business_id == business_id,
        Consent.channel == channel,
        Consent.address == address,
        _is_about(Consent, "marketing"),
    )
    taken_back = select(func.max(Consent.id)).where(*about, Consent.granted.is_(False)).scalar_subquery()
    asked_for = select(Consent.id).where(
        *about,
        Consent.purpose == "marketing",
        Consent.granted.is_(True),
        Consent.id > func.coalesce(taken_back, 0),
    )
    return session.scalar(asked_for.limit(1)) is not None


def spoke_of_offers(session: Session, business_id: int, customer_id: int) -> bool:
    """Have they said whether they want offers, anywhere?"""
    said = select(Consent.id).where(
        Consent.business_id == business_id,
        Consent.customer_id == customer_id,
        or_(Consent.purpose == "marketing", Consent.granted.is_(False)),
    )
    return session.scalar(said.limit(1)) is not None


def opted_out_among(
    session: Session, business_id: int, addresses: Collection[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Those of these (channel, address) where nothing is wanted from us, not even about their own visits."""
    newest = (
        select(func.max(Consent.id))
        .where(
            Consent.business_id == business_id,
            Consent.address.in_({address for _, address in addresses}),
            _is_about(Consent, "service"),
        )
        .group_by(Consent.channel, Consent.address)
    )
    refused = select(Consent.channel, Consent.address).where(
        Consent.id.in_(newest), Consent.granted.is_(False)
    )
    return {(channel, address) for channel, address in session.execute(refused)}


def _is_about(word: type[Consent], purpose: Purpose) -> ColumnElement[bool]:
    """What is said of everything is said of each purpose."""
    return or_(word.purpose.is_(None), word.purpose == purpose)


def found_by(
    session: Session,
    business_id: int,
    name: str,
    address: str,
    after: int,
    count: int,
    only: int | None = None,
) -> list[Customer]:
    """At most ``count`` customers after that id whose name and one of whose addresses contain these words.

    Upper and lower case are alike in every script, which not every database can do. The erased are not
    among them. ``only``: this one customer, if at all.
    """
    wanted = select(Customer).where(
        Customer.business_id == business_id, Customer.id > after, Customer.erased_at.is_(None)
    )
    if only is not None:
        wanted = wanted.where(Customer.id == only)
    if name:
        wanted = wanted.where(Customer.name.ilike(_loosely(name), escape="\\"))
    if address:
        with_address = select(ContactPoint.customer_id).where(
            ContactPoint.business_id == business_id,
            ContactPoint.address.icontains(address, autoescape=True),
        )
        wanted = wanted.where(Customer.id.in_(with_address))
    rows = session.scalars(wanted.order_by(Customer.id).execution_options(yield_per=_AT_A_TIME))
    return list(islice((row for row in rows if name.casefold() in (row.name or "").casefold()), count))


def shown(session: Session, business_id: int, found: Sequence[Customer]) -> list[CustomerOut]:
    """Customers as people see them, in two questions for all of them."""
    points = _points(session, business_id, [each.id for each in found])
    return [
        CustomerOut(
            id=each.id,
            name=each.name,
            language=each.language,
            created_at=each.created_at,
            erased_at=each.erased_at,
            contact_points=points[each.id],
        )
        for each in found
    ]


def _loosely(name: str) -> str:
    """A pattern that finds the name in either case, and more: databases may know the case of ASCII only."""
    return "%" + "".join(_ESCAPED.get(c, c if c.isascii() else "%") for c in name) + "%"


def _points(
    session: Session, business_id: int, customer_ids: Sequence[int]
) -> dict[int, list[ContactPointOut]]:
    """By customer: their addresses, each with the newest words on writing to it."""
    service, offers = aliased(Consent), aliased(Consent)
    rows = session.execute(
        select(ContactPoint, service.granted, service.at, offers.granted)
        .select_from(ContactPoint)
        .outerjoin(service, service.id == _newest("service"))
        .outerjoin(offers, offers.id == _newest("marketing"))
        .where(ContactPoint.business_id == business_id, ContactPoint.customer_id.in_(customer_ids))
        .order_by(ContactPoint.id)
    )
    points: dict[int, list[ContactPointOut]] = defaultdict(list)
    for point, granted, at, wants_offers in rows:
        points[point.customer_id].append(
            ContactPointOut(
                id=point.id,
                channel=point.channel,
                address=point.address,
                consent=_wish(granted),
                consent_at=at,
                offers=_wish(wants_offers),
            )
        )
    return points


def _newest(purpose: Purpose) -> ScalarSelect[int]:
    """The newest word about a contact point."""
    word = aliased(Consent)
    newest = select(func.max(word.id)).where(
        word.business_id == ContactPoint.business_id,
        word.channel == ContactPoint.channel,
        word.address == ContactPoint.address,
        _is_about(word, purpose),
    )
    return newest.correlate(ContactPoint).scalar_subquery()


def _wish(granted: bool | None) -> Wish | None:
    return None if granted is None else "granted" if granted else "withdrawn"

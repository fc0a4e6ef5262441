"""A customer goes on in another chat: a link that is shown to them once says there who they are.

Whoever opens the link is that person from then on. So a chat that has a life of its own is left as it is: a link can
be sent to anybody, and must not show one person's visits to another.
"""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler_core.customers.contact import record_address
from scheduler_core.customers.models import ContactLink, ContactPoint, Customer
from scheduler_core.customers.personal import gather
from scheduler_core.customers.queries import customer, to_change
from scheduler_core.customers.same_person import join
from scheduler_core.customers.schemas import LinkClaimIn, LinkClaimOut, LinkIn, LinkOut
from scheduler_core.db.session import serialise
from scheduler_core.errors import NotConnected
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.person import Room
from scheduler_core.permissions.tokens import signing_secret
from scheduler_core.settings import Settings

LASTS = timedelta(days=1)
_MARK, _BYTES = "go_", 24
"""With its mark a token has 35 characters of those that a deep link of Telegram takes (at most 64)."""


def make(
    session: Session, caller: Caller, now: datetime, business_id: int, customer_id: int, asked: LinkIn
) -> LinkOut:
    """The newest link of a person to a channel is the only one. Raises ``NotConnected``."""
    person = to_change(session, business_id, customer_id)
    if asked.channel not in caller.settings.opens_chats_on:
        raise NotConnected()
    token, ends_at = _MARK + secrets.token_urlsafe(_BYTES), now + LASTS
    of_business = ContactLink.business_id == business_id
    theirs = (ContactLink.customer_id == person.id) & (ContactLink.channel == asked.channel)
    session.execute(delete(ContactLink).where(of_business, theirs | (ContactLink.ends_at <= now)))
    digest = _digest(caller.settings, business_id, asked.channel, token)
    session.add(
        ContactLink(
            business_id=business_id,
            customer_id=person.id,
            channel=asked.channel,
            digest=digest,
            ends_at=ends_at,
        )
    )
    record_address(session, caller, now, person, "link_made", asked.channel)
    return LinkOut(url=f"{caller.settings.public_url}/go/{asked.channel}/{token}", ends_at=ends_at)


def claim(
    session: Session,
    caller: Caller,
    now: datetime,
    rooms: Sequence[Room],
    business_id: int,
    customer_id: int,
    asked: LinkClaimIn,
) -> LinkClaimOut:
    """The token was said by this customer, in a chat that its channel vouches for. A wrong one is told, not raised.

    Who has gone on by it already is told so again, as when the same message comes twice.
    """
    customer(session, business_id, customer_id)
    digest = _digest(caller.settings, business_id, asked.channel, asked.token)
    serialise(session, f"link:{digest}")
    link = session.scalar(
        select(ContactLink).where(
            ContactLink.business_id == business_id,
            ContactLink.digest == digest,
            ContactLink.ends_at > now,
        )
    )
    if link is None or (link.used_at and link.customer_id != customer_id):
        return LinkClaimOut(outcome="unknown")
    if link.used_at is None:
        if link.customer_id != customer_id and _has_life(session, rooms, now, business_id, customer_id):
            return LinkClaimOut(outcome="taken")
        customer_id = join(session, caller, now, rooms, business_id, customer_id, link.customer_id)
        session.refresh(link)
        link.used_at = now
        person = to_change(session, business_id, customer_id)
        record_address(session, caller, now, person, "link_used", asked.channel)
    return LinkClaimOut(outcome="linked", language=session.get_one(Customer, customer_id).language)


def _has_life(
    session: Session, rooms: Sequence[Room], now: datetime, business_id: int, customer_id: int
) -> bool:
    """Is there more to this person than the chat in which they speak: another address, or visits of any kind?"""
    points = session.scalars(
        select(ContactPoint.id).where(
            ContactPoint.business_id == business_id, ContactPoint.customer_id == customer_id
        )
    )
    person = gather(session, rooms, business_id, customer_id)
    counts = {name: n for room in rooms for name, n in room.counts(session, person, now).items()}
    return len(points.all()) > 1 or any(n for name, n in counts.items() if name != "conversations")


def _digest(settings: Settings, business_id: int, channel: str, token: str) -> str:
    said = f"contact link {business_id}:{channel}:{token}"
    return hmac.digest(signing_secret(settings), said.encode(), "sha256").hex()

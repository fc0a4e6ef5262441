"""Addresses that take nothing from us, such as landlines that were texted: nothing is tried there again."""

from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select
from sqlalchemy.orm import Session

from scheduler_core.outbox.models import ShutAddress
from scheduler_core.outbox.records import Shutting

#: Where an address stands for all that begin so, and the most that is looked at of an address then.
_AND_MORE, _LONGEST_BEGINNING = "*", 4

_CODE = select(ShutAddress.code).where(
    ShutAddress.business_id == bindparam("business"),
    ShutAddress.channel == bindparam("channel"),
    ShutAddress.address.in_(bindparam("names", expanding=True)),
    or_(ShutAddress.until.is_(None), ShutAddress.until > bindparam("at")),
)


def shut(session: Session, business_id: int, channel: str, code: str, found: Shutting, now: datetime) -> None:
    """Keep that nothing arrives there; found again, it counts from the first time."""
    kept = session.scalar(
        select(ShutAddress).where(
            ShutAddress.business_id == business_id,
            ShutAddress.channel == channel,
            ShutAddress.address == found.address,
        )
    )
    if kept is None:
        kept = ShutAddress(business_id=business_id, channel=channel, address=found.address, since=now)
        session.add(kept)
    kept.code, kept.until = code, now + found.lasts if found.lasts else None
    session.flush()


def shut_by(session: Session, business_id: int, channel: str, address: str, now: datetime) -> str | None:
    """The code with which it was found that nothing arrives there; ``None``: it may be tried."""
    where = {"business": business_id, "channel": channel, "names": _names_of(address), "at": now}
    code: str | None = session.scalar(_CODE, where)
    return code


def many_shut(session: Session, business_id: int, channel: str, address: str) -> ShutAddress | None:
    """When not only this address takes nothing, but all that begin so."""
    return session.scalar(
        select(ShutAddress).where(
            ShutAddress.business_id == business_id,
            ShutAddress.channel == channel,
            ShutAddress.address.in_(_names_of(address)[1:]),
        )
    )


def open_again(
    session: Session, business_id: int, channel: str, address: str, *, only_this: bool = False
) -> None:
    """What is said there next is tried; and so is what is said to all that begin so, unless ``only_this`` is."""
    session.execute(
        delete(ShutAddress).where(
            ShutAddress.business_id == business_id,
            ShutAddress.channel == channel,
            ShutAddress.address.in_([address] if only_this else _names_of(address)),
        )
    )


def _names_of(address: str) -> list[str]:
    return [address, *(address[:length] + _AND_MORE for length in range(1, _LONGEST_BEGINNING + 1))]

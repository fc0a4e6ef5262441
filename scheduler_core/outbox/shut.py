"""Addresses that take nothing from us, such as landlines that were texted: nothing is tried there again."""

from datetime import datetime

from sqlalchemy import ColumnElement, SQLColumnExpression, bindparam, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from scheduler_core.outbox.models import ShutAddress
from scheduler_core.outbox.records import Shutting

#: Where an address stands for all that begin so, and the most that is looked at of an address then.
_AND_MORE, _BEGINNINGS = "*", range(1, 5)

_HOLDS = or_(ShutAddress.until.is_(None), ShutAddress.until > bindparam("at", type_=ShutAddress.until.type))
_CODE = select(ShutAddress.code).where(
    ShutAddress.business_id == bindparam("business"),
    ShutAddress.channel == bindparam("channel"),
    ShutAddress.address.in_(bindparam("names", expanding=True)),
    _HOLDS,
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


def is_shut(
    business: SQLColumnExpression[int], channel: SQLColumnExpression[str], address: SQLColumnExpression[str]
) -> ColumnElement[bool]:
    """For a statement about addresses, with the parameter ``at``: does nothing arrive there at that time?"""
    beginnings = [func.substr(address, 1, length) + _AND_MORE for length in _BEGINNINGS]
    return exists().where(
        ShutAddress.business_id == business,
        ShutAddress.channel == channel,
        ShutAddress.address.in_([address, *beginnings]),
        _HOLDS,
    )


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
    return [address, *(address[:length] + _AND_MORE for length in _BEGINNINGS)]

"""Rows of a business by their ids: another business's are not there, and archived ones only for who asks."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from scheduler_core.businesses.models import Business, Location, Resource, Service, StaffMember
from scheduler_core.businesses.queries import business
from scheduler_core.errors import NotFound

Row = TypeVar("Row", Location, Service, StaffMember, Resource)


def business_to_change(session: Session, business_id: int) -> Business:
    """The business, kept for this transaction, so that changes of its rules come one after the other."""
    wanted = select(Business).where(Business.id == business_id).with_for_update(key_share=True)
    found = session.scalar(wanted)
    if found is None:
        raise NotFound("unknown business")
    return found


def owned(session: Session, model: type[Row], business_id: int, key: int) -> Row:
    """A row of the business, archived or not; raises ``NotFound``."""
    found = session.scalar(select(model).where(model.business_id == business_id, model.id == key))
    if found is None:
        raise NotFound(f"unknown {model.__tablename__}")
    return found


def in_use(session: Session, model: type[Row], business_id: int, key: int) -> Row:
    """A row of the business that is not archived; raises ``NotFound``."""
    found = owned(session, model, business_id, key)
    if found.archived_at is not None:
        raise NotFound(f"this {model.__tablename__} is archived")
    return found


def must_be_in_use(
    session: Session,
    model: type[Row],
    business_id: int,
    keys: Collection[int],
    *only: ColumnElement[bool],
) -> None:
    """Raise ``NotFound``, naming the others, unless all are the business's, in use and as ``only`` says."""
    wanted = select(model.id).where(
        model.business_id == business_id, model.id.in_(keys), model.archived_at.is_(None), *only
    )
    if keys and (unknown := set(keys) - set(session.scalars(wanted))):
        raise NotFound(f"unknown {model.__tablename__}", ids=sorted(unknown))


def rows_of_page(
    session: Session,
    model: type[Row],
    business_id: int,
    after: int | None,
    limit: int,
    *only: ColumnElement[bool],
) -> Sequence[Row]:
    """The rows in use behind ``after``, and one more than ``limit``; raises ``NotFound`` for an unknown business."""
    wanted = select(model).where(
        model.business_id == business_id, model.archived_at.is_(None), model.id > (after or 0), *only
    )
    rows = session.scalars(wanted.order_by(model.id).limit(limit + 1)).all()
    if not rows:
        business(session, business_id)
    return rows

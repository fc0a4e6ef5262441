"""Decide and lock, so that what was decided still holds when it is written down.

First a look without locks, which turns away most of those who come too late; then the rows that the visit touches are
locked in one order – customer, business, resources by id – and the question is put again.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from scheduler_core.availability import classes
from scheduler_core.availability.decide import decide
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.ledger import lock
from scheduler_core.availability.planned import PlannedVisit
from scheduler_core.errors import SlotTaken

_CUSTOMER = text("SELECT id FROM customer WHERE id = :customer FOR NO KEY UPDATE")
_RULES_STAY = text("SELECT id FROM business WHERE id = :business FOR SHARE")
_ONE_A_TIME = text("SELECT id FROM business WHERE id = :business FOR NO KEY UPDATE")


def claim(
    session: Session, question: Enquiry, start: datetime, now: datetime, also_lock: Iterable[int] = ()
) -> PlannedVisit:
    """The visit, with everything it takes locked until the transaction ends; raises as ``decide`` does.

    ``also_lock``: resources that the caller is about to give up.
    """
    plan = decide(session, question, start, now)
    if session.get_bind().dialect.name == "sqlite":
        return plan  # a writing transaction is alone
    if question.customer_id is not None:
        session.execute(_CUSTOMER, {"customer": question.customer_id})
    counted = plan.policy.max_per_day is not None
    session.execute(_ONE_A_TIME if counted else _RULES_STAY, {"business": question.business_id})
    locked: set[int] = set()
    while True:
        wanted, joined = plan.resource_ids | set(also_lock), plan.class_id
        if joined is not None:
            wanted |= classes.resources(session, joined)
        lock(session, wanted - locked)
        locked |= wanted
        plan = _again(session, question, plan, start, now)
        if plan.resource_ids <= locked and plan.class_id in (None, joined):
            return plan


def _again(
    session: Session, question: Enquiry, plan: PlannedVisit, start: datetime, now: datetime
) -> PlannedVisit:
    """The same person if they are still free, so that no further locks are needed."""
    if question.staff_id is None:
        same = replace(question, staff_id=plan.staff_id, location_id=plan.location_id)
        if len({item.staff_id for item in plan.items}) == 1:
            try:
                return decide(session, same, start, now)
            except SlotTaken:
                pass
    return decide(session, question, start, now)

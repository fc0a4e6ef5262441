"""Tell staff who want to know that a visit is new, moved or cancelled, in the change's own transaction."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import LateTold
from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.appointments.status import REQUESTED
from scheduler_core.businesses.models import Business
from scheduler_core.businesses.queries import noticed_staff
from scheduler_core.customers.models import Customer
from scheduler_core.outbox.enqueue import Buttons, tell_chats, tell_staff
from scheduler_core.outbox.records import Choice
from scheduler_core.outbox.words import words
from scheduler_core.permissions.models import StaffChat
from scheduler_core.permissions.roles import Role


def notify(
    session: Session,
    kind: str,
    business_id: int,
    customer_id: int,
    visit: AppointmentOut,
    now: datetime,
    was: datetime | None = None,
    gave_up: Iterable[int] = (),
    reason: str = "",
) -> None:
    """``kind`` is staff_booked, staff_moved (``was``: the old start) or staff_cancelled.

    Whose visit it is, or was until now (``gave_up``), hears of it in their own chat at least. ``reason`` names what
    happened, when the visit's version does not.
    """
    locale = locale_of(session, business_id)
    facts = {
        "customer": _who_comes(session, locale, customer_id, visit.attendee),
        "service": ", ".join(item.service_name for item in visit.items) or visit.service_name,
        "staff": visit.staff_name,
        "location": visit.location_name,
        "when": when(visit.start, visit.zone, locale),
        "was": when(was, visit.zone, locale) if was else "",
        "appointment_id": visit.id,
    }
    buttons = partial(_to_decide, locale, visit)
    tell_noticed(
        session,
        business_id,
        locale,
        kind,
        reason or f"{kind}:{visit.id}:{visit.version}",
        facts,
        now,
        buttons,
        waited_for(session, visit.id),
        [*who_does(visit), *gave_up],
    )


def who_does(visit: AppointmentOut) -> list[int]:
    return [visit.staff_id, *(item.staff_id for item in visit.items)]


def waited_for(session: Session, appointment_id: int) -> list[int]:
    """Whom of the team the visit has to wait for: they hear what its customer says to that."""
    return list(session.scalars(select(LateTold.staff_id).where(LateTold.appointment_id == appointment_id)))


def tell_noticed(
    session: Session,
    business_id: int,
    locale: str,
    kind: str,
    reason: str,
    facts: dict[str, Any],
    now: datetime,
    buttons: Buttons = lambda _: (),
    also: Iterable[int] = (),
    own: Iterable[int] = (),
) -> None:
    """One notice to each of the staff who want them and ``also`` to these; ``reason`` names what is told once.

    ``own``: those whose own visits it is about are told in their chats, without a line on the desk.
    """
    on_desk = dict.fromkeys((*noticed_staff(session, business_id), *also))
    for staff_id in dict.fromkeys((*on_desk, *own)):
        tell = tell_staff if staff_id in on_desk else tell_chats
        tell(
            session,
            business_id=business_id,
            staff_id=staff_id,
            kind=kind,
            idem_key=f"{reason}:{staff_id}",
            language=locale,
            facts=facts,
            now=now,
            buttons=buttons,
        )


def _to_decide(locale: str, visit: AppointmentOut, chat: StaffChat) -> list[Choice]:
    """A request can be decided where it is read, by whoever may; a tap names the visit as it was told."""
    if visit.status != REQUESTED or (chat.role == Role.STAFF and chat.staff_id != visit.staff_id):
        return []
    named = json.dumps({"appointment": visit.id, "version": visit.version})
    return [
        Choice(words(locale, f"staff_button_{verb}"), f"/staff_{verb}{named}")
        for verb in ("confirm", "decline", "propose")
    ]


def locale_of(session: Session, business_id: int) -> str:
    return session.scalars(select(Business.locale).where(Business.id == business_id)).one()


def customer_name(session: Session, customer_id: int) -> str:
    """What staff know a customer by."""
    name = session.scalar(select(Customer.name).where(Customer.id == customer_id))
    return name or f"Customer {customer_id}"


def _who_comes(session: Session, locale: str, customer_id: int, attendee: str | None) -> str:
    customer = customer_name(session, customer_id)
    return words(locale, "for_somebody", customer=customer, attendee=attendee) if attendee else customer


def when(instant: datetime, zone: str, locale: str) -> str:
    """An instant as people there write it."""
    local = instant.astimezone(ZoneInfo(zone))
    return format_datetime(local, "EEE d MMM, HH:mm", locale=locale.replace("-", "_"))

"""A visit that is over, whom we speak to about it, and how something is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.core import Locale
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.customer_notices import facts_of, locale_for
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.queries import to_change, view
from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.businesses.models import Business
from scheduler_core.businesses.policy import Policy
from scheduler_core.conversations.notices import Told, ToTell, tell
from scheduler_core.conversations.quiet import after_the_night
from scheduler_core.customers.models import Customer
from scheduler_core.customers.queries import locked
from scheduler_core.feedback.models import FollowUp
from scheduler_core.outbox import due
from scheduler_core.outbox.due import Work
from scheduler_core.outbox.words import words


@dataclass(frozen=True, slots=True)
class Occasion:
    """``row`` and ``visit`` are the same visit, as it is kept and as people see it."""

    row: Appointment
    visit: AppointmentOut
    person: Customer
    business: Business
    policy: Policy
    locale: Locale

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.business.zone)

    @property
    def facts(self) -> dict[str, str]:
        return facts_of(self.visit, self.person, self.business, self.locale)

    def words(self, key: str, **more: str) -> str:
        return words(self.locale.language, key, **self.facts, **more)


def occasion_of(session: Session, row: Appointment, now: datetime, public_url: str) -> Occasion | None:
    """``None``: the person is forgotten. They are locked, so that nobody else speaks to them meanwhile."""
    person = locked(session, row.business_id, row.customer_id)
    if person.erased_at is not None:
        return None
    business = session.get_one(Business, row.business_id)
    return Occasion(
        row=row,
        visit=view(session, row.business_id, row.id, now, public_url),
        person=person,
        business=business,
        policy=Policy.model_validate(business.policy),
        locale=locale_for(person.language, business.locale),
    )


def still_is(session: Session, work: Work) -> Occasion | None:
    """The visit that work was planned for; ``None``: it has changed since, or whose it was is forgotten."""
    row = to_change(session, work.business_id, work.payload["appointment_id"])
    if row.version != work.version:
        return None
    return occasion_of(session, row, work.now, work.settings.public_url)


def put_off(session: Session, work: Work, until: datetime) -> None:
    """The same again, then."""
    due.plan(
        session,
        business_id=work.business_id,
        kind=work.kind,
        subject=work.subject,
        version=work.version,
        payload=work.payload,
        due_at=until,
        idem_key=f"{work.kind}:{work.subject}:{work.version}:{until.isoformat()}",
    )


def waits_for_the_morning(session: Session, work: Work, zone: ZoneInfo, policy: Policy) -> bool:
    """``True``: it is night there, and the work is put off until it is not."""
    awake = after_the_night(work.now, zone, policy)
    if awake > work.now:
        put_off(session, work, awake)
    return awake > work.now


def say(
    session: Session,
    about: Occasion,
    kind: str,
    text: str,
    choices: Sequence[dict[str, Any]],
    now: datetime,
    facts: dict[str, str] | None = None,
) -> Told:
    """Once of a kind for a visit. The caller has seen to it that it is not night."""
    return tell(
        session,
        ToTell(
            kind=kind,
            idem_key=f"{kind}:{about.visit.id}",
            business_id=about.business.id,
            customer_id=about.person.id,
            appointment_id=about.visit.id,
            appointment_version=about.visit.version,
            visit_at=about.visit.start,
            text=text,
            language=about.locale.language,
            facts=about.facts | (facts or {}),
            choices=choices,
        ),
        now,
    )


def was_said(session: Session, appointment_id: int, what: str) -> bool:
    wanted = exists().where(FollowUp.appointment_id == appointment_id, FollowUp.what == what)
    return bool(session.scalar(select(wanted)))


def said_since(session: Session, customer_id: int, what: str, since: datetime | None) -> bool:
    """Of any visit of theirs; ``None``: ever."""
    wanted = select(FollowUp.id).where(FollowUp.customer_id == customer_id, FollowUp.what == what)
    if since is not None:
        wanted = wanted.where(FollowUp.at > since)
    return session.scalar(wanted.limit(1)) is not None


def keep_said(session: Session, row: Appointment, what: str, now: datetime) -> None:
    session.add(
        FollowUp(
            business_id=row.business_id,
            customer_id=row.customer_id,
            appointment_id=row.id,
            what=what,
            at=now,
        )
    )

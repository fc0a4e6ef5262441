"""Everything that one turn of a conversation needs to know, read at one moment."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.appointments.had import last_had, usual
from scheduler_core.appointments.queries import upcoming, views
from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.businesses import queries as businesses
from scheduler_core.businesses.catalogue import catalogue
from scheduler_core.businesses.policy import Policy
from scheduler_core.conversations.models import Conversation, Draft, Notice
from scheduler_core.conversations.notices import remembered, standing
from scheduler_core.conversations.schemas import (
    ContextOut,
    ConversationOut,
    CustomerContext,
    DraftOut,
    NoticeOut,
    OfferOut,
)
from scheduler_core.customers.queries import customer, opted_out


def context(session: Session, now: datetime, conversation: Conversation, public_url: str) -> ContextOut:
    business_id = conversation.business_id
    business = businesses.business(session, business_id)
    offered = catalogue(session, business)
    person = customer(session, business_id, conversation.customer_id)
    policy = Policy.model_validate(business.policy)
    last = last_had(session, business_id, person.id, now, policy.unasked_feedback_days)
    told = _told(session, conversation, now)
    spoken_of = {each.appointment_id for _, group in told for each in group if each.appointment_id}
    spoken_of |= {last.id} if last else set()
    visits = {each.id: each for each in views(session, business_id, spoken_of, now, public_url)}
    service_id, staff_id = usual(session, business_id, person.id, now)
    return ContextOut(
        now=now,
        business=businesses.business_out(business),
        locations=offered.locations,
        services=offered.services,
        addons=offered.addons,
        staff=offered.staff,
        customer=CustomerContext(
            id=person.id,
            name=person.name,
            language=person.language,
            usual_service_id=service_id,
            usual_staff_id=staff_id,
            opted_out=opted_out(session, business_id, conversation.channel, conversation.address),
        ),
        appointments=upcoming(session, business_id, person.id, now, public_url),
        last_visit=visits.get(last.id) if last else None,
        conversation=ConversationOut(
            id=conversation.id,
            channel=conversation.channel,
            address=conversation.address,
            waiting=conversation.waiting_since is not None,
            handed_over=conversation.is_handed_over(now),
        ),
        draft=_draft(session, conversation.id),
        notices=[_notice(said, group, visits) for said, group in told],
    )


def _told(
    session: Session, conversation: Conversation, now: datetime
) -> list[tuple[Notice, Sequence[Notice]]]:
    """What was said, each with the notices of all visits it spoke of that are as it told them."""
    kept = remembered(session, conversation.id, now)
    as_told = standing(session, kept)
    return [(each, as_told.get(each.id, [each])) for each in kept]


def _notice(said: Notice, spoken_of: Sequence[Notice], visits: Mapping[int, AppointmentOut]) -> NoticeOut:
    """With its visits as they stand now; the first that is as it was told is the one it is about."""
    first, *others = spoken_of
    return NoticeOut(
        id=said.id,
        kind=said.kind,
        said_at=said.said_at,
        answer=said.answer,
        appointment_version=first.appointment_version,
        appointment=visits.get(first.appointment_id) if first.appointment_id else None,
        beside=[visits[each.appointment_id] for each in others if each.appointment_id],
        offer=OfferOut.model_validate(said.offer) if said.offer else None,
        choices=said.choices,
    )


def _draft(session: Session, conversation_id: int) -> DraftOut:
    kept = session.get(Draft, conversation_id)
    if kept is None:
        return DraftOut(version=0, state={}, turn_id=None, plan=None, saved_at=None)
    return DraftOut(
        version=kept.version,
        state=kept.state,
        turn_id=kept.turn_id,
        plan=kept.plan,
        saved_at=kept.updated_at,
    )

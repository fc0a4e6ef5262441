"""HTTP: what customers think of their visits, told by them and read by the team."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from scheduler_core.businesses.models import Service, StaffMember
from scheduler_core.businesses.queries import business, must_own
from scheduler_core.businesses.rows import owned
from scheduler_core.feedback import give as giving
from scheduler_core.feedback import queries
from scheduler_core.feedback.models import Feedback
from scheduler_core.feedback.schemas import FeedbackIn, FeedbackOut, GivenOut, PutRightIn, State, SummaryOut
from scheduler_core.feedback.summary import summary
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import Id, Instant, PathId
from scheduler_core.permissions.once import IdempotencyKey, once
from scheduler_core.permissions.paging import PAGE, After, Limit, Page, paged
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/v1/businesses/{business_id}/feedback", tags=["feedback"])

_Giver = Annotated[Caller, may(Permission.GIVE_FEEDBACK)]
_Reader = Annotated[Caller, may(Permission.READ_FEEDBACK)]
_Replier = Annotated[Caller, may(Permission.CONVERSE)]
_When = Annotated[Instant | None, Query()]
_Which = Annotated[Id | None, Query()]


@router.post("", status_code=201)
def give_feedback(
    business_id: PathId, asked: FeedbackIn, caller: _Giver, idempotency_key: IdempotencyKey
) -> GivenOut:
    """Keep what a customer says of a visit of theirs; the newest score holds, words are added to those there are."""
    caller.must_be_own_customer(asked.customer_id)

    def work(session: Session, now: datetime) -> GivenOut:
        def give() -> dict[str, Any]:
            given = giving.give(session, caller, now, business_id, asked)
            return {"feedback_id": given.feedback_id, "was": given.was, "next": given.next}

        kept = once(session, now, business_id, idempotency_key, asked.model_dump(mode="json"), give)
        shown = queries.view(session, business_id, kept["feedback_id"])
        url = business(session, business_id).review_url if kept["next"] == "review" else None
        return GivenOut(**shown.model_dump(), was=kept["was"], next=kept["next"], review_url=url)

    return caller.change(work)


@router.get("")
def list_feedback(
    business_id: PathId,
    caller: _Reader,
    since: _When = None,
    before: _When = None,
    service_id: _Which = None,
    staff_id: _Which = None,
    customer_id: _Which = None,
    state: State | None = None,
    after: After = None,
    limit: Limit = PAGE,
) -> Page[FeedbackOut]:
    """The newest first, of visits that began in [since, before); ``state=open``: complaints to reply to."""
    wanted = queries.Filter(since, before, service_id, staff_id, customer_id, state)

    def question(session: Session, _now: datetime) -> Page[FeedbackOut]:
        business(session, business_id)
        must_own(session, business_id, customer=customer_id)
        if service_id is not None:
            owned(session, Service, business_id, service_id)
        if staff_id is not None:
            owned(session, StaffMember, business_id, staff_id)
        found = queries.listed(session, business_id, wanted, after, limit + 1)
        return paged(found, limit, lambda each: each.id)

    return caller.ask(question)


@router.get("/summary")
def summarise_feedback(
    business_id: PathId, caller: _Reader, since: _When = None, before: _When = None
) -> SummaryOut:
    """CSAT and NPS of visits that began in [since, before), by service, person and month."""

    def question(session: Session, _now: datetime) -> SummaryOut:
        zone = ZoneInfo(business(session, business_id).zone)
        answers = queries.all_of(session, business_id, queries.Filter(since, before))
        return summary(answers, zone, queries.complaints_open(session, business_id))

    return caller.ask(question)


@router.post("/{feedback_id}/answered")
def mark_answered(business_id: PathId, feedback_id: PathId, caller: _Replier) -> FeedbackOut:
    """Somebody has spoken with the customer, by phone or at the desk; what was written to them is seen by itself."""

    def answered(session: Session, now: datetime, row: Feedback) -> None:
        giving.mark_answered(session, caller, now, row)

    return _settled(business_id, feedback_id, caller, answered)


@router.post("/{feedback_id}/put-right")
def say_whether_put_right(
    business_id: PathId, feedback_id: PathId, asked: PutRightIn, caller: _Replier
) -> FeedbackOut:
    """Keep what the customer answers when they are asked whether it was put right."""

    def said(session: Session, now: datetime, row: Feedback) -> None:
        giving.say_whether_put_right(session, caller, now, row, asked)

    return _settled(business_id, feedback_id, caller, said)


def _settled(
    business_id: int, feedback_id: int, caller: Caller, step: Callable[[Session, datetime, Feedback], None]
) -> FeedbackOut:
    def work(session: Session, now: datetime) -> FeedbackOut:
        step(session, now, giving.to_settle(session, business_id, feedback_id))
        session.flush()
        return queries.view(session, business_id, feedback_id)

    return caller.change(work)

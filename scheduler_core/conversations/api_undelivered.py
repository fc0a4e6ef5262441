"""HTTP: what did not arrive, and due work that was given up, for staff to see to."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel
from sqlalchemy.orm import Session

from scheduler_core.businesses.queries import business
from scheduler_core.conversations.undelivered import UndeliveredOut, listed, set_aside, try_again
from scheduler_core.errors import NotFound
from scheduler_core.outbox import jobs
from scheduler_core.outbox.models import Job
from scheduler_core.outbox.words import work
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.paging import PAGE, After, Limit, Page, paged
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/v1/businesses/{business_id}", tags=["undelivered"])

_Converser = Annotated[Caller, may(Permission.CONVERSE)]
_Manager = Annotated[Caller, may(Permission.MANAGE_BUSINESS)]


class GivenUpOut(BaseModel):
    """Due work that failed too often; ``what`` is in the language of the business, ``fault`` names the error."""

    id: int
    kind: str
    what: str
    due_at: AwareDatetime
    tries: int
    fault: str


@router.get("/undelivered")
def list_undelivered(
    business_id: PathId, caller: _Converser, after: After = None, limit: Limit = PAGE
) -> Page[UndeliveredOut]:
    """Messages that did not reach their customers and that nobody has seen to, newest first."""

    def question(session: Session, _now: datetime) -> Page[UndeliveredOut]:
        return paged(listed(session, business_id, after, limit + 1), limit, lambda each: each.id)

    return caller.ask(question)


@router.post("/undelivered/{message_id}/again", status_code=204)
def say_once_more(business_id: PathId, message_id: PathId, caller: _Converser) -> None:
    """Queue it once more; asked twice, it is said once. 409 when it is out of date or they want no messages."""
    caller.change(lambda session, now: try_again(session, caller, now, business_id, message_id))


@router.post("/undelivered/{message_id}/done", status_code=204)
def be_done_with_it(business_id: PathId, message_id: PathId, caller: _Converser) -> None:
    """It is listed no more."""
    caller.change(lambda session, now: set_aside(session, caller, now, business_id, message_id))


@router.get("/given-up")
def list_given_up(
    business_id: PathId, caller: _Manager, after: After = None, limit: Limit = PAGE
) -> Page[GivenUpOut]:
    """What was to be done by itself and failed each time, newest first."""

    def question(session: Session, _now: datetime) -> Page[GivenUpOut]:
        language = business(session, business_id).locale
        found = jobs.dead(session, business_id, after, limit + 1)
        return paged([_out(each, language) for each in found], limit, lambda each: each.id)

    return caller.ask(question)


@router.post("/given-up/{job_id}/again", status_code=204)
def do_once_more(business_id: PathId, job_id: PathId, caller: _Manager) -> None:
    """It is tried anew, from the first time on."""
    caller.change(lambda session, now: _see_to(session, now, business_id, job_id, again=True))


@router.post("/given-up/{job_id}/done", status_code=204)
def give_up_for_good(business_id: PathId, job_id: PathId, caller: _Manager) -> None:
    """It is listed no more, and not done."""
    caller.change(lambda session, now: _see_to(session, now, business_id, job_id, again=False))


def _see_to(session: Session, now: datetime, business_id: int, job_id: int, *, again: bool) -> None:
    if not jobs.bury_no_more(session, business_id, job_id, now, again=again):
        raise NotFound("unknown work")


def _out(job: Job, language: str) -> GivenUpOut:
    return GivenUpOut(
        id=job.id,
        kind=job.kind,
        what=work(language, job.kind),
        due_at=job.due_at,
        tries=job.attempts,
        fault=(job.last_error or "?").partition(":")[0],
    )

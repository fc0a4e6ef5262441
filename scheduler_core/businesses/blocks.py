"""Time for once in which a person or a thing cannot be booked: time off, a repair, a delivery."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, delete, select
from sqlalchemy.orm import Session

from scheduler_core.businesses.changing import Change
from scheduler_core.businesses.hours import TIME_OFF, Block
from scheduler_core.businesses.models import SEATS, Resource, StaffMember
from scheduler_core.businesses.queries import business
from scheduler_core.businesses.rows import in_use
from scheduler_core.businesses.schemas.blocks import BlockIn, BlockOut
from scheduler_core.errors import Malformed, NotFound
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.paging import Page, paged
from scheduler_core.permissions.roles import Role

_Found = Row[tuple[Block, int | None]]

_WITH_PERSON = select(Block, StaffMember.id).outerjoin(
    StaffMember, StaffMember.resource_id == Block.resource_id
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which blocks: those that touch [start, end), of one person or thing; ``None``: whatever."""

    start: datetime | None = None
    end: datetime | None = None
    staff_id: int | None = None
    resource_id: int | None = None


def page(
    session: Session, caller: Caller, business_id: int, wanted: Wanted, after: int | None, limit: int
) -> Page[BlockOut]:
    query = _WITH_PERSON.where(Block.business_id == business_id, Block.id > (after or 0))
    if wanted.start is not None:
        query = query.where(Block.end_at > wanted.start)
    if wanted.end is not None:
        query = query.where(Block.start_at < wanted.end)
    if wanted.staff_id is not None:
        query = query.where(StaffMember.id == wanted.staff_id)
    if wanted.resource_id is not None:
        query = query.where(Block.resource_id == wanted.resource_id)
    rows = session.execute(query.order_by(Block.id).limit(limit + 1)).all()
    if not rows:
        business(session, business_id)
    return paged([_shown(caller, *row) for row in rows], limit, lambda each: each.id)


def create(made: Change, asked: BlockIn) -> BlockOut:
    """It may lie over visits: those stay and are flagged. Staff block nobody's time but their own."""
    staff_id, resource_id = _whose(made, asked)
    made.caller.must_be_own_staff(staff_id)
    if asked.kind == TIME_OFF and staff_id is None:
        raise Malformed("only people have time off")
    lock(made.session, resource_id)
    block = Block(
        business_id=made.business_id,
        resource_id=resource_id,
        kind=asked.kind,
        start_at=asked.start,
        end_at=asked.end,
        reason=asked.reason,
    )
    made.session.add(block)
    made.session.flush()
    times = {"start": asked.start.isoformat(), "end": asked.end.isoformat()}
    made.record("blocked", "block", block.id, resource_id=resource_id, staff_id=staff_id, **times)
    return _shown(made.caller, block, staff_id)


def remove(made: Change, block_id: int) -> None:
    wanted = _WITH_PERSON.where(Block.business_id == made.business_id, Block.id == block_id)
    found = made.session.execute(wanted).one_or_none()
    if found is None:
        raise NotFound("unknown block")
    block, staff_id = found
    made.caller.must_be_own_staff(staff_id)
    lock(made.session, block.resource_id)
    made.session.execute(delete(Block).where(Block.id == block.id))
    made.frees(block.start_at, block.end_at)
    made.record("unblocked", "block", block_id, resource_id=block.resource_id, staff_id=staff_id)


def lock(session: Session, resource_id: int) -> None:
    """Keep the resource for this transaction, as a booking does, so that the two never pass each other."""
    session.execute(
        select(Resource.id).where(Resource.id == resource_id).with_for_update(key_share=True)
    ).all()


def _whose(made: Change, asked: BlockIn) -> tuple[int | None, int]:
    """The person, if it is one, and the resource; raises ``NotFound`` when they are archived."""
    if asked.staff_id is not None:
        person = in_use(made.session, StaffMember, made.business_id, asked.staff_id)
        return person.id, person.resource_id
    assert asked.resource_id is not None
    resource = in_use(made.session, Resource, made.business_id, asked.resource_id)
    if resource.kind == SEATS:
        raise NotFound("unknown resource")
    person_of = select(StaffMember.id).where(StaffMember.resource_id == resource.id)
    return made.session.scalar(person_of), resource.id


def _shown(caller: Caller, block: Block, staff_id: int | None) -> BlockOut:
    private = caller.role is Role.STAFF and staff_id not in (None, caller.staff_id)
    return BlockOut.model_validate(
        {
            "id": block.id,
            "resource_id": block.resource_id,
            "staff_id": staff_id,
            "kind": block.kind,
            "start": block.start_at,
            "end": block.end_at,
            "reason": None if private else block.reason,
        }
    )

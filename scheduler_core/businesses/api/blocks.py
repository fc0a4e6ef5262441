"""HTTP: time for once in which a person or a thing cannot be booked. Staff block their own."""

from typing import Annotated

from fastapi import APIRouter, Query

from scheduler_core.businesses import blocks
from scheduler_core.businesses.api.callers import OwnTime
from scheduler_core.businesses.changing import change, change_once
from scheduler_core.businesses.schemas.blocks import BlockIn, BlockOut
from scheduler_core.permissions.inputs import Id, Instant, PathId
from scheduler_core.permissions.once import IdempotencyKey
from scheduler_core.permissions.paging import PAGE, After, Limit, Page

router = APIRouter(prefix="/v1/businesses/{business_id}/blocks", tags=["blocks"])


@router.post("", status_code=201)
def create_block(
    business_id: PathId, asked: BlockIn, caller: OwnTime, idempotency_key: IdempotencyKey
) -> BlockOut:
    """Block some time; visits in it stay and are flagged. The same key gives the same block."""
    request = {"create_block": asked}
    answer = change_once(
        caller, business_id, idempotency_key, request, lambda made: blocks.create(made, asked)
    )
    return BlockOut.model_validate(answer)


@router.get("")
def list_blocks(
    business_id: PathId,
    caller: OwnTime,
    start: Annotated[Instant | None, Query()] = None,
    end: Annotated[Instant | None, Query()] = None,
    staff_id: Annotated[Id | None, Query()] = None,
    resource_id: Annotated[Id | None, Query()] = None,
    after: After = None,
    limit: Limit = PAGE,
) -> Page[BlockOut]:
    """The blocks that touch [start, end), of everybody and everything or of one; staff see only their own reasons."""
    wanted = blocks.Wanted(start, end, staff_id, resource_id)
    return caller.ask(lambda session, _: blocks.page(session, caller, business_id, wanted, after, limit))


@router.delete("/{block_id}", status_code=204)
def remove_block(business_id: PathId, block_id: PathId, caller: OwnTime) -> None:
    """Let the time be booked again."""
    change(caller, business_id, lambda made: blocks.remove(made, block_id))

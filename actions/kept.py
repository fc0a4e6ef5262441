"""What comes of a message and changes nothing of the answer to it: it is only kept in the core."""

from __future__ import annotations

from actions.core_client import CoreClient
from actions.core_types import Desk
from actions.outcome import (
    AnswerNotice,
    DeclineOffer,
    Effect,
    HandOff,
    LeaveWaitlist,
    OptIn,
    OptOut,
    SayPutRight,
)
from actions.turn_types import Caller


async def keep_in_core(effect: Effect, key: str, caller: Caller, desk: Desk, core: CoreClient) -> None:
    match effect:
        case HandOff(reason, about):
            await core.hand_off(key, desk.conversation.id, reason, about)
        case AnswerNotice(notice_id, answer):
            await core.answer_notice(desk.conversation.id, notice_id, answer)
        case DeclineOffer(offer_id, leaves):
            await core.decline_offer(offer_id, leaves)
        case LeaveWaitlist(entry_id):
            await core.leave_waitlist(entry_id)
        case OptOut(evidence, purpose):
            await core.set_consent(desk.customer.id, caller, False, evidence, purpose)
        case OptIn(evidence, purpose):
            await core.set_consent(desk.customer.id, caller, True, evidence, purpose)
        case SayPutRight():
            await core.say_put_right(desk.customer.id, effect)

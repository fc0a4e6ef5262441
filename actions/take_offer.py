"""Yes to a time that is kept for them: it is theirs, or it is said why it is not and what can be had instead."""

from __future__ import annotations

import logging

from actions import diary, waitlist_offer
from actions.core_client import CoreClient, Refused
from actions.core_types import Desk, Notice
from actions.draft import Draft
from actions.offers import visit_facts
from actions.outcome import Outcome
from actions.turn_types import Line, Speak

log = logging.getLogger(__name__)


async def take_offer(key: str, notice: Notice, desk: Desk, core: CoreClient) -> Speak | Outcome:
    """An ``Outcome`` is to be arranged further."""
    try:
        visit = await core.accept_offer(key, waitlist_offer.offered(notice).id)
    except Refused as refusal:
        log.info("refused: %s", refusal.code)
        if theirs := refusal.why.facts.get("appointment_id"):
            said = Line("utter_offer_yours", visit_facts(await core.appointment(theirs), desk))
            return Speak(Draft(appointment_id=theirs), (said,))
        return Outcome(*waitlist_offer.too_late(notice, refusal.why, desk))
    return diary.done(Draft(goal="move" if notice.appointment else "book"), visit, desk)

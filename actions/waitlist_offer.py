"""A time that is kept for who waits for it: yes takes it, no passes it on, and a late yes is answered honestly.

Thanks alone take nothing; the time that is offered, said back, does. Any other wish is heard as one, and the offer
waits for its answer as long as the time is kept.
"""

from __future__ import annotations

from typing import Any, Literal
from zoneinfo import ZoneInfo

from actions import offers, speech
from actions.choose_alternative import said_in, tapped
from actions.core_types import Closed, Desk, Notice, Offer
from actions.decide import about
from actions.draft import Draft
from actions.moments import clock_said, moment
from actions.outcome import DeclineOffer, Outcome, TakeOffer
from actions.people import called
from actions.reply_words import only_asks, says_any
from actions.turn_types import Heard, Line
from actions.understand import Facts, facts_in, merged
from actions.wishes import exactly_at, ranges_of, unguessed
from actions.words import words

Answer = Literal["take", "pass", "leave"]

_TAKES = frozenset({"affirm", "inform", "book_appointment", "reschedule_appointment", "choose_alternative"})
_WISHES = frozenset(
    "book_appointment reschedule_appointment check_availability request_alternatives correct inform join_waitlist "
    "choose_alternative out_of_scope".split()
)
_SAID_OF_NOTHING = frozenset({"book_appointment", "join_waitlist", "request_alternatives"})
_SAYS_NOTHING_ELSE = (_WISHES | {"affirm", "deny", "goodbye", "thank"}) - {"check_availability"}


def reply(
    notice: Notice, intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk
) -> Outcome | None:
    """What comes of it; None when the message is about something else."""
    said = answer(notice, intent, draft, facts, heard, desk)
    offer = offered(notice)
    if said == "take":
        return Outcome(draft, effects=(TakeOffer(notice),))
    if said is None:
        return _instead(notice, intent, draft, facts, heard, desk)
    passed = ("utter_offer_passed", "utter_offer_passed_visit")
    left = ("utter_offer_left", "utter_offer_left_visit")
    key = (left if said == "leave" else passed)[notice.appointment is not None]
    line = Line(key, facts_of(notice, desk))
    return Outcome(Draft(), (line,), "say", effects=(DeclineOffer(offer.id, leaves=said == "leave"),))


def answer(
    notice: Notice, intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk
) -> Answer | None:
    if heard.tap:
        option = tapped(heard, draft, desk)
        return option.value if option and option.kind == "notice" else None
    if intent == "leave_waitlist" or speech.says("needs_no_more", heard.text, desk.language):
        return "leave"
    picked = said_in(heard.text, facts, draft, desk) if intent == "choose_alternative" else None
    if picked is not None:
        return picked.value if picked.kind == "notice" else None
    earlier = notice.appointment is not None
    if earlier and intent in _WISHES and speech.says("the_earlier", heard.text, desk.language):
        return "take"
    if _names_another(notice, draft, facts, desk):
        return None
    if earlier and intent == "cancel_appointment" and says_any(("at_all", "cancels"), heard, desk):
        return None  # of the visit that stands
    if intent == "deny" or says_any(("cannot_come", "declines", "not_now"), heard, desk):
        return "pass"
    if earlier and not only_asks(heard, desk) and says_any(("keeps_it", "as_before"), heard, desk):
        return "pass"
    return "take" if _takes(intent, facts, heard, desk) else None


def _takes(intent: str, facts: Facts, heard: Heard, desk: Desk) -> bool:
    if only_asks(heard, desk):
        return False
    if intent == "affirm" or (intent in _TAKES and facts.when is not None):
        return True
    if intent == "book_appointment" and not facts.any:
        return True
    return intent in _SAYS_NOTHING_ELSE and says_any(("will_come", "takes_it"), heard, desk)


def _instead(
    notice: Notice, intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk
) -> Outcome | None:
    """ "Can it be an hour later?" is a wish for the same, near the time that is kept."""
    offer = offered(notice)
    if intent not in _WISHES or facts.named.services:
        return None
    if facts.when is None:
        return Outcome(draft, (), "again") if intent in _SAID_OF_NOTHING else None
    visit = desk.appointment(notice.appointment.id if notice.appointment else None)
    wish = about(Draft(goal="move"), visit) if visit else Draft(goal="book", service_id=offer.service_id)
    wish = wish.but(staff_id=offer.slot.staff_id, location_id=offer.slot.location_id)
    start = offer.slot.start
    wish = wish.but(when=exactly_at(start, wish, desk).to_json(), shown=(start.isoformat(),))
    return Outcome(*merged(wish, facts_in(heard, wish, desk), desk))


def offered(notice: Notice) -> Offer:
    assert notice.offer is not None
    return notice.offer


def facts_of(notice: Notice, desk: Desk) -> dict[str, Any]:
    offer, locale = offered(notice), offers.locale_of(desk)
    service, member = desk.service(offer.service_id), desk.staff_member(offer.slot.staff_id)
    place = desk.location(offer.slot.location_id)
    zone = ZoneInfo(place.zone if place else desk.business.zone)
    start, until = offer.slot.start.astimezone(zone), offer.until.astimezone(zone)
    read = notice.said_at.astimezone(zone).date() == until.date()
    stands = offers.visit_facts(notice.visit, desk)["moment"] if notice.appointment else ""
    return {
        "service": service.name if service else words("utter_that_service", desk.language),
        "person": called(member.name, desk.staff) if member else "",
        "moment": moment(start, locale),
        "until": clock_said(until, locale) if read else moment(until, locale),
        "stands": stands,
    }


def too_late(notice: Notice, why: Closed, desk: Desk) -> tuple[Draft, tuple[Line, ...]]:
    """It is wished for as any other time is: it may still be free, else others near it are."""
    offer = offered(notice)
    draft = Draft(goal="book", service_id=offer.service_id)
    if visit := desk.appointment(notice.appointment.id if notice.appointment else None):
        draft = about(Draft(goal="move", staff_id=offer.slot.staff_id), visit)
    draft = draft.but(staff_id=offer.slot.staff_id, location_id=offer.slot.location_id)
    draft = draft.but(when=exactly_at(offer.slot.start, draft, desk).to_json())
    over = why.code == "offer_over" and why.facts.get("state") != "withdrawn"
    return draft, (Line("utter_offer_over", facts_of(notice, desk)),) if over else ()


def _names_another(notice: Notice, draft: Draft, facts: Facts, desk: Desk) -> bool:
    """Another time, service or person than the one that is offered."""
    offer = offered(notice)
    if any(service.id != offer.service_id for service in facts.named.services):
        return True
    if facts.named.staff and facts.named.staff.id != offer.slot.staff_id:
        return True
    if facts.when is None:
        return False
    if facts.when.shift is not None or facts.when.order or not facts.when.wishes:
        return True
    at_place = draft.but(location_id=offer.slot.location_id)
    ranges = ranges_of(unguessed(facts.when), at_place, desk)
    return not any(begins <= offer.slot.start < ends for begins, ends in ranges)

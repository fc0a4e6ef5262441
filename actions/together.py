"""The summary of visits that belong together, each with whom it is for, and what is said once they are booked."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from actions import offers, services
from actions.core_types import Appointment, Desk, Slot
from actions.draft import Draft
from actions.moments import moment
from actions.turn_types import Line
from actions.whose import for_whom
from actions.words import words


def summary(draft: Draft, slot: Slot, desk: Desk) -> tuple[Line, ...]:
    """All in one, with the sum; the question names them both or all."""
    both = len(slot.each) == 2
    if offers.asks_first(draft, desk):
        asks = "utter_together_ask_first" if both else "utter_series_ask_first"
    else:
        asks = "utter_together_ask" if both else "utter_series_ask"
    minor = sum(each.price_minor for own in draft.visits for each in services.of(own, desk))
    facts = {
        **offers.slot_facts(slot, draft, desk),
        "count": len(slot.each),
        "visits": "\n".join(_visits(draft, slot, desk)),
        "price": offers.price(minor, desk),
    }
    return (*_in_a_row(draft, slot), Line("utter_together_summary", facts), Line(asks, facts))


def offer(draft: Draft, desk: Desk) -> Line:
    """What each is to have; one who comes alone need not be named."""
    wished = _wished(draft, desk)
    if all(each.attendee is None for each in draft.visits):
        wished = [offers.visit_wished(each, desk)["service"] for each in draft.visits]
    return Line("utter_offer_together", {"visits": services.said(wished, desk)})


def done(visits: list[Appointment], desk: Desk) -> tuple[Line, ...]:
    facts = [offers.visit_facts(each, desk) for each in visits]
    if visits[0].is_request:
        key = "utter_both_requested" if len(visits) == 2 else "utter_all_requested"
    else:
        key = "utter_both_booked" if len(visits) == 2 else "utter_all_booked"
    opening = Line(key, {**facts[0], "count": len(visits)})
    return (opening, *(Line("utter_appointment_line", each) for each in facts))


def _in_a_row(draft: Draft, slot: Slot) -> tuple[Line, ...]:
    """Said where it may surprise: one person cannot be seen twice at once anyway."""
    people = {each.attendee for each in draft.visits}
    if len(people) == 1 or len({each.start for each in slot.each}) == 1:
        return ()
    return (Line("utter_one_after_the_other" if len(slot.each) == 2 else "utter_not_all_at_once"),)


def _visits(draft: Draft, slot: Slot, desk: Desk) -> list[str]:
    zone = location.zone if (location := desk.location(slot.location_id)) else desk.business.zone
    return [
        words(
            "utter_one_of_several",
            desk.language,
            service=wished,
            person=person,
            moment=moment(each.start.astimezone(ZoneInfo(zone)), offers.locale_of(desk)),
        )
        for wished, each, person in zip(
            _wished(draft, desk), slot.each, services.who_each(slot, desk), strict=True
        )
    ]


def _wished(draft: Draft, desk: Desk) -> list[str]:
    """ "Haircut for Maria", "Beard trim for your son"."""
    own = (
        f" {words('utter_for_somebody', desk.language, who=desk.customer.name)}" if desk.customer.name else ""
    )
    return [
        offers.visit_wished(visit, desk)["service"] + (for_whom(visit.attendee, desk) or own)
        for visit in draft.visits
    ]

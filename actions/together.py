"""The summary for two who come together: both visits, each with whom it is for, and one question."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from actions import offers, services
from actions.core_types import Desk, Slot
from actions.draft import Draft
from actions.moments import moment
from actions.turn_types import Line
from actions.whose import for_whom
from actions.words import words


def summary(draft: Draft, slot: Slot, desk: Desk) -> tuple[Line, ...]:
    key = "utter_together_request_summary" if offers.asks_first(draft, desk) else "utter_together_summary"
    lines = (Line(key, _facts(slot, draft, desk)),)
    apart = slot.beside is not None and slot.beside.start != slot.start
    return (Line("utter_one_after_the_other"), *lines) if apart else lines


def _facts(slot: Slot, draft: Draft, desk: Desk) -> dict[str, Any]:
    """Two visits in one summary: each with whom it is for, by whom and when; the price is of both."""
    facts = offers.slot_facts(slot, draft, desk)
    zone = location.zone if (location := desk.location(slot.location_id)) else desk.business.zone
    own = words("utter_for_somebody", desk.language, who=desk.customer.name or "")
    lines = [
        words(
            "utter_one_of_two",
            desk.language,
            service=offers.visit_wished(draft, desk)["service"] + whom,
            person=person,
            moment=moment(each.start.astimezone(ZoneInfo(zone)), offers.locale_of(desk)),
        )
        for each, whom, person in zip(
            (slot, slot.beside or slot),
            (f" {own}", for_whom(draft.companion, desk)),
            services.who_each(slot, desk),
            strict=True,
        )
    ]
    minor = 2 * sum(each.price_minor for each in services.of(draft, desk))
    return {**facts, "first": lines[0], "second": lines[1], "price": offers.price(minor, desk)}

"""What a service costs and how long it takes, what a visit did cost; without a service, the price list."""

from __future__ import annotations

from collections.abc import Sequence

from actions import offers, services, speech
from actions.core_types import Desk, Service
from actions.draft import Draft, Option
from actions.notice_kinds import KINDS
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts
from actions.words import words

_MOST_TO_BOOK = 3


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    if draft.goal == "cancel" and not facts.named.services:
        return Outcome(draft, (), "again")  # what cancelling costs is part of that question
    asked = list(facts.named.services)
    told_of = desk.appointment(draft.appointment_id) if draft.notice else None
    if not asked and told_of:
        return Outcome(draft, (Line("utter_price_agreed", offers.visit_facts(told_of, desk)),), "again")
    if paid := _paid(draft, facts, heard, desk):
        return paid
    if not asked and speech.says("cheapest", heard.text, desk.language):
        return _cheapest(draft, desk)
    if not asked and (standing := _standing(draft, desk)):
        asked = [standing]
    if not asked:
        return price_list(draft, facts, heard, desk)
    lines = tuple(Line("utter_price", {"line": offers.service_line(each, desk)}) for each in asked)
    if draft.goal or draft.notice:
        return Outcome(draft, lines, "again")
    clear = all(len(wish) == 1 for wish in facts.named.wishes)
    draft = draft.but(service_id=None, also=())
    meant = services.with_ids(draft, [each.id for each in asked], desk) if clear else draft
    return Outcome(meant, lines, "say", to_book(asked, desk))


def to_book(asked: Sequence[Service], desk: Desk) -> tuple[Option, ...]:
    """ "Book Haircut"."""
    return tuple(
        Option(
            kind="service",
            label=words("utter_button_book_service", desk.language, service=each.name),
            value=each.id,
        )
        for each in asked[:_MOST_TO_BOOK]
    )


def _cheapest(draft: Draft, desk: Desk) -> Outcome:
    cheapest = min(desk.services, key=lambda each: each.price_minor)
    line = Line("utter_cheapest", {"line": offers.service_line(cheapest, desk)})
    return Outcome(draft, (line,), "again", () if draft.goal else to_book((cheapest,), desk))


def price_list(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    of_this = _standing(draft, desk) and speech.says("asks_of_this", heard.text, desk.language)
    if facts.named.services or of_this:
        return apply(draft, facts, heard, desk)
    if paid := _paid(draft, facts, heard, desk):
        return paid
    unknown = facts.named.unknown_service
    lines = [Line("utter_unknown_service", {"said": unknown})] if unknown else []
    lines.append(Line("utter_price_list"))
    lines += [Line("utter_price", {"line": offers.service_line(each, desk)}) for each in desk.services]
    return Outcome(draft, tuple(lines), "again", offers.first_steps(desk)[:1])


def _paid(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome | None:
    """ "How much was it?": what the visit came to that they are asked about, or had last."""
    notice = desk.notice(draft.notice)
    visit = notice.appointment if notice and KINDS[notice.kind].over else desk.last_visit
    if visit is None or draft.goal or not speech.says("was_paid", heard.text, desk.language):
        return None
    had = {visit.service_id, *(item.service_id for item in visit.items)}
    if any(service.id not in had for service in facts.named.services):
        return None
    return Outcome(draft, (Line("utter_price_paid", offers.visit_facts(visit, desk)),), "again")


def _standing(draft: Draft, desk: Desk) -> Service | None:
    """What is being arranged, or was just booked."""
    visit = desk.appointment(draft.appointment_id)
    return desk.service(draft.service_id or (visit.service_id if visit else None))

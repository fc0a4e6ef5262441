"""One of what was offered: by tap, by digit, or in words ("the second one", "3 pm is fine", "the one with Ana")."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from actions import (
    change_language,
    deny,
    labels,
    leave_waitlist,
    repeats,
    request_alternatives,
    services,
    speech,
    undo,
)
from actions.book_appointment import booking
from actions.catalogue import best_matching
from actions.companions import so_many_said, with_service, with_so_many
from actions.core_types import Desk, Slot
from actions.decide import about
from actions.draft import Draft, Option, Question
from actions.likeness import words_of
from actions.moments import comes_twice, name_of_time
from actions.noted import with_note
from actions.offers import staff_options
from actions.outcome import Commit, Erase, Outcome
from actions.the_usual import turned_down
from actions.turn_types import Heard, Line
from actions.understand import Facts, merged
from actions.when import TimeConstraint
from actions.wishes import ranges_of, unguessed, wanted, with_when, zone_of

_BEFORE_A_PICK = len("the ")


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """A tap counts only on the message that belongs to the draft as it stands."""
    if heard.tap:
        option = tapped(heard, draft, desk)
        if option is None:
            return Outcome(draft, (Line("utter_offer_gone"),), "again")
        return take(option, draft, heard, desk)
    option = said_in(heard.text, facts, draft, desk) or _only_fitting(facts, draft, desk)
    if option:
        note = with_note(draft.note, facts.note) if facts.note else draft.note
        return take(option, draft.but(note=note, attendee=facts.attendee or draft.attendee), heard, desk)
    if facts.any:
        return Outcome(*merged(draft if draft.goal else booking(draft, facts), facts, desk))
    return Outcome(draft, (), "again")


def tapped(heard: Heard, draft: Draft, desk: Desk) -> Option | None:
    """The option under the finger; None when the button is of an older draft, or of a notice no longer known."""
    if not heard.tap or not draft.question:
        return None
    version, n = heard.tap
    if version != desk.draft.version and (heard.of_notice is None or heard.of_notice != draft.notice):
        return None
    return draft.question.options[n - 1] if 1 <= n <= len(draft.question.options) else None


def take(option: Option, draft: Draft, heard: Heard, desk: Desk) -> Outcome:
    """The draft after this option was chosen. Options of kind "intent" are the turn's business."""
    match option.kind:
        case "service":
            return Outcome(_with_service(option.value, draft if draft.goal else Draft(goal="book"), desk))
        case "appointment":
            visit = desk.appointment(option.value)
            gone = Outcome(draft, (Line("utter_offer_gone"),))
            return Outcome(about(draft.but(question=None), visit)) if visit else gone
        case "waiting":
            return leave_waitlist.take(option)
        case "yes":
            return Outcome(draft, effects=(Commit(),))
        case "forget":
            return Outcome(draft, effects=(Erase(),))
        case "language":
            return change_language.apply(draft, Facts(), heard, desk)
        case "undo":
            return undo.apply(draft, Facts(), heard, desk)
        case "no":
            return deny.apply(draft, Facts(), heard, desk)
        case "change":
            return _change(option.value, draft, desk)
    wish = _wish(option, draft, desk)
    return Outcome(wish) if wish else Outcome(draft, (), "again")


def _wish(option: Option, draft: Draft, desk: Desk) -> Draft | None:
    """What is arranged, with what this option says of it; None when it says nothing of it."""
    match option.kind:
        case "slot":
            return draft.but(slot=Slot.model_validate(option.value), assumed=())
        case "addon":
            return services.with_ids(draft.without_slot(), (*draft.service_ids, option.value), desk)
        case "staff":
            return draft.without_slot().but(staff_id=option.value, unsure_of=())
        case "reading":
            return draft.without_slot().but(when=option.value)
        case "people":
            return with_so_many(draft, option.value)
        case "for_companion":
            return with_service(draft, *option.value)
        case "times":
            return repeats.heard(draft.but(question=None), option.value, None)
        case "all":
            return draft.but(question=None, several=tuple(option.value))
        case "more":
            return request_alternatives.more(draft, desk)
        case "anyone":
            return draft.without_slot().but(staff_id=None, location_id=None, when=None)
    return None


def _with_service(key: int, draft: Draft, desk: Desk) -> Draft:
    """The one that was asked for joins the rest of the visit; another one than stands there takes its place."""
    joins = draft.service_id is None or key in draft.either
    ids = (*draft.service_ids, key) if joins else (key,)
    return services.with_ids(draft.without_slot().but(either=()), ids, desk)


def _change(what: str, draft: Draft, desk: Desk) -> Outcome:
    if what == "time":
        return Outcome(draft.without_slot().but(when=None))
    if what == "person":
        question = Question(kind="person", options=staff_options(draft, desk))
        return Outcome(draft.without_slot().but(question=question), (), "again")
    if what == "service":
        return Outcome(turned_down(draft).but(service_id=None, also=(), staff_id=None))
    return Outcome(Draft(), (Line("utter_dropped"),), "say")


def said_in(text: str, facts: Facts, draft: Draft, desk: Desk) -> Option | None:
    """The offered option these words point at without doubt: a place in the list, an exact time, or its own words."""
    options = list(draft.question.options) if draft.question else []
    beside = ("more", "intent", "anyone", "language", *(("change",) if draft.options_of("slot") else ()))
    listed = [each for each in options if each.kind not in beside]
    if not listed:
        return None
    if so_many := so_many_said(text, draft, desk.language):
        return so_many
    if (n := _place_said(text, facts, listed, desk.language)) is not None:
        named = listed[n] if -len(listed) <= n < len(listed) else None
        return named if named and _may_be_meant(named, facts, draft, desk) else None
    if named := _hour_named(text, draft, desk):
        return named
    if facts.when and all(wish.exact for wish in facts.when.wishes) and len(facts.when.wishes) == 1:
        fitting = _fitting(facts, draft, desk)
        return fitting[0] if len(fitting) == 1 else None
    named = _named(text, options)
    return named if named and _may_be_meant(named, facts, draft, desk) else None


def _may_be_meant(option: Option, facts: Facts, draft: Draft, desk: Desk) -> bool:
    """ "The last one on Friday" is none of Thursday's, and "cut" no "Kids' cut" where another service is called so."""
    if option.kind == "service" and facts.named.services:
        return option.value in [each.id for each in facts.named.services]
    if option.kind != "slot" or not facts.when or not any(each.has_day for each in facts.when.wishes):
        return True
    return option in _fitting(facts, draft, desk)


def _named(text: str, options: list[Option]) -> Option | None:
    """What its label says, in whatever language it was read."""
    found = (best_matching(text, read) for read in labels.as_read(options))
    spots = {spot for spot in found if spot is not None}
    return options[spots.pop()] if len(spots) == 1 else None


def typed(text: str, draft: Draft) -> bool:
    """Whether a button was typed, word for word, instead of tapped."""
    options = [each for each in draft.question.options if each.kind != "intent"] if draft.question else []
    said = words_of(text)
    return any(words_of(label) == said for read in labels.as_read(options) for label in read)


def picked_first(text: str, draft: Draft, desk: Desk) -> bool:
    """ "The second one, and is there parking?": whatever else is asked, one was chosen."""
    found = speech.places("nth", text, desk.language)
    return bool(found and found[0][0] <= _BEFORE_A_PICK and draft.options_of("slot"))


def _hour_named(text: str, draft: Draft, desk: Desk) -> Option | None:
    """ "GMT please", of an hour that comes twice."""
    zone, said = ZoneInfo(zone_of(draft, desk)), set(re.findall(r"[a-z]+", text.lower()))
    local = [(option, _start(option).astimezone(zone)) for option in draft.options_of("slot")]
    fitting = [option for option, at in local if comes_twice(at) and name_of_time(at).lower() in said]
    return fitting[0] if len(fitting) == 1 else None


def _place_said(text: str, facts: Facts, listed: list[Option], language: str) -> int | None:
    for begins, ends in speech.places("nth", text, language)[:1]:
        if not _is_part_of_a_date(begins, ends, facts):
            word = text[begins:ends]
            return int(word) - 1 if word.isdecimal() else speech.place(word, language)
    slots = [each for each in listed if each.kind == "slot"]
    if slots and speech.says("the_earlier", text, language):
        return listed.index(min(slots, key=_start))
    if slots and speech.says("the_later", text, language):
        return listed.index(max(slots, key=_start))
    return None


def _is_part_of_a_date(begins: int, ends: int, facts: Facts) -> bool:
    """ "Saturday the 2nd", "the 2nd at 3": no place in the list. "The 2nd" alone is one."""
    spans = facts.when.spans if facts.when else ()
    within = any(first <= begins < last for first, last in spans)
    return within and sum(last - first for first, last in spans) > ends - begins


def _only_fitting(facts: Facts, draft: Draft, desk: Desk) -> Option | None:
    """ "The Friday one": a day, or a person, is enough when only one offered time has it."""
    fitting = draft.options_of("slot")
    if facts.when:
        fitting = _fitting(facts, draft, desk)
    if facts.named.staff:
        fitting = [each for each in fitting if each.value["staff_id"] == facts.named.staff.id]
    return fitting[0] if (facts.when or facts.named.staff) and len(fitting) == 1 else None


def _fitting(facts: Facts, draft: Draft, desk: Desk) -> list[Option]:
    """The offered times that the time said covers; a bare clock time may be any offered day's."""
    assert facts.when is not None
    inside = _inside(facts.when, draft, desk)
    if inside or not draft.when:
        return inside
    together = wanted(with_when(draft.but(slot=None), facts.when, desk))
    return _inside(together, draft, desk) if together else []


def _inside(said: TimeConstraint, draft: Draft, desk: Desk) -> list[Option]:
    """A time that is skipped covers nothing, one that comes twice covers both."""
    ranges = () if said.skipped else ranges_of(unguessed(said), draft, desk)
    return [each for each in draft.options_of("slot") if any(a <= _start(each) < b for a, b in ranges)]


def _start(option: Option) -> datetime:
    return Slot.model_validate(option.value).start

"""What a yes writes into the diary.

The step that was taken stays in the draft with the version it made, so that "undo" takes back that very step and no
other.
"""

from __future__ import annotations

from dataclasses import replace

from actions import cancel_many, offers, repeats, together
from actions.core_client import CoreClient, Refused
from actions.core_series import Planned
from actions.core_types import Appointment, Desk
from actions.draft import WAITS, Change, Draft, Option
from actions.noted import with_note
from actions.party import visits_wanted
from actions.query import query_for
from actions.reasons import ending
from actions.turn_types import Line, Speak
from actions.waiting import joined, note_for_the_team, ranges_waited
from actions.wishes import zone_of
from actions.words import words


async def change(key: str, draft: Draft, desk: Desk, core: CoreClient) -> Speak:
    """Book, move, cancel or wait as the draft says. Raises Refused."""
    if draft.goal in WAITS:
        query = replace(query_for(draft, desk), wishes=ranges_waited(draft, desk), wall=None)
        await core.join_waitlist(key, query, draft.appointment_id, note_for_the_team(draft, desk))
        return joined(draft, desk)
    if draft.several:
        return await cancel_many.cancel_all(key, draft, desk, core)
    if draft.goal == "cancel":
        return done(draft, await core.cancel(key, await _visit(draft, desk, core)), desk)
    assert draft.slot is not None
    if draft.goal == "move":
        visit = await _visit(draft, desk, core)
        moved = await core.reschedule(key, visit, draft.slot, draft.hold_id)
        if draft.note:
            moved = moved.model_copy(update={"note": with_note(moved.note, draft.note)})
            await note_down(moved, moved.note or "", desk, core)
        return done(draft, moved, desk)
    if draft.slot.beside:
        return _all_done(await core.book_together(key, visits_wanted(draft, draft.slot, desk)), desk)
    (wanted,) = visits_wanted(draft, draft.slot, desk)
    if draft.repeats:
        rule = repeats.rule_of(draft.repeats, draft.slot, zone_of(draft, desk))
        planned = await core.book_series(key, wanted, rule, draft.repeats.planned)
        return repeats.booked(planned, draft, desk)
    return done(draft, await core.book(key, wanted), desk)


async def plan(draft: Draft, desk: Desk, core: CoreClient) -> Planned:
    """What becomes of the visits that recur. Raises Refused."""
    assert draft.slot is not None
    assert draft.repeats is not None
    rule = repeats.rule_of(draft.repeats, draft.slot, zone_of(draft, desk))
    (wanted,) = visits_wanted(draft, draft.slot, desk)
    return await core.plan_series(wanted, rule)


async def note_down(visit: Appointment, note: str, desk: Desk, core: CoreClient) -> tuple[Line, ...]:
    """Keep the whole note with a visit; what has to be said if that cannot be."""
    try:
        await core.set_note(visit.id, note)
    except Refused as refusal:
        return ending(refusal.why, Draft(appointment_id=visit.id), desk)
    return ()


async def done_before(draft: Draft, desk: Desk, core: CoreClient) -> Speak | None:
    """This very turn has moved, cancelled or joined already, and was interrupted before it could say so."""
    if draft.goal == "book":
        return None
    if draft.goal in WAITS:
        return joined(draft, desk)
    visit = await _visit(draft, desk, core)
    if draft.slot is None:
        as_wished = visit.status == "cancelled"
    else:
        as_wished = (visit.start, visit.staff_id) == (draft.slot.start, draft.slot.staff_id)
    return done(draft, visit, desk) if as_wished else None


async def _visit(draft: Draft, desk: Desk, core: CoreClient) -> Appointment:
    """The visit as it stands; one just cancelled is no longer among the upcoming ones, so it is looked up."""
    assert draft.appointment_id is not None
    return desk.appointment(draft.appointment_id) or await core.appointment(draft.appointment_id)


def _all_done(visits: list[Appointment], desk: Desk) -> Speak:
    lines = together.done(visits, desk)
    first, after = visits[0], Draft(appointment_id=visits[0].id)
    if first.undo_until is None:
        return Speak(after, lines)
    beside = tuple((each.id, each.version) for each in visits[1:])
    done = Change(
        goal="book", appointment_id=first.id, version=first.version, until=first.undo_until, beside=beside
    )
    return Speak(after.but(done=done), lines, "next", (offers.undo(desk),))


def done(draft: Draft, visit: Appointment, desk: Desk) -> Speak:
    """It is as the draft says."""
    facts = offers.visit_facts(visit, desk)
    goal = draft.goal or "book"
    after = Draft(appointment_id=None if goal == "cancel" else visit.id)
    options: tuple[Option, ...] = ()
    if visit.undo_until:
        change = Change(goal=goal, appointment_id=visit.id, version=visit.version, until=visit.undo_until)
        after, options = after.but(done=change), (offers.undo(desk),)
    if goal == "cancel":
        return Speak(after, (Line("utter_cancelled", facts),), "next" if options else None, options)
    links = () if visit.is_request else ((words("utter_link_calendar", desk.language), visit.calendar_url),)
    said = {
        ("book", False): "utter_booked",
        ("book", True): "utter_requested",
        ("move", False): "utter_moved",
        ("move", True): "utter_request_moved",
    }[goal, visit.is_request]
    return Speak(after, (Line(said, facts),), "next" if options else None, options, links)

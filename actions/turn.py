"""One turn, top to bottom: load → understand → decide → say → save.

Every step may be repeated: the plan of a finished turn is kept with the draft, and what changes a booking carries a key
made of the turn, so a turn that is tried again after a crash does nothing twice and says the same.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from actions import (
    arranging,
    diary,
    elsewhere_told,
    feedback,
    feedback_told,
    labels,
    notice,
    notice_reply,
    party,
    react,
    running_late,
    turned_down,
)
from actions.accept_proposal import accepted
from actions.choose_alternative import tapped
from actions.core_client import CoreClient, Refused
from actions.core_types import Closed, Desk
from actions.decide import KeepSlot, Known, Search, cannot, decide
from actions.draft import Draft, QuestionKind
from actions.intents import APPLY, READS_WAITLIST
from actions.kept import keep_in_core
from actions.offers import first_steps
from actions.outcome import (
    AcceptProposal,
    AddNote,
    Commit,
    Erase,
    Invite,
    Outcome,
    Rate,
    Rename,
    TakeOffer,
    TellLate,
    Undo,
)
from actions.query import query_for
from actions.repeats import PlanSeries
from actions.route import intent_for, name_given, speaks_of_the_visit
from actions.say import SILENCE, say
from actions.side_questions import with_side_answers
from actions.take_back import take_back
from actions.take_offer import take_offer
from actions.turn_types import Caller, Heard, Line, Speak
from actions.understand import facts_in
from actions.who_speaks import in_their_language, with_customer
from actions.words import words

log = logging.getLogger(__name__)
_MOST_STEPS = 8
_TRIES = 3
_WHOEVER_SPEAKS = frozenset({"stop", "resume_messages"})
_MAY_BE_ONLY_A_NAME = frozenset({"inform", "correct", "out_of_scope"})


async def take_turn(heard: Heard, caller: Caller, core: CoreClient) -> dict[str, Any]:
    """The plan that answers `heard`. Raises CoreAway when the core cannot be asked."""
    heard = react.in_words(heard)
    for _ in range(_TRIES):
        desk = await core.open(caller)
        stored = desk.draft
        if stored.turn_id == heard.turn_id and stored.plan:
            return stored.plan
        if desk.conversation.handed_over and heard.intent not in _WHOEVER_SPEAKS:
            return await _leave_to_the_team(heard, desk, core)
        desk = await in_their_language(desk, heard, _before(heard, desk), core)
        speak = await _answer(heard, caller, desk, core)
        if speak is None:
            return SILENCE
        plan = say(speak, stored.version + 1, desk.language)
        try:
            draft = speak.as_asked
            state = draft.model_dump(mode="json", exclude_defaults=True)
            summary = arranging.in_words(draft, desk)
            await core.save_draft(desk.conversation.id, stored.version, state, heard.turn_id, plan, summary)
        except Refused as refusal:
            log.info("turn %s: %s, once more", heard.turn_id, refusal.code)
            continue
        return plan
    raise Refused("draft_moved_on", {})


async def _leave_to_the_team(heard: Heard, desk: Desk, core: CoreClient) -> dict[str, Any]:
    """A person has taken over: they are told that something waits for them, and we say nothing."""
    option = tapped(heard, _before(heard, desk), desk)
    said = option.label if option else heard.picture or heard.text
    await core.customer_wrote(desk.conversation.id, said, heard.turn_id)
    return SILENCE


async def _answer(heard: Heard, caller: Caller, desk: Desk, core: CoreClient) -> Speak | None:
    """None: the last word has been said already."""
    draft = labels.in_their_language(_before(heard, desk), desk)
    facts = facts_in(heard, draft, desk)
    name = name_given(heard, facts, draft, desk)
    if name:
        desk = await with_customer(desk, core, name=name)
        if (
            draft.question
            and draft.question.kind in ("name", "confirm")
            and not speaks_of_the_visit(heard, facts, desk)
        ):
            speak = await _arrange(draft, desk, core, ())
            return with_side_answers(speak, "inform", draft, facts, heard, desk)
    intent = intent_for(heard, facts, draft, desk)
    log.info("turn %s: heard %s, taken as %s", heard.turn_id, heard.intent, intent)
    if intent in READS_WAITLIST:
        desk = desk.model_copy(update={"waiting": await core.waiting(desk.customer.id)})
    replied = (
        turned_down.reply(intent, draft, facts, heard, desk)
        or feedback.reply(intent, draft, facts, heard, desk)
        or notice_reply.reply(intent, draft, facts, heard, desk)
    )
    if name and intent in _MAY_BE_ONLY_A_NAME and not (replied or facts.any or facts.note):
        outcome = Outcome(draft, (Line("utter_name_kept", {"name": name}),), "again", first_steps(desk))
    else:
        outcome = replied or APPLY[intent](draft, facts, heard, desk)
    if outcome.draft.strikes == draft.strikes:
        outcome = replace(outcome, draft=outcome.draft.but(strikes=0))
    if Erase() in outcome.effects:
        await _forget(heard, caller, desk, core)
        return None
    speak = await _carry_out(outcome, heard, caller, desk, core)
    if draft.hold_id and speak.draft.hold_id is None and Commit() not in outcome.effects:
        await _let_go(draft.hold_id, core)
    speak = with_side_answers(speak, "affirm" if replied else intent, draft, facts, heard, desk)
    under = notice.left_under(draft, outcome, speak, intent, desk)
    return await _with_what_waits(speak, under, caller, desk, core) if under else speak


def _before(heard: Heard, desk: Desk) -> Draft:
    """What this message is read by."""
    return notice.on_the_table(Draft.model_validate(desk.draft.state), heard, desk)


async def _with_what_waits(speak: Speak, under: Draft, caller: Caller, desk: Desk, core: CoreClient) -> Speak:
    """It stays below the present matter; once that is settled it is asked again, if it still makes sense."""
    if not notice.is_settled(speak):
        shelved = under.model_dump(mode="json", exclude_defaults=True)
        return replace(speak, draft=speak.draft.but(shelved=shelved))
    customer, desk = desk.customer, await core.open(caller)
    desk = desk.model_copy(update={"customer": customer})
    if not notice.still_makes_sense(under, desk):
        return speak
    back = () if under.notice else (Line("utter_back_to"),)
    outcome = Outcome(under.but(done=speak.draft.done), (*speak.lines, *back), "again")
    asked = await _ask_again(outcome, desk, core)
    beside = tuple(each for each in speak.options if each.kind == "undo")
    return replace(asked, options=(*asked.options, *beside), links=(*speak.links, *asked.links))


async def _forget(heard: Heard, caller: Caller, desk: Desk, core: CoreClient) -> None:
    """Nothing is left to answer in, so the core says the last word itself."""
    farewell = words("utter_data_deleted", desk.language, business=desk.business.name)
    await core.erase(f"{desk.conversation.id}:{heard.turn_id}", desk.customer.id, caller, farewell)


async def _let_go(hold_id: int, core: CoreClient) -> None:
    """What is no longer wanted is free for others at once; a hold that has run out is gone anyway."""
    try:
        await core.release(hold_id)
    except Refused as refusal:
        log.info("hold %s: %s", hold_id, refusal.code)


async def _carry_out(outcome: Outcome, heard: Heard, caller: Caller, desk: Desk, core: CoreClient) -> Speak:
    key = f"{desk.conversation.id}:{heard.turn_id}"
    for effect in outcome.effects:
        match effect:
            case Commit():
                return await _commit(key, outcome.draft, desk, core)
            case Rename(name):
                desk = await with_customer(desk, core, name=name)
            case AddNote(noted, note):
                if refused := await diary.note_down(noted, note, desk, core):
                    outcome = replace(outcome, lines=refused)
            case Undo(change):
                return await take_back(key, change, desk, core)
            case AcceptProposal(proposal):
                return await accepted(key, proposal, desk, core)
            case TellLate(minutes, said, visit_id):
                visit = await core.running_late(key, desk.customer.id, minutes, said, visit_id)
                outcome = replace(outcome, lines=running_late.told(visit, minutes, desk))
            case TakeOffer(offered):
                taken = await take_offer(key, offered, desk, core)
                return (
                    taken
                    if isinstance(taken, Speak)
                    else await _arrange(taken.draft, desk, core, taken.lines)
                )
            case Invite():
                outcome = await elsewhere_told.invite(effect, outcome, caller, desk, core)
            case Rate():
                outcome = await feedback_told.rate(key, effect, outcome, desk, core)
            case _:
                await keep_in_core(effect, key, caller, desk, core)
    speak = await _go_on(outcome, desk, core)
    shown = [each.value for each in speak.options]
    beside = tuple(each for each in outcome.beside if each.value not in shown)
    asks = speak.asks or ("next" if beside else None)
    return replace(speak, options=(*speak.options, *beside), asks=asks)


async def _go_on(outcome: Outcome, desk: Desk, core: CoreClient) -> Speak:
    if outcome.then == "decide":
        return await _arrange(outcome.draft, desk, core, outcome.lines)
    if outcome.then == "again":
        return await _ask_again(outcome, desk, core)
    question = outcome.draft.question
    if outcome.then == "keep" and question:
        return Speak(outcome.draft, outcome.lines, question.kind, question.options, outcome.links)
    asks: QuestionKind | None = "next" if outcome.options else None
    return Speak(outcome.draft, outcome.lines, asks, outcome.options, outcome.links)


async def _arrange(
    draft: Draft,
    desk: Desk,
    core: CoreClient,
    lines: tuple[Line, ...],
    refused: Closed | None = None,
    *,
    held: bool = False,
) -> Speak:
    """Ask the core what `decide` wants to know until it speaks."""
    known = Known(lines=lines, refused=refused, held=held)
    for _ in range(_MOST_STEPS):
        step = decide(draft, desk, known)
        if isinstance(step, Speak):
            return step
        try:
            match step:
                case Search(query):
                    search = party.search(query, draft, desk, core) if draft.party else core.search(query)
                    known = known.but(asked=query, found=await search)
                case PlanSeries():
                    draft, known = step.draft, known.but(lines=step.lines, refused=None, held=True)
                    known = known.but(planned=await diary.plan(draft, desk, core))
                case KeepSlot(slot=slot):
                    draft, known = step.draft, known.but(lines=step.lines, refused=None)
                    hold = await core.hold(query_for(draft, desk), slot)
                    draft, known = draft.but(hold_id=hold.id), known.but(held=True)
        except Refused as refusal:
            log.info("refused: %s", refusal.code)
            known = known.but(refused=refusal.why, found=None)
    log.error("conversation %s does not come to an answer", desk.conversation.id)
    return cannot(draft, desk)


async def _commit(key: str, draft: Draft, desk: Desk, core: CoreClient) -> Speak:
    if draft.goal in ("book", "move") and draft.slot is None:
        return await _arrange(draft, desk, core, ())
    try:
        return await diary.change(key, draft, desk, core)
    except Refused as refusal:
        log.info("refused: %s", refusal.code)
        if refusal.code == "idempotency_key_reused" and (done := await diary.done_before(draft, desk, core)):
            return done
        speak = await _arrange(draft, desk, core, (), refused=refusal.why)
    if draft.hold_id and speak.draft.hold_id is None:
        await _let_go(draft.hold_id, core)
    return speak


async def _ask_again(outcome: Outcome, desk: Desk, core: CoreClient) -> Speak:
    """The lines, then the open question once more with its buttons; menus are not questions."""
    draft, question = outcome.draft, outcome.draft.question
    asks = notice.again(draft, desk) if question and question.kind == "notice" else ()
    if question is None or question.kind == "next" or (question.kind == "notice" and not asks):
        if outcome.lines:
            return Speak(draft, outcome.lines, "next" if outcome.options else None, outcome.options)
        return Speak(draft, (Line("utter_how_can_i_help"),), "next", outcome.options or first_steps(desk))
    if question.kind in ("confirm", "name"):
        return await _arrange(draft, desk, core, outcome.lines, held=True)
    asks = asks or (Line(f"utter_again_{question.kind}", {"business": desk.business.name}),)
    return Speak(draft, (*outcome.lines, *asks), question.kind, question.options)

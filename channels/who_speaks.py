"""Who speaks in a chat: a member of staff who has linked it, or a customer who goes on there by a link of theirs."""

from dataclasses import replace

from channels import preroute
from channels.walk import (
    FIRST_LANGUAGE,
    Walk,
    put_off_while_core_is_away,
    question,
    still_open,
    turn_id,
    words_of,
)
from scheduler_core import outbox
from scheduler_core.outbox import Plan

_GO_ON = "/repeat"


def answer_staff(walk: Walk, step: preroute.Route, n: int) -> None:
    """What is said in the chat of a staff member, or makes it one or one no more."""
    chat = walk.staff_chat
    match step:
        case preroute.Link(code):
            with put_off_while_core_is_away("link"):
                claim = walk.core.claim_chat(walk.turn, code)
            said = outbox.words(claim.language or FIRST_LANGUAGE, f"staff_chat_{claim.outcome}")
            walk.plans.append(Plan(said, language=claim.language))
        case preroute.ForStaffLine(text) if chat:
            walk.plans.append(walk.staff_line.ask(chat, text, turn_id(walk.turn, n)))
        case preroute.Unlink(words) if chat:
            with put_off_while_core_is_away("unlink"):
                walk.core.unlink_chat(chat)
            if words and not walk.capabilities.opt_out_is_confirmed:
                walk.plans.append(Plan(words_of(walk, words)))


def go_on(walk: Walk, step: preroute.GoOn, n: int) -> None:
    """Whoever opened a link of theirs is told so, and asked again what was asked of them elsewhere."""
    with put_off_while_core_is_away("go_on"):
        claim = walk.core.claim_link(walk.turn, step.token)
        if step.evidence:
            walk.core.keep_consent(walk.turn, True, step.evidence)
    plans = walk.bot.ask(question(walk.turn, _GO_ON, n)) if claim.outcome == "linked" else []
    spoken = plans[0].language if plans else claim.language or walk.store.language(walk.turn.thread)
    told = outbox.words(spoken or FIRST_LANGUAGE, f"link_{claim.outcome}")
    if plans:
        walk.plans += [replace(plans[0], text=f"{told}\n{plans[0].text}"), *plans[1:]]
    elif not walk.is_left_to_a_person():
        walk.plans.append(Plan(told, still_open(walk), language=spoken))

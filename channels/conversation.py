"""The straight line that one turn walks: gather, pre-route, ask the bot, replies into the outbox.

A turn is every message of one conversation that was waiting when a worker took it. Nothing is
answered twice (the store keeps turn_id) and nothing is lost: what the bot could not answer is put
off and asked again with the same turn_id.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from channels import preroute, who_speaks
from channels.bot_client import BotAway, Trouble
from channels.files import bring_files, tell_of_files, thanks
from channels.problems import CoreAway
from channels.walk import (
    FIRST_LANGUAGE,
    Walk,
    language_of,
    put_off_while_core_is_away,
    question,
    still_open,
    words_of,
)
from scheduler_core import outbox
from scheduler_core.outbox import Plan

log = logging.getLogger(__name__)

_LONGEST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT_FOR_SLEEPER = timedelta(seconds=4)
_NOTICES: dict[Trouble, str] = {
    "asleep": "bot_away",
    "slow": "bot_away",
    "broken": "bot_away",
    "unanswered": "bot_away",
    "asked_to_retry": "core_away",
    "unfetched": "bot_away",
}


def gather_and_preroute(walk: Walk) -> None:
    """Settle what needs no understanding, message by message, and join the rest."""
    payloads = [
        walk.store.choice(walk.turn.thread, message.choice) if message.choice else None
        for message in walk.turn.messages
    ]
    each = zip(walk.turn.messages, payloads, strict=True)
    walk.staff_chat = walk.store.staff_chat(walk.turn.channel, walk.turn.address)
    route = preroute.staff_route if walk.staff_chat else preroute.route
    walk.routes = [
        route(message.text, payload, walk.capabilities, message.kind, bool(message.media))
        for message, payload in each
    ]
    if any(isinstance(step, preroute.MayReturn) for step in walk.routes):
        walk.routes = _settled(walk)
    walk.routes = preroute.one_turn(walk.routes)


def _settled(walk: Walk) -> list[preroute.Route]:
    """Words with which somebody may want to hear from us again, in the light of whether they did not."""
    with put_off_while_core_is_away("consent"):
        opted_out = walk.core.is_opted_out(walk.turn.channel, walk.turn.address)
    offer = walk.store.last_offer(walk.turn.thread)
    asked = bool(offer and offer.choices)
    return [
        step.settled(opted_out=opted_out, asked=asked) if isinstance(step, preroute.MayReturn) else step
        for step in walk.routes
    ]


def answer(walk: Walk) -> None:
    """The plans for each step, in the order in which the customer spoke; none after the last word of all."""
    for n, step in enumerate(walk.routes):
        if n > 0 and not walk.store.is_mine(walk.turn):
            return
        match step:
            case preroute.Say() | preroute.OnlyFiles() if walk.is_left_to_a_person():
                log.info("left to a person turn=%s", walk.turn.turn_id)
            case preroute.Say(words):
                walk.plans.append(Plan(words_of(walk, words), still_open(walk)))
            case preroute.OnlyFiles():
                walk.plans.append(thanks(walk))
            case preroute.WhoWeAre():
                walk.plans.append(Plan(_who_we_are(walk, "about_us"), still_open(walk)))
            case preroute.ForBot(text, may_drop):
                if may_drop:
                    with put_off_while_core_is_away("may_drop"):
                        walk.core.mark_may_drop(walk.turn, may_drop)
                plans = walk.bot.ask(question(walk.turn, text, n))
                confirmed = step.is_opt_out and walk.capabilities.opt_out_is_confirmed
                walk.plans.extend([] if confirmed else plans)
            case preroute.Consent(granted, evidence, then, language):
                with put_off_while_core_is_away("consent"):
                    walk.core.keep_consent(walk.turn, granted, evidence)
                if then:
                    walk.plans.extend(walk.bot.ask(question(walk.turn, _told(walk, then, language), n)))
            case preroute.Phone(number, words):
                with put_off_while_core_is_away("phone"):
                    walk.core.keep_phone(walk.turn, number)
                if not walk.is_left_to_a_person():
                    walk.plans.append(Plan(words_of(walk, words), still_open(walk)))
            case preroute.GoOn():
                who_speaks.go_on(walk, step, n)
            case _:
                who_speaks.answer_staff(walk, step, n)


def _told(walk: Walk, payload: str, language: str | None) -> str:
    """The language of a phone counts as long as we have not spoken with its owner."""
    if language is None or walk.store.language(walk.turn.thread):
        return payload
    return f"{payload}{json.dumps({'language': language})}"


def _who_we_are(walk: Walk, key: str, language: str | None = None) -> str:
    sign = walk.core.sign()
    if sign is None:
        raise BotAway("asked_to_retry", "sign")
    return outbox.words(language or language_of(walk), key, business=sign["name"])


def introduce_us(walk: Walk) -> None:
    """The first reply ever to an address says who writes, where the channel's law wants it.

    Whoever wants no messages with their first words gets the one confirmation, and nothing beside it.
    """
    if not walk.plans or not _is_unknown_there(walk) or preroute.WhoWeAre() in walk.routes:
        return
    with put_off_while_core_is_away("consent"):
        if walk.core.is_opted_out(walk.turn.channel, walk.turn.address):
            return
    walk.plans[0] = _introduced(walk, walk.plans[0])


def _introduced(walk: Walk, plan: Plan) -> Plan:
    language = plan.language or FIRST_LANGUAGE
    return replace(plan, text=f"{_who_we_are(walk, 'introduction', language)}\n{plan.text}")


def _is_unknown_there(walk: Walk) -> bool:
    return (
        walk.capabilities.introduces_us
        and not walk.staff_chat
        and not walk.store.has_spoken(walk.turn.thread)
    )


def put_replies_into_outbox(walk: Walk) -> None:
    """The turn is done and its replies are due, in one transaction."""
    walk.patience.forget(walk.turn.turn_id)
    if walk.store.finish_turn(walk.turn, walk.plans):
        log.info("answered turn=%s replies=%s", walk.turn.turn_id, len(walk.plans))
    else:
        log.warning("lease lost, nothing said turn=%s", walk.turn.turn_id)


STEPS: tuple[Callable[[Walk], None], ...] = (
    gather_and_preroute,
    bring_files,
    answer,
    tell_of_files,
    introduce_us,
    put_replies_into_outbox,
)


def take_turn(walk: Walk) -> None:
    """Walk one turn to its end, or put it off with the reason why."""
    try:
        for step in STEPS:
            step(walk)
    except BotAway as away:
        if not away.is_temporary and walk.patience.is_over(walk.turn.turn_id):
            _give_up(walk, away)
        else:
            _put_off(walk, away)


def _put_off(walk: Walk, away: BotAway) -> None:
    delay = wait_before_asking_again(walk.turn.attempts, away.trouble)
    unknown = _is_unknown_there(walk)
    silent = unknown or not _is_waited_for(walk) or walk.is_left_to_a_person()
    notice = None if silent else Plan(words_of(walk, _NOTICES[away.trouble]))
    log.warning(
        "put off turn=%s attempt=%s seconds=%.0f because=%s",
        walk.turn.turn_id, walk.turn.attempts, delay.total_seconds(), away,
    )  # fmt: skip
    walk.store.put_off_turn(walk.turn, delay, str(away), notice)


def _is_waited_for(walk: Walk) -> bool:
    """Who has only shut the door does not wait for a word from us."""
    return any(not isinstance(step, preroute.Consent) or step.then for step in walk.routes)


def _give_up(walk: Walk, away: BotAway) -> None:
    """Say so honestly, to the team as well; the message stays in the store and the log names its turn."""
    try:
        if walk.staff_chat is None:
            walk.core.tell_unanswered(walk.turn)
    except CoreAway:
        return _put_off(walk, away)
    log.error("gave up turn=%s attempts=%s because=%s", walk.turn.turn_id, walk.turn.attempts, away)
    walk.plans = [] if walk.is_left_to_a_person() else [Plan(words_of(walk, "gave_up"))]
    put_replies_into_outbox(walk)


def wait_before_asking_again(attempts: int, trouble: Trouble) -> timedelta:
    """1, 2, 4 … at most 30 seconds; at most 4 while nobody listens, which costs nothing to find out."""
    longest = _LONGEST_WAIT_FOR_SLEEPER if trouble == "asleep" else _LONGEST_WAIT
    return min(timedelta(seconds=2 ** min(max(attempts - 1, 0), 10)), longest)

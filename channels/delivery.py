"""Takes due messages from the outbox and hands them to their channel, once.

claim → intent committed → still mine? → may one go now? → send → finish. The first question keeps a worker that was
stopped and woke up late from saying everything twice; no transaction is open while a channel sends.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

from channels.interface import Channel, Enclosed, OutboundMessage, Receipt
from channels.problems import CoreAway, FileGone
from scheduler_core.outbox import File, InboundRecord, Sending, Store

log = logging.getLogger(__name__)

_FIRST_WAIT_SECONDS = 1
_LONGEST_WAIT = timedelta(minutes=5)
_TOO_LATE = timedelta(hours=2)
"""What could not be said for so long would only puzzle; a person should look at it."""
_WAITED_FOR = frozenset({"reply", "notice"})
"""Kinds that somebody waits for: rather said twice than not at all. The others are rather not said twice."""


def deliver(
    store: Store,
    channels: Mapping[str, Channel],
    sending: Sending,
    told: Callable[[str], None],
    enclose: Callable[[File], Enclosed],
) -> None:
    """Send one claimed message; `told` hears its thread once that is tried, `enclose` readies the file with it."""
    if not store.mine(sending):
        log.warning("lease lost before sending message=%s", sending.message_id)
        return
    channel = channels.get(sending.channel)
    if channel is None:
        _finish(store, sending, Receipt("needs_a_person", error="channel_not_connected"))
        return
    if sending.shut:
        _finish(store, sending, Receipt("never", error=sending.shut))
        return
    message = _message(sending, enclose)
    limits = channel.limits(message)
    if wait := store.spend(limits):
        store.put_off_sending(sending, wait, "rate", in_doubt=sending.tried_at is not None)
        return
    receipt = _send(channel, message, sending)
    if receipt.after and receipt.of != "message":
        store.hold_back(limits, receipt.after, whose_is_known=receipt.of == "sender")
    if receipt.opted_out:
        _hear_refusal(store, sending)
    _record(store, sending, receipt)
    told(sending.thread)


def _message(sending: Sending, enclose: Callable[[File], Enclosed]) -> OutboundMessage:
    plan = sending.plan
    return OutboundMessage(
        id=sending.message_id,
        address=sending.address,
        text=plan.text,
        choices=plan.choices,
        links=plan.links,
        kind=sending.kind,
        language=plan.language,
        tried_at=sending.tried_at,
        facts=sending.facts,
        silent_for=sending.silent_for,
        known=sending.known,
        file=enclose(plan.files[0]) if plan.files else None,
    )


def _send(channel: Channel, message: OutboundMessage, sending: Sending) -> Receipt:
    try:
        if sending.tried_at:
            return _after_doubt(channel, message, sending)
        return channel.send(message)
    except FileGone:
        return Receipt("never", error="file_gone")
    except CoreAway:
        return Receipt("try_again", error="core_away")
    except Exception as error:
        log.exception("channel failed message=%s channel=%s", sending.message_id, sending.channel)
        return Receipt("unknown", error=type(error).__name__)


def _hear_refusal(store: Store, sending: Sending) -> None:
    """What the provider told us in the customer's place takes its turn like anything they say, and is kept once."""
    key = f"refused:{sending.message_id}"
    store.hear(InboundRecord(sending.channel, key, sending.address, "blocked", ""))


def _after_doubt(channel: Channel, message: OutboundMessage, sending: Sending) -> Receipt:
    """Nobody saw how an earlier try ended: look, and where nobody can look, weigh what is worse."""
    if found := channel.look_up(message):
        return found
    can = channel.capabilities
    if can.looks_up or can.harmless_twice or sending.kind in _WAITED_FOR:
        return channel.send(message)
    return Receipt("needs_a_person", error="perhaps_sent")


def _record(store: Store, sending: Sending, receipt: Receipt) -> None:
    if receipt.state in ("try_again", "unknown") and sending.waited < _TOO_LATE:
        wait = receipt.after or _wait(sending.attempts)
        in_doubt = sending.tried_at is not None or receipt.state == "unknown"
        log.info(
            "put off message=%s channel=%s because=%s", sending.message_id, sending.channel, receipt.error
        )
        store.put_off_sending(sending, wait, receipt.error or "", in_doubt=in_doubt)
    else:
        _finish(store, sending, receipt)


def _finish(store: Store, sending: Sending, receipt: Receipt) -> None:
    """What is still in doubt at the end stays so, until a receipt says more."""
    log.info("delivered message=%s channel=%s as=%s", sending.message_id, sending.channel, receipt.state)
    store.finish_sending(sending, receipt.as_end())


def _wait(attempts: int) -> timedelta:
    return min(timedelta(seconds=_FIRST_WAIT_SECONDS * 2 ** min(max(attempts - 1, 0), 10)), _LONGEST_WAIT)

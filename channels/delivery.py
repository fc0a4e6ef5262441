"""Takes due messages from the outbox and hands them to their channel, once.

claim → intent committed → still mine? → send → finish. The question in the middle keeps a worker
that was stopped and woke up late from saying everything twice; no transaction is open while a
channel sends.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

from channels.interface import Channel, OutboundMessage, Receipt
from scheduler_core import outbox
from scheduler_core.outbox import Sending, Store

log = logging.getLogger(__name__)

_FIRST_WAIT_SECONDS = 1
_LONGEST_WAIT = timedelta(minutes=5)


def deliver(
    store: Store, channels: Mapping[str, Channel], sending: Sending, told: Callable[[str], None]
) -> None:
    """Send one claimed message; `told` hears its thread once it is sent."""
    if not store.mine(sending):
        log.warning("lease lost before sending message=%s", sending.message_id)
        return
    _record(store, sending, _send(channels, sending))
    told(sending.thread)


def _send(channels: Mapping[str, Channel], sending: Sending) -> Receipt:
    channel = channels.get(sending.channel)
    if channel is None:
        return Receipt("needs_a_person", error=f"no channel {sending.channel}")
    plan = sending.plan
    message = OutboundMessage(sending.message_id, sending.address, plan.text, plan.choices, plan.links)
    try:
        return channel.send(message)
    except Exception as error:
        log.exception("channel failed message=%s channel=%s", sending.message_id, sending.channel)
        return Receipt("try_again", error=type(error).__name__)


def _record(store: Store, sending: Sending, receipt: Receipt) -> None:
    log.info("delivered message=%s channel=%s as=%s", sending.message_id, sending.channel, receipt.state)
    if receipt.state == "try_again":
        store.put_off_sending(sending, _wait(sending.attempts), receipt.error or "")
    else:
        state = "sent" if receipt.state == "sent" else "failed"
        store.finish_sending(sending, outbox.Receipt(state, receipt.provider_id, receipt.error))


def _wait(attempts: int) -> timedelta:
    return min(timedelta(seconds=_FIRST_WAIT_SECONDS * 2 ** min(max(attempts - 1, 0), 10)), _LONGEST_WAIT)

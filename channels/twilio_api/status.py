"""What became of a message after Twilio took it: told late, twice and in any order."""

from starlette.datastructures import FormData

from channels.twilio_api.webhook import field
from scheduler_core.outbox import Receipt, Store

_STATES = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "failed": "failed",
    "undelivered": "failed",
    "canceled": "failed",
}


def note_status(store: Store, channel: str, message_id: int, form: FormData) -> None:
    """Applied when it moves the message forward; what comes before the message was sent ("queued") says nothing."""
    state = _STATES.get(field(form, "MessageStatus"))
    if state:
        receipt = Receipt(state, field(form, "MessageSid"), field(form, "ErrorCode") or None)
        store.receive(channel, receipt, message_id)

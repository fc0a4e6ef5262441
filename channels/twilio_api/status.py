"""What became of a message after Twilio took it: told late, twice and in any order."""

from starlette.datastructures import FormData

from channels.twilio_api.codes import OUTSIDE_WINDOW
from channels.twilio_api.webhook import field
from scheduler_core.outbox import Receipt, Store

#: Among the facts of a message: its reader's 24 hours were over when it came first.
WINDOW_CLOSED = "window_closed"
_STATES = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "failed": "failed",
    "undelivered": "failed",
    "canceled": "failed",
}


def note_status(store: Store, channel: str, message_id: int, form: FormData) -> None:
    """Applied when it moves the message forward; what comes before the message was sent ("queued") says nothing.

    What came too late for WhatsApp is queued again, and goes as a template.
    """
    if field(form, "ErrorCode") == OUTSIDE_WINDOW:
        store.say_again(channel, message_id, {WINDOW_CLOSED: True})
    state = _STATES.get(field(form, "MessageStatus"))
    if state:
        receipt = Receipt(state, field(form, "MessageSid"), field(form, "ErrorCode") or None)
        store.receive(channel, receipt, message_id)

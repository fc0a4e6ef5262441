"""What became of a message after Twilio took it: told late, twice and in any order."""

from dataclasses import replace

from starlette.datastructures import FormData

from channels.door import Door
from channels.interface import InboundMessage
from channels.twilio_api.codes import OUTSIDE_WINDOW, receipt_for
from channels.twilio_api.messages import address_in
from channels.twilio_api.webhook import field
from scheduler_core.outbox import Receipt

#: Among the facts of a message: its reader's 24 hours were over when it came first.
WINDOW_CLOSED = "window_closed"
_REACHED = frozenset({"sent", "delivered", "read"})
_FAILED = frozenset({"failed", "undelivered", "canceled"})


def note_status(door: Door, channel: str, message_id: int, form: FormData) -> None:
    """Applied when it moves the message forward; what comes before the message was sent ("queued") says nothing.

    What came too late for WhatsApp is queued again, and goes as a template.
    """
    status, sid = field(form, "MessageStatus"), field(form, "MessageSid")
    if status in _REACHED:
        door.store.receive(channel, Receipt(status, sid), message_id)
    elif status in _FAILED:
        code, reader = field(form, "ErrorCode"), address_in(field(form, "To"))
        verdict = receipt_for(code or "?", sid, reader)
        if verdict.opted_out:
            door.hear(channel, InboundMessage(f"refused:{message_id}", reader, "", kind="blocked"))
        closed = {WINDOW_CLOSED: True} if code == OUTSIDE_WINDOW else None
        door.store.receive(channel, replace(verdict.as_end(), again_with=closed), message_id)

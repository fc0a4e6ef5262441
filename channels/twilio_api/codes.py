"""What Twilio's error codes ask of a sender, told when it takes a message or long after.

Source: https://www.twilio.com/docs/api/errors
"""

from datetime import timedelta

from channels.interface import Receipt
from scheduler_core.outbox import Shutting

OPTED_OUT = "21610"
OUTSIDE_WINDOW = "63016"
"""WhatsApp: more than 24 hours have passed since the reader wrote."""
VARIABLES_REFUSED = "21656"
"""A value has what Twilio does not take in a content template, such as a line break."""
UNREGISTERED = "30034"
"""Our number is not registered for the United States: no text to anybody there arrives."""

_SLOW_DOWN = {
    "20429": timedelta(seconds=2),
    "21611": timedelta(minutes=10),
    "30001": timedelta(minutes=10),
    "63017": timedelta(seconds=30),
    "63018": timedelta(seconds=30),
}
_UNREACHABLE = frozenset({"30002", "30003", "30008"})
_NOT_A_MOBILE = frozenset({"21614", "30006"})
"""A landline, which takes no text ever."""
_NEVER = frozenset({OPTED_OUT, "21211", "21612", "30004", "30005", "30007", "63003", "63024"})
_NORTH_AMERICA, _LOOK_AGAIN = "+1*", timedelta(days=1)
"""Numbers do not tell the United States from Canada; whether we are registered now is tried once a day."""


def receipt_for(code: str, provider_id: str | None = None, reader: str = "") -> Receipt:
    """An unknown code is somebody's to look at: sending again blindly may cost, or say a thing twice."""
    if pause := _SLOW_DOWN.get(code):
        return Receipt("try_again", provider_id, code, after=pause, of="sender")
    if code in _UNREACHABLE:
        return Receipt("unreachable", provider_id, code)
    if code in _NOT_A_MOBILE:
        return Receipt("never", provider_id, code, shuts=Shutting(reader))
    if code == UNREGISTERED:
        return Receipt("never", provider_id, code, shuts=Shutting(_NORTH_AMERICA, _LOOK_AGAIN))
    if code in _NEVER:
        return Receipt("never", provider_id, code, opted_out=code == OPTED_OUT)
    return Receipt("needs_a_person", provider_id, code)

"""What Twilio's error codes ask of a sender."""

from datetime import timedelta

from channels.interface import Receipt

OPTED_OUT = "21610"
OUTSIDE_WINDOW = "63016"
"""WhatsApp: more than 24 hours have passed since the reader wrote."""
VARIABLES_REFUSED = "21656"
"""A value has what Twilio does not take in a content template, such as a line break."""

_SLOW_DOWN = {
    "20429": timedelta(seconds=2),
    "21611": timedelta(minutes=10),
    "30001": timedelta(minutes=10),
    "63017": timedelta(seconds=30),
    "63018": timedelta(seconds=30),
}
_LATER = {"30003": timedelta(minutes=10), "30002": timedelta(minutes=10), "30008": timedelta(minutes=5)}
_NEVER = frozenset(
    {OPTED_OUT, "21211", "21612", "21614", "30004", "30005", "30006", "30007", "63003", "63024"}
)


def receipt_for(code: str, provider_id: str | None = None) -> Receipt:
    """An unknown code is somebody's to look at: sending again blindly may cost, or say a thing twice."""
    if pause := _SLOW_DOWN.get(code):
        return Receipt("try_again", provider_id, code, after=pause, of="sender")
    if pause := _LATER.get(code):
        return Receipt("try_again", provider_id, code, after=pause)
    if code in _NEVER:
        return Receipt("never", provider_id, code, opted_out=code == OPTED_OUT)
    return Receipt("needs_a_person", provider_id, code)

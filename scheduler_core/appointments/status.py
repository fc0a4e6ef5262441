"""The table of states: FHIR's words, and which step leads where. Whatever is not in the table is refused."""

from scheduler_core.errors import AlreadyCancelled, WrongState

REQUESTED, BOOKED, ARRIVED, IN_PROGRESS = "requested", "booked", "arrived", "in_progress"
FULFILLED, CANCELLED, NOSHOW, ENTERED_IN_ERROR = "fulfilled", "cancelled", "noshow", "entered_in_error"

#: Those that reserve time and may still be moved.
COMING = (REQUESTED, BOOKED)

_STEPS = {
    ("reschedule", REQUESTED): REQUESTED,
    ("reschedule", BOOKED): BOOKED,
    ("cancel", REQUESTED): CANCELLED,
    ("cancel", BOOKED): CANCELLED,
}


def after(step: str, status: str) -> str:
    """The state that ``step`` leads to; raises ``AlreadyCancelled`` or ``WrongState`` when there is none."""
    if status == CANCELLED:
        raise AlreadyCancelled()
    if (step, status) not in _STEPS:
        raise WrongState(status=status)
    return _STEPS[step, status]

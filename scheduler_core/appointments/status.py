"""The table of states: FHIR's words, and which step leads where. Whatever is not in the table is refused."""

from scheduler_core.errors import AlreadyCancelled, WrongState

REQUESTED, BOOKED, ARRIVED, IN_PROGRESS = "requested", "booked", "arrived", "in_progress"
FULFILLED, CANCELLED, NOSHOW, ENTERED_IN_ERROR = "fulfilled", "cancelled", "noshow", "entered_in_error"

#: Those that may still be moved or cancelled.
COMING = (REQUESTED, BOOKED)
#: Those that take place, or are taking place.
STANDING = (*COMING, ARRIVED, IN_PROGRESS)
#: Those that took place once their time has come, as far as anybody has said; an unmarked one is still "booked" then.
TOOK_PLACE = (FULFILLED, IN_PROGRESS, ARRIVED, BOOKED)

_STEPS = {
    ("reschedule", REQUESTED): REQUESTED,
    ("reschedule", BOOKED): BOOKED,
    ("cancel", REQUESTED): CANCELLED,
    ("cancel", BOOKED): CANCELLED,
    ("confirm", REQUESTED): BOOKED,
    ("decline", REQUESTED): CANCELLED,
    ("arrive", BOOKED): ARRIVED,
    ("start", BOOKED): IN_PROGRESS,
    ("start", ARRIVED): IN_PROGRESS,
    ("extend", IN_PROGRESS): IN_PROGRESS,
    ("finish", IN_PROGRESS): FULFILLED,
    ("noshow", BOOKED): NOSHOW,
    ("mistake", REQUESTED): ENTERED_IN_ERROR,
    ("mistake", BOOKED): ENTERED_IN_ERROR,
    ("mistake", ARRIVED): ENTERED_IN_ERROR,
}


def after(step: str, status: str) -> str:
    """The state that ``step`` leads to; raises ``AlreadyCancelled`` or ``WrongState`` when there is none."""
    if status == CANCELLED:
        raise AlreadyCancelled()
    if (step, status) not in _STEPS:
        raise WrongState(status=status, step=step)
    return _STEPS[step, status]

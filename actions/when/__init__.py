"""What customers say about time: "Friday or Saturday morning, not before 10" becomes a `TimeConstraint`.

Pure: no clock reads, no network, nothing of the rest of the house. `parse` one message, `combine` it with
what was said before, turn the result into `intervals` that a search for slots can use; `shifted` applies
"an hour later" to a start that only the caller knows.
"""

from actions.when.constraint import (
    Context,
    Opening,
    OpenReading,
    Recurrence,
    Shift,
    TimeConstraint,
    Wish,
)
from actions.when.dates.moments import shifted
from actions.when.parse import parse, read_words
from actions.when.wishes.beside import RELATIVE, around, at_the_minute, beside
from actions.when.wishes.clock_changes import through_clock_changes
from actions.when.wishes.combine import combine
from actions.when.wishes.windows import intervals

__all__ = [
    "RELATIVE",
    "Context",
    "OpenReading",
    "Opening",
    "Recurrence",
    "Shift",
    "TimeConstraint",
    "Wish",
    "around",
    "at_the_minute",
    "beside",
    "combine",
    "intervals",
    "parse",
    "read_words",
    "shifted",
    "through_clock_changes",
]

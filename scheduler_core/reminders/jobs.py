"""What of this room happens later, by kind."""

from collections.abc import Mapping

from scheduler_core.outbox.due import Handler
from scheduler_core.reminders.catch_up import CATCH_UP, catch_up
from scheduler_core.reminders.plan import UNANSWERED
from scheduler_core.reminders.remind import tell_staff_of_silence

HANDLERS: Mapping[str, Handler] = {
    UNANSWERED: tell_staff_of_silence,
    CATCH_UP: catch_up,
}

"""What of broadcasts is done later, and which changes they follow."""

from collections.abc import Mapping

from scheduler_core.broadcasts.begin import END, TELL
from scheduler_core.broadcasts.report import follow, report_at_the_end
from scheduler_core.broadcasts.tell import tell_one
from scheduler_core.outbox.due import Handler

__all__ = ["HANDLERS", "follow"]

HANDLERS: Mapping[str, Handler] = {TELL: tell_one, END: report_at_the_end}

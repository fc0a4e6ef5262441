"""What this room does when it is due: look for who waits for a freed time, and end what nobody answered."""

from collections.abc import Mapping

from scheduler_core.businesses.freed import TIME_FREED
from scheduler_core.outbox.due import Handler
from scheduler_core.waitlist.look import look
from scheduler_core.waitlist.offers import OFFER_ENDS, ends

HANDLERS: Mapping[str, Handler] = {TIME_FREED: look, OFFER_ENDS: ends}

"""What this room does when it is due: look for who waits for a freed time, and end what nobody answers."""

from collections.abc import Mapping

from scheduler_core.businesses.freed import TIME_FREED
from scheduler_core.conversations.unreached import GIVEN_UP
from scheduler_core.customers.consent import NO_MORE_MESSAGES
from scheduler_core.outbox.due import Handler
from scheduler_core.waitlist.look import look
from scheduler_core.waitlist.offers import OFFER_ENDS, ends, not_told, wants_none

HANDLERS: Mapping[str, Handler] = {
    TIME_FREED: look,
    OFFER_ENDS: ends,
    GIVEN_UP: not_told,
    NO_MORE_MESSAGES: wants_none,
}

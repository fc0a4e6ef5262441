"""The database is the queue: what was heard waits here to be answered, what is to be said to be sent.

``open_store`` gives a process its ``Store``; the core writes through ``enqueue`` in its own transactions.
"""

from scheduler_core.outbox.feed import FEED_PAGE, STAFF_SAYS
from scheduler_core.outbox.file_links import link_to
from scheduler_core.outbox.rates import RateLimit
from scheduler_core.outbox.records import (
    Choice,
    ChoiceRef,
    FeedItem,
    File,
    Heard,
    InboundRecord,
    Link,
    Media,
    Offer,
    Plan,
    Receipt,
    Sending,
    Shutting,
    StaffChat,
    Turn,
    thread_of,
)
from scheduler_core.outbox.store import Store, Wake, open_store
from scheduler_core.outbox.words import languages, words

__all__ = [
    "FEED_PAGE",
    "STAFF_SAYS",
    "Choice",
    "ChoiceRef",
    "FeedItem",
    "File",
    "Heard",
    "InboundRecord",
    "Link",
    "Media",
    "Offer",
    "Plan",
    "RateLimit",
    "Receipt",
    "Sending",
    "Shutting",
    "StaffChat",
    "Store",
    "Turn",
    "Wake",
    "languages",
    "link_to",
    "open_store",
    "thread_of",
    "words",
]

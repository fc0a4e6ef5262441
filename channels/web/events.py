"""What was said, pushed to an open page the moment it is sent (server-sent events).

The bell wakes it at once for messages of this process; a look once a second finds those of another.
Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress

from channels.bell import Bell
from channels.web.wording import as_json
from scheduler_core.outbox import FEED_PAGE, FeedItem

_LOOK_AGAIN_SECONDS = 1.0
_LOOKS_BETWEEN_HEARTBEATS = 15
_RECONNECT_MILLISECONDS = 1_000

Look = Callable[[int], Awaitable[Sequence[FeedItem]]]
Gone = Callable[[], Awaitable[bool]]


async def events(
    look: Look, gone: Gone, bell: Bell, thread: str, after: int, link_to: Callable[[int], str]
) -> AsyncIterator[str]:
    """Everything after item `after`, then whatever comes, until the page is gone or the house closes."""
    yield f"retry: {_RECONNECT_MILLISECONDS}\n\n"
    quiet = 0
    with bell.listen(thread) as rung:
        while not bell.closed and not await gone():
            rung.clear()
            items = await look(after)
            for item in items:
                after = item.id
                yield f"id: {item.id}\ndata: {json.dumps(as_json(item, link_to))}\n\n"
            if len(items) == FEED_PAGE:
                continue
            if quiet == 0:
                yield "event: caught-up\ndata: {}\n\n"
            quiet += 1
            if quiet % _LOOKS_BETWEEN_HEARTBEATS == 0:
                yield ": still here\n\n"
            await _rung_or_second(rung)


async def _rung_or_second(rung: asyncio.Event) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(_LOOK_AGAIN_SECONDS):
            await rung.wait()

"""A tracker store that forgets every conversation as soon as its turn is over.

Rasa replays a conversation's events on every turn, so turns grow slower and memory grows with the length of a
conversation. What a person is arranging lives in the core's draft; the bot needs nothing of earlier turns.
"""

from collections.abc import Iterable

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.trackers import DialogueStateTracker


class ForgetfulTrackerStore(TrackerStore):
    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep nothing."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return None

    async def keys(self) -> Iterable[str]:
        return ()

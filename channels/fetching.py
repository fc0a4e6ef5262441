"""The files of a turn are brought into the house before it is answered, each once, however often the turn is tried.

A file is read in pieces and no further than it may be long, whatever its provider says of its length. What a try has
brought is not fetched again: a provider's address may be dead by then.
"""

import logging
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import Literal

from channels.bot_client import BotAway
from channels.core_pages import CorePages
from channels.interface import MediaTrouble
from channels.problems import CoreAway, FileRefused, FileTooLarge
from scheduler_core.outbox import InboundRecord, Media, Turn

log = logging.getLogger(__name__)

Fetch = Callable[[Media], Generator[bytes, None, None]]
Outcome = Literal["kept", "file_too_large", "file_refused", "file_not_fetched"]

_TURN_SECONDS = 20.0
"""Well within the lease of the turn; what is not here by then comes with the next try."""
_TRIES = 4
_IN_MEMORY_BYTES = 1 << 20


@dataclass(frozen=True)
class Came:
    """What became of one file; `kept_id`: as which the core has it."""

    outcome: Outcome
    kept_id: int = 0
    is_voice: bool = False


def brought(core: CorePages, fetch: Fetch, turn: Turn) -> list[Came]:
    """In the order in which they were sent. Raises BotAway to be tried again."""
    until = monotonic() + _TURN_SECONDS
    try:
        return [
            _one(core, fetch, turn, message, n, until)
            for message in turn.messages
            for n in range(len(message.media))
        ]
    except CoreAway as away:
        raise BotAway("asked_to_retry", "files") from away


def _one(core: CorePages, fetch: Fetch, turn: Turn, message: InboundRecord, n: int, until: float) -> Came:
    media = message.media[n]
    if media.kept_id is not None:
        return Came("kept", media.kept_id, is_voice=media.media_type.startswith("audio/"))
    key = key_of(message, n)
    if turn.attempts > 1 and (known := core.kept_file(key)):
        return Came("kept", known.id, known.is_voice)
    try:
        with SpooledTemporaryFile[bytes](max_size=_IN_MEMORY_BYTES) as file:
            _read(fetch, media, core.largest_file_bytes, until, file)
            kept = core.keep_file(message, key, file, media.name)
        return Came("kept", kept.id, kept.is_voice)
    except FileTooLarge:
        return Came("file_too_large")
    except FileRefused:
        return Came("file_refused")
    except MediaTrouble as trouble:
        log.warning("file not fetched turn=%s try=%s because=%s", turn.turn_id, turn.attempts, trouble)
        if trouble.why == "too_large":
            return Came("file_too_large")
        if turn.attempts < _TRIES:
            raise BotAway("unfetched", trouble.why) from trouble
        return Came("file_not_fetched")


def _read(fetch: Fetch, media: Media, largest: int, until: float, file: SpooledTemporaryFile[bytes]) -> None:
    """Raises MediaTrouble."""
    if media.size is not None and media.size > largest:
        raise MediaTrouble("too_large")
    with closing(fetch(media)) as pieces:
        for piece in pieces:
            if file.tell() + len(piece) > largest:
                raise MediaTrouble("too_large")
            if monotonic() > until:
                raise MediaTrouble("away")
            file.write(piece)
    file.seek(0)


def key_of(message: InboundRecord, n: int) -> str:
    """What names the n-th file of a message, everywhere and for ever."""
    return f"{message.channel}:{message.provider_message_id}:{n}"[:200]

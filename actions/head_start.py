"""What the first customer would otherwise wait for: the tables of time of the languages they are answered in."""

from __future__ import annotations

import asyncio
import logging

from actions import when
from actions.core_client import CoreAway, CoreClient, Refused
from actions.wishes import locale_in
from actions.words import languages

log = logging.getLogger(__name__)


async def words_of_time_read(core: CoreClient) -> None:
    """Beside everything else; where the core is not there yet, the first message of each language reads its own."""
    try:
        at_home = (await core.business()).locale
    except (CoreAway, Refused) as fault:
        log.info("words of time are read when they are needed: %s", fault)
        return
    for locale in sorted({at_home, *(locale_in(language, at_home) for language in languages())}):
        await asyncio.to_thread(when.read_words, locale)

"""What a turn learns of who speaks, kept at once: their name, and the language they are answered in."""

from __future__ import annotations

from actions import change_language
from actions.catalogue import only_names
from actions.choose_alternative import tapped
from actions.core_client import CoreClient
from actions.core_types import Desk
from actions.draft import Draft
from actions.route import is_a_bare_name
from actions.turn_types import Heard
from actions.words import spoken


async def in_their_language(desk: Desk, heard: Heard, draft: Draft, core: CoreClient) -> Desk:
    """Answers follow the customer: the language they ask for or else write in, if the words are there."""
    option = tapped(heard, draft, desk)
    asked = change_language.asked_for(heard, option)
    tells_a_name = draft.question and draft.question.kind == "name" and is_a_bare_name(heard, desk)
    language = spoken(asked) or (None if heard.tap or tells_a_name else spoken(heard.language))
    if language is None or language == desk.language or (not asked and only_names(heard.text, desk)):
        return desk
    return await with_customer(desk, core, language=language)


async def with_customer(desk: Desk, core: CoreClient, **changes: str) -> Desk:
    await core.change_customer(desk.customer.id, **changes)
    return desk.model_copy(update={"customer": desk.customer.model_copy(update=changes)})

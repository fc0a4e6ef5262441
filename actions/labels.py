"""What stands on the buttons of the open question, once the customer goes on in another language.

They have not changed what they were offered, so the same choices come again under their new names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actions import offers
from actions.core_types import Desk, Slot
from actions.draft import Draft, Option, Question
from actions.when import TimeConstraint
from actions.words import in_language, languages


def in_their_language(draft: Draft, desk: Desk) -> Draft:
    """The draft, its last question labelled in the language that is answered in now."""
    spoken_last = (desk.draft.plan or {}).get("language", desk.language)
    if draft.question is None or spoken_last == desk.language:
        return draft
    options = tuple(each.named(_label(each, draft, desk)) for each in draft.question.options)
    return draft.but(question=Question(kind=draft.question.kind, options=options))


def as_read(options: Sequence[Option]) -> Iterator[list[str]]:
    """The labels in each language: a customer may type what stood on a button before they switched."""
    for language in sorted(languages()):
        yield [in_language(each.label, language) for each in options]


def _label(option: Option, draft: Draft, desk: Desk) -> str:
    match option.kind:
        case "slot":
            return offers.slot_option(Slot.model_validate(option.value), draft, desk).label
        case "appointment":
            visit = desk.appointment(option.value)
            return offers.appointment_option(visit, desk).label if visit else option.label
        case "addon":
            service = desk.service(option.value)
            return offers.addon_option(service, desk).label if service else option.label
        case "usual":
            usual = offers.usual_option(draft, desk)
            return usual.label if usual else option.label
        case "reading":
            wish = next(iter(TimeConstraint.from_json(option.value).wishes), None)
            return (
                offers.wish_in_words(wish, draft, desk) if wish else in_language(option.label, desk.language)
            )
    return in_language(option.label, desk.language)

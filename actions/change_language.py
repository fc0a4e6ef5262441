""" "En español, por favor": from now on in that language, or an honest word about those that are spoken here.

The names of languages are CLDR's, in every language that is spoken here and in the named language itself.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from babel.core import Locale, UnknownLocaleError

from actions.core_types import Desk
from actions.draft import Draft, Option
from actions.likeness import words_of
from actions.offers import a_person, first_steps
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts
from actions.words import ENGLISH, languages, spoken, words

_CODE_LETTERS = 2  # the languages of ISO 639-1; names of rarer ones are everyday words elsewhere


def asked_for(heard: Heard, option: Option | None) -> str | None:
    """The code of the language that this turn asks for: by tapping it or by its name."""
    if option:
        return str(option.value) if option.kind == "language" else None
    if heard.intent != "change_language":
        return None
    named = [code for word in words_of(_folded(heard.text)) if (code := _names().get(word))]
    return next((code for code in named if spoken(code)), named[0] if named else None)


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """The turn has switched already if it could: `desk.language` is what was asked for."""
    asked = asked_for(heard, None)
    if asked is None and not heard.tap:
        return _which_one(draft, desk)
    if asked and spoken(asked) is None:
        return Outcome(draft, (not_spoken(asked, desk),), "again", beside=(a_person(desk),))
    said = {"name": name_of(desk.language, desk.language)}
    return Outcome(draft, (Line("utter_language_changed", said),), "again", first_steps(desk))


def not_spoken(code: str, desk: Desk) -> Line:
    return Line("utter_language_unknown", {"name": name_of(code, desk.language), "languages": _ours(desk)})


def name_of(code: str, language: str) -> str:
    return str(Locale(language).languages.get(code, code))


def _which_one(draft: Draft, desk: Desk) -> Outcome:
    options = tuple(
        Option(kind="language", label=name_of(code, code).capitalize(), value=code)
        for code in sorted(languages())
    )
    if draft.question and draft.question.kind != "next":
        return Outcome(draft, (Line("utter_languages", {"languages": _ours(desk)}),), "again", beside=options)
    return Outcome(draft, (Line("utter_languages", {"languages": _ours(desk)}),), "say", options)


def _ours(desk: Desk) -> str:
    last = f" {words('utter_and', desk.language)} "
    return last.join(name_of(code, desk.language) for code in sorted(languages()))


@cache
def _names() -> dict[str, str]:
    """The one-word names of languages, without accents."""
    named: dict[str, str] = {}
    codes = [str(code) for code in Locale(ENGLISH).languages if len(str(code)) == _CODE_LETTERS]
    for code in codes:
        told = [Locale(ours).languages.get(code) for ours in languages()]
        for name in (*told, _own_name(code)):
            if name and " " not in str(name):
                named.setdefault(_folded(str(name)), code)
    return named


def _own_name(code: str) -> str | None:
    try:
        return Locale.parse(code).get_language_name()
    except (UnknownLocaleError, ValueError):
        return None


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))

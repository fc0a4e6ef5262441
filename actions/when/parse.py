"""One message to a TimeConstraint: scan, reduce by the grammar, read as clauses, resolve to dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from actions.when.calendar.zones import zone_of
from actions.when.constraint import Context, TimeConstraint
from actions.when.dates.resolve import resolve
from actions.when.foreign.reading import heard_abroad
from actions.when.foreign.words import foreign_words
from actions.when.neighbours.hours import hours_told_apart
from actions.when.neighbours.moves import marked_moves
from actions.when.neighbours.quarters import quarters_apart
from actions.when.reading.read import read
from actions.when.reduce import reduced
from actions.when.rules.numbers import counted
from actions.when.scene import Scene
from actions.when.words.lexicon import has_table, language_of, lexicon_for
from actions.when.words.scan import scan

_MONTH_FIRST = frozenset({"US", "PH", "PW", "FM", "MH"})
_LONGEST = 2000
"""Characters looked at; nobody says when they want to come in more."""


def parse(
    text: str, reference: datetime, zone: str, locale: str, context: Context | None = None
) -> TimeConstraint:
    """What `text` says about time at a business in `zone`; empty when it says nothing.

    `reference` is now (aware). `locale` ("en-GB") chooses the words and the order of day and month.
    """
    now = reference.astimezone(zone_of(zone)).replace(tzinfo=None)
    scene = Scene(now, zone, _is_day_first(locale), context or Context())
    if not has_table(locale):
        return resolve(heard_abroad(text[:_LONGEST], language_of(locale), scene), reference, scene)
    lexicon = lexicon_for(locale)
    scene = replace(
        scene,
        dotted_dates=lexicon.ordinal_point,
        marked_hours=lexicon.marked_hours,
        parts=lexicon.parts,
        greets=lexicon.greets,
    )
    nodes = quarters_apart(scan(text[:_LONGEST], lexicon))
    nodes = hours_told_apart(counted.apply(marked_moves(nodes), scene), scene)
    return resolve(read(reduced(nodes, scene)), reference, scene)


def read_words(locale: str) -> None:
    """Now rather than with the first message in that language."""
    if has_table(locale):
        lexicon_for(locale)
    else:
        foreign_words(language_of(locale))


def _is_day_first(locale: str) -> bool:
    parts = locale.replace("_", "-").split("-")
    return parts[-1].upper() not in _MONTH_FIRST and locale.lower() != "en"

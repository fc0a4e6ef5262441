"""One message to a TimeConstraint: scan, reduce by the grammar, read as clauses, resolve to dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from actions.when.constraint import Context, TimeConstraint
from actions.when.foreign import heard_abroad
from actions.when.foreign_words import foreign_words
from actions.when.grammar import Scene
from actions.when.hours import hours_told_apart
from actions.when.lexicon import has_table, language_of, lexicon_for
from actions.when.nodes import Node
from actions.when.quarters import quarters_apart
from actions.when.read import read
from actions.when.reduce import reduced
from actions.when.resolve import resolve
from actions.when.rules.numbers import counted
from actions.when.scan import scan
from actions.when.zones import zone_of

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
    nodes = hours_told_apart(counted.apply(_marked_moves(nodes), scene), scene)
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


def _marked_moves(nodes: list[Node]) -> list[Node]:
    """After "move", "from" and "to" say what is moved where, and are no range; after "swap", "for" does.

    Where the verb comes last ("Freitag gegen Samstag tauschen"), the word that may mean "for" has that value.
    """
    marked, moving, moved, swapping = [], False, False, False
    swaps = any(node.kind == "swap" for node in nodes)
    moves = any(node.kind in ("move", "swap", "held", "slot", "from") for node in nodes)
    for place, node in enumerate(nodes):
        if node.kind in ("move", "swap"):
            moving, swapping = True, node.kind == "swap"
        elif moving and node.kind == "since" and node.text == "from":
            node = replace(node, kind="origin")
        elif moved and node.kind == "since" and node.text == "from" and _is_day(nodes, place + 1):
            node = replace(node, kind="origin")
        elif moving and _is_target(nodes, place, swapping):
            node, moving, moved = replace(node, kind="target"), False, True
        elif node.kind == "target" and not moves:
            node = replace(node, kind="on")
        elif swaps and node.kind == "around" and node.value == "for":
            node = replace(node, kind="target")
        marked.append(node)
    return marked


def _is_target(nodes: list[Node], place: int, swapping: bool) -> bool:
    node = nodes[place]
    if node.kind == "for":
        return swapping or _says_whereto(nodes, place)
    return node.kind == "to" and node.text == "to"


def _says_whereto(nodes: list[Node], place: int) -> bool:
    """ "Reschedule tomorrow's visit for next week"; but "move my visit for Friday to Monday"."""
    said = any(_is_day(nodes, before) for before in range(place))
    leads = _is_day(nodes, place + 1) or any(
        n.kind in ("next", "this", "coming") for n in nodes[place + 1 : place + 2]
    )
    return said and leads and not any(node.kind == "to" for node in nodes[place:])


def _is_day(nodes: list[Node], place: int) -> bool:
    """ "Swap to the 12th from the 11th"; but "move it to Friday from 3" is a bound."""
    return place < len(nodes) and nodes[place].kind in (
        "ord",
        "weekday",
        "relday",
        "month",
        "holiday",
        "dm",
        "iso",
        "dmy",
    )
